"""How much of a loan is a gift? The closed form, and the same from the payments themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.finance.worth import (
    grant_element,
    grant_element_of_equal_principal,
    grant_element_of_periods,
    is_concessional,
    whole_months,
)

TWELFTH_DIGIT = Decimal("1e-12")


def service(
    loan: Decimal, rate: Decimal, years: int, grace_periods: int, a_year: int
) -> list[Decimal]:
    """Interest on the balance every period, and equal principal after the grace. Not rounded."""
    with localcontext() as context:
        context.prec = 34
        parts = years * a_year - grace_periods
        balance, paid = loan, []
        for period in range(years * a_year):
            principal = loan / parts if period >= grace_periods else Decimal(0)
            paid.append(principal + balance * rate / a_year)
            balance -= principal
        return paid


@given(
    rate=st.integers(0, 1500).map(lambda points: Decimal(points) / 10_000),
    years=st.integers(1, 40),
    grace=st.data(),
    a_year=st.sampled_from([1, 2, 4, 12]),
)
def test_the_closed_form_is_the_sum_of_the_payments(
    rate: Decimal, years: int, grace: st.DataObject, a_year: int
) -> None:
    periods = grace.draw(st.integers(0, years * a_year - 1))
    with localcontext() as context:
        context.prec = 34
        first = Decimal(periods + 1) / a_year
        # The closed form divides by a; a third is not exact, so compare where it is.
        if first * a_year != periods + 1:
            return
    closed = grant_element_of_equal_principal(rate, years, first, a_year)
    paid = service(Decimal(1_000_000), rate, years, periods, a_year)
    summed = grant_element_of_periods(Decimal(1_000_000), paid, a_year)
    assert abs(closed - summed) < TWELFTH_DIGIT


def test_a_loan_at_the_discount_rate_is_no_gift() -> None:
    """5 % effective, paid once a year."""
    found = grant_element_of_equal_principal(Decimal("0.05"), 10, Decimal(1), 1)
    assert abs(found) < TWELFTH_DIGIT


def test_a_dearer_loan_has_a_negative_grant_element() -> None:
    assert grant_element_of_equal_principal(Decimal("0.09"), 5, Decimal("0.5"), 2) < -8


def test_thirty_five_percent_is_concessional_and_a_little_less_is_not() -> None:
    assert is_concessional(Decimal(35))
    assert not is_concessional(Decimal("34.9999"))


def test_an_interest_free_loan_of_forty_years_is_concessional() -> None:
    found = grant_element_of_equal_principal(Decimal(0), 40, Decimal("10.5"), 2)
    assert is_concessional(found)
    assert 65 < found < 70


def test_dated_payments_in_whole_years_give_what_periods_give() -> None:
    loan, day = Decimal(1_000_000), date(2026, 3, 1)
    paid = service(loan, Decimal("0.02"), 10, 2, 1)
    dated = [(date(2026 + year, 3, 1), amount) for year, amount in enumerate(paid, 1)]
    found = grant_element([(day, loan)], dated, years=whole_months)
    assert abs(found - grant_element_of_periods(loan, paid, 1)) < TWELFTH_DIGIT


def test_a_second_drawing_counts_by_its_worth_on_the_day_of_the_first() -> None:
    """Half now, half in a year, all back in two years: 1 − 1.05⁻² / (½ + ½·1.05⁻¹)."""
    drawn = [(date(2025, 1, 1), Decimal(500)), (date(2026, 1, 1), Decimal(500))]
    found = grant_element(drawn, [(date(2027, 1, 1), Decimal(1000))])
    expected = 100 * (1 - 1.05**-2 / (0.5 + 0.5 / 1.05))
    assert float(found) == pytest.approx(expected, abs=1e-12)


def test_without_a_drawing_there_is_no_grant_element() -> None:
    with pytest.raises(ValueError, match="nothing is drawn"):
        grant_element([], [(date(2027, 1, 1), Decimal(1000))])


def test_a_first_principal_after_the_last_payment_is_refused() -> None:
    with pytest.raises(ValueError, match="in a period of the loan"):
        grant_element_of_equal_principal(Decimal("0.02"), 3, Decimal("3.5"), 2)
