"""What those who take part in a deal, its payments and its terms are called."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bilat.brief.facts.schedule import LimitFact, ScheduleFacts
from bilat.brief.story.blocks import Number, Percent
from bilat.language import Message, say, say_many

PURPOSE: Mapping[str, Message] = {
    "advance": say("advance"),
    "drawn": say("the goods"),
    "principal": say("principal"),
    "interest": say("interest"),
    "residual": say("residual value"),
    "fees": say("fees and premiums"),
    "subsidy": say("part of the interest"),
    "tax": say("taxes"),
}
REPAYMENT: Mapping[str, Message] = {
    "annuity": say("equal payments (annuity)"),
    "equal_principal": say("equal parts of principal, decreasing payments"),
    "bullet": say("principal at the end"),
    "individual": say("an individual schedule"),
    "step": say("stepped payments"),
    "seasonal": say("principal in the months of the season"),
}
MOVED: Mapping[str, Message] = {
    "no": say("stays where it is"),
    "following": say("goes to the next business day"),
    "modified_following": say("goes to the next business day; at a month’s end to the one before"),
    "preceding": say("goes to the business day before"),
    "modified_preceding": say("goes to the business day before; at a month’s start to the next"),
}
ROUNDING: Mapping[str, Message] = {
    "half_up": say("half up"),
    "half_even": say("half to even"),
    "up": say("up"),
    "down": say("down"),
}
FEE: Mapping[str, Message] = {
    "arrangement": say("Arrangement fee"),
    "commitment": say("Commitment fee"),
    "management": say("Management fee"),
    "insurance": say("Insurance premium"),
    "guarantee": say("Guarantee fee"),
    "other": say("Fee"),
}
DAY_COUNT: Mapping[str, Message] = {
    "A/A": say("actual days, of the actual year (A/A)"),
    "A/360": say("actual days, of a year of 360 (A/360)"),
    "A/365": say("actual days, of a year of 365 (A/365)"),
    "30E/360": say("months of 30 days, of a year of 360 (30E/360)"),
    "30E/360 ISDA": say("months of 30 days, of a year of 360 (30E/360 ISDA)"),
    "30/360": say("months of 30 days, of a year of 360 (30/360)"),
    "B/252": say("business days, of a year of 252 (B/252)"),
}
_LOAN: Mapping[str, Message] = {
    "borrower": say("The borrower"),
    "lender": say("The lender"),
}
_LEASE: Mapping[str, Message] = {
    "borrower": say("The lessee"),
    "lender": say("The lessor"),
}
_OTHERS: Mapping[str, Message] = {
    "budget": say("The budget"),
    "supplier": say("The supplier"),
    "third": say("Insurers, guarantors and others"),
    "treasury": say("The treasury"),
}
_WITHIN: Mapping[tuple[str, str], Message] = {
    ("loan", "borrower"): say("the borrower"),
    ("loan", "lender"): say("the lender"),
    ("lease", "borrower"): say("the lessee"),
    ("lease", "lender"): say("the lessor"),
}


def actor(facts: ScheduleFacts, who: str, *, within: bool = False) -> Message:
    """The role as this kind of deal calls it; ``within`` a sentence without a capital."""
    if within:
        return _WITHIN[facts.terms.kind, who]
    own = _LEASE if facts.terms.kind == "lease" else _LOAN
    return {**_OTHERS, **own}[who]


def months(n: int) -> Message:
    return say_many("{n} month", "{n} months", n=n)


def exact(percent: Decimal) -> Percent:
    """With all the decimals that it has: a rate of 8.125 % is never shown as 8.13 %."""
    exponent = percent.normalize().as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 2
    return Percent(float(percent) / 100, digits)


def limit_found(limit: LimitFact) -> Any:
    """What a deal has where a limit holds, with its unit."""
    value = limit.found
    if not isinstance(value, Decimal):
        return REPAYMENT.get(str(value), str(value))
    if limit.what in ("advance", "rate", "subsidy_share"):
        return exact(round(value, 2))
    if limit.what == "amount":
        return Number(value, 2)
    return months(int(value))
