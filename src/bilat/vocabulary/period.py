"""Spans of time as programmes state them: a day, a month, a quarter, "January–September 2024"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from babel.dates import format_date

from bilat.language import Words, say
from bilat.vocabulary.text_type import TextType, Unreadable

_FORMS = re.compile(
    r"(?P<year>\d{4})"
    r"(-(?P<month>\d{2})(-(?P<day>\d{2}))?|-Q(?P<quarter>[1-4])|-H(?P<half>[12]))?"
)


@dataclass(frozen=True, order=True)
class Period(TextType):
    """From ``start`` to ``end``, both days included.

    Written ``2024``, ``2025-H1``, ``2025-Q2``, ``2024-11``, ``2024-11-28``, or a range of
    those: ``2024-01/2024-09``.
    """

    start: date
    end: date

    schema_pattern: ClassVar[str] = (
        r"^\d{4}(-\d{2}(-\d{2})?|-Q[1-4]|-H[12])?(/\d{4}(-\d{2}(-\d{2})?|-Q[1-4]|-H[12])?)?$"
    )
    schema_example: ClassVar[str] = "2024-01/2024-09"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises Unreadable for a text that is no period, or a day that does not exist."""
        first, slash, last = text.partition("/")
        start, end = _span(first)
        if slash:
            end = _span(last)[1]
        if end < start:
            raise Unreadable(say("the period “{text}” ends before it starts", text=text))
        return cls(start, end)

    @classmethod
    def year(cls, number: int) -> Self:
        return cls(date(number, 1, 1), date(number, 12, 31))

    def __str__(self) -> str:
        """The shortest writing: the same span is always written the same way."""
        if self.start == self.end:
            return self.start.isoformat()
        for write in (_as_year, _as_half, _as_quarter, _as_month):
            if text := write(self):
                return text
        return f"{self._edge(self.start)}/{self._edge(self.end)}"

    @property
    def _whole_months(self) -> bool:
        last = calendar.monthrange(self.end.year, self.end.month)[1]
        return self.start.day == 1 and self.end.day == last

    def _edge(self, day: date) -> str:
        return f"{day.year:04}-{day.month:02}" if self._whole_months else day.isoformat()

    @property
    def months(self) -> int | None:
        """How many whole months; None when it starts or ends inside one."""
        if not self._whole_months:
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def year_before(self) -> Period:
        """The same period one year earlier."""
        return Period(_year_back(self.start), _year_back(self.end))

    @property
    def is_day(self) -> bool:
        return self.start == self.end

    @property
    def is_year(self) -> bool:
        return _as_year(self) is not None

    def in_words(self, words: Words) -> str:
        """As a person writes it: November 2024, January–September 2024, 2025."""
        if self.is_day:
            return words.day(self.start)
        if self.is_year:
            return str(self.start.year)
        if self.months == 1:
            return format_date(self.start, "LLLL y", locale=words.locale)
        if self.months and self.start.year == self.end.year:
            first, last = (
                format_date(edge, "LLLL", locale=words.locale) for edge in (self.start, self.end)
            )
            return f"{first}–{last} {self.start.year}"
        if self.months and self.months % 12 == 0 and self.start.month == 1:
            return f"{self.start.year}–{self.end.year}"
        return f"{words.day(self.start)} – {words.day(self.end)}"


def _year_back(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    ends_month = day.day == calendar.monthrange(day.year, day.month)[1]
    return day.replace(year=day.year - 1, day=last if ends_month else min(day.day, last))


def _span(text: str) -> tuple[date, date]:
    match = _FORMS.fullmatch(text)
    if not match:
        raise Unreadable(
            say(
                "“{text}” is not a date or period; write 2024, 2025-H1, 2025-Q2, 2024-11, "
                "2024-11-28 or a range 2024-01/2024-09",
                text=text,
            )
        )
    year = int(match["year"])
    try:
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return day, day
        first, count = _months(match)
        last = first + count - 1
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except ValueError:
        raise Unreadable(say("“{text}” is not a day of the calendar", text=text)) from None


def _months(match: re.Match[str]) -> tuple[int, int]:
    """First month and number of months of a written year, half, quarter or month."""
    if match["month"]:
        month = int(match["month"])
        if not 1 <= month <= 12:
            raise ValueError(month)
        return month, 1
    if match["quarter"]:
        return 3 * int(match["quarter"]) - 2, 3
    if match["half"]:
        return 6 * int(match["half"]) - 5, 6
    return 1, 12


def _written(count: int, write: Callable[[date], str]) -> Callable[[Period], str | None]:
    """A writer of periods of ``count`` months that start where such a period may start."""

    def writer(period: Period) -> str | None:
        fits = period.months == count and (period.start.month - 1) % count == 0
        return write(period.start) if fits else None

    return writer


_as_year = _written(12, lambda start: f"{start.year:04}")
_as_half = _written(6, lambda start: f"{start.year:04}-H{start.month // 6 + 1}")
_as_quarter = _written(3, lambda start: f"{start.year:04}-Q{start.month // 3 + 1}")
_as_month = _written(1, lambda start: f"{start.year:04}-{start.month:02}")
