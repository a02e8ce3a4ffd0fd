"""Which deals are computed together, and the name of the term that keeps another from it."""

from __future__ import annotations

from bilat.programme.deal_terms import DealTerms

TOGETHER = frozenset({"annuity", "equal_principal", "bullet"})
DAY_COUNTS = frozenset({"A/365", "A/360", "A/A", "30E/360", "30/360"})
ABSENT = ("drawdowns", "instalments", "steps", "season", "prepayments", "exchange")
"""Terms that must not be there."""
PLACES = 6


def why_not(terms: DealTerms) -> str | None:
    """The first term that only the exact path knows, such as ``grace.interest``; None for none."""
    for name in ABSENT:
        if getattr(terms, name):
            return name
    return _repayment(terms) or _rate(terms) or _fees(terms) or _rest(terms)


def _repayment(terms: DealTerms) -> str | None:
    if terms.repayment not in TOGETHER:
        return "repayment"
    if terms.in_advance:
        return "in_advance"
    if terms.first_payment is not None:
        return "first_payment"
    if terms.principal_every not in (None, terms.every or 1):
        return "principal_every"
    if terms.grace.interest:
        return "grace.interest"
    if terms.residual and terms.residual.settled == "returned":
        return "residual.settled"
    return None if terms.months or terms.maturity else "months"


def _rate(terms: DealTerms) -> str | None:
    if terms.rate.index is not None or terms.rate.percent is None:
        return "rate.index"
    for subsidy in terms.subsidies:
        if subsidy.index is not None:
            return "subsidies.index"
        if subsidy.since or subsidy.until:
            return "subsidies.since"
    return None if terms.day_count in DAY_COUNTS else "day_count"


def _fees(terms: DealTerms) -> str | None:
    for fee in terms.fees:
        if fee.due == "year":
            return "fees.due"
        if fee.due == "payment" and fee.amount is not None and (terms.balloon or terms.residual):
            return "fees.amount"
    return None


def _rest(terms: DealTerms) -> str | None:
    if terms.moved != "no":
        return "moved"
    if terms.calendar != "none":
        return "calendar"
    return None if terms.rounding.rule == "half_up" else "rounding.rule"
