"""The rate of each day, and the points of it that a budget pays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bilat.finance.actus.cycles import Cycle, cyclic_dates
from bilat.finance.actus.market import Market
from bilat.finance.deal.dates import moment, rule_of
from bilat.finance.deal.faults import invalid
from bilat.language import Message, say
from bilat.programme.deal_rates import DealRate, RateObserved, Subsidy
from bilat.programme.deal_terms import DealTerms

ZERO = Decimal(0)


@dataclass(frozen=True)
class Rates:
    """Nominal rates as fractions of one a year, each from its moment on; the first at the start."""

    moments: tuple[datetime, ...]
    values: tuple[Decimal, ...]

    def at(self, when: datetime) -> Decimal:
        """The rate that holds from the moment on."""
        return self.values[bisect_right(self.moments, when) - 1]

    @property
    def changes(self) -> tuple[datetime, ...]:
        """When it is set anew."""
        return self.moments[1:]


def rates_of(terms: DealTerms, market: Market, end: datetime) -> Rates:
    """The rate from the start to the end. Raises TermInvalid where the index is not known."""
    rate, start = terms.rate, moment(terms.start)
    moments = [start, *_resets(terms, end)]
    values: list[Decimal] = []
    for when in moments:
        fixed = not values and rate.percent is not None
        if fixed or rate.index is None:
            values.append((rate.percent or ZERO) / 100)
            continue
        index = _observed(rate.index, rate.observed, market, when, "rate", "index")
        values.append(_reset(rate, index, values[-1] if values else None))
    return Rates(tuple(moments), tuple(values))


def _resets(terms: DealTerms, end: datetime) -> list[datetime]:
    rate = terms.rate
    if rate.index is None or not (rate.reset_every or rate.first_reset):
        return []
    cycle = Cycle(rate.reset_every, 0, long_stub=False) if rate.reset_every else None
    first = moment(rate.first_reset or terms.start)
    days = cyclic_dates(first, cycle, end, rule_of(terms), with_end=False)
    return [day for day in days if day.date() > terms.start]


def _reset(rate: DealRate, index: Decimal, before: Decimal | None) -> Decimal:
    """The rate after a reset: within the period's limits, and within those of the whole term."""
    value = rate.share.of(index) + rate.margin / 100
    if before is not None and rate.period_cap is not None:
        value = min(value, before + rate.period_cap / 100)
    if before is not None and rate.period_floor is not None:
        value = max(value, before - rate.period_floor / 100)
    if rate.cap is not None:
        value = min(value, rate.cap / 100)
    if rate.floor is not None:
        value = max(value, rate.floor / 100)
    if value < 0:
        what = say("the rate would be {percent} % on a reset", percent=value * 100)
        raise invalid(what, say("Write floor: 0, or correct index and margin"), "rate", "floor")
    return value


def _observed(
    code: str, stated: Sequence[RateObserved], market: Market, when: datetime, *path: str | int
) -> Decimal:
    """The latest figure up to the moment, a fraction of one: of the terms, else of the market."""
    known = [one for one in stated if moment(one.day) <= when]
    if known:
        return max(known, key=lambda one: one.day).percent / 100
    value = market.at(code, when, when)
    if value is None:
        what = say("nothing is known of “{code}” up to {day}", code=code, day=when.date())
        raise invalid(what, say("Add what was observed under “observed”"), *path)
    return value


def points_at(terms: DealTerms, market: Market, rate: Decimal, when: datetime) -> Decimal:
    """The part of the rate that budgets pay from the moment on: never more than the rate."""
    total = ZERO
    for number, subsidy in enumerate(terms.subsidies):
        if _holds(subsidy, when.date()):
            total += _points(subsidy, market, when, number)
            if subsidy.leaves is not None:
                total = min(total, rate - subsidy.leaves / 100)
    return max(ZERO, min(total, rate))


def _holds(subsidy: Subsidy, day: date) -> bool:
    return (subsidy.since or day) <= day and (subsidy.until is None or day < subsidy.until)


def _points(subsidy: Subsidy, market: Market, when: datetime, number: int) -> Decimal:
    if subsidy.index is None:
        points = (subsidy.points or ZERO) / 100
    else:
        path = ("subsidies", number, "index")
        index = _observed(subsidy.index, subsidy.observed, market, when, *path)
        points = max(ZERO, subsidy.share.of(index))
    return min(points, subsidy.at_most / 100) if subsidy.at_most is not None else points


def assumed(terms: DealTerms, rates: Rates) -> list[Message]:
    """Of a floating rate: from when on it only repeats the latest figure known."""
    if terms.rate.index is None or not terms.rate.observed or not rates.changes:
        return []
    last = max(one.day for one in terms.rate.observed)
    later = [when.date() for when in rates.changes if when.date() > last]
    if not later:
        return []
    code, day = terms.rate.index, later[0]
    return [say("From {day} on “{code}” is taken as of {last}", day=day, code=code, last=last)]
