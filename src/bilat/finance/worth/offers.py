"""What an offer comes to, from where one side sits: cost, payments, worth today, grant element."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Literal

from bilat.finance.deal import Payment, Schedule
from bilat.finance.deal.schedule import LENDERS_FEES
from bilat.finance.worth.flows import Flow, by_day, exactly, present_value, total
from bilat.finance.worth.grant import grant_element
from bilat.finance.worth.measures import average_life, duration, monthly
from bilat.finance.worth.rates import InternalRate, internal_rate

Side = Literal["borrower", "lender"]
"""A lessee is a borrower here, a lessor a lender."""
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Figures:
    """Amounts in the currency of the comparison, not rounded where it is not the deal's own."""

    effective: InternalRate
    """XIRR of all that the side receives and pays but the advance; goods that go back count."""
    nominal: Decimal
    """The rate of the first period, a fraction of one."""
    financed: Decimal
    advance: Decimal
    first: Decimal
    """The first regular payment."""
    largest: Decimal
    largest_month: date
    interest: Decimal
    fees: Decimal
    tax: Decimal
    subsidy: Decimal
    total: Decimal
    """All that the borrower pays, the advance included; or all that the lender receives."""
    extra: Decimal
    """Of it, what goes beyond the amount financed and the advance."""
    worth: Decimal
    """The total's present value."""
    grant: Decimal | None
    """Per cent; None where nothing is drawn."""
    average_life: Decimal | None
    """Years from the start until a unit of principal is repaid."""
    duration: Decimal | None
    """Macaulay's, of the payments after the advance, at the effective rate."""
    start: date
    end: date
    payments: int


def figures(
    schedule: Schedule, side: Side, discount: Decimal, day: date, exchange: Decimal = ONE
) -> Figures:
    """discount: effective a year. day: on which payments are worth what ``worth`` says.

    exchange: units of the comparison's currency for one of the deal's; it is taken to stay.
    ValueError for a schedule in which nothing is paid.
    """
    effective = internal_rate(schedule.worth_flows(side))
    regular = monthly((one.day, paid(one, side)) for one in schedule.instalments)
    everything, financed = paid_by_day(schedule, side), schedule.total("drawn")
    advance = sum((_advanced(one, side) for one in schedule.payments), ZERO)
    theirs = side == "borrower"
    subsidy = schedule.total("subsidy")
    return Figures(
        effective=effective,
        nominal=schedule.instalments[0].rate,
        financed=financed * exchange,
        advance=advance * exchange,
        first=regular.first * exchange,
        largest=regular.largest * exchange,
        largest_month=regular.largest_month,
        interest=(schedule.total("interest") - (subsidy if theirs else ZERO)) * exchange,
        fees=sum((fees_of(one, side) for one in schedule.payments), ZERO) * exchange,
        tax=(schedule.total("tax") if theirs else ZERO) * exchange,
        subsidy=subsidy * exchange,
        total=total(everything) * exchange,
        extra=(total(everything) - financed - advance) * exchange,
        worth=present_value(everything, discount, day) * exchange,
        grant=_grant(schedule, side),
        average_life=_life(schedule),
        duration=_duration(schedule, side, effective),
        start=schedule.terms.start,
        end=schedule.end,
        payments=len(schedule.instalments),
    )


def paid_by_day(schedule: Schedule, side: Side) -> list[Flow]:
    """Positive amounts: what the borrower pays, advance and taxes too; what the lender receives."""
    return by_day((one.day, _advanced(one, side) + paid(one, side)) for one in schedule.payments)


def paid(payment: Payment, side: Side) -> Decimal:
    """What the borrower pays without the advance, or what the lender receives, on one day."""
    if side == "borrower":
        return payment.outlay - payment.advance
    return debt_service(payment, side)


def debt_service(payment: Payment, side: Side) -> Decimal:
    """Principal, residual, interest and fees without taxes; the borrower's without the subsidy."""
    interest = payment.interest - (payment.subsidy if side == "borrower" else ZERO)
    return payment.principal + payment.residual + interest + fees_of(payment, side)


def fees_of(payment: Payment, side: Side) -> Decimal:
    """All fees, or those that are the lender's."""
    if side == "borrower":
        return payment.fee
    return sum((amount for kind, amount in payment.fees if kind in LENDERS_FEES), ZERO)


def accumulated(flows: list[Flow]) -> list[Flow]:
    """What has been paid up to and including each day."""
    found, so_far = [], ZERO
    with localcontext(exactly()):
        for day, amount in flows:
            so_far += amount
            found.append((day, so_far))
    return found


def _advanced(payment: Payment, side: Side) -> Decimal:
    return payment.advance if side == "borrower" else ZERO


def _grant(schedule: Schedule, side: Side) -> Decimal | None:
    drawn = [(one.day, one.drawn) for one in schedule.payments if one.drawn]
    service = [(one.day, debt_service(one, side)) for one in schedule.payments]
    service.append((schedule.end, schedule.returned))  # goods are given back instead of money
    return grant_element(drawn, service) if drawn else None


def _life(schedule: Schedule) -> Decimal | None:
    repaid = [(one.day, one.principal + one.residual) for one in schedule.payments]
    return average_life(repaid, schedule.terms.start) if total(repaid) else None


def _duration(schedule: Schedule, side: Side, effective: InternalRate) -> Decimal | None:
    service = [(one.day, paid(one, side)) for one in schedule.payments]
    service.append((schedule.end, schedule.returned))
    if effective.rate is None or not total(service):
        return None
    return duration(service, effective.rate, schedule.terms.start)
