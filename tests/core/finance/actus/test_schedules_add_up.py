"""What holds of every contract, whatever its terms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.finance.actus.loans import MONTHLY, contract, events

from bilat.finance.actus import Outcome, run

TINY = Decimal("1e-15")
"""Far below any cent, far above what sums of 28 digits lose of ten million."""

AMOUNTS = st.decimals("1", "9999999.99", places=2)
RATES = st.decimals("0", "0.5", places=4)
COUNTS = ("30E/360", "A/365", "A/360", "A/A", "30E/360ISDA", "B/252")


@st.composite
def amortizing(draw: st.DrawFn) -> dict[str, Any]:
    """A loan of up to five years, repaid in any of the three ways."""
    months = draw(st.integers(2, 60))
    years, month = divmod(months, 12)
    amount = draw(AMOUNTS)
    kind = draw(st.sampled_from(("LAM", "ANN", "NAM")))
    terms: dict[str, Any] = {
        **MONTHLY,
        "notionalPrincipal": amount,
        "nominalInterestRate": draw(RATES),
        "dayCountConvention": draw(st.sampled_from(COUNTS)),
        "businessDayConvention": draw(st.sampled_from(("NULL", "SCF", "CSMF", "SCP", "CSMP"))),
        "calendar": "MF",
        "contractRole": draw(st.sampled_from(("RPA", "RPL"))),
        "maturityDate": f"{2026 + years}-{month + 1:02}-{draw(st.sampled_from(('02', '15')))}",
    }
    if kind == "NAM":
        terms["nextPrincipalRedemptionPayment"] = draw(st.decimals("1", "99999", places=2))
    return {"kind": kind, **terms}


def principal(outcomes: list[Outcome]) -> Decimal:
    return sum((one.payoff for one in outcomes if one.kind in ("PR", "MD", "PP")), Decimal(0))


@given(amortizing(), st.sampled_from((None, 2, 0)))
@settings(max_examples=60, deadline=None)
def test_the_principal_repaid_is_the_principal(terms: dict[str, Any], places: int | None) -> None:
    """To the last cent where payments are rounded; else but for the 34th digit."""
    amount = terms["notionalPrincipal"].quantize(Decimal(1).scaleb(-(places or 0)))
    outcomes = events(**{**terms, "notionalPrincipal": amount}, places=places)
    sign = 1 if terms["contractRole"] == "RPA" else -1
    assert abs(principal(outcomes) - sign * amount) <= (TINY if places is None else 0)
    assert outcomes[-1].state.notional == 0


@given(amortizing())
@settings(max_examples=60, deadline=None)
def test_payments_discounted_at_the_loans_own_rate_are_worth_the_amount(
    terms: dict[str, Any],
) -> None:
    """Each period discounts by one plus its own interest, in the loan's own day count."""
    loan = contract(**terms)
    rate = loan.terms.nominal_interest_rate or Decimal(0)
    value, factor, before = Decimal(0), Decimal(1), loan.events[0].until
    for one in run(loan)[1:]:
        if one.kind not in ("PR", "IP", "MD"):  # a fixing between two payments compounds nothing
            continue
        factor /= 1 + rate * loan.fraction(before, one.event.until)
        before = one.event.until
        value += one.payoff * factor
    amount = loan.terms.sign * loan.terms.notional_principal
    assert abs(value - amount) < TINY


@given(amortizing())
@settings(max_examples=40, deadline=None)
def test_a_lender_receives_what_the_borrower_pays(terms: dict[str, Any]) -> None:
    other = {"RPA": "RPL", "RPL": "RPA"}[terms["contractRole"]]
    mine, theirs = events(**terms), events(**{**terms, "contractRole": other})
    assert [one.payoff for one in mine] == [one.payoff.copy_negate() for one in theirs]


@given(amortizing(), st.decimals("0.05", "0.95", places=2), st.sampled_from("AM"))
@settings(max_examples=60, deadline=None)
def test_a_prepayment_never_raises_the_total(
    terms: dict[str, Any], share: Decimal, effect: str
) -> None:
    plain = {**terms, "contractRole": "RPA", "businessDayConvention": "NULL"}
    usual = events(**plain)
    owed = next(one.state.notional for one in usual if one.kind == "PR")
    day = "2026-02-10"
    early = events(**plain, prepaymentEffect=effect, prepaid={day: str(owed * share)})
    totals = [sum(one.payoff for one in outcomes[1:]) for outcomes in (usual, early)]
    assert totals[1] <= totals[0] + TINY


@pytest.mark.parametrize("places", [2, 0])
def test_rounded_payments_carry_no_hidden_fraction(places: int) -> None:
    outcomes = events("ANN", **MONTHLY, maturityDate="2028-01-01", places=places)
    unit = Decimal(1).scaleb(-places)
    assert all(one.payoff % unit == 0 for one in outcomes)
    assert all(one.state.notional % unit == 0 for one in outcomes)
