"""The few numbers that floats or halves leave open, by the very operations of the exact path."""

from __future__ import annotations

from datetime import datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

import numpy as np

from bilat.finance.actus.annuity import annuity_payment
from bilat.finance.actus.daycount import YearFraction, year_fraction
from bilat.finance.actus.running import DIGITS
from bilat.finance.deal.making import DAY_COUNTS
from bilat.finance.many.block import Block
from bilat.finance.many.days import Days
from bilat.finance.many.integers import Flags, Ints

HUNDRED = Decimal(100)


def fraction_of(block: Block) -> YearFraction:
    return year_fraction(DAY_COUNTS[block.day_count], lambda _day: True)


def moment_of(day: np.datetime64) -> datetime:
    return datetime.combine(day.astype(object), time())


def settle_halves(
    amounts: Ints, halves: Flags, block: Block, base: Ints, rate: Ints, days: tuple[Days, Days]
) -> None:
    """Where a product is exactly half a unit, decides as 34 decimal digits do.

    The year fraction is rounded before it is multiplied, so that half a cent can come out a hair
    lower. rate: in units of `RATE`. Changes ``amounts`` in place.
    """
    start, end = days
    fraction = fraction_of(block)
    with localcontext(Context(prec=DIGITS)):
        for place in np.flatnonzero(halves):
            places = block.terms[place].rounding.places
            whole = Decimal(int(base[place])).scaleb(-places)
            share = fraction(moment_of(start[place]), moment_of(end[place]))
            product = whole * Decimal(int(rate[place])).scaleb(-8) * share
            amounts[place] = _units(product, places)


def annuity(block: Block, place: int, dates: list[np.datetime64], before: np.datetime64) -> int:
    """The level payment in units. dates: those of principal; before: the due date before them."""
    terms = block.terms[place]
    places, fraction = terms.rounding.places, fraction_of(block)
    with localcontext(Context(prec=DIGITS)):
        owed = Decimal(int(block.financed[place])).scaleb(-places)
        left = Decimal(int(block.target[place])).scaleb(-places)
        rate = Decimal(int(block.rate[place])).scaleb(-8)
        moments = [moment_of(day) for day in dates]
        accrued = owed * rate * fraction(moment_of(before), moments[0])
        amount = annuity_payment(owed, accrued, rate, moments[0], moments, fraction, left=left)
        return _units(amount, places)


def _units(amount: Decimal, places: int) -> int:
    return int(amount.scaleb(places).quantize(Decimal(1), ROUND_HALF_UP))
