"""The rate of a deal, fixed or floating, and the part of it that a budget pays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import Field

from bilat.language import Text, say
from bilat.programme.deal_parts import Day, Number, Percent
from bilat.programme.record import Model
from bilat.vocabulary.text_type import TextType, Unreadable

Code = Annotated[str, Field(min_length=1, max_length=80)]
Points = Annotated[Decimal, Field(ge=-100, le=100)]

_RATIO = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(?:/(\d{1,9}))?")


@dataclass(frozen=True)
class Ratio(TextType):
    """A share of one, written as a fraction (``2/3``) or as a number (``0.5``)."""

    text: str
    value: Decimal

    schema_pattern: ClassVar[str] = r"^\d{1,9}(\.\d{1,9})?(/\d{1,9})?$"
    schema_example: ClassVar[str] = "2/3"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises Unreadable for anything that is no fraction."""
        found = _RATIO.fullmatch(text)
        if not found or (found[2] and not int(found[2])):
            raise Unreadable(say("“{text}” is not a share; write it as in 2/3 or 0.5", text=text))
        return cls(text, Decimal(found[1]) / Decimal(found[2] or 1))

    def of(self, whole: Decimal) -> Decimal:
        """The share of a whole: exact where it is a finite number, as 2/3 of 9."""
        above, _, below = self.text.partition("/")
        return whole * Decimal(above) / Decimal(below or 1)

    def __str__(self) -> str:
        return self.text


ONE = Ratio("1", Decimal(1))


class RateObserved(Model):
    """What an index was from a day on."""

    day: Day
    """From when."""
    percent: Points
    """Percent a year."""


class DealRate(Model):
    """The nominal interest rate, in percent a year: fixed, or following an index."""

    percent: Percent | None = None
    """The fixed rate; with an index, the rate until the first reset."""
    index: Code | None = None
    """Code of the index that the rate follows."""
    share: Ratio = ONE
    """What is taken of the index, such as ``2/3``."""
    margin: Points = Decimal(0)
    """Percentage points above the index."""
    reset_every: Number | None = None
    """Months between resets; left out, the rate is set once, at the start."""
    first_reset: Day | None = None
    """The first reset after the start; left out, one period after the start."""
    cap: Percent | None = None
    """The rate is never above it."""
    floor: Points | None = None
    """The rate is never below it."""
    period_cap: Percent | None = None
    """The greatest rise at one reset, in percentage points."""
    period_floor: Percent | None = None
    """The greatest fall at one reset, in percentage points."""
    observed: tuple[RateObserved, ...] = ()
    """What the index was; the latest figure holds on."""


class Subsidy(Model):
    """The part of the interest that a budget pays to the lender."""

    points: Percent | None = None
    """Percentage points of the rate."""
    index: Code | None = None
    """Code of an index of which the budget pays a share."""
    share: Ratio = ONE
    """The share of the index, such as ``2/3``."""
    observed: tuple[RateObserved, ...] = ()
    """What the index was; the latest figure holds on."""
    since: Day | None = None
    """The first day; left out, from the start."""
    until: Day | None = None
    """The day on which it ends; left out, to the end."""
    at_most: Percent | None = None
    """The most that the budget pays, in percentage points."""
    leaves: Percent | None = None
    """The least that the borrower pays, in percent a year."""
    title: Text | None = None
    """By which act, or which budget."""
