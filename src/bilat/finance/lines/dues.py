"""What falls due, and what payments have settled of it.

A payment settles the oldest due first, and of one due the fees, then the interest, then the
principal. What is paid beyond that settles the next dues ahead of their day; their interest is not
worked out again, which is a matter of new terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bilat.finance.lines.steps import ZERO, Change
from bilat.programme.deals import PaymentMade


@dataclass(frozen=True)
class Due:
    """What is to be paid on a day, in the currency of the deal."""

    day: date
    fees: Decimal
    interest: Decimal
    principal: Decimal

    @property
    def amount(self) -> Decimal:
        return self.fees + self.interest + self.principal


@dataclass(frozen=True)
class Settled:
    """left: dues with what is still to be paid of them. repaid: principal by the day of payment.
    surplus: paid beyond all dues."""

    left: tuple[Due, ...]
    repaid: tuple[Change, ...]
    surplus: Decimal

    def past(self, as_of: date) -> tuple[Due, ...]:
        """Past due: their day is over."""
        return tuple(due for due in self.left if due.day < as_of)

    def ahead(self, as_of: date) -> tuple[Due, ...]:
        return tuple(due for due in self.left if due.day >= as_of)


def settle(dues: Sequence[Due], payments: Sequence[PaymentMade]) -> Settled:
    """Payments against dues, both in any order."""
    waiting = sorted(dues, key=lambda due: due.day)
    repaid: list[Change] = []
    surplus = ZERO
    for payment in sorted(payments, key=lambda item: item.on):
        rest, principal = payment.amount, ZERO
        while rest and waiting:
            due, paid = _pay(waiting[0], rest)
            rest -= waiting[0].amount - due.amount
            principal += paid
            if due.amount:
                waiting[0] = due
            else:
                waiting.pop(0)
        repaid += [(payment.on, principal)] if principal else []
        surplus += rest
    return Settled(tuple(due for due in waiting if due.amount), tuple(repaid), surplus)


def as_scheduled(dues: Sequence[Due], as_of: date) -> Settled:
    """Where no payments are recorded: everything due before ``as_of`` is taken as paid."""
    return Settled(
        tuple(due for due in dues if due.day >= as_of and due.amount),
        tuple((due.day, due.principal) for due in dues if due.day < as_of and due.principal),
        ZERO,
    )


def _pay(due: Due, money: Decimal) -> tuple[Due, Decimal]:
    """The due after a payment, and the principal that it repaid."""
    fees = min(due.fees, money)
    interest = min(due.interest, money - fees)
    principal = min(due.principal, money - fees - interest)
    left = Due(due.day, due.fees - fees, due.interest - interest, due.principal - principal)
    return left, principal
