"""Amounts that follow from a deal's terms at once."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from bilat.programme.deal_parts import Rounding
from bilat.programme.deal_terms import DealTerms

ZERO = Decimal(0)
RULES = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
}


def rounded(amount: Decimal, rounding: Rounding) -> Decimal:
    """As it is paid."""
    if rounding.rule == "none":
        return amount
    return amount.quantize(Decimal(1).scaleb(-rounding.places), RULES[rounding.rule])


def advance_of(terms: DealTerms) -> Decimal:
    """The borrower's own part; zero without a price."""
    if terms.advance is None or terms.price is None:
        return ZERO
    return rounded(terms.advance.of(terms.price.amount), terms.rounding)


def financed_of(terms: DealTerms) -> Decimal:
    """What the lender pays out altogether."""
    if terms.amount:
        return terms.amount.amount
    return (terms.price.amount if terms.price else ZERO) - advance_of(terms)


def balloon_of(terms: DealTerms) -> Decimal:
    """Principal that falls due with the last payment on top."""
    return rounded(terms.balloon.of(financed_of(terms)), terms.rounding) if terms.balloon else ZERO


def residual_of(terms: DealTerms) -> Decimal:
    """Purchase option or residual value, a part of what is financed."""
    if terms.residual is None:
        return ZERO
    whole = terms.price.amount if terms.price else financed_of(terms)
    return rounded(terms.residual.of(whole), terms.rounding)


def principal_to_list(terms: DealTerms) -> Decimal:
    """What the regular payments repay."""
    return financed_of(terms) - balloon_of(terms) - residual_of(terms)
