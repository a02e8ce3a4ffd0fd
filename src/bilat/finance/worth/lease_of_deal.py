"""A deal's schedule as the lease of IFRS 16 that both sides book."""

from __future__ import annotations

from decimal import Decimal

from bilat.finance.deal import Payment, Schedule
from bilat.finance.worth.flows import by_day
from bilat.finance.worth.lease import Lease
from bilat.finance.worth.offers import Side
from bilat.programme.deal_amounts import residual_of

ZERO = Decimal(0)


def lease_of(schedule: Schedule, side: Side) -> Lease:
    """Advance, principal, interest and a residual that is bought, by day, without taxes.

    The borrower's (lessee's) interest is what a budget leaves of it; its fees are initial direct
    costs where they fall due on the day of the start, and payments where later. Goods that go back
    leave an unguaranteed residual. ValueError for a deal that is no lease.
    """
    terms = schedule.terms
    if terms.kind != "lease":
        raise ValueError("the deal is no lease")
    returned = terms.residual is not None and terms.residual.settled == "returned"
    return Lease(
        terms.start,
        schedule.end,
        tuple(by_day((one.day, _paid(one, schedule, side)) for one in schedule.payments)),
        unguaranteed=residual_of(terms) if returned else ZERO,
        lessee_costs=sum((one.fee for one in schedule.payments if one.day <= terms.start), ZERO),
    )


def _paid(payment: Payment, schedule: Schedule, side: Side) -> Decimal:
    lent = payment.advance + payment.principal + payment.residual + payment.interest
    if side == "lender":
        return lent
    later = payment.fee if payment.day > schedule.terms.start else ZERO
    return lent - payment.subsidy + later
