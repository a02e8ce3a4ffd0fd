"""A calendar that answers: is this a business day?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bilat.finance.calendars.rules import CalendarFile
from bilat.language import Text


@dataclass(frozen=True)
class BusinessCalendar:
    """The days of one or more calendar files: a business day is one in each of them.

    Without files every day is a business day. Years are worked out when first asked for.
    """

    name: str
    files: tuple[CalendarFile, ...] = ()
    _years: dict[int, frozenset[date]] = field(default_factory=dict, compare=False, repr=False)

    def is_business_day(self, day: date) -> bool:
        """Neither weekend nor holiday, or worked in exchange for another day."""
        return day not in self.days_off(day.year)

    def days_off(self, year: int) -> frozenset[date]:
        """All of them in the year, weekends included."""
        found = self._years.get(year)
        if found is None:
            found = frozenset(day for file in self.files for day in _days_off(file, year))
            self._years[year] = found
        return found

    def holidays(self, year: int) -> dict[date, tuple[Text, ...]]:
        """The holidays of the year by day, with their names; neither weekends nor transfers."""
        found: dict[date, tuple[Text, ...]] = {}
        for file in self.files:
            for holiday in file.holidays:
                for day in holiday.in_year(year):
                    found[day] = (*found.get(day, ()), holiday.name)
        return dict(sorted(found.items()))

    def covers(self, day: date) -> bool:
        """Whether the day is in the years that every file covers; without a statement it is."""
        spans = [file.covers for file in self.files if file.covers]
        return all(span.start <= day <= span.end for span in spans)


def _days_off(file: CalendarFile, year: int) -> set[date]:
    holidays = {day for holiday in file.holidays for day in holiday.in_year(year)}
    weekend = frozenset(file.weekend)
    off = holidays | {day for day in _days(year) if day.isoweekday() in weekend}
    if file.substitutes and file.substitutes.has(year):
        _substitute(off, holidays, weekend)
    off |= {one.off for one in file.transfers if one.off and one.off.year == year}
    return off - {one.works for one in file.transfers if one.works}


def _substitute(off: set[date], holidays: set[date], weekend: frozenset[int]) -> None:
    """The next working day after each holiday of the year that falls on a weekend."""
    for holiday in sorted(holidays):
        if holiday.isoweekday() in weekend:
            day = holiday
            while day in off:
                day += timedelta(days=1)
            off.add(day)


def _days(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    for number in range((date(year + 1, 1, 1) - first).days):
        yield first + timedelta(days=number)
