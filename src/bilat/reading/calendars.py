"""Spans of months and days, written as records write them: 2024, 2024-01/2024-09, 2025-10-02."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Sort = Literal["day", "month", "part", "season", "year", "span", "fiscal"]
_FISCAL = (4, 3)  # April to March, where no country says otherwise
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 12)}


@dataclass(frozen=True, slots=True)
class When:
    """A time as a text names it. first and last: token numbers.

    sort: its precision. year, months, day: what is known; year None cannot be resolved.
    base: it is what a figure is compared with. by: a deadline, “by 2030”. shift: years from
    publication, where it was said so (“last year”: -1). ahead: «начиная с 2027 года».
    fiscal: the months are those of a fiscal year, ``counted`` from its beginning or ``named``;
    ``year`` is then the one it begins in.
    """

    sort: Sort
    first: int
    last: int
    year: int | None = None
    months: tuple[int, int] | None = None
    day: int | None = None
    end_year: int | None = None
    base: bool = False
    by: bool = False
    explicit: bool = False
    shift: int | None = None
    ahead: bool = False
    fiscal: Literal["", "counted", "named"] = ""

    def text(self) -> str | None:
        """The period as the records write it; None where the year is unknown, or for a span."""
        if self.sort == "span" or self.year is None:
            return None
        if self.sort == "fiscal":
            first, last = self.months or _FISCAL
            return f"{self.year}-{first:02d}/{self.year + 1}-{last:02d}"
        if self.months is None or self.sort in ("year", "season"):
            return str(self.year)
        first, last = self.months
        if self.day is not None:
            return f"{self.year}-{first:02d}-{self.day:02d}"
        if first == last:
            return f"{self.year}-{first:02d}"
        if first > last:  # July–March of a fiscal year: it ends in this year
            return f"{self.year - 1}-{first:02d}/{self.year}-{last:02d}"
        if (first, last) == (1, 12):
            return str(self.year)
        return f"{self.year}-{first:02d}/{self.year}-{last:02d}"


def measured_text(when: When) -> str | None:
    """The period of a figure: a season is its months; those of winter lie in two years."""
    if when.sort != "season" or when.year is None or when.months is None:
        return when.text()
    first, last = when.months
    return None if first == last else f"{when.year}-{first:02d}/{when.year}-{last:02d}"


def season_months(name: str) -> tuple[int, int]:
    """First and last month; winter counts as December, where it begins."""
    return _SEASONS[name]


def past_year(months: tuple[int, int], published: date | None) -> int | None:
    """The latest year in which these months were over (or had begun) at publication."""
    if published is None:
        return None
    return published.year if months[1] <= published.month else published.year - 1


def measured_year(months: tuple[int, int], published: date | None) -> int | None:
    """As past_year, for statistics: a month's figure comes out after it."""
    if published is None:
        return None
    return published.year if months[1] < published.month else published.year - 1


def near_day(day: int, month: int, published: date | None) -> int | None:
    """The year that brings a day and month without a year nearest to publication."""
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda year: abs((_safe(year, month, day) - published).days))


def _safe(year: int, month: int, day: int) -> date:
    year = min(max(year, 2), 9998)
    return date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]))


def shifted(published: date | None, days: int) -> date | None:
    """The day so many days after publication; None where that is unknown or out of the calendar."""
    if published is None:
        return None
    try:
        return published + timedelta(days=days)
    except OverflowError:
        return None
