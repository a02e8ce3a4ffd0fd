"""Whether a deal keeps the limits of its preset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from bilat.finance.deal import Schedule
from bilat.finance.presets.preset import Limit, Limited, Preset, PresetSource
from bilat.programme.deal_terms import DealTerms

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Finding:
    """A limit that a deal breaks, or that cannot be checked on it."""

    limit: Limit
    source: PresetSource
    state: Literal["broken", "unknown"]
    found: Decimal | str | None = None
    """What the deal has; None where it is not known, or where something is missing."""


def findings(preset: Preset, schedule: Schedule) -> tuple[Finding, ...]:
    """The limits that are broken or cannot be checked, in the preset's order; none if all hold."""
    found = (_finding(preset, limit, schedule) for limit in preset.limits)
    return tuple(one for one in found if one)


def _finding(preset: Preset, limit: Limit, schedule: Schedule) -> Finding | None:
    source = preset.source_of(limit)
    if limit.what == "insurance":
        return None if _insured(schedule.terms) else Finding(limit, source, "broken")
    if limit.what == "amount" and limit.currency != schedule.currency:
        return Finding(limit, source, "unknown", schedule.currency)
    value = READ[limit.what](schedule)
    if value is None:
        return Finding(limit, source, "unknown")
    return None if _keeps(limit, value) else Finding(limit, source, "broken", value)


def _keeps(limit: Limit, value: Decimal | str) -> bool:
    if limit.among:
        return str(value) in limit.among
    number = Decimal(value)
    least = limit.least is None or number >= limit.least
    return least and (limit.most is None or number <= limit.most)


def _insured(terms: DealTerms) -> bool:
    return any(fee.kind == "insurance" for fee in terms.fees)


def _advance(schedule: Schedule) -> Decimal | None:
    """Percent of the price; None where no price is stated."""
    terms = schedule.terms
    if terms.price is None or not terms.price.amount:
        return None
    price = terms.price.amount
    if terms.advance is not None:
        return terms.advance.of(price) / price * HUNDRED
    financed = terms.amount.amount if terms.amount else price
    return (price - financed) / price * HUNDRED


def _amount(schedule: Schedule) -> Decimal:
    return schedule.total("drawn")


def _months(schedule: Schedule) -> Decimal:
    if schedule.terms.months is not None:
        return Decimal(schedule.terms.months)
    return Decimal(_months_begun(schedule.terms.start, schedule.payments[-1].due))


def _rate(schedule: Schedule) -> Decimal | None:
    """Percent a year in the first period."""
    first = next(iter(schedule.instalments), None)
    return None if first is None else first.rate * HUNDRED


def _every(schedule: Schedule) -> Decimal:
    return Decimal(schedule.terms.every or 1)


def _principal_gap(schedule: Schedule) -> Decimal | None:
    """Months of the longest time between two payments of principal, the first from the grace on."""
    days = [payment.due for payment in schedule.payments if payment.principal and payment.number]
    if not days:
        return None
    first = _months_begun(schedule.terms.start, days[0]) - schedule.terms.grace.principal
    gaps = [_months_begun(day, following) for day, following in pairwise(days)]
    return Decimal(max([first, *gaps]))


def _months_begun(start: date, end: date) -> int:
    """Months from one day to the other, a month that is begun counted as one; from the last day of
    a month to the last of another they are whole."""
    months = (end.year - start.year) * 12 + end.month - start.month
    whole = end.day <= start.day or (_closes_month(start) and _closes_month(end))
    return months if whole else months + 1


def _closes_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _subsidy_share(schedule: Schedule) -> Decimal | None:
    shares = [subsidy.share.value for subsidy in schedule.terms.subsidies if subsidy.index]
    return max(shares) * HUNDRED if shares else None


READ: dict[Limited, Callable[[Schedule], Decimal | str | None]] = {
    "advance": _advance,
    "amount": _amount,
    "months": _months,
    "rate": _rate,
    "every": _every,
    "grace_interest": lambda schedule: Decimal(schedule.terms.grace.interest),
    "grace_principal": lambda schedule: Decimal(schedule.terms.grace.principal),
    "principal_gap": _principal_gap,
    "subsidy_share": _subsidy_share,
    "currency": lambda schedule: schedule.terms.payment_currency or schedule.currency,
    "repayment": lambda schedule: schedule.terms.repayment,
}
