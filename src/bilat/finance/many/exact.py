"""The few annuities of which floats cannot tell the last unit, by the exact path's own steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Context, Decimal, localcontext

import numpy as np

from bilat.finance.actus.annuity import annuity_payment
from bilat.finance.actus.daycount import year_fraction
from bilat.finance.actus.running import DIGITS
from bilat.finance.deal.making import DAY_COUNTS
from bilat.finance.many.block import Block
from bilat.programme.deal_amounts import rounded


def annuity(block: Block, place: int, dates: Sequence[np.datetime64], before: np.datetime64) -> int:
    """The level payment in units. dates: those of principal; before: the due date before them."""
    terms = block.terms[place]
    places = terms.rounding.places
    fraction = year_fraction(DAY_COUNTS[block.day_count], lambda _day: True)
    with localcontext(Context(prec=DIGITS)):
        owed = Decimal(int(block.financed[place])).scaleb(-places)
        left = Decimal(int(block.target[place])).scaleb(-places)
        rate = (terms.rate.percent or Decimal(0)) / 100
        moments = [_moment(day) for day in dates]
        accrued = owed * rate * fraction(_moment(before), moments[0])
        amount = annuity_payment(owed, accrued, rate, moments[0], moments, fraction, left=left)
        return int(rounded(amount, terms.rounding).scaleb(places))


def _moment(day: np.datetime64) -> datetime:
    return datetime.combine(day.astype(object), time())
