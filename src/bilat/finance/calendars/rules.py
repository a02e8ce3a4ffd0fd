"""What a calendar file holds: holidays by rule or by date, transfers, sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bilat.finance.calendars.easter import orthodox, western
from bilat.language import Text, say
from bilat.programme.record import Model
from bilat.vocabulary import Period
from bilat.vocabulary.text_type import Unreadable, refuse

DayOfYear = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
LEAP_YEAR = 2024

Year = Annotated[int, Field(ge=1900, le=2200)]


class Span(Model):
    """Years from ``since`` to ``until``, both included."""

    since: Year | None = None
    until: Year | None = None

    def has(self, year: int) -> bool:
        """Whether it applies in the year."""
        return (self.since or year) <= year <= (self.until or year)


class Holiday(Span):
    """A day of the year or several in a row, a day counted from Easter, or days by date."""

    name: Text
    day: DayOfYear | None = None
    """Month and day: ``07-03``."""
    to: DayOfYear | None = None
    """The last of several days."""
    easter: Literal["orthodox", "western"] | None = None
    plus: Annotated[int, Field(ge=-100, le=100)] = 0
    """Days after Easter Sunday."""
    days: tuple[date, ...] = ()
    """Announced days."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if [self.day is not None, self.easter is not None, bool(self.days)].count(True) != 1:
            raise refuse(Unreadable(say("a holiday has one of “day”, “easter” and “days”")))
        for day in (self.day, self.to):
            if day and _date(LEAP_YEAR, day) is None:
                raise refuse(Unreadable(say("“{day}” is not a day of the calendar", day=day)))
        return self

    def in_year(self, year: int) -> Iterator[date]:
        """Its days in the year."""
        if not self.has(year):
            return
        yield from (day for day in self.days if day.year == year)
        if self.easter:
            sunday = orthodox(year) if self.easter == "orthodox" else western(year)
            yield sunday + timedelta(days=self.plus)
        if self.day and (first := _date(year, self.day)):
            last = _date(year, self.to or self.day) or first
            for number in range((last - first).days + 1):
                yield first + timedelta(days=number)


def _date(year: int, text: str) -> date | None:
    """The day in the year; None for one that the year does not have."""
    try:
        return date.fromisoformat(f"{year:04}-{text}")
    except ValueError:
        return None


class Transfer(Model):
    """A working day that is off, and the day off on which it is worked instead."""

    off: date | None = None
    works: date | None = None
    source: Text | None = None
    """The act that says so."""


class CalendarFile(Model):
    """A calendar as it stands in a file."""

    title: Text
    covers: Period | None = None
    """Years for which the rules were checked; outside them they are applied all the same."""
    weekend: tuple[Annotated[int, Field(ge=1, le=7)], ...] = (6, 7)
    """Days of the week that are off: 1 is Monday, 7 Sunday."""
    holidays: tuple[Holiday, ...] = ()
    substitutes: Span | None = None
    """Years in which a holiday on a day off gives the next working day off."""
    transfers: tuple[Transfer, ...] = ()
    sources: tuple[Text, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _some_day_works(self) -> Self:
        if len(set(self.weekend)) == 7:
            raise refuse(Unreadable(say("no day of the week is left to work on")))
        return self
