"""Loans repaid in parts, by hand and by closed form: 1200 at 1 % a month."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.core.finance.actus.loans import MONTHLY, contract, events, told

YEAR: dict[str, Any] = {**MONTHLY, "maturityDate": "2027-01-01"}
ANNUITY = 1200 * Decimal("0.01") / (1 - Decimal("1.01") ** -12)
"""106.6185…: the textbook payment of 12 months at 1 %."""

EXACT = Decimal("1e-22")
"""The closed forms here are computed in Python's 28 digits: amounts of 1200 leave 25 decimals."""


def test_linear_shares_are_equal_and_interest_falls() -> None:
    found = events("LAM", **YEAR, nextPrincipalRedemptionPayment="100")
    interest = [one.payoff for one in found if one.kind == "IP"]
    assert interest == [Decimal(12 - month) for month in range(12)]
    assert [one.payoff for one in found if one.kind in ("PR", "MD")] == [100] * 12


def test_linear_shares_are_computed_where_only_the_end_is_given() -> None:
    found = events("LAM", **YEAR)
    assert {one.payoff for one in found if one.kind in ("PR", "MD")} == {Decimal(100)}


def test_a_linear_loan_ends_when_it_is_repaid() -> None:
    assert contract("LAM", **MONTHLY, nextPrincipalRedemptionPayment="100").end.year == 2027
    found = told(events("LAM", **MONTHLY, nextPrincipalRedemptionPayment="500"), "PR", "MD")
    assert found == [
        ("2026-02-01", "PR", "500.00"),
        ("2026-03-01", "PR", "500.00"),
        ("2026-04-01", "MD", "200.00"),
    ]


def test_a_running_linear_loan_repays_what_is_left_from_its_status_date() -> None:
    """1200 is what is owed in mid-March, so twelve payments follow from April."""
    terms: dict[str, Any] = {
        **MONTHLY,
        "statusDate": "2026-03-15",
        "nextPrincipalRedemptionPayment": "100",
    }
    assert contract("LAM", **terms).end.date().isoformat() == "2027-03-01"


def test_redemption_stops_at_what_is_owed() -> None:
    found = events("LAM", **YEAR, nextPrincipalRedemptionPayment="700")
    assert told(found, "PR")[:3] == [
        ("2026-02-01", "PR", "700.00"),
        ("2026-03-01", "PR", "500.00"),
        ("2026-04-01", "PR", "0.00"),
    ]


@pytest.mark.parametrize(
    ("base", "interest"),
    [
        ({}, ["12", "11", "10", "9", "8"]),
        ({"interestCalculationBase": "NTIED"}, ["12"] * 5),
        (
            {
                "interestCalculationBase": "NTL",
                "interestCalculationBaseAmount": "1200",
                "cycleAnchorDateOfInterestCalculationBase": "2026-03-01",
                "cycleOfInterestCalculationBase": "P2ML1",
            },
            ["12", "12", "10", "10", "8"],
        ),
    ],
)
def test_interest_is_counted_on_the_agreed_base(base: dict[str, Any], interest: list[str]) -> None:
    found = events("LAM", **YEAR, nextPrincipalRedemptionPayment="100", **base)
    paid = [one.payoff for one in found if one.kind == "IP"]
    assert paid[:5] == [Decimal(amount) for amount in interest]


def test_a_payment_below_the_interest_lets_the_debt_grow() -> None:
    terms: dict[str, Any] = {**MONTHLY, "maturityDate": "2026-04-01"}
    found = events("NAM", **terms, nextPrincipalRedemptionPayment="10")
    assert told(found, "PR") == [("2026-02-01", "PR", "-2.00"), ("2026-03-01", "PR", "-2.02")]
    assert told(found, "MD") == [("2026-04-01", "MD", "1204.02")]


def test_principal_and_interest_add_up_to_the_payment() -> None:
    found = events("NAM", **YEAR, nextPrincipalRedemptionPayment="106")
    principal = [one.payoff for one in found if one.kind == "PR"]
    interest = [one.payoff for one in found if one.kind == "IP"]
    assert [a + b for a, b in zip(principal, interest[:-1], strict=True)] == [106] * 11


def test_the_end_of_a_negative_amortizer_follows_from_its_payment() -> None:
    """112 a month is 100 of principal at first: twelve payments by the standard's formula."""
    terms: dict[str, Any] = {**MONTHLY, "nextPrincipalRedemptionPayment": "112"}
    assert contract("NAM", **terms).end.date().isoformat() == "2027-01-01"
    assert contract("ANN", **terms).end.date().isoformat() == "2027-01-01"


