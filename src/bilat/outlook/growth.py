"""Growth that is needed, and growth that was had: compound yearly rates."""

from __future__ import annotations

from decimal import Decimal

from bilat.errors import NoAnswer
from bilat.language import say


def yearly_growth(start: Decimal | float, end: Decimal | float, years: float) -> float:
    """Compound growth a year, as a share, that leads from ``start`` to ``end`` in ``years``.

    From 133 to 500 in five years: 0.303. Raises NoAnswer for a level of zero or no time at all.
    """
    if years <= 0:
        raise NoAnswer(say("no growth rate over {years} years: the date is not ahead", years=years))
    if start <= 0 or end <= 0:
        raise NoAnswer(say("no growth rate from or to a level of zero"))
    return float((float(end) / float(start)) ** (1 / years) - 1)
