"""A contract that cannot be scheduled is refused with the name of the term to mend."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.finance.actus.loans import LOAN, MONTHLY, contract, events

from bilat.finance.actus import ContractInvalid, read_terms, run
from bilat.finance.actus.reading import meant

YEAR: dict[str, Any] = {**MONTHLY, "maturityDate": "2027-01-01"}


@pytest.mark.parametrize(
    ("kind", "terms", "term", "words"),
    [
        ("PAM", {"maturityDate": "2026-02-30"}, "maturityDate", "not a day of the calendar"),
        ("PAM", {"maturityDate": None}, "maturityDate", "missing"),
        ("PAM", {"maturityDate": "2026-01-01"}, "maturityDate", "not after initialExchangeDate"),
        ("PAM", {"notionalPrincipal": None}, "notionalPrincipal", "missing"),
        ("PAM", {"notionalPrincipal": "-5"}, "notionalPrincipal", "not above zero"),
        ("PAM", {"notionalPrincipal": "1 200"}, "notionalPrincipal", "is not a number"),
        ("PAM", {"notionalPrincipal": "NaN"}, "notionalPrincipal", "is not a number"),
        ("PAM", {"contractRole": "lender"}, "contractRole", "RPA, "),
        ("PAM", {"dayCountConvention": "A/366"}, "dayCountConvention", "AA, A360"),
        ("PAM", {"dayCountConvention": None}, "dayCountConvention", "missing"),
        ("PAM", {"businessDayConvention": "XYZ"}, "businessDayConvention", "SCF, SCMF"),
        ("PAM", {"calendar": "MARS"}, "calendar", "NC, MF"),
        ("PAM", {"nominalInterestRate": "4"}, "nominalInterestRate", "400 %"),
        ("PAM", {"cyclePointOfInterestPayment": "B"}, "cyclePointOfInterestPayment", "none of E"),
        ("PAM", {"cycleOfInterestPayment": "P1M"}, "cycleOfInterestPayment", "P1ML1"),
        (
            "PAM",
            {"cycleAnchorDateOfInterestPayment": "2027-06-01"},
            "cycleAnchorDateOfInterestPayment",
            "after maturityDate",
        ),
        ("PAM", {"cycleOfRateReset": "P1ML1"}, "marketObjectCodeOfRateReset", "missing"),
        ("PAM", {"nextResetRate": "0.05"}, "cycleOfRateReset", "missing"),
        ("PAM", {"cycleOfFee": "P1ML1", "feeRate": "1"}, "feeBasis", "missing"),
        ("PAM", {"scalingEffect": "I00"}, "scalingIndexAtContractDealDate", "missing"),
        ("PAM", {"purchaseDate": "2026-03-01"}, "priceAtPurchaseDate", "missing"),
        ("PAM", {"terminationDate": "2026-03-01"}, "priceAtTerminationDate", "missing"),
        (
            "PAM",
            {"terminationDate": "2027-01-02", "priceAtTerminationDate": "1"},
            "terminationDate",
            "after maturityDate",
        ),
        (
            "PAM",
            {"purchaseDate": "2027-01-02", "priceAtPurchaseDate": "1"},
            "purchaseDate",
            "after maturityDate",
        ),
        ("LAM", {"interestCalculationBase": "NTL"}, "interestCalculationBaseAmount", "missing"),
        (
            "ANN",
            {"cycleAnchorDateOfPrincipalRedemption": "2025-12-01"},
            "cycleAnchorDateOfPrincipalRedemption",
            "before initialExchangeDate",
        ),
        ("ANN", {"maturityDate": None}, "nextPrincipalRedemptionPayment", "missing"),
        ("NAM", {}, "nextPrincipalRedemptionPayment", "missing"),
        ("NAM", {"nextPrincipalRedemptionPayment": "0"}, "nextPrincipalRedemptionPayment", "zero"),
    ],
)
def test_a_wrong_term_is_named(kind: str, terms: dict[str, Any], term: str, words: str) -> None:
    with pytest.raises(ContractInvalid) as caught:
        read_terms({"contractType": kind, **LOAN, **YEAR, **terms})
    assert caught.value.term == term
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"loan: {term}: ")


def test_a_contract_without_an_id_is_told_by_its_term_alone() -> None:
    unnamed = {**LOAN, "contractType": "PAM", "contractID": ""}
    with pytest.raises(ContractInvalid, match=r"^maturityDate: it is missing"):
        read_terms(unnamed)


def test_an_unknown_contract_type_lists_the_known() -> None:
    with pytest.raises(ContractInvalid, match="PAM, ANN, LAM, NAM"):
        read_terms({"contractType": "SWAP", **LOAN})


def test_an_amortizing_loan_needs_a_cycle_of_redemption() -> None:
    with pytest.raises(ContractInvalid) as caught:
        read_terms({"contractType": "LAM", **LOAN, "maturityDate": "2027-01-01"})
    assert caught.value.term == "cycleOfPrincipalRedemption"


@pytest.mark.parametrize("payment", ["12", "11.5"])
@pytest.mark.parametrize("kind", ["NAM", "ANN"])
def test_a_debt_that_is_never_repaid_is_refused(kind: str, payment: str) -> None:
    loan = contract(kind, **MONTHLY, nextPrincipalRedemptionPayment=payment)
    with pytest.raises(ContractInvalid, match="never repaid") as caught:
        run(loan)
    assert caught.value.term == "nextPrincipalRedemptionPayment"


def test_the_end_of_a_loan_needs_a_cycle_or_a_day() -> None:
    anchor: dict[str, Any] = {"cycleAnchorDateOfPrincipalRedemption": "2026-02-01"}
    loan = contract("LAM", **anchor, nextPrincipalRedemptionPayment="100")
    with pytest.raises(ContractInvalid, match="the end is unknown") as caught:
        run(loan)
    assert caught.value.term == "cycleOfPrincipalRedemption"


def test_a_reset_without_an_observation_is_refused() -> None:
    reset = {"cycleOfRateReset": "P1ML1", "marketObjectCodeOfRateReset": "SOFR"}
    with pytest.raises(ContractInvalid, match="“SOFR” up to 1 February 2026"):
        events("PAM", maturityDate="2027-01-01", **reset, observed={"SOFR": {"2026-03-01": "0.1"}})


def test_a_currency_without_a_rate_is_refused() -> None:
    with pytest.raises(ContractInvalid, match="USD/BYN"):
        events("PAM", maturityDate="2027-01-01", currency="USD", settlementCurrency="BYN")


def test_a_prepayment_that_was_not_agreed_is_refused() -> None:
    with pytest.raises(ContractInvalid, match="forbids prepayment"):
        contract("PAM", maturityDate="2027-01-01", prepaid={"2026-03-01": "5"})


def test_a_prepayment_above_the_debt_is_refused() -> None:
    with pytest.raises(ContractInvalid, match="above the principal outstanding"):
        events("PAM", **YEAR, prepaymentEffect="M", prepaid={"2026-03-15": "1200.01"})


def test_payments_in_cents_need_a_principal_in_cents() -> None:
    with pytest.raises(ContractInvalid, match="more than 2 decimal places"):
        contract("PAM", maturityDate="2027-01-01", notionalPrincipal="100.005", places=2)


def test_a_cycle_without_end_is_refused() -> None:
    with pytest.raises(ContractInvalid, match="100,000 dates"):
        events("PAM", maturityDate="2999-01-01", cycleOfInterestPayment="P1DL1")


def test_a_misspelt_term_is_told_and_its_likeness_named() -> None:
    terms = {"contractType": "PAM", **LOAN, "maturityDate": "2027-01-01", "maturityDat": "x"}
    assert read_terms(terms)[1] == ("maturityDat",)
    assert meant("maturityDat") == "maturityDate"
    assert meant("colourOfTheSky") is None