def test_an_annuity_is_the_textbook_payment() -> None:
    found = events("ANN", **YEAR)
    fixed = next(one for one in found if one.kind == "PRF")
    assert fixed.time.date().isoformat() == "2026-01-31"
    assert abs(fixed.state.payment - ANNUITY) < EXACT
    last = sum(one.payoff for one in found[-2:])
    assert abs(last - ANNUITY) < EXACT


def test_an_annuity_paid_in_advance_starts_on_the_day_of_the_exchange() -> None:
    """Twelve payments from day one: the payment in arrears over 1.01."""
    terms: dict[str, Any] = {
        **MONTHLY,
        "cycleAnchorDateOfPrincipalRedemption": "2026-01-01",
        "cycleAnchorDateOfInterestPayment": "2026-01-01",
        "maturityDate": "2026-12-01",
    }
    found = events("ANN", **terms)
    assert not told(found, "PRF")
    first = next(one for one in found if one.kind == "PR")
    assert abs(first.payoff - ANNUITY / Decimal("1.01")) < EXACT


def test_an_annuity_that_ends_early_leaves_a_balloon() -> None:
    """Payments as for twelve months, ended after six: six payments' present value remains."""
    terms: dict[str, Any] = {
        **MONTHLY,
        "maturityDate": "2026-07-01",
        "amortizationDate": "2027-01-01",
    }
    found = events("ANN", **terms)
    balance = ANNUITY * (1 - Decimal("1.01") ** -6) / Decimal("0.01")
    total = sum(one.payoff for one in found if one.time == found[-1].time)
    assert abs(total - (balance + ANNUITY)) < EXACT


def test_a_reset_fixes_the_annuity_anew() -> None:
    """From 1 July at 2 % a month: six payments repay what is then owed."""
    reset = {
        "cycleAnchorDateOfRateReset": "2026-07-01",
        "cycleOfRateReset": "P1YL1",
        "marketObjectCodeOfRateReset": "SOFR",
    }
    found = events("ANN", **YEAR, **reset, observed={"SOFR": {"2026-07-01": "0.24"}})
    fixed = [one for one in found if one.kind == "PRF"][1]
    rate = Decimal("0.02")
    wanted = fixed.state.notional * rate / (1 - (1 + rate) ** -6)
    assert abs(fixed.state.payment - wanted) < EXACT


def test_a_running_annuity_is_computed_from_what_is_owed_now() -> None:
    """In mid-March, 1200 owed and interest since 1 March: ten payments from April."""
    found = events("ANN", **YEAR, statusDate="2026-03-15")
    payment = 1200 * Decimal("0.01") / (1 - Decimal("1.01") ** -10)
    assert told(found, "PRF") == []
    assert abs(found[0].payoff + found[1].payoff - payment) < EXACT


def test_interest_alone_is_paid_in_a_grace_on_principal() -> None:
    grace = {**YEAR, "cycleAnchorDateOfPrincipalRedemption": "2026-07-01"}
    found = events("ANN", **grace)
    assert told(found, "IP")[:5] == [(f"2026-0{month}-01", "IP", "12.00") for month in range(2, 7)]
    payment = 1200 * Decimal("0.01") / (1 - Decimal("1.01") ** -7)
    assert abs(sum(one.payoff for one in found[-2:]) - payment) < EXACT


def test_a_prepayment_lowers_the_payments_or_shortens_the_loan() -> None:
    early = {"2026-07-01": "300"}
    lower = events("ANN", **YEAR, prepaymentEffect="A", prepaid=early)
    shorter = events("ANN", **YEAR, prepaymentEffect="M", prepaid=early)
    plain = events("ANN", **YEAR)
    assert lower[-1].state.notional == shorter[-1].state.notional == 0
    last_lower, last_plain = (sum(one.payoff for one in run[-2:]) for run in (lower, plain))
    assert last_lower < last_plain
    assert told(shorter, "MD") == [("2027-01-01", "MD", "0.00")]


def test_a_prepayment_lowers_linear_shares_in_proportion() -> None:
    found = events(
        "LAM", **YEAR, nextPrincipalRedemptionPayment="100", prepaymentEffect="A",
        prepaid={"2026-07-15": "300"},
    )  # fmt: skip
    assert told(found, "PR", "MD")[-1] == ("2027-01-01", "MD", "50.00")


def test_rounded_to_cents_the_last_payment_absorbs_the_rest() -> None:
    """Eleven payments of 106.62; 0.02 less at the end, as any bank's table shows."""
    found = events("ANN", **YEAR, places=2)
    assert all(one.payoff == round(one.payoff, 2) for one in found)
    principal = [one.payoff for one in found if one.kind in ("PR", "MD")]
    assert sum(principal) == 1200
    paid = [a.payoff + b.payoff for a, b in zip(found[2::2], found[3::2], strict=True)]
    assert paid[:-1] == [Decimal("106.62")] * 11
    assert paid[-1] == Decimal("106.60")
