"""Subsidised interest: the lender receives all of it, borrower and budget pay their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bilat.finance.deal import Schedule

ZERO = Decimal(0)


@dataclass(frozen=True)
class InterestShare:
    """One payment of interest: received = borrower + budget, exactly."""

    day: date
    received: Decimal
    """By the lender, at the full rate."""
    borrower: Decimal
    budget: Decimal


@dataclass(frozen=True)
class YearShare:
    """The payments of one calendar year: sums of `InterestShare`, exactly."""

    year: int
    received: Decimal
    borrower: Decimal
    budget: Decimal


def interest_shares(schedule: Schedule) -> tuple[InterestShare, ...]:
    """Every day on which interest is paid, in order."""
    return tuple(
        InterestShare(
            payment.day, payment.interest, payment.interest - payment.subsidy, payment.subsidy
        )
        for payment in schedule.payments
        if payment.interest
    )


def by_year(shares: Sequence[InterestShare]) -> tuple[YearShare, ...]:
    """One row a calendar year with a payment; their sums are those of the payments."""
    years = sorted({share.day.year for share in shares})
    return tuple(_year(year, [one for one in shares if one.day.year == year]) for year in years)


def _year(year: int, shares: Sequence[InterestShare]) -> YearShare:
    return YearShare(
        year,
        sum((one.received for one in shares), ZERO),
        sum((one.borrower for one in shares), ZERO),
        sum((one.budget for one in shares), ZERO),
    )
