"""Terms that contradict each other: refused before a schedule is made of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from bilat.finance.actus.terms import Subject, Terms
from bilat.language import say

HIGHEST_RATE = Decimal(1)
"""A rate above 100 % a year is a percentage that was written without dividing by 100."""


def check_terms(terms: Terms) -> None:
    """Raises ContractInvalid at the first contradiction."""
    for check in CHECKS:
        check(terms)


def _principal(terms: Terms) -> None:
    if terms.notional_principal <= 0:
        raise terms.invalid(
            "notionalPrincipal",
            say("it is not above zero. Write the amount; contractRole says who owes it"),
        )


def _rate(terms: Terms) -> None:
    rate = terms.nominal_interest_rate
    if rate is not None and abs(rate) > HIGHEST_RATE:
        raise terms.invalid(
            "nominalInterestRate",
            say("{rate} is {percent} % a year. Write 8 % as 0.08", rate=rate, percent=rate * 100),
        )
    if rate is not None and terms.day_count_convention is None:
        raise terms.invalid(
            "dayCountConvention", say("it is missing. A rate needs one, such as A365")
        )


def _dates(terms: Terms) -> None:
    start = terms.initial_exchange_date
    ends = {"maturityDate": terms.maturity_date, "amortizationDate": terms.amortization_date}
    for term, end in ends.items():
        if end and end <= start:
            raise terms.invalid(term, say("it is not after initialExchangeDate. Write a later day"))


def _anchors(terms: Terms) -> None:
    first = terms.repeats["PrincipalRedemption"].anchor
    if terms.amortizes and first and first < terms.initial_exchange_date:
        raise terms.invalid(
            "cycleAnchorDateOfPrincipalRedemption",
            say("it is before initialExchangeDate. Nothing can be repaid before it is lent"),
        )
    subjects: tuple[Subject, ...] = ("InterestPayment", "PrincipalRedemption")
    for subject in subjects:
        anchor = terms.repeats[subject].anchor
        if anchor and terms.maturity_date and anchor > terms.maturity_date:
            raise terms.invalid(
                f"cycleAnchorDateOf{subject}",
                say("it is after maturityDate. A cycle starts within the contract"),
            )


def _redemption(terms: Terms) -> None:
    if terms.contract_type == "PAM":
        if terms.maturity_date is None:
            raise terms.invalid("maturityDate", say("it is missing. A PAM repays on that day"))
        return
    if not terms.repeats["PrincipalRedemption"]:
        raise terms.invalid(
            "cycleOfPrincipalRedemption", say("it is missing. Write how often principal is repaid")
        )
    payment = terms.next_principal_redemption_payment
    if payment is not None and payment <= 0:
        raise terms.invalid("nextPrincipalRedemptionPayment", say("it is not above zero"))
    ends = terms.maturity_date or (terms.contract_type == "ANN" and terms.amortization_date)
    if payment is None and (terms.contract_type == "NAM" or not ends):
        raise terms.invalid(
            "nextPrincipalRedemptionPayment",
            say("it is missing. Write it, or (except for NAM) the day on which the debt is repaid"),
        )


def _resets(terms: Terms) -> None:
    source = terms.market_object_code_of_rate_reset or terms.next_reset_rate
    if terms.repeats["RateReset"] and source is None:
        raise terms.invalid(
            "marketObjectCodeOfRateReset",
            say("it is missing. A rate that is reset needs the index that it follows"),
        )
    if terms.next_reset_rate is not None and not terms.repeats["RateReset"]:
        raise terms.invalid("cycleOfRateReset", say("it is missing, but nextResetRate is given"))


def _fees(terms: Terms) -> None:
    if terms.fee_rate and terms.repeats["Fee"] and terms.fee_basis is None:
        raise terms.invalid(
            "feeBasis", say("it is missing. Write A for an amount, N for a share of the principal")
        )


def _scaling(terms: Terms) -> None:
    if terms.scaling_effect != "000" and not terms.scaling_index_at_contract_deal_date:
        raise terms.invalid(
            "scalingIndexAtContractDealDate",
            say("it is missing or zero. Scaling compares the index with this value"),
        )


def _prices(terms: Terms) -> None:
    deals = {
        "purchaseDate": (terms.purchase_date, terms.price_at_purchase_date),
        "terminationDate": (terms.termination_date, terms.price_at_termination_date),
    }
    for term, (day, price) in deals.items():
        if day and price is None:
            price_term = f"priceAt{term[0].upper()}{term[1:]}"
            raise terms.invalid(price_term, say("it is missing, but the day is given"))
        if day and terms.maturity_date and day > terms.maturity_date:
            raise terms.invalid(term, say("it is after maturityDate. Write an earlier day"))


def _base(terms: Terms) -> None:
    """Without an amount NTIED takes the notional exchanged; NTL has nothing to start with."""
    if terms.interest_calculation_base == "NTL" and terms.interest_calculation_base_amount is None:
        raise terms.invalid(
            "interestCalculationBaseAmount",
            say("it is missing. A lagged base (NTL) starts with an amount"),
        )


CHECKS: tuple[Callable[[Terms], None], ...] = (
    _principal, _rate, _dates, _anchors, _redemption, _resets, _fees, _scaling, _prices, _base,
)  # fmt: skip
