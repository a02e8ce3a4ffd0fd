"""The tokens of one sentence, and the year that belongs to a part of it: 2024, “of last year”."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilat.reading.calendars import When
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


_DASHES = frozenset("-–—−‑/")
_OF_YEAR = frozenset(("of", "in", "the", "year", "за", "год", "года", "("))
_SHIFTS = {
    0: ("this", "current", "ongoing", "present", "текущего", "нынешнего", "этого", "текущем",
        "этом", "нынешнем", "текущий"),
    -1: ("last", "previous", "past", "preceding", "outgoing", "прошлого", "минувшего",
         "прошлом", "предыдущего", "истекшего", "минувшем", "прошлый", "минувший",
         "прошедшего", "прошедшем"),
    1: ("next", "coming", "upcoming", "следующего", "следующем", "будущего", "будущем"),
}  # fmt: skip


def _shift(word: str) -> int | None:
    """Years from the current one: “current” 0, “last” -1, “next” 1."""
    return next((shift for shift, said in _SHIFTS.items() if word in said), None)


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

    # ---- fiscal years

    def _fiscal_year(self, i: int) -> When | None:
        """A fiscal year that begins at token i: 2023-24, “fiscal 2024”, “the last fiscal year”."""
        if (year := self._year_number(i)) is not None:
            return self._numbered_fiscal(i, year)
        if (term := self.at.get((i, "fiscal"))) is None or self._names_year(term.last):
            return None
        shift = next((s for n in (1, 2) if (s := _shift(self._lower(i - n))) is not None), None)
        return None if shift is None else When("fiscal", i, term.last, shift=shift)

    def _numbered_fiscal(self, i: int, year: int) -> When | None:
        mark, following = self._lower(i + 1), self._lower(i + 2)
        if mark in _DASHES and following.isdigit():
            if self._lower(i + 3).startswith(("academic", "school", "учебн")):
                return None
            short = len(following) == 2 and int(following) == (year + 1) % 100
            full = int(following) == year + 1 and any(key[1] == "fiscal" for key in self.at)
            end = self._past_fiscal_word(i + 2)
            return When("fiscal", i, end, year, explicit=True) if short or full else None
        if not self._is_fiscal(i):
            return None
        end = self._past_fiscal_word(self._past_year_word(i))
        return When("fiscal", i, end, year - 1, end_year=year, explicit=True)

    def _is_fiscal(self, i: int) -> bool:
        """“fiscal 2024”, “the financial year ended March 2025”: named by the year it ends in."""
        back = i - 1
        while back >= 0 and self._lower(back) in ("year", "ended", "ending", "to", "march", "in"):
            back -= 1
        return (
            self._lower(back) in ("fiscal", "financial", "fy")
            or (self._lower(i - 1) == "year" and self._lower(i - 2) in ("fiscal", "financial"))
            or self._key(i + 1) in ("финансовый", "фискальный")
        )

    def _names_year(self, last: int) -> bool:
        return any(self._year_number(last + n) is not None for n in (1, 2))

    def _past_fiscal_word(self, last: int) -> int:
        """«2023/24 финансового года»: the words belong to the year."""
        term = self.at.get((last + 1, "fiscal"))
        return term.last if term is not None else last

    def _fiscal_after(self, last: int) -> When | None:
        """The fiscal year that a part belongs to: “of the current fiscal year”, “of 2023-24”."""
        for i in range(last + 1, last + 6):
            if (found := self._fiscal_year(i)) is not None:
                return found
            word = self._lower(i)
            if word not in _OF_YEAR and _shift(word) is None and (i, "fiscal") not in self.at:
                return None
        return None

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
