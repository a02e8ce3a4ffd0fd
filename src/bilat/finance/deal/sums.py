"""A schedule adds up before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bilat.errors import BilatError
from bilat.finance.deal.schedule import Schedule
from bilat.language import Message, say
from bilat.programme.deal_amounts import financed_of, residual_of

TINY = Decimal("1e-18")
"""What sums of unrounded amounts lose at 34 digits is far below it, any cent far above."""


class DoesNotAddUp(BilatError):
    """A schedule that breaks its own sums: a fault of the program, never of the terms."""


def check_sums(schedule: Schedule) -> None:
    """Raises DoesNotAddUp."""
    for what in _wrong(schedule):
        raise DoesNotAddUp(say("the schedule does not add up: {what}. Please report it", what=what))


def _wrong(schedule: Schedule) -> Iterator[Message]:
    terms, sums = schedule.terms, schedule.totals
    if abs(sums["drawn"] - financed_of(terms)) > TINY:
        yield say("{drawn} is drawn", drawn=sums["drawn"])
    returned = terms.residual is not None and terms.residual.settled == "returned"
    left = residual_of(terms) if returned else Decimal(0)
    if abs(schedule.payments[-1].balance - left) > TINY:
        yield say("{balance} is left", balance=schedule.payments[-1].balance)
    repaid = sums["principal"] + sums["residual"] + left
    if abs(repaid - sums["drawn"] - sums["capitalised"]) > TINY:
        yield say("{principal} is repaid", principal=repaid)
    for payment in schedule.payments:
        if not 0 <= payment.subsidy <= payment.interest:
            yield say("the subsidy of {day} exceeds the interest", day=payment.day)
        if min(payment.balance, payment.principal, payment.interest, payment.drawn) < 0:
            yield say("an amount of {day} is negative", day=payment.day)
