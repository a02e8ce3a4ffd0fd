"""Parts of a year and days in it: first half, nine months, January–May, 2 October."""

from __future__ import annotations

from dataclasses import replace

from bilat.reading.calendars import When, measured_year, near_day
from bilat.reading.tokens import NUMBER
from bilat.reading.years import YEARS, YearReader

_DASH = frozenset("-–—−‑/")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class PartReader(YearReader):
    """Reads parts of years; the times that stand alone are read by its heir."""

    # ---- parts of a year: first half, nine months, January–May

    def _part(self, i: int) -> When | None:
        part = self.at.get((i, "part"))
        if part is not None:
            first, last = (int(m) for m in part.value.split("-"))
            return self._with_year(i, part.last, (first, last), counted=True)
        if (lettered := self._lettered(i)) is not None:
            return lettered
        roman = _ROMAN.get(self.tokens[i].lower)
        word = self._key(i + 1)
        if roman and word in ("квартал", "quarter"):
            return self._with_year(i, i + 1, (roman * 3 - 2, roman * 3), counted=True)
        if roman and word == "полугодие":
            return self._with_year(i, i + 1, (roman * 6 - 5, roman * 6), counted=True)
        return self._first_months(i)

    def _as_of(self, when: When) -> When | None:
        """“as of 1 July”, «на 1 апреля»: what was counted since January."""
        if when.day != 1 or when.months is None or when.year is None:
            return None
        back = [self._lower(when.first - n) for n in (1, 2)]
        told = back == ["of", "as"] or back == ["at", "as"] or back == ["на", "состоянию"]
        if not told:
            return None
        month = when.months[0]
        if month == 1:
            return replace(when, sort="year", year=when.year - 1, months=(1, 12), day=None)
        return replace(when, sort="part", months=(1, month - 1), day=None)

    def _lettered(self, i: int) -> When | None:
        """H1, Q3, FY24: a letter with its number."""
        letter, number = self.tokens[i].lower, self._lower(i + 1)
        if letter == "fy" and number.isdigit() and len(number) in (2, 4):
            if self._lower(i + 2) in _DASH and self._lower(i + 3).isdigit():
                return None
            year = int(number) + (2000 if len(number) == 2 else 0) - 1
            return When("fiscal", i, i + 1, year, end_year=year + 1, explicit=True)
        if (
            not number.isdigit()
            or len(number) != 1
            or self.tokens[i].end != self.tokens[i + 1].start
        ):
            return None
        size = {"h": 6, "q": 3}.get(letter)
        if size is None or not 1 <= int(number) <= 12 // size:
            return None
        months = (int(number) - 1) * size + 1, int(number) * size
        return self._with_year(i, i + 1, months, counted=True)

    def _first_months(self, i: int) -> When | None:
        """“first nine months”, “за 9 месяцев”, “eight months to August”."""
        count = self._count(i)
        if count is None:
            return None
        number, last = count
        unit = self.at.get((last + 1, "unit_of_time"))
        if unit is None and number == 4 and self._lower(last + 1) in ("quarters", "квартала"):
            return self._four_quarters(i, last + 1)
        if unit is None or unit.value != "month" or not 1 <= number <= 12:
            return None
        before = self.tokens[i - 1].lower if i else ""
        cue = before in (
            "first",
            "the",
            "in",
            "over",
            "for",
            "за",
            "первые",
            "первых",
            "during",
            "january",
            "opening",
            "итогам",
            "результатам",
            "течение",
        )
        cue = cue or self._key(i - 1) == "первый" or before == "по"
        end = self.at.get((unit.last + 2, "month"))
        if end is not None and self._lower(unit.last + 1) in (
            "to",
            "through",
            "ended",
            "ending",
            "until",
            "по",
        ):
            stop = int(end.value)
            found = self._with_year(i, end.last, ((stop - number) % 12 + 1, stop))
            if number == 12 and found.year is not None and stop < 12:
                return replace(found, sort="fiscal", year=found.year - 1)
            return found
        if not cue or before in ("last", "past", "within", "next", "последние"):
            return None
        return self._with_year(i, unit.last, (1, number), counted=True)

    def _four_quarters(self, i: int, last: int) -> When | None:
        """“the four quarters to the end of September 2024”: the twelve months up to it."""
        j = last + 1
        while self._lower(j) in ("to", "through", "up", "the", "end", "of", "ending", "ended",
                                 "in", "with", "по", "до", "конца", "включая"):  # fmt: skip
            j += 1
        month = self.at.get((j, "month"))
        if month is None or j == last + 1:
            return None
        stop = int(month.value)
        found = self._with_year(i, j, (stop % 12 + 1, stop))
        if stop == 12 or found.year is None:
            return replace(found, sort="year", months=(1, 12))
        return replace(found, sort="fiscal", year=found.year - 1)

    def _count(self, i: int) -> tuple[int, int] | None:
        token = self.tokens[i]
        if token.kind == NUMBER and token.text.isdigit() and len(token.text) <= 2:
            last = i + 2 if self._lower(i + 1) == "-" and self.at.get((i + 2, "suffix")) else i
            return int(token.text), last
        numeral = self.at.get((i, "numeral"))
        if numeral is None or "." in numeral.value:
            return None
        return int(numeral.value), numeral.last

    def _months(self, i: int) -> When | None:
        first = self.at.get((i, "month"))
        if first is None or self._ends_fiscal(i):
            return None
        link = self._lower(i + 1)
        second = self.at.get((i + 2, "month"))
        if second is not None and link in (*_DASH, "to", "по", "through", "до", "and", "и"):
            return self._with_year(i, second.last, (int(first.value), int(second.value)))
        day = self._day(i + 1)
        if day is None and link == ".":
            day = self._day(i + 2)
            if day is not None:
                return self._dated(i, i + 2, day, int(first.value))
        if day is not None:
            return self._dated(i, i + 1, day, int(first.value))
        if (
            self.tokens[i].lower in ("may", "march", "mar", "sep", "dec")
            and not self.tokens[i].is_capital
        ):
            return None
        if self.tokens[i].lower == "may" and not self._may(i):
            return None
        if self._lower(i - 1) == "through":
            return self._with_year(i, i, (1, int(first.value)))
        return self._with_year(i, i, (int(first.value), int(first.value)), sort="month")

    def _ends_fiscal(self, i: int) -> bool:
        """The March of “the fiscal year ended March 2025” is no month of its own."""
        before = [self._lower(i - n) for n in (1, 2, 3)]
        return before[0] in ("ended", "ending", "to") and before[1:] in (
            ["year", "fiscal"],
            ["year", "financial"],
        )

    def _may(self, i: int) -> bool:
        """May is a month after “in”, “by”, “last”, a comma or a dash, or before a year."""
        before, after = self._lower(i - 1), self._lower(i + 1)
        return (
            before
            in (
                "in",
                "by",
                "of",
                "last",
                "since",
                "to",
                "until",
                "this",
                "next",
                "early",
                "late",
                "mid",
                "and",
                "from",
                "–",
                "-",
                ",",
                "till",
                "before",
                "through",
                "for",
            )
            or after.isdigit()
        )

    def _day_month(self, i: int) -> When | None:
        day = self._day(i)
        if day is None:
            return None
        after = i + 1
        if self._lower(after) in ("-", "–", "—") and self._day(after + 1) is not None:
            after += 2  # 2–3 October: the first day stands
        elif self.at.get((after, "suffix")) is not None:
            after += 1
        if self._lower(after) == "of":
            after += 1
        month = self.at.get((after, "month"))
        if month is None:
            return self._numeric(i)
        return self._dated(i, after, day, int(month.value))

    def _numeric(self, i: int) -> When | None:
        """02.10.2025"""
        parts = self.tokens[i].text.split(".")
        if len(parts) != 3 or not all(part.isdigit() for part in parts):
            return None
        day, month, year = (int(part) for part in parts)
        if not (1 <= day <= 31 and 1 <= month <= 12 and year in YEARS):
            return None
        return When("day", i, i, year, (month, month), day, explicit=True)

    def _day(self, i: int) -> int | None:
        if not 0 <= i < len(self.tokens) or self.tokens[i].kind != NUMBER:
            return None
        text = self.tokens[i].text
        if text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31:
            return int(text)
        head = text.split(".")
        return (
            int(head[0])
            if len(head) == 3 and head[0].isdigit() and len(head[0]) <= 2 and int(head[0])
            else None
        )

    def _dated(self, i: int, last: int, day: int, month: int) -> When:
        year, end = self._year_after(last)
        if year is None:
            year = near_day(day, month, self.published)
            when = When("day", i, last, year, (month, month), day)
        else:
            when = When("day", i, end, year, (month, month), day, explicit=True)
        return self._as_of(when) or when

    def _with_year(
        self,
        i: int,
        last: int,
        months: tuple[int, int],
        sort: str = "part",
        *,
        counted: bool = False,
    ) -> When:
        kind = "month" if sort == "month" else "part"
        if (fiscal := self._fiscal_after(last)) is not None:
            way = "counted" if counted else "named"
            return replace(fiscal, sort=kind, first=i, months=months, fiscal=way)  # type: ignore[arg-type]
        year, end = self._year_after(last)
        if year is not None:
            return When(kind, i, end, year, months, explicit=True)  # type: ignore[arg-type]
        relative = self._relative_after(last)
        if relative is not None:
            shift, end = relative
            year = None if self.published is None else self.published.year + shift
            return When(kind, i, end, year, months, shift=shift)  # type: ignore[arg-type]
        year = measured_year(months, self.published)
        return When(kind, i, last, year, months)  # type: ignore[arg-type]
