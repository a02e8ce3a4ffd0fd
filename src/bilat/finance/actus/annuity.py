"""The constant payment that repays a balance by the last of the remaining dates.

Source: ACTUS Technical Specification, section 3.7 (annuity amount function A).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from bilat.finance.actus.daycount import YearFraction

ZERO, ONE = Decimal(0), Decimal(1)


def annuity_payment(
    owed: Decimal,
    accrued: Decimal,
    rate: Decimal,
    now: datetime,
    dates: Sequence[datetime],
    fraction: YearFraction,
    *,
    left: Decimal = ZERO,
    weights: Sequence[Decimal] = (),
) -> Decimal:
    """x with ``(n + a₁) · Π(1 + r·Yᵢ) = b + x · (wₘ + Σᵢ wᵢ · Πⱼ≥ᵢ(1 + r·Yⱼ))`` over the dates.

    owed n and accrued are as of now; a₁ is the interest at the first date, all dates being at or
    after now. Yᵢ: the year fraction from date i to the next. left b: what is still owed after the
    last payment, none in the standard. weights wᵢ: payment i is x · wᵢ; all 1 in the standard.
    Without dates all is due.
    """
    if not dates:
        return owed + accrued
    first = owed * (1 + rate * fraction(now, dates[0])) + accrued
    weights = weights or [ONE] * len(dates)
    growth, total = ONE, weights[-1]
    for weight, (start, end) in zip(weights[-2::-1], reversed(list(pairwise(dates))), strict=True):
        growth *= 1 + rate * fraction(start, end)
        total += weight * growth
    return (first * growth - left) / total
