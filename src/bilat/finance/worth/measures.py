"""Measures of a payment plan: how long money is out, what it costs, what falls due a month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from bilat.finance.worth.flows import (
    Flow,
    Years,
    actual_365,
    exactly,
    present_value,
    total,
)


def average_life(principal: Sequence[Flow], day: date, years: Years = actual_365) -> Decimal:
    """Years until a unit of principal is back, weighted by amount. ValueError without principal.

    principal: repayments, positive. day: from which the years are counted.
    """
    with localcontext(exactly()):
        repaid = total(principal)
        if not repaid:
            raise ValueError("no principal is repaid")
        return sum((amount * years(day, due) for due, amount in principal), Decimal(0)) / repaid


def duration(
    payments: Sequence[Flow], rate: Decimal, day: date, years: Years = actual_365
) -> Decimal:
    """Macaulay's: the mean time of the payments, weighted by present value, in years.

    rate: effective a year. Modified duration is this over 1 + rate.
    """
    with localcontext(exactly()):
        worth = present_value(payments, rate, day, years)
        if not worth:
            raise ValueError("the payments are worth nothing")
        timed = ((due, amount * years(day, due)) for due, amount in payments)
        return present_value(timed, rate, day, years) / worth


@dataclass(frozen=True)
class Monthly:
    """What is paid in a calendar month: the first month with a payment, and the dearest one."""

    first: Decimal
    largest: Decimal
    largest_month: date
    """Its first day."""


def monthly(payments: Iterable[Flow]) -> Monthly:
    """payments: positive amounts. ValueError where there is none."""
    sums: dict[date, Decimal] = {}
    for day, amount in payments:
        month = day.replace(day=1)
        sums[month] = sums.get(month, Decimal(0)) + amount
    if not sums:
        raise ValueError("nothing is paid")
    largest = max(sorted(sums), key=lambda month: sums[month])
    return Monthly(sums[min(sums)], sums[largest], largest)
