"""Dates and periods in a sentence, resolved against the day of publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from bilat.reading.calendars import When, season_months, shifted
from bilat.reading.data import load, words
from bilat.reading.forms import russian_keys
from bilat.reading.parts import PartReader
from bilat.reading.terms import Term
from bilat.reading.tokens import MARK, NUMBER
from bilat.reading.years import YEARS

_DASH = frozenset("-–—−‑/")
_FIRST_IN_WORDS = 20
_NEXT = frozenset(("next", "coming", "будущей", "следующей", "будущим", "следующим", "ближайшей"))
_LETTERED = 3  # letters at most of H1, FY and III, which open a time
_BY = frozenset(("by", "until", "till", "before", "к", "ко", "до", "through", "to", "по"))


@lru_cache(maxsize=10_000)
def compound_year(lower: str) -> int | None:
    """«двухтысячетридцатому»: 2030."""
    if not lower.startswith("двухтысяче"):
        return None
    rest = set(russian_keys(lower.removeprefix("двухтысяче")))
    for value, said in load("lexicon", "numbers")["ordinal"].items():
        if rest & {word.replace("ё", "е") for word in said["ru"]}:
            return 2000 + int(value)
    return None


class PeriodReader(PartReader):
    """Reads the times of one sentence, from left to right."""

    def read(self) -> list[When]:
        out: list[When] = []
        i, starts = 0, {first for first, _ in self.at}
        while i < len(self.tokens):
            token = self.tokens[i]
            plain = token.kind != NUMBER and len(token.lower) > _LETTERED
            if plain and i not in starts and compound_year(token.lower) is None:
                i += 1  # a word that begins no time, as most do
                continue
            when = self._at(i)
            if when is None:
                i += 1
                continue
            out.append(replace(when, base=self._is_base(when), by=self._is_by(when)))
            i = when.last + 1
        if any(w.day is None and w.sort == "part" and self._lower(w.first) == "1" for w in out):
            return [w for w in out if self._lower(w.first) not in ("since", "с")]
        return out

    def _at(self, i: int) -> When | None:
        for read in (
            self._part,
            self._months,
            self._day_month,
            self._span_ahead,
            self._fiscal_year,
            self._relative,
            self._year,
        ):
            if (when := read(i)) is not None:
                return when
        return None

    # ---- years and relative times

    def _year(self, i: int) -> When | None:
        year = self._year_number(i)
        if year is None:
            return self._year_in_words(i)
        mark, following = self._lower(i + 1), self._lower(i + 2)
        if mark in _DASH and following.isdigit():
            if self._lower(i + 3).startswith(("academic", "school", "учебн")):
                return When("span", i, i + 2, year, end_year=year + 1, explicit=True)
            if len(following) == 4 and int(following) in YEARS:
                return self._years(i, year, int(following))
        if (last := self._until_year(i)) is not None:
            return When("span", i, self._past_year_word(last), year, explicit=True)
        return When("year", i, self._past_year_word(i), year, (1, 12), explicit=True)

    def _year_in_words(self, i: int) -> When | None:
        """«к тридцатому году», «в двадцать пятом году»: a year of this century."""
        if (year := compound_year(self._lower(i))) is not None:
            last = i + 1 if self._lower(i + 1) in ("году", "года", "год") else i
            return When("year", i, last, year, (1, 12), explicit=True)
        term = self.at.get((i, "ordinal"))
        if term is None or int(term.value) < _FIRST_IN_WORDS:
            return None
        if self._lower(term.last + 1) not in ("году", "года", "год"):
            return None
        return When("year", i, term.last + 1, 2000 + int(term.value), (1, 12), explicit=True)

    def _until_year(self, i: int) -> int | None:
        """“between 2020 and 2024”, «с 2020 по 2024 год»: years that a growth spans."""
        opens = self._lower(i - 1) in ("between", "from", "между", "с")
        links = self._lower(i + 1) in ("and", "to", "и", "по")
        year = self._year_number(i + 2) if opens and links else None
        return None if year is None else i + 2

    def _years(self, i: int, first: int, last: int) -> When:
        end = self._past_year_word(i + 2)
        return When("span", i, end, first, end_year=last, explicit=True)

    def _span_ahead(self, i: int) -> When | None:
        """“over the past five years”, “since 2019”: a span has no period of its own."""
        past = self.at.get((i, "past_span"))
        if past is None:
            return self._in_years(i)
        after = past.last + 1
        if self.tokens[i].lower in ("since", "с", "начиная"):
            year = self._year_number(after)
            if year is not None and self._lower(i - 1) not in ("along", "вместе"):
                starts = self._lower(i) == "начиная"
                end = self._past_year_word(after)
                return When("span", i, end, year, explicit=True, ahead=starts)
            return self._since_month(i, after)
        count = self._count(after) if after < len(self.tokens) else None
        end = count[1] if count else past.last
        unit = self.at.get((end + 1, "unit_of_time"))
        if unit is None or (unit.value == "month" and count is None):
            return None
        if (
            count is None
            and unit.value == "year"
            and self.tokens[unit.first].lower in ("год", "year", "года", "году")
        ):
            return None
        return When("span", i, unit.last)

    def _since_month(self, i: int, after: int) -> When | None:
        """“since January” is the year so far; “since March” is no period of the records."""
        month = self.at.get((after, "month"))
        if month is None or self._lower(i) not in ("since", "начиная"):
            return None
        year = None if self.published is None else self.published.year
        if int(month.value) == 1 and self._year_number(month.last + 1) is None:
            return When("year", i, month.last, year, (1, 12), shift=0)
        return None

    def _in_years(self, i: int) -> When | None:
        """“doubled in three years”, “за три года”."""
        if self.tokens[i].lower not in ("in", "за", "over", "within"):
            return None
        whole = self.at.get((i + 1, "unit_of_time"))
        if whole is not None and whole.value in ("lustrum", "decade"):
            return When("span", i, whole.last)
        count = self._count(i + 1) if i + 1 < len(self.tokens) else None
        if count is None or count[0] < 2:
            return None
        unit = self.at.get((count[1] + 1, "unit_of_time"))
        if unit is None or unit.value != "year" or self.tokens[unit.first].lower == "year":
            return None
        return When("span", i, unit.last)

    def _relative(self, i: int) -> When | None:
        if (term := self.at.get((i, "year"))) is not None:
            shift = int(term.value)
            year = None if self.published is None else self.published.year + shift
            return When("year", i, term.last, year, (1, 12), shift=shift)
        if (term := self.at.get((i, "day"))) is not None:
            return self._that_day(i, term.last, shifted(self.published, int(term.value)))
        if (term := self.at.get((i, "week"))) is not None:
            day = shifted(self.published, int(term.value))
            months = None if day is None else (day.month, day.month)
            return When("month", i, term.last, day.year if day else None, months)
        if (term := self.at.get((i, "month_relative"))) is not None:
            day = shifted(self.published, 30 * int(term.value))
            months = None if day is None else (day.month, day.month)
            return When("month", i, term.last, day.year if day else None, months)
        if (term := self.at.get((i, "season"))) is not None:
            year, end = self._year_after(term.last)
            months = season_months(term.value)
            return When("season", i, end, year or self._season_year(i, months), months)
        return None

    def _season_year(self, i: int, months: tuple[int, int]) -> int | None:
        """“next spring”, said in autumn, is that of the next year."""
        if self.published is None:
            return None
        coming = self._lower(i - 1) in _NEXT and months[0] <= self.published.month
        return self.published.year + int(coming)

    def _that_day(self, i: int, last: int, day: date | None) -> When:
        if day is None:
            return When("day", i, last)
        return When("day", i, last, day.year, (day.month, day.month), day.day)

    # ---- roles

    def _is_base(self, when: When) -> bool:
        """A comparison stands before it: “than in 2022”, “к январю–маю 2024 года”."""
        if self._no_later(when):
            return False
        for term in self.compare:
            if self._qualifies(term):
                continue
            if term.value == "adverb" and not term.first <= when.first <= term.last:
                continue  # “year on year in January–July”
            if term.last < when.first and when.first - term.last <= 4:
                between = self.tokens[term.last + 1 : when.first]
                if not any(t.kind == MARK or t.kind == NUMBER for t in between):
                    return True
            if term.first <= when.first <= term.last:
                return True
        before = self._lower(when.first - 1)
        earlier = self.tokens[when.first].lower == "годом" or self._lower(when.last) in (
            "earlier",
            "ago",
            "назад",
            "ранее",
            "раньше",
        )
        if self._lower(self._past_level(when.first)) in words("compares_next"):
            return True  # «на 11% ниже 2023-го», “above the level of 2023”
        dative = before in ("к", "ко") and when.sort in ("part", "month") and not self._ahead(when)
        return earlier or dative or self._is_same(when) or self._on_or_to(when, before)

    def _no_later(self, when: When) -> bool:
        """“not later than 2028”, «не позднее 2028 года»."""
        back = [self._lower(when.first - n) for n in (1, 2)]
        return "later" in back or bool({"позднее", "позже"} & set(back))

    def _is_same(self, when: When) -> bool:
        """“the same span of 2023”, «за такой же отрезок 2023 года»."""
        back = [self._lower(when.first - n) for n in range(1, 5)]
        link = back[0] in ("of", "in", "last") or self._lower(when.first).isdigit()
        return link and any(word in words("same") for word in back[1:3]) and "," not in back[:3]

    def _on_or_to(self, when: When, before: str) -> bool:
        """“rose 15% on 2023”, «вырос на 15% к 2023 году»: a time that a change is measured from."""
        if when.sort not in ("year", "part", "month", "fiscal"):
            return False
        if before == "on" or (before == "the" and self._lower(when.first - 2) == "on"):
            return True
        to_past = before in ("к", "ко") and when.sort in ("year", "fiscal") and self._is_over(when)
        back = range(max(0, when.first - 5), when.first)
        return to_past and any((i, "percent") in self.at or self._lower(i) == "%" for i in back)

    def _is_over(self, when: When) -> bool:
        return (
            when.year is not None and self.published is not None and when.year < self.published.year
        )

    def _past_level(self, i: int) -> int:
        i -= 1
        while i >= 0 and self._lower(i) in words("levels"):
            i -= 1
        return i

    def _qualifies(self, term: Term) -> bool:
        """The “than” of “more than doubled over three years” compares no times."""
        after = self._lower(term.last + 1)
        return (
            term.first == term.last
            and self._lower(term.first) in ("than", "чем")
            and self._lower(term.first - 1) in words("more")
            and after not in words("before_times")
        )

    def _ahead(self, when: When) -> bool:
        if when.year is None or self.published is None:
            return False
        return when.year > self.published.year

    def _is_by(self, when: When) -> bool:
        if self._no_later(when):
            return True
        back = when.first - 1
        while back >= 0 and self._lower(back) in (
            "the",
            "year",
            "end",
            "of",
            "mid",
            "-",
            "early",
            "конца",
            "концу",
            "начала",
            "началу",
            "исходу",
            "истечения",
            "окончания",
            "завершения",
            "исхода",
            "expiry",
            "close",
            "out",
            "середине",
        ):
            back -= 1
        return self._lower(back) in _BY
