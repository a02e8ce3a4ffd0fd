"""The tokens of one sentence, and the year that belongs to a part of it: 2024, “of last year”."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilat.reading.terms import Term
from bilat.reading.tokens import NUMBER, Token

YEARS = range(1900, 2101)
_LINKS = frozenset(
    (
        "of",
        "in",
        "to",
        "-",
        "–",
        "—",
        ",",
        "the",
        "за",
        "по",
        "до",
        "through",
        "and",
        "и",
        "until",
        "с",
        "от",
        "в",
        ".",
    )
)


class YearReader:
    """Finds years; what they are the years of is read by its heirs."""

    def __init__(
        self,
        tokens: Sequence[Token],
        found: Sequence[Term],
        published: date | None,
    ) -> None:
        self.tokens = tokens
        self.published = published
        self.at = {(term.first, term.group): term for term in found}
        self.used: set[int] = set()
        self.compare = [t for t in found if t.group == "compare"]

    def _year_after(self, last: int) -> tuple[int | None, int]:
        for step in (1, 2, 3):
            i = last + step
            year = self._year_number(i)
            if year is not None:
                return year, self._past_year_word(i)
            if self._lower(i) not in _LINKS:
                break
        return None, last

    def _relative_after(self, last: int) -> tuple[int, int] | None:
        for step in (1, 2, 3):
            term = self.at.get((last + step, "year"))
            if term is not None:
                return int(term.value), term.last
            if self._lower(last + step) not in ("of", "in", "the", "за"):
                return None
        return None

    def _year_number(self, i: int) -> int | None:
        if not 0 <= i < len(self.tokens) or self.tokens[i].kind != NUMBER:
            return None
        text = self.tokens[i].text
        if len(text) != 4 or not text.isdigit() or int(text) not in YEARS:
            return None
        if any((i + 1, g) in self.at for g in ("scale", "currency", "percent", "unit")) and not (
            self.at.get((i + 1, "unit_of_time"))
        ):
            return None
        before = self.at.get((i - 1, "currency"))
        marked = i > 0 and self.tokens[i - 1].text in "$€£₽"
        return None if before is not None or marked else int(text)

    def _past_year_word(self, i: int) -> int:
        """2025 года, 2025 г., 2024-м: the year's own words belong to it."""
        last = i
        if self._lower(last + 1) == "-" and self.at.get((last + 2, "suffix")):
            last += 2
        unit = self.at.get((last + 1, "unit_of_time"))
        if unit is not None and unit.value == "year" and self.tokens[unit.first].lower != "years":
            last = unit.last
        return last

    def _lower(self, i: int) -> str:
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def _key(self, i: int) -> str:
        return self.tokens[i].keys[0] if 0 <= i < len(self.tokens) else ""
