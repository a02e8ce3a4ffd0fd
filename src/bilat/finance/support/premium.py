"""What the cover of a credit costs: premiums by day, and in points of the yearly rate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bilat.finance.deal import Schedule
from bilat.finance.worth.flows import Flow, by_day, total
from bilat.finance.worth.rates import internal_rate

COVER = frozenset({"insurance", "guarantee"})
"""Kinds of fees that pay for cover."""


@dataclass(frozen=True)
class Premium:
    """paid: by day. points: what the premium adds to the borrower's effective rate, 0.011 is 1.1
    points a year; None where either rate does not exist."""

    paid: tuple[Flow, ...]
    total: Decimal
    points: Decimal | None


def premium(schedule: Schedule) -> Premium:
    """Of insurance and guarantee, without tax on it."""
    paid = by_day((payment.day, _cover(payment.fees)) for payment in schedule.payments)
    flows = schedule.flows("borrower")
    dearer, without = internal_rate(flows).rate, internal_rate([*flows, *paid]).rate
    points = None if dearer is None or without is None else dearer - without
    return Premium(tuple(paid), total(paid), points)


def _cover(fees: tuple[tuple[str, Decimal], ...]) -> Decimal:
    return sum((amount for kind, amount in fees if kind in COVER), Decimal(0))
