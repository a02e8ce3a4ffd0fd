"""How a deal stands: its balance, what falls due next, what is past due, what is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bilat.finance.lines.dues import Due
from bilat.finance.lines.flows import DealFlows
from bilat.finance.lines.steps import ZERO
from bilat.programme.deals import PaymentMade
from bilat.programme.facilities import ProvisionRule


@dataclass(frozen=True)
class Standing:
    """In the currency of the deal. None is what cannot be said: without terms nothing falls due on
    a known day, without recorded payments nobody knows what was paid, without a rule nothing says
    what to set aside.

    arrears: past due on the day; days_past_due: of the oldest of it. surplus: paid beyond all dues.
    """

    balance: Decimal
    undrawn: Decimal
    paid: Decimal | None
    next_due: Due | None
    dues: tuple[Due, ...]
    arrears: Decimal | None
    days_past_due: int | None
    provision: Decimal | None
    provision_share: Decimal | None
    surplus: Decimal = ZERO


def standing_of(flows: DealFlows, rule: ProvisionRule | None, as_of: date) -> Standing:
    """flows: in the deal's own currency."""
    deal, settled = flows.deal, flows.settled
    payments = deal.payments
    alive = deal.stage in ("agreed", "signed", "drawn")
    ahead = settled.ahead(as_of) if settled and alive else ()
    known = settled is not None and payments is not None and deal.stage != "asked"
    past = settled.past(as_of) if settled and known else ()
    days = (as_of - past[0].day).days if past else 0
    balance = flows.balance.on(as_of)
    share = _share(rule, days) if known and rule else None
    return Standing(
        balance=balance,
        undrawn=flows.committed.on(as_of),
        paid=None if payments is None else _paid(payments, as_of),
        next_due=next(iter(ahead), None),
        dues=(*past, *ahead),
        arrears=sum((due.amount for due in past), ZERO) if known else None,
        days_past_due=days if known else None,
        provision=None if share is None else balance * share / 100,
        provision_share=share,
        surplus=settled.surplus if settled else ZERO,
    )


def _paid(payments: tuple[PaymentMade, ...], as_of: date) -> Decimal:
    return sum((payment.amount for payment in payments if payment.on <= as_of), ZERO)


def _share(rule: ProvisionRule, days: int) -> Decimal:
    """Per cent of the bucket that the days fall in; nothing below the first."""
    reached = [bucket for bucket in rule.buckets if bucket.days <= days]
    return max(reached, key=lambda bucket: bucket.days).share if reached else ZERO
