"""What an offer comes to for the one who pays and for the one who lends."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.finance.deal import Schedule, schedule_of
from bilat.finance.worth.offers import accumulated, figures, paid_by_day
from bilat.programme.deal_terms import DealTerms

START = date(2026, 3, 1)
FIVE = Decimal("0.05")


def schedule(**stated: Any) -> Schedule:
    """A year's loan of 240,000 for a price of 300,000, repaid at once, otherwise as told."""
    usual: dict[str, Any] = {
        "price": {"amount": 300_000, "currency": "USD"},
        "advance": {"percent": 20},
        "start": START,
        "months": 12,
        "every": 12,
        "repayment": "bullet",
        "rate": {"percent": 10},
    }
    return schedule_of(DealTerms.model_validate(usual | stated))


def test_a_loan_without_fees_costs_its_rate_and_yields_it() -> None:
    made = schedule()
    for side in ("borrower", "lender"):
        found = figures(made, side, FIVE, START)
        assert float(found.effective.rate or 0) == pytest.approx(0.10, abs=1e-12)


def test_goods_that_go_back_do_not_make_a_lease_cheaper() -> None:
    """At 10 % a year it costs and yields 10 %, whatever part of the goods is left at the end."""
    bought, back = (
        schedule(kind="lease", residual={"percent": 40, "settled": settled})
        for settled in ("bought", "returned")
    )
    for side in ("borrower", "lender"):
        kept, given = figures(bought, side, FIVE, START), figures(back, side, FIVE, START)
        assert float(given.effective.rate or 0) == pytest.approx(0.10, abs=1e-12)
        assert given.grant == kept.grant
        assert given.duration == kept.duration
        assert kept.total - given.total == 120_000  # no money is paid for them


def test_the_borrower_pays_advance_principal_interest_and_fees() -> None:
    fees = [
        {"kind": "arrangement", "percent": 1},
        {"kind": "insurance", "amount": 600},
    ]
    found = figures(schedule(fees=fees), "borrower", FIVE, START)
    assert found.advance == 60_000
    assert (found.interest, found.fees) == (Decimal("24000.00"), Decimal("3000.00"))
    assert found.total == Decimal("327000.00")
    assert found.extra == Decimal("27000.00")
    # 264,000 in 365 days for 237,000.
    assert float(found.effective.rate or 0) == pytest.approx(264_000 / 237_000 - 1, abs=1e-12)
    expected = 63_000 + 264_000 / 1.05
    assert float(found.worth) == pytest.approx(expected, abs=1e-8)
    assert float(found.grant or 0) == pytest.approx(100 * (1 - (3_000 + 264_000 / 1.05) / 240_000))


def test_the_lender_receives_the_subsidy_and_not_the_insurers_premium() -> None:
    made = schedule(
        subsidies=[{"points": 4}],
        fees=[{"kind": "arrangement", "percent": 1}, {"kind": "insurance", "amount": 600}],
    )
    lender, borrower = (figures(made, side, FIVE, START) for side in ("lender", "borrower"))
    assert lender.total == 266_400
    assert lender.fees == 2_400
    assert lender.tax == 0
    assert lender.interest == 24_000
    assert borrower.interest == 14_400
    assert borrower.subsidy == lender.subsidy == 9_600
    assert lender.advance == 0
    assert lender.extra == 26_400


def test_taxes_cost_the_borrower_but_are_no_part_of_the_grant_element() -> None:
    tax = [{"title": "VAT", "percent": 20, "on": ["interest"]}]
    plain, taxed = (figures(schedule(taxes=one), "borrower", FIVE, START) for one in ((), tax))
    assert taxed.tax == 4_800
    assert taxed.total - plain.total == 4_800
    assert taxed.grant == plain.grant
    assert (taxed.effective.rate or 0) > (plain.effective.rate or 0)


def test_another_currency_changes_amounts_and_no_rate() -> None:
    made = schedule(fees=[{"kind": "other", "amount": "100"}])
    own = figures(made, "borrower", FIVE, START)
    other = figures(made, "borrower", FIVE, START, Decimal("1.08"))
    assert other.total == own.total * Decimal("1.08")
    assert (other.effective, other.grant, other.average_life) == (
        own.effective,
        own.grant,
        own.average_life,
    )


def test_the_dearest_month_of_a_lease_is_that_of_its_residual() -> None:
    made = schedule(
        kind="lease",
        residual={"percent": 10},
        every=1,
        repayment="annuity",
    )
    found = figures(made, "borrower", FIVE, START)
    assert found.largest_month == date(2027, 3, 1)
    assert found.largest > found.first > 0


@given(
    amount=st.integers(1_000, 10**9),
    rate=st.integers(0, 3000),
    months=st.integers(1, 60),
    repayment=st.sampled_from(["annuity", "equal_principal", "bullet"]),
)
def test_what_was_paid_up_to_the_last_day_is_the_total(
    amount: int, rate: int, months: int, repayment: str
) -> None:
    made = schedule(
        price={"amount": Decimal(amount) / 100, "currency": "USD"},
        rate={"percent": Decimal(rate) / 100},
        months=months,
        every=1,
        repayment=repayment,
    )
    found = figures(made, "borrower", FIVE, START)
    steps = accumulated(paid_by_day(made, "borrower"))
    assert steps[-1] == (made.end, found.total)
    assert found.total == made.total("outlay")
    assert found.extra == found.interest
