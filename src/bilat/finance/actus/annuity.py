"""The constant payment that repays a balance by the last of the remaining dates.

Source: ACTUS Technical Specification, section 3.7 (annuity amount function A).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from bilat.finance.actus.daycount import YearFraction


def annuity_payment(
    owed: Decimal,
    accrued: Decimal,
    rate: Decimal,
    now: datetime,
    dates: Sequence[datetime],
    fraction: YearFraction,
) -> Decimal:
    """x with ``(n + a₁) · Π(1 + r·Yᵢ) = x · (1 + Σᵢ Πⱼ≥ᵢ(1 + r·Yⱼ))`` over the dates.

    owed n and accrued are as of now; a₁ is the interest at the first date, all dates being at or
    after now. Yᵢ: the year fraction from date i to the next. Without dates all is due.
    """
    if not dates:
        return owed + accrued
    first = owed * (1 + rate * fraction(now, dates[0])) + accrued
    growth, total = Decimal(1), Decimal(1)
    for start, end in reversed(list(pairwise(dates))):
        growth *= 1 + rate * fraction(start, end)
        total += growth
    return first * growth / total
