"""Early repayment: smaller payments or a shorter term."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.core.finance.deal.deals import column, on, schedule

WAYS = [
    {"repayment": "annuity"},
    {"repayment": "equal_principal"},
    {"repayment": "bullet"},
    {"repayment": "annuity", "payment": 110},
    {"repayment": "seasonal", "season": [4, 8, 12]},
    {"repayment": "step", "steps": [{"number": 7, "percent": 150}]},
    {
        "repayment": "individual",
        "every": 1,
        "instalments": [
            {"day": "2026-04-01", "percent": 50},
            {"day": "2026-09-01", "percent": 25},
            {"day": "2027-01-01", "percent": 25},
        ],
    },
]


def early(effect: str, day: str = "2026-05-16", amount: int = 300) -> dict[str, Any]:
    return {"prepayments": [{"day": day, "amount": amount, "effect": effect}]}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(map(str, way.values()))[:20])
@pytest.mark.parametrize("effect", ["smaller", "shorter"])
def test_it_is_repaid_in_full_with_less_interest(way: dict[str, Any], effect: str) -> None:
    plain, made = schedule(**way), schedule(**way, **early(effect))
    assert made.total("principal") == 1200
    assert made.total("interest") < plain.total("interest")
    assert made.end <= plain.end


def test_interest_up_to_the_day_is_paid_with_it() -> None:
    made = schedule(repayment="equal_principal", **early("smaller"))
    assert on(made, "2026-05-16") == {"interest": 4, "principal": 300}
    assert on(made, "2026-06-01")["interest"] == Decimal("2.50")


def test_payments_become_smaller_to_the_same_end() -> None:
    made = schedule(repayment="equal_principal", **early("smaller"))
    assert column(made, "principal") == [100] * 4 + [Decimal("62.50")] * 8


def test_the_term_becomes_shorter_at_the_same_payments() -> None:
    made = schedule(repayment="equal_principal", **early("shorter"))
    assert column(made, "principal") == [100] * 9
    level = column(schedule(**early("shorter")), "instalment")
    assert level[:8] == [Decimal("106.62")] * 8
    assert len(level) == 9


@pytest.mark.parametrize("day", ["2026-01-20", "2026-07-10"])
def test_the_payment_that_stays_is_the_one_agreed(day: str) -> None:
    """Also where it had not been computed yet: before the first payment, and after a reset."""
    rate = {"index": "X", "reset_every": 6, "observed": [{"day": "2026-01-01", "percent": 9},
            {"day": "2026-07-01", "percent": 12}]}  # fmt: skip
    plain, made = schedule(rate=rate), schedule(rate=rate, **early("shorter", day))
    following = [one for one in made.instalments if str(one.day) > day][:3]
    agreed = [one for one in plain.instalments if str(one.day) > day][:3]
    assert [one.instalment for one in following] == [one.instalment for one in agreed]


def test_a_later_reset_does_not_lengthen_the_term_again() -> None:
    rate = {"index": "K", "reset_every": 6, "observed": [
        {"day": "2025-01-01", "percent": 12}, {"day": "2026-07-01", "percent": 14},
    ]}  # fmt: skip
    made = schedule(rate=rate, **early("shorter"))
    assert len(made.instalments) == 9


def test_in_a_capitalising_grace_no_interest_is_lost() -> None:
    """Half a month on 1212 and half a month on 912, at 1 % a month."""
    made = schedule(
        repayment="equal_principal",
        grace={"principal": 3, "interest": 3, "interest_then": "capitalised"},
        **early("smaller", "2026-02-16"),
    )
    assert on(made, "2026-02-16") == {"principal": 300}
    assert on(made, "2026-03-01") == {"capitalised": Decimal("10.62")}


def test_nothing_is_charged_once_all_is_repaid() -> None:
    fees = [{"kind": "management", "amount": 2, "due": "payment"}]
    made = schedule(repayment="bullet", fees=fees, **early("smaller", amount=1200))
    assert column(made, "fee") == [2] * 4


def test_a_tranche_after_a_prepayment_restores_the_term() -> None:
    tranches = [{"day": "2026-01-01", "amount": 600}, {"day": "2026-08-15", "amount": 600}]
    for way in ("annuity", "equal_principal"):
        made = schedule(repayment=way, drawdowns=tranches, **early("shorter"))
        assert made.end.isoformat() == "2027-01-01"
        assert made.total("principal") == 1200


def test_everything_may_be_repaid_at_once() -> None:
    made = schedule(repayment="bullet", **early("smaller", amount=1200))
    assert made.end.isoformat() == "2026-05-16"
    assert on(made, "2026-05-16") == {"interest": 6, "principal": 1200}


def test_in_an_interest_free_grace_it_pays_no_interest() -> None:
    made = schedule(
        repayment="equal_principal",
        grace={"principal": 6, "interest": 6},
        **early("smaller", "2026-03-01"),
    )
    assert on(made, "2026-03-01") == {"principal": 300}
    assert on(made, "2026-08-01")["interest"] == 24 + 9 * 5
