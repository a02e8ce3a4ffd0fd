"""The day on which a contract ends, where its terms leave it to be computed.

Source: ACTUS Technical Specification, state Md of LAM and NAM.
"""

from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal

from bilat.finance.actus.cycles import MOST_DATES, Cycle
from bilat.finance.actus.terms import Terms
from bilat.language import say


def maturity(terms: Terms) -> datetime:
    """The stated day, else that of the payment with which the regular ones repay the principal.

    Raises ContractInvalid where they never do.
    """
    if terms.maturity_date:
        return terms.maturity_date
    if terms.contract_type == "ANN" and terms.amortization_date:
        return terms.amortization_date
    anchor, cycle = terms.anchor("PrincipalRedemption"), terms.repeats["PrincipalRedemption"].cycle
    if anchor is None or cycle is None:
        raise terms.invalid(
            "cycleOfPrincipalRedemption",
            say("it is missing. Without it and without maturityDate the end is unknown"),
        )
    done = _paid_before_status(terms, anchor, cycle)
    count = math.ceil(terms.notional_principal / _redemption(terms, anchor, cycle, done))
    return cycle.step(anchor, done + count - 1, terms.end_of_month_convention)


def _paid_before_status(terms: Terms, anchor: datetime, cycle: Cycle) -> int:
    """How many dates of the cycle lie before the status date."""
    for count in range(MOST_DATES):
        if cycle.step(anchor, count, terms.end_of_month_convention) >= terms.status_date:
            return count
    raise OverflowError


def _redemption(terms: Terms, anchor: datetime, cycle: Cycle, done: int) -> Decimal:
    """Principal in one payment: of LAM all of it, of NAM and ANN what interest leaves."""
    payment = terms.next_principal_redemption_payment or Decimal(0)
    if terms.contract_type == "LAM" or terms.nominal_interest_rate is None:
        return payment
    rule, latest = terms.end_of_month_convention, max(done - 1, 0)
    start, end = (cycle.step(anchor, count, rule) for count in (latest, latest + 1))
    interest = terms.year_fraction()(start, end) * terms.nominal_interest_rate
    left = payment - interest * terms.notional_principal
    if left * MOST_DATES < terms.notional_principal:
        raise terms.invalid(
            "nextPrincipalRedemptionPayment",
            say(
                "{payment} does not cover the interest of one period, so the debt is never "
                "repaid. Write a higher payment or a maturityDate",
                payment=payment,
            ),
        )
    return left
