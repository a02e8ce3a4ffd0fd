"""Which deals are computed together, and the name of the term that keeps another from it."""

from __future__ import annotations

from bilat.finance.many.moving import opens
from bilat.programme.deal_terms import DealTerms

TOGETHER = frozenset({"annuity", "equal_principal", "bullet"})
DAY_COUNTS = frozenset({"A/365", "A/360", "A/A", "30E/360", "30/360"})
JUDGED = frozenset(
    ("repayment", "in_advance", "principal_every", "grace", "residual", "months",
     "maturity", "rate", "subsidies", "day_count", "fees", "calendar", "rounding")
)  # fmt: skip
"""Terms that are allowed in some forms: the functions below say which."""
FREE = frozenset(
    ("kind", "title", "price", "advance", "amount", "start", "first_payment", "every",
     "end_of_month", "payment", "balloon", "moved", "interest_to", "penalty_rate", "misuse_rate",
     "taxes", "payment_currency")
)  # fmt: skip
"""Terms that are allowed as they are; some change no payment of a schedule."""


def why_not(terms: DealTerms) -> str | None:
    """The first term that only the exact path knows, such as ``grace.interest``; None for none.

    A term that this module has not heard of is one of them.
    """
    for name in sorted(terms.model_fields_set - JUDGED - FREE):
        if getattr(terms, name) != DealTerms.model_fields[name].get_default():
            return name
    return _repayment(terms) or _rate(terms) or _fees(terms) or _rest(terms)


def _repayment(terms: DealTerms) -> str | None:
    if terms.repayment not in TOGETHER:
        return "repayment"
    if terms.in_advance:
        return "in_advance"
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
    return "fees.due" if any(fee.due == "year" for fee in terms.fees) else None


def _rest(terms: DealTerms) -> str | None:
    if not opens(terms.calendar):
        return "calendar"
    return None if terms.rounding.rule == "half_up" else "rounding.rule"
