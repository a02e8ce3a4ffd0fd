"""Past outlooks, kept as they were made, so that they can be judged when the truth is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from bilat.programme.numbers import NotNegative
from bilat.programme.record import Model, Record, Refers, Side

TargetRef = Annotated[str, Refers("targets"), Field(description="Id of a target.")]
Year = Annotated[int, Field(ge=1900, le=2200)]
Share = Annotated[Decimal, Field(ge=0, le=1)]


class YearAhead(Model):
    """What was foreseen for one year, in the base unit of the indicator."""

    year: Year
    levels: Annotated[tuple[NotNegative, ...], Field(min_length=7, max_length=7)]
    """Levels not exceeded with probabilities of 2.5, 10, 25, 50, 75, 90 and 97.5 per cent."""


class KeptOutlook(Record):
    """One outlook on one date of a target, by one side's statistics, as it was made."""

    section: ClassVar[str] = "outlooks"

    target: TargetRef
    made: date
    """The day as of which it was made."""
    statistics: Side | None = None
    """Whose statistics; left out, those of both sides made one."""
    origin: Year
    """The last year of data."""
    deadline: Year
    level: NotNegative
    """The target in the base unit of its indicator."""
    chance: Share
    """Of the target by its date, by the forecast alone."""
    chance_with_measures: Share | None = None
    method: str
    years: tuple[YearAhead, ...] = ()
