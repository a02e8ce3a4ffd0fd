"""Annuities and steps, against closed forms and published examples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.core.finance.deal.deals import CENT, column, schedule

EXACT: dict[str, Any] = {"rounding": {"rule": "none"}}
ANNUITY = 1200 * Decimal("0.01") / (1 - Decimal("1.01") ** -12)
TINY = Decimal("1e-12")
"""Far above what 28 digits lose of 1200, far below any cent."""


def test_an_annuity_is_the_textbook_payment() -> None:
    found = column(schedule(**EXACT), "instalment")
    assert len(found) == 12
    assert all(abs(payment - ANNUITY) < TINY for payment in found)


def test_in_cents_every_payment_is_equal_and_the_last_takes_the_rest() -> None:
    made = schedule()
    found = column(made, "instalment")
    assert found == [Decimal("106.62")] * 11 + [Decimal("106.60")]
    assert made.total("principal") == 1200
    assert made.payments[-1].balance == 0


def _published(percent: str, months: int, amount: int, **more: Any) -> Any:
    return schedule(
        rate={"percent": percent},
        months=months,
        amount={"amount": amount, "currency": "USD"},
        **{**EXACT, **more},
    )


def test_microsofts_example_of_pmt() -> None:
    """PMT(8%/12, 10, 10000) is 1037.03, with payments at the beginning 1030.16."""
    assert round(_published("8", 10, 10000).instalments[0].instalment, 2) == Decimal("1037.03")
    advance = _published("8", 10, 10000, in_advance=True)
    assert round(advance.instalments[0].instalment, 2) == Decimal("1030.16")


def test_microsofts_examples_of_ipmt_and_ppmt() -> None:
    """IPMT(10%/12, 1, 36, 8000) = 66.67; IPMT(10%, 3, 3, 8000) = 292.45;
    PPMT(10%/12, 1, 24, 2000) = 75.62; PPMT(8%, 10, 10, 200000) = 27598.05."""
    assert round(_published("10", 36, 8000).instalments[0].interest, 2) == Decimal("66.67")
    yearly = _published("10", 36, 8000, every=12)
    assert round(yearly.instalments[2].interest, 2) == Decimal("292.45")
    assert round(_published("10", 24, 2000).instalments[0].principal, 2) == Decimal("75.62")
    decade = _published("8", 120, 200000, every=12)
    assert round(decade.instalments[9].principal, 2) == Decimal("27598.05")


def test_microsofts_examples_of_cumipmt_and_cumprinc() -> None:
    """9 %, 30 years, 125000: in the second year 11135.23 of interest and 934.1071 of principal."""
    second = _published("9", 360, 125000).instalments[12:24]
    interest = sum(payment.interest for payment in second)
    principal = sum(payment.principal for payment in second)
    assert round(interest, 2) == Decimal("11135.23")
    assert round(principal, 4) == Decimal("934.1071")


def test_a_mortgage_of_thirty_years() -> None:
    """200000 at 6.5 %: 1264.14 a month, the example of Wikipedia's “Mortgage calculator”."""
    made = _published("6.5", 360, 200000, rounding={})
    assert made.instalments[0].instalment == Decimal("1264.14")


def test_payments_by_the_days_are_level_too() -> None:
    """With A/365 months differ in length; the payment is one all the same."""
    found = column(schedule(day_count="A/365"), "instalment")
    assert len(set(found[:-1])) == 1
    assert abs(found[-1] - found[0]) < 12 * CENT


def test_a_balloon_stays_owed_until_the_last_payment() -> None:
    """A quarter at the end: the level payment is interest on it plus the annuity of the rest."""
    made = schedule(balloon={"percent": 25}, **EXACT)
    found = column(made, "instalment")
    wanted = ANNUITY * 900 / 1200 + 3
    assert all(abs(payment - wanted) < TINY for payment in found[:-1])
    assert abs(found[-1] - wanted - 300) < TINY


def test_steps_rise_by_their_percentages() -> None:
    made = schedule(
        repayment="step", steps=[{"number": 5, "percent": 110}, {"number": 9, "percent": 120}]
    )
    found = column(made, "instalment")
    first = found[0]
    assert found[:4] == [first] * 4
    assert found[4:8] == [round(first * Decimal("1.1"), 2)] * 4
    assert found[8:11] == [round(first * Decimal("1.2"), 2)] * 3
    assert abs(found[11] - first * Decimal("1.2")) < 12 * CENT


def test_steps_by_amount_are_what_is_paid_and_the_last_takes_the_rest() -> None:
    steps = [{"number": 1, "amount": 50}, {"number": 7, "amount": 150}]
    found = column(schedule(repayment="step", steps=steps), "instalment")
    assert found[:6] == [50] * 6
    assert found[6:11] == [150] * 5
    assert found[11] > 150


def test_a_stated_payment_decides_the_term() -> None:
    """200 a month repay 1200 at 1 % in seven payments, the last of them smaller."""
    made = schedule(months=None, payment=200)
    found = column(made, "instalment")
    assert found[:6] == [200] * 6
    assert len(found) == 7
    assert 0 < found[6] < 200


def test_what_a_stated_payment_leaves_is_said() -> None:
    made = schedule(payment=100)
    assert made.instalments[-1].instalment > 100
    (note,) = made.notes
    last = made.instalments[-1].instalment
    assert str(note) == f"The last payment of {last} takes what the stated payments of 100 leave"


@pytest.mark.parametrize("rule", ["up", "down", "half_even"])
def test_other_rules_of_rounding_add_up_too(rule: str) -> None:
    made = schedule(rounding={"places": 0, "rule": rule})
    assert made.total("principal") == 1200
    assert column(made, "instalment")[0] == {"up": 107, "down": 106, "half_even": 107}[rule]
