"""Amounts that follow from a deal's terms at once."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

from bilat.programme.deal_parts import Rounding
from bilat.programme.deal_terms import DealTerms

ZERO = Decimal(0)
RULES = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
}


NOISE = Decimal("1e-12")
"""Of the unit rounded to: what is nearer than this to a half is a half.

Year fractions such as 92/360 have no end, so that a tie would be missed by the 34th digit.
"""
WIDE = Context(prec=80)
UNITS = [(unit, unit * NOISE) for unit in (Decimal(1).scaleb(-places) for places in range(7))]
"""By decimal places: the unit of payment, and what is cleared before rounding to it."""


def rounded(amount: Decimal, rounding: Rounding) -> Decimal:
    """As it is paid."""
    if rounding.rule == "none":
        return amount
    unit, finer = UNITS[rounding.places]
    return amount.quantize(finer, ROUND_HALF_EVEN, WIDE).quantize(unit, RULES[rounding.rule], WIDE)


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
