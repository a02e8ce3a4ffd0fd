"""Dated flows: what they are worth on a day, at a rate a year.

A flow is a day and an amount, + received and − paid. Amounts are Decimals of one currency; every
step is rounded half to even at 34 digits.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Context, Decimal, localcontext

Flow = tuple[date, Decimal]
Years = Callable[[date, date], Decimal]
"""How many years lie between two days."""

DIGITS = 34
DAYS_IN_YEAR = 365


def exactly() -> Context:
    """The arithmetic of this room: decimal128, which no setting of the caller's changes."""
    return Context(prec=DIGITS)


def actual_365(start: date, end: date) -> Decimal:
    """The days between over 365, as XIRR counts them."""
    with localcontext(exactly()):
        return Decimal((end - start).days) / DAYS_IN_YEAR


def whole_months(start: date, end: date) -> Decimal:
    """Whole months over 12, the days that remain over 365 (Directive 2008/48/EC, Annex I).

    The months are counted back from the later day, so that the odd days come first, as the
    Directive's remarks on intervals want it; the end of a short month counts as the whole month.
    """
    if end < start:
        return -whole_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    if _months_before(end, months) < start:
        months -= 1
    with localcontext(exactly()):
        odd = (_months_before(end, months) - start).days
        return Decimal(months) / 12 + Decimal(odd) / DAYS_IN_YEAR


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def factor(rate: Decimal, years: Decimal) -> Decimal:
    """What one unit in ``years`` years is worth now. rate: effective a year, above −1."""
    with localcontext(exactly()):
        return Decimal(1) / (1 + rate) ** years


def present_value(
    flows: Iterable[Flow], rate: Decimal, day: date, years: Years = actual_365
) -> Decimal:
    """The worth of the flows on ``day``; earlier ones grow, later ones shrink. Not rounded.

    rate: effective a year (0.05), above −1.
    """
    with localcontext(exactly()):
        worth = (amount * factor(rate, years(day, due)) for due, amount in flows)
        return sum(worth, Decimal(0))


def by_day(flows: Iterable[Flow]) -> list[Flow]:
    """One flow a day, in order of days; days that come to nothing are left out."""
    sums: dict[date, Decimal] = {}
    with localcontext(exactly()):
        for day, amount in flows:
            sums[day] = sums.get(day, Decimal(0)) + amount
    return sorted((day, amount) for day, amount in sums.items() if amount)


def total(flows: Sequence[Flow]) -> Decimal:
    with localcontext(exactly()):
        return sum((amount for _day, amount in flows), Decimal(0))
