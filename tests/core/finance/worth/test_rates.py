"""What does this cost a year? One rate, or a sentence why there is none."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import pairwise
from math import exp

import numpy as np
import pytest

from bilat.finance.worth import effective, internal_rate, nominal, present_value, whole_months
from bilat.finance.worth.roots import zeros

START = date(2026, 1, 1)


def flows(*given: tuple[int, str]) -> list[tuple[date, Decimal]]:
    """(days after the start, amount)."""
    return [(START + timedelta(days=days), Decimal(amount)) for days, amount in given]


def test_a_loan_that_is_paid_back_with_a_tenth_more_after_a_year_costs_10_percent() -> None:
    found = internal_rate(flows((0, "1000"), (365, "-1100")))
    assert float(found.rate or 0) == pytest.approx(0.10, abs=1e-15)
    assert found.why is None


def test_lender_and_borrower_find_the_same_rate() -> None:
    lent = flows((0, "-500"), (90, "100"), (400, "450"))
    borrowed = [(day, -amount) for day, amount in lent]
    assert internal_rate(lent).rate == internal_rate(borrowed).rate


def test_a_loan_of_which_less_comes_back_has_a_negative_rate() -> None:
    found = internal_rate(flows((0, "-1000"), (730, "250")))
    assert float(found.rate or 0) == pytest.approx(-0.5, abs=1e-15)


def test_two_rates_are_told_and_neither_is_taken() -> None:
    """−100 + 230/(1+r) − 132/(1+r)² is zero at 10 % and at 20 %."""
    found = internal_rate(flows((0, "-100"), (365, "230"), (730, "-132")))
    assert found.rate is None
    assert [round(float(rate), 12) for rate in found.rates] == [0.10, 0.20]
    assert str(found.why) == (
        "Several rates balance the amounts, so none is the cost: 10.0000%, 20.0000%"
    )


def test_several_changes_of_sign_with_one_rate_give_that_rate() -> None:
    found = internal_rate(flows((0, "-100"), (365, "160"), (730, "-20"), (1095, "10")))
    assert len(found.rates) == 1
    assert found.rate == found.rates[0]
    worth = present_value(
        flows((0, "-100"), (365, "160"), (730, "-20"), (1095, "10")), found.rates[0], START
    )
    assert abs(worth) < Decimal("1e-12")


def test_a_rate_at_which_the_worth_only_touches_zero_is_one_rate() -> None:
    found = internal_rate(flows((0, "-100"), (365, "220"), (730, "-121")))
    assert float(found.rate or 0) == pytest.approx(0.10, abs=1e-7)  # a double root: half the digits


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "All amounts go one way"),
        ([(0, "100"), (30, "20")], "All amounts go one way"),
        ([(0, "100"), (0, "-100")], "All amounts go one way"),
        ([(0, "100"), (365, "-100"), (730, "100")], "No rate balances the amounts"),
        ([(0, "-1"), (1, "100")], "beyond all bounds"),
    ],
)
def test_no_rate_is_said_in_a_sentence(given: list[tuple[int, str]], said: str) -> None:
    found = internal_rate(flows(*given))
    assert found.rate is None
    assert said in str(found.why)


def test_every_zero_of_a_polynomial_of_known_zeros_is_found() -> None:
    """(x − x₁)…(x − xₙ) in x = exp(−u) has the zeros −ln xᵢ, however close two of them are."""
    dice = np.random.default_rng(5)
    for _case in range(50):
        roots = sorted(dice.uniform(0.3, 2.0) for _root in range(dice.integers(1, 6)))
        amounts = [1.0]
        for root in roots:
            shifted, scaled = [0.0, *amounts], [root * amount for amount in amounts] + [0.0]
            amounts = [a - b for a, b in zip(shifted, scaled, strict=True)]
        found = zeros(list(map(float, range(len(amounts)))), amounts)
        told = sorted(exp(-u) for u in found)
        if all(b - a > 0.05 for a, b in pairwise(roots)):
            assert told == pytest.approx(roots, abs=1e-9)


def test_a_dense_search_finds_no_zero_that_was_missed() -> None:
    rng = np.random.default_rng(8)
    for _case in range(40):
        times = np.cumsum(rng.integers(1, 400, rng.integers(2, 20))) / 365
        amounts = rng.normal(size=len(times)) * 10 ** rng.uniform(0, 3, len(times))
        grid = np.linspace(-12, 12, 6001)
        nearest = np.where(grid >= 0, times[0], times[-1])
        sums = amounts @ np.exp((nearest - times[:, None]) * grid)
        seen = int((np.sign(sums[1:]) != np.sign(sums[:-1])).sum())
        found = [u for u in zeros(times.tolist(), amounts.tolist()) if -12 < u < 12]
        assert len(found) >= seen


def test_the_rate_balances_what_was_paid_whatever_the_callers_precision() -> None:
    loan = flows((0, "240000"), *[(30 * month, "-8000") for month in range(1, 40)])
    with localcontext() as context:
        context.prec = 5
        rate = internal_rate(loan).rate
    assert rate is not None
    assert abs(present_value(loan, rate, START)) < Decimal("1e-8")


def test_nominal_and_effective_rates_are_each_others_inverse() -> None:
    assert round(effective(Decimal("0.12"), 12), 12) == Decimal("0.126825030132")
    back = nominal(effective(Decimal("0.12"), 12), 12)
    assert abs(back - Decimal("0.12")) < Decimal("1e-30")


@pytest.mark.parametrize(
    ("start", "end", "months", "days"),
    [
        (date(2026, 1, 15), date(2026, 4, 15), 3, 0),
        (date(2026, 1, 31), date(2026, 2, 28), 0, 28),
        (date(2026, 2, 28), date(2026, 3, 31), 1, 0),
        (date(2026, 1, 10), date(2026, 3, 15), 2, 5),
        (date(2024, 2, 29), date(2025, 2, 28), 11, 28),
    ],
)
def test_months_are_counted_back_and_odd_days_come_first(
    start: date, end: date, months: int, days: int
) -> None:
    expected = Decimal(months) / 12 + Decimal(days) / 365
    assert abs(whole_months(start, end) - expected) < Decimal("1e-25")
    assert whole_months(end, start) == -whole_months(start, end)
