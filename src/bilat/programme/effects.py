"""What a measure or project should add to an indicator, and what that needs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from bilat.programme.numbers import Estimate, IndicatorRef
from bilat.programme.record import Refers
from bilat.vocabulary import HsCode, Money, Period

Percent = Annotated[Decimal, Field(ge=0, le=100)]


class Effect(Estimate):
    """What it should add to an indicator, a year, once it works fully.

    The likely value is as likely to be exceeded as not; low and high are the ends of the range that
    should hold with a probability of 80 %.
    """

    indicator: IndicatorRef
    unit_price: Money | None = None
    """Price of one unit, where the estimate counts units and the indicator money."""
    products: tuple[HsCode, ...] = ()
    """HS codes of what it adds; left out, those of the project."""
    start: Period | None = None
    """When it begins to work."""
    ramp_years: Annotated[Decimal, Field(ge=0, le=30)] = Decimal(0)
    """Years from the start until it works fully, in an even rise."""
    chance: Percent | None = None
    """Chance that it comes about at all, in per cent; a project may state it as its own."""
    displaced: Percent = Decimal(0)
    """How much of it replaces trade that exists or would come anyway, in per cent."""
    cost: Money | None = None
    """What it costs the budgets, once."""
    finance: Money | None = None
    """What it needs from a facility, in the year of its start."""
    facility: Annotated[str, Refers("facilities")] | None = None
    """The facility that it would draw on; left out, that of the project."""
    smallest: Percent = Decimal(100)
    """The smallest part of it that can be carried out, in per cent of the whole."""
