"""Deals that the ACTUS standard can say, against its engine: event by event, to the cent."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.core.finance.deal.deals import terms

from bilat.errors import NoAnswer
from bilat.finance.actus import run
from bilat.finance.deal import as_actus, schedule_of

WAYS = ["annuity", "equal_principal", "bullet"]
FLOATING = {
    "index": "KEY",
    "share": "2/3",
    "margin": 4,
    "reset_every": 6,
    "observed": [{"day": "2025-06-01", "percent": 12}, {"day": "2026-07-10", "percent": 15}],
    "period_cap": 1,
    "floor": 3,
}
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "by days": {"day_count": "A/A"},
    "quarterly": {"every": 3, "day_count": "A/360"},
    "following": {"moved": "following", "calendar": "weekends"},
    "interest to the moved day": {
        "moved": "modified_preceding",
        "calendar": "weekends",
        "interest_to": "moved",
        "day_count": "A/365",
    },
    "grace": {"grace": {"principal": 6}},
    "floating": {"rate": FLOATING},
    "ends of months": {"start": "2026-02-28", "end_of_month": True},
    "a first payment of its own": {"first_payment": "2026-02-20"},
    "business days": {"day_count": "B/252", "calendar": "weekends"},
}


def by_day(flows: list[tuple[date, Decimal]]) -> dict[date, Decimal]:
    found: dict[date, Decimal] = defaultdict(Decimal)
    for day, amount in flows:
        found[day] += amount
    return {day: amount for day, amount in found.items() if amount}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_engine_pays_the_same(way: str, variant: str) -> None:
    given = {
        "start": "2026-01-15",
        "months": 24,
        "amount": {"amount": "125000.50", "currency": "USD"},
        "repayment": way,
        **VARIANTS[variant],
    }
    agreed = terms(**given)
    events = run(as_actus(agreed))
    paid = by_day([(event.time.date(), event.payoff) for event in events])
    assert paid == dict(schedule_of(agreed).flows("lender"))
    assert len(paid) > 8


@pytest.mark.parametrize("way", WAYS)
def test_unrounded_they_agree_to_the_last_digits(way: str) -> None:
    """Amounts of 125000 keep 22 decimals of 28."""
    agreed = terms(repayment=way, rounding={"rule": "none"}, day_count="A/365")
    paid = by_day([(event.time.date(), event.payoff) for event in run(as_actus(agreed))])
    ours = dict(schedule_of(agreed).flows("lender"))
    assert paid.keys() == ours.keys()
    assert all(abs(paid[day] - ours[day]) < Decimal("1e-20") for day in paid)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"repayment": "seasonal", "season": [9]}, "repayment: seasonal"),
        ({"grace": {"principal": 3, "interest": 3}}, "a grace on interest"),
        ({"balloon": {"percent": 10}}, "balloon and residual value"),
        ({"calendar": "BLR"}, "calendar: BLR"),
        ({"start": "2026-01-31"}, "days of the month after the 28th"),
        ({"payment": 200}, "a stated payment"),
        ({"rounding": {"rule": "up"}}, "rounding other than half up"),
    ],
)
def test_what_the_standard_cannot_say_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(NoAnswer, match=f"not in the terms of ACTUS: {told}"):
        as_actus(terms(**given))
