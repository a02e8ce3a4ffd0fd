"""Principal at maturity (PAM), by hand: 1200 at 1 % a month is 12 a month."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.core.finance.actus.loans import contract, events, told

HALF_YEAR: dict[str, Any] = {"maturityDate": "2026-07-01"}
MONTHLY: dict[str, Any] = {
    "cycleAnchorDateOfInterestPayment": "2026-02-01",
    "cycleOfInterestPayment": "P1ML1",
}
RESET: dict[str, Any] = {
    **HALF_YEAR,
    "cycleAnchorDateOfRateReset": "2026-02-01",
    "cycleOfRateReset": "P1ML1",
    "marketObjectCodeOfRateReset": "SOFR",
}
FALLING = {"SOFR": {"2026-02-01": "0.30", "2026-03-01": "0.02", "2026-05-01": "0.05"}}


def test_a_lender_pays_out_gets_interest_and_then_the_principal() -> None:
    found = told(events("PAM", **HALF_YEAR, **MONTHLY))
    interest = [(f"2026-0{month}-01", "IP", "12.00") for month in range(2, 8)]
    assert found == [("2026-01-01", "IED", "-1200.00"), *interest, ("2026-07-01", "MD", "1200.00")]


def test_without_a_cycle_interest_is_paid_once_at_maturity() -> None:
    assert told(events("PAM", **HALF_YEAR), "IP") == [("2026-07-01", "IP", "72.00")]


def test_a_cycle_without_an_anchor_starts_one_period_after_the_exchange() -> None:
    found = told(events("PAM", **HALF_YEAR, cycleOfInterestPayment="P1QL1"), "IP")
    assert found == [("2026-04-01", "IP", "36.00"), ("2026-07-01", "IP", "36.00")]


def test_a_loan_without_a_rate_has_no_interest() -> None:
    assert told(events("PAM", **HALF_YEAR, nominalInterestRate=None), "IP") == []


def test_a_discount_is_kept_back_at_the_exchange() -> None:
    found = events("PAM", **HALF_YEAR, premiumDiscountAtIED="-24")
    assert told(found, "IED") == [("2026-01-01", "IED", "-1176.00")]
    assert told(found, "MD") == [("2026-07-01", "MD", "1200.00")]


def test_capitalised_interest_earns_interest() -> None:
    found = events("PAM", **HALF_YEAR, **MONTHLY, capitalizationEndDate="2026-04-01")
    assert [one.kind for one in found[1:4]] == ["IPCI"] * 3
    assert found[3].state.notional == Decimal(1200) * Decimal("1.01") ** 3
    assert told(found, "IP")[0] == ("2026-05-01", "IP", "12.36")
    assert told(found, "MD") == [("2026-07-01", "MD", "1236.36")]


def test_capitalisation_may_end_between_two_dates() -> None:
    found = events("PAM", **HALF_YEAR, **MONTHLY, capitalizationEndDate="2026-02-16")
    assert told(found, "IPCI")[-1][0] == "2026-02-16"
    assert found[2].state.notional == 1212 + Decimal(1212) * Decimal("0.12") * 15 / 360


def test_interest_capitalised_to_the_end_is_paid_with_the_principal() -> None:
    found = events("PAM", **HALF_YEAR, **MONTHLY, capitalizationEndDate="2027-01-01")
    assert {one.kind for one in found} == {"IED", "IPCI", "MD"}
    assert found[-1].payoff == Decimal(1200) * Decimal("1.01") ** 6


def test_a_sunday_is_paid_on_monday_and_counted_by_the_convention() -> None:
    """1 February 2026 is a Sunday: SC counts 31 days of interest, CS the 30 of the month."""
    weekdays = {"calendar": "MF", **HALF_YEAR, **MONTHLY}
    shifted = told(events("PAM", **weekdays, businessDayConvention="SCF"), "IP")
    calculated = told(events("PAM", **weekdays, businessDayConvention="CSF"), "IP")
    assert shifted[0] == ("2026-02-02", "IP", "12.40")
    assert calculated[0] == ("2026-02-02", "IP", "12.00")


def test_principal_moves_with_the_interest_of_its_day() -> None:
    """1 August 2026 is a Saturday."""
    terms = {"calendar": "MF", "businessDayConvention": "CSF", "maturityDate": "2026-08-01"}
    found = told(events("PAM", **terms, **MONTHLY), "IP", "MD")
    assert found[-2:] == [("2026-08-03", "IP", "12.00"), ("2026-08-03", "MD", "1200.00")]


@pytest.mark.parametrize(
    ("limits", "rates"),
    [
        ({}, ["0.32", "0.04", "0.04", "0.07"]),
        ({"rateMultiplier": "0.5"}, ["0.17", "0.03", "0.03", "0.045"]),
        ({"lifeCap": "0.20", "lifeFloor": "0.06"}, ["0.20", "0.06", "0.06", "0.07"]),
        ({"periodCap": "0.01", "periodFloor": "-0.03"}, ["0.13", "0.10", "0.07", "0.07"]),
        ({"periodCap": "0.01", "periodFloor": "0.03"}, ["0.13", "0.10", "0.07", "0.07"]),
        ({"nextResetRate": "0.15"}, ["0.15", "0.04", "0.04", "0.07"]),
    ],
)
def test_a_floating_rate_stays_within_what_was_agreed(
    limits: dict[str, Any], rates: list[str]
) -> None:
    """April has no observation of its own: March's still holds."""
    found = events("PAM", **RESET, **limits, rateSpread="0.02", observed=FALLING)
    resets = [one for one in found if one.kind in ("RR", "RRF")]
    assert [one.state.rate for one in resets[:4]] == [Decimal(rate) for rate in rates]
    assert (resets[0].kind == "RRF") == ("nextResetRate" in limits)


