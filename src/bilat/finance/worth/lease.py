"""Leases in the books of both sides by IFRS 16: liability, right of use, net investment.

The rate implicit in the lease makes the present value of the payments and of the unguaranteed
residual equal to fair value plus the lessor's initial direct costs (IFRS 16, appendix A).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import pairwise

from bilat.finance.worth.flows import (
    Flow,
    Years,
    actual_365,
    by_day,
    exactly,
    factor,
    present_value,
    total,
)
from bilat.finance.worth.rates import InternalRate, internal_rate

ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Lease:
    """What both sides' tables are made of. Amounts of one currency, without recoverable tax.

    payments: the lease payments by day, of the lessee, with what the lessee guarantees of the
    residual and with the price of an option that is reasonably certain to be used.
    """

    start: date
    end: date
    payments: tuple[Flow, ...]
    unguaranteed: Decimal = ZERO
    """The residual that nobody guarantees the lessor, on the day of the end."""
    incentives: Decimal = ZERO
    lessee_costs: Decimal = ZERO
    """Initial direct costs of the lessee."""
    restoration: Decimal = ZERO

    def at_start(self) -> Decimal:
        return total([flow for flow in self.payments if flow[0] <= self.start])

    def later(self) -> list[Flow]:
        return by_day(flow for flow in self.payments if flow[0] > self.start)


@dataclass(frozen=True)
class Unwinding:
    """One day of a liability or of a net investment: before + interest − paid = after, exactly."""

    day: date
    before: Decimal
    interest: Decimal
    paid: Decimal
    after: Decimal


@dataclass(frozen=True)
class Depreciation:
    """The right of use, straight-line by days: before − charge = after, exactly."""

    day: date
    before: Decimal
    charge: Decimal
    after: Decimal


def implicit_rate(
    lease: Lease, fair_value: Decimal, lessor_costs: Decimal = ZERO, years: Years = actual_365
) -> InternalRate:
    """The rate implicit in the lease, effective a year. lessor_costs: initial direct costs."""
    given = (lease.start, -(fair_value + lessor_costs))
    residual = (lease.end, lease.unguaranteed)
    return internal_rate([given, *lease.payments, residual], years)


def lessee_table(lease: Lease, rate: Decimal, years: Years = actual_365) -> list[Unwinding]:
    """The lease liability (paragraphs 26 and 36), to the cent, down to exactly zero."""
    return _unwound(lease.start, lease.later(), rate, years, ZERO)


def lessor_table(lease: Lease, rate: Decimal, years: Years = actual_365) -> list[Unwinding]:
    """The net investment (paragraphs 67 to 76) and its finance income.

    It ends in the unguaranteed residual. rate: the implicit one, at which the first amount is fair
    value plus direct costs, less what was paid at the start.
    """
    return _unwound(lease.start, lease.later(), rate, years, lease.unguaranteed, lease.end)


def right_of_use(lease: Lease, rate: Decimal, years: Years = actual_365) -> Decimal:
    """Cost of the right-of-use asset (paragraph 24), to the cent."""
    liability = _cents(present_value(lease.later(), rate, lease.start, years))
    costs = lease.lessee_costs + lease.restoration - lease.incentives
    return liability + lease.at_start() + costs


def depreciation_table(
    cost: Decimal, start: date, ends: Sequence[date], life_end: date | None = None
) -> list[Depreciation]:
    """Charges up to each of the days ``ends`` (paragraphs 31 and 32).

    life_end: the end of the useful life where ownership passes; else the last of the days, to which
    the asset falls to zero.
    """
    days = Decimal(((life_end or ends[-1]) - start).days)
    rows: list[Depreciation] = []
    before = cost
    for end in ends:
        used = min(Decimal((end - start).days) / days, Decimal(1))
        after = cost - _cents(cost * used)
        rows.append(Depreciation(end, before, before - after, after))
        before = after
    return rows


def _unwound(
    start: date,
    payments: Sequence[Flow],
    rate: Decimal,
    years: Years,
    residual: Decimal,
    end: date | None = None,
) -> list[Unwinding]:
    """Interest on what is outstanding; each row is its unrounded present value to the cent.

    So no rounding adds up, and the interest of all rows is exactly what is paid beyond the first
    amount.
    """
    dues = list(payments)
    if end and (not dues or dues[-1][0] < end):
        dues.append((end, ZERO))
    worths = _worths(start, dues, rate, years, residual)
    rows = []
    for (before, after), (day, paid) in zip(pairwise(worths), dues, strict=True):
        rows.append(Unwinding(day, before, after + paid - before, paid, after))
    return rows


def _worths(
    start: date, dues: Sequence[Flow], rate: Decimal, years: Years, residual: Decimal
) -> list[Decimal]:
    """What is outstanding at the start and after each payment, from the last one back."""
    with localcontext(exactly()):
        worth = residual
        found = [_cents(worth)]
        days = [start, *(day for day, _paid in dues)]
        for (earlier, later), (_day, paid) in reversed(
            list(zip(pairwise(days), dues, strict=True))
        ):
            worth = (worth + paid) * factor(rate, _from_start(start, earlier, later, years))
            found.append(_cents(worth))
    return found[::-1]


def _from_start(start: date, earlier: date, later: date, years: Years) -> Decimal:
    """Times are counted from the start, so that the table and the rate know the same ones."""
    return years(start, later) - years(start, earlier)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
