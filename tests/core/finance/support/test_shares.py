"""Who pays the interest: lender, borrower and budget, by payment and by year, to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.finance.support.offers import schedule

from bilat.finance.support import Premium, by_year, interest_shares, premium


@given(
    rate=st.integers(0, 2000),
    points=st.integers(0, 2000),
    amount=st.integers(1, 10**9),
    every=st.sampled_from([1, 3, 6]),
)
def test_the_parts_add_up_in_every_payment_every_year_and_in_total(
    rate: int, points: int, amount: int, every: int
) -> None:
    made = schedule(
        price={"amount": Decimal(amount) / 100, "currency": "USD"},
        advance=None,
        rate={"percent": Decimal(rate) / 100},
        subsidies=[{"points": Decimal(points) / 100}],
        every=every,
    )
    shares = interest_shares(made)
    years = by_year(shares)
    parts = [(one.received, one.borrower, one.budget) for one in shares]
    parts += [(year.received, year.borrower, year.budget) for year in years]
    for received, borrower, budget in parts:
        assert received == borrower + budget
        assert min(borrower, budget) >= 0
    assert sum(one.received for one in years) == made.total("interest")
    assert sum(one.budget for one in years) == made.total("subsidy")
    assert -sum(amount for _day, amount in made.flows("budget")) == made.total("subsidy")


def test_three_points_of_eight_and_a_half_are_paid_by_the_budget() -> None:
    """The first half-year: 184 days on 240,000 by 365 days."""
    first = interest_shares(schedule(subsidies=[{"points": 3}]))[0]
    assert first.received == Decimal("10283.84")  # 240,000 × 0.085 × 184 / 365 = 10,283.8356
    assert first.budget == Decimal("3629.59")  # 240,000 × 0.03 × 184 / 365 = 3,629.5890
    assert first.borrower == Decimal("6654.25")


def test_a_year_without_interest_has_no_row() -> None:
    years = by_year(interest_shares(schedule(every=60, repayment="bullet")))
    assert [one.year for one in years] == [2031]


def test_the_premium_is_told_by_day_and_in_points_of_the_rate() -> None:
    """Paid at the start it makes a loan of one year dearer by about its own percentage."""
    made = schedule(
        months=12,
        every=12,
        repayment="bullet",
        fees=[
            {"kind": "insurance", "percent": 2},
            {"kind": "arrangement", "percent": 1},
        ],
    )
    found = premium(made)
    assert found.total == Decimal("4800.00")
    assert len(found.paid) == 1
    # 260,400 in 365 days for 232,800 or 237,600: 11.8557 % less 9.5960 %.
    assert float(found.points or 0) == pytest.approx(
        260_400 / 232_800 - 260_400 / 237_600, abs=1e-9
    )


def test_without_cover_there_is_no_premium() -> None:
    found = premium(schedule())
    assert found == Premium((), Decimal(0), Decimal(0))