def test_interest_before_a_reset_is_at_the_old_rate() -> None:
    found = events("PAM", **RESET, observed={"SOFR": {"2026-02-01": "0.24"}})
    assert told(found, "IP") == [("2026-07-01", "IP", "132.00")]  # 12 + 5 × 24


def test_a_fee_is_an_amount_or_a_share_of_the_principal() -> None:
    fee = {**HALF_YEAR, "cycleAnchorDateOfFee": "2026-04-01", "cycleOfFee": "P1QL1"}
    amount = told(events("PAM", **fee, feeBasis="A", feeRate="7"), "FP")
    share = told(events("PAM", **fee, **MONTHLY, feeBasis="N", feeRate="0.01"), "FP")
    assert amount == [("2026-04-01", "FP", "7.00"), ("2026-07-01", "FP", "7.00")]
    assert share == [("2026-04-01", "FP", "3.00"), ("2026-07-01", "FP", "3.00")]


@pytest.mark.parametrize(
    ("effect", "interest", "principal"),
    [("000", "36.00", "1200.00"), ("I00", "39.60", "1200.00"), ("INO", "39.60", "1320.00")],
)
def test_an_index_scales_what_was_agreed(effect: str, interest: str, principal: str) -> None:
    index = {
        "scalingEffect": effect,
        "scalingIndexAtContractDealDate": "100",
        "marketObjectCodeOfScalingIndex": "CPI",
        "cycleAnchorDateOfScalingIndex": "2026-04-15",
        "cycleOfScalingIndex": "P1YL1",
    }
    observed = {"CPI": {"2026-04-15": "110"}}
    found = events("PAM", **HALF_YEAR, cycleOfInterestPayment="P1QL1", **index, observed=observed)
    assert told(found, "IP", "MD")[1:] == [
        ("2026-07-01", "IP", interest),
        ("2026-07-01", "MD", principal),
    ]


def test_a_buyer_sees_only_what_comes_after_the_purchase() -> None:
    deal = {"purchaseDate": "2026-03-16", "priceAtPurchaseDate": "1190"}
    found = told(events("PAM", **HALF_YEAR, **MONTHLY, **deal))
    assert found[:2] == [("2026-03-16", "PRD", "-1196.00"), ("2026-04-01", "IP", "12.00")]


def test_a_termination_ends_it_at_a_price_with_the_interest_so_far() -> None:
    deal = {"terminationDate": "2026-03-16", "priceAtTerminationDate": "1190"}
    found = events("PAM", **HALF_YEAR, **MONTHLY, **deal)
    assert told(found)[-1] == ("2026-03-16", "TD", "1196.00")
    assert found[-1].state.notional == 0


