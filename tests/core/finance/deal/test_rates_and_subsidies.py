"""Floating rates, their limits, and the interest that a budget pays."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.core.finance.deal.deals import column, schedule, terms

from bilat.finance.actus import Market
from bilat.finance.deal import TermInvalid, schedule_of

OBSERVED = [{"day": "2025-12-01", "percent": 9}, {"day": "2026-06-20", "percent": 18}]
KEY_RATE: dict[str, Any] = {"index": "KEY", "observed": OBSERVED, "margin": 3, "reset_every": 6}


def floating(**more: Any) -> list[Decimal]:
    made = schedule(repayment="bullet", rate={**KEY_RATE, **more})
    return [payment.rate for payment in made.instalments]


def test_the_rate_follows_its_index_at_resets() -> None:
    assert floating() == [Decimal("0.12")] * 6 + [Decimal("0.21")] * 6


def test_a_share_of_the_index_is_taken() -> None:
    assert floating(share="2/3")[0] == Decimal("0.09")
    assert floating(share="0.5", margin="4.5")[0] == Decimal("0.09")


def test_the_rate_stays_within_its_limits() -> None:
    assert floating(cap=15)[-1] == Decimal("0.15")
    assert floating(floor=14)[0] == Decimal("0.14")
    assert floating(period_cap=2)[-1] == Decimal("0.14")


def test_a_fall_is_limited_too() -> None:
    falling = [{"day": "2025-12-01", "percent": 9}, {"day": "2026-06-20", "percent": 3}]
    assert floating(observed=falling, period_floor=1)[-1] == Decimal("0.11")


def test_a_known_first_rate_holds_until_the_first_reset() -> None:
    rates = floating(percent=10, first_reset="2026-10-01")
    assert rates == [Decimal("0.1")] * 9 + [Decimal("0.21")] * 3


def test_the_annuity_is_computed_anew_at_a_reset() -> None:
    made = schedule(rate=KEY_RATE)
    found = column(made, "instalment")
    assert len(set(found[:6])) == len(set(found[6:11])) == 1
    assert found[6] > found[0]
    assert made.payments[-1].balance == 0


def test_an_index_may_come_from_the_market() -> None:
    rate = {"index": "SOFR", "margin": 2}
    market = Market({"SOFR": [(datetime(2025, 1, 1), Decimal("0.10"))]})  # noqa: DTZ001
    made = schedule_of(terms(rate=rate, repayment="bullet"), market)
    assert column(made, "interest") == [12] * 12
    with pytest.raises(TermInvalid, match=r"rate\.index: nothing is known of “SOFR” up to 1 Jan"):
        schedule_of(terms(rate=rate))


def test_what_is_assumed_of_an_index_is_said() -> None:
    made = schedule(rate={**KEY_RATE, "reset_every": 3})
    assert [str(note) for note in made.notes] == [
        "From 1 July 2026 on “KEY” is taken as of 20 June 2026"
    ]


def test_a_budget_pays_points_of_the_rate() -> None:
    made = schedule(repayment="bullet", subsidies=[{"points": 4}])
    assert column(made, "interest") == [12] * 12
    assert column(made, "subsidy") == [4] * 12
    assert column(made, "instalment")[:11] == [8] * 11
    assert sum(amount for _day, amount in made.flows("budget")) == -48


def test_a_subsidy_ends_within_a_period() -> None:
    made = schedule(repayment="bullet", subsidies=[{"points": 4, "until": "2026-03-16"}])
    assert column(made, "subsidy") == [4, 4, 2] + [0] * 9


def test_a_subsidy_begins_later() -> None:
    made = schedule(repayment="bullet", subsidies=[{"points": 4, "since": "2026-12-16"}])
    assert column(made, "subsidy") == [0] * 11 + [2]


def test_two_thirds_of_the_refinancing_rate() -> None:
    """As decrees put it: not more than 2/3 of the rate; it is looked up anew each period."""
    share = {"index": "REF", "share": "2/3", "observed": [
        {"day": "2025-01-01", "percent": 9}, {"day": "2026-07-01", "percent": 12},
    ]}  # fmt: skip
    made = schedule(repayment="bullet", subsidies=[share])
    assert column(made, "subsidy") == [6] * 6 + [8] * 6


def test_a_subsidy_never_exceeds_the_rate_and_leaves_what_it_must() -> None:
    whole = schedule(repayment="bullet", subsidies=[{"points": 20}])
    assert column(whole, "subsidy") == [12] * 12
    capped = schedule(repayment="bullet", subsidies=[{"points": 20, "at_most": 5}])
    assert column(capped, "subsidy") == [5] * 12
    leaving = schedule(repayment="bullet", subsidies=[{"points": 20, "leaves": 3}])
    assert column(leaving, "subsidy") == [9] * 12


def test_a_subsidy_never_exceeds_the_interest_by_a_cent_of_rounding() -> None:
    """36.012 deferred and 12.004 accrued are paid as 48.01, not as the 48.02 of their sum."""
    made = schedule(
        amount={"amount": "1200.40", "currency": "USD"},
        repayment="equal_principal",
        grace={"principal": 3, "interest": 3},
        subsidies=[{"points": 12}],
    )
    first = made.instalments[0]
    assert first.interest == first.subsidy == Decimal("48.01")


def test_two_budgets_pay_together() -> None:
    made = schedule(repayment="bullet", subsidies=[{"points": 3}, {"points": 2}])
    assert column(made, "subsidy") == [5] * 12


def test_capitalised_interest_is_not_subsidised() -> None:
    grace = {"principal": 3, "interest": 3, "interest_then": "capitalised"}
    made = schedule(grace=grace, subsidies=[{"points": 4}])
    assert column(made, "subsidy")[:3] == [0, 0, 0]
    assert column(made, "subsidy")[3] > 0