def test_a_running_loan_has_earned_interest_since_its_latest_date() -> None:
    found = events("PAM", **HALF_YEAR, **MONTHLY, statusDate="2026-03-16")
    assert told(found)[0] == ("2026-04-01", "IP", "12.00")
    stated = events("PAM", **HALF_YEAR, **MONTHLY, statusDate="2026-03-16", accruedInterest="0")
    assert told(stated)[0] == ("2026-04-01", "IP", "6.00")


def test_a_running_loan_has_earned_a_share_of_its_fee() -> None:
    fee: dict[str, Any] = {
        "cycleAnchorDateOfFee": "2026-04-01", "cycleOfFee": "P1QL1", "feeBasis": "N",
        "feeRate": "0.01", "statusDate": "2026-05-16",
    }  # fmt: skip
    assert told(events("PAM", **HALF_YEAR, **fee), "FP") == [("2026-07-01", "FP", "3.00")]
    stated = events("PAM", **HALF_YEAR, **fee, feeAccrued="0")
    assert told(stated, "FP") == [("2026-07-01", "FP", "1.50")]
    early = events("PAM", **HALF_YEAR, **{**fee, "statusDate": "2026-03-16"})
    assert told(early, "FP")[0] == ("2026-04-01", "FP", "0.50")  # none stated, none before


def test_interest_brought_into_the_loan_is_paid_with_the_first() -> None:
    found = events("PAM", **HALF_YEAR, **MONTHLY, accruedInterest="5")
    assert told(found, "IP")[0] == ("2026-02-01", "IP", "17.00")


def test_interest_may_run_before_the_money_is_paid_out() -> None:
    early = {
        **MONTHLY,
        "cycleAnchorDateOfInterestPayment": "2025-12-16",
        "statusDate": "2025-12-31",
    }
    found = told(events("PAM", **HALF_YEAR, **early), "IP")
    assert found[0] == ("2026-01-16", "IP", "12.00")


def test_payments_in_another_currency_are_converted_at_the_rate_of_the_day() -> None:
    rates = {"USD/BYN": {"2026-01-01": "3", "2026-07-01": "3.5"}}
    money = {"currency": "USD", "settlementCurrency": "BYN"}
    found = told(events("PAM", **HALF_YEAR, **money, observed=rates))
    assert [payoff for _day, _kind, payoff in found] == ["-3600.00", "252.00", "4200.00"]


@pytest.mark.parametrize(
    ("penalty", "paid"),
    [
        ({"penaltyType": "A", "penaltyRate": "5"}, "5.00"),
        ({"penaltyType": "relativePenalty", "penaltyRate": "0.06"}, "3.00"),
        ({"penaltyType": "I", "marketObjectCodeOfRateReset": "SOFR"}, "4.50"),
    ],
)
def test_a_prepayment_costs_the_agreed_penalty(penalty: dict[str, Any], paid: str) -> None:
    """On 16 March, half a month after the last event: 1200 × 15/360 × the penalty's rate."""
    found = events(
        "PAM",
        **HALF_YEAR,
        **MONTHLY,
        **penalty,
        prepaymentEffect="M",
        prepaid={"2026-03-16": "200"},
        observed={"SOFR": {"2026-01-01": "0.03"}},
    )
    assert told(found, "PY", "PP") == [("2026-03-16", "PY", paid), ("2026-03-16", "PP", "200.00")]
    assert told(found, "IP")[2:4] == [("2026-04-01", "IP", "11.00"), ("2026-05-01", "IP", "10.00")]
    assert told(found, "MD") == [("2026-07-01", "MD", "1000.00")]


def test_a_borrower_sees_the_same_flows_from_the_other_side() -> None:
    lender = events("PAM", **HALF_YEAR, **MONTHLY)
    borrower = events("PAM", **HALF_YEAR, **MONTHLY, contractRole="RPL")
    assert [one.payoff for one in borrower] == [-one.payoff for one in lender]


def test_a_contract_tells_its_end() -> None:
    assert contract("PAM", **HALF_YEAR).end.date().isoformat() == "2026-07-01"
