"""A line and what its deals take of it: on each day, by year, by month, until it is full."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from bilat.finance.lines.flows import DealFlows, flows_of, in_currency
from bilat.finance.lines.rates import Rates
from bilat.finance.lines.steps import ZERO, Steps, total
from bilat.programme import Deal, Facility, Programme, Project
from bilat.programme.facilities import SubLimit
from bilat.vocabulary import Money


@dataclass(frozen=True)
class Breach:
    """The limit is exceeded from ``day`` on, by ``over`` at first. deal: the one that does it.
    if_granted: only if deals that are asked for are agreed."""

    day: date
    over: Decimal
    deal: Deal
    if_granted: bool


@dataclass(frozen=True)
class Span:
    """What happens from ``first`` to ``last``, in the currency of the line.

    drawn, repaid: in these days. balance, committed, used, free: at their end; free is None without
    a limit, and negative where the limit is exceeded. peak: the most that is used on one of them.
    """

    first: date
    last: date
    drawn: Decimal
    repaid: Decimal
    balance: Decimal
    committed: Decimal
    used: Decimal
    free: Decimal | None
    peak: Decimal


@dataclass(frozen=True)
class Line:
    """deals: those that count, in ``currency``. asked: those that would count if they were granted.
    unrated: deals in another currency without a rate, which are in neither."""

    limit: Money | None
    currency: str
    revolving: bool
    deals: tuple[DealFlows, ...]
    asked: tuple[DealFlows, ...] = ()
    unrated: tuple[Deal, ...] = ()

    @cached_property
    def used(self) -> Steps:
        return total(flows.takes(revolving=self.revolving) for flows in self.deals)

    @cached_property
    def drawn(self) -> Steps:
        return total(flows.drawn for flows in self.deals)

    @cached_property
    def repaid(self) -> Steps:
        return total(flows.repaid for flows in self.deals)

    @cached_property
    def balance(self) -> Steps:
        return total(flows.balance for flows in self.deals)

    @cached_property
    def committed(self) -> Steps:
        return total(flows.committed for flows in self.deals)

    def free(self, day: date) -> Decimal | None:
        return None if self.limit is None else self.limit.amount - self.used.on(day)

    def room(self, day: date) -> Decimal | None:
        """What a new deal can take on ``day`` and keep: the least that is free from then on."""
        if self.limit is None:
            return None
        return max(self.limit.amount - max(self.used.between(day, date.max)), ZERO)

    def breach(self, as_of: date) -> Breach | None:
        """The first on or after ``as_of``, deals that are asked for included if need be; one that
        holds on ``as_of`` is told from the day on which it began."""
        if self.limit is None:
            return None
        found = _first(self.limit.amount, self.deals, as_of, revolving=self.revolving)
        if found is not None:
            return Breach(*found, if_granted=False)
        found = _first(
            self.limit.amount, self.asked, as_of, revolving=self.revolving, agreed=self.deals
        )
        return None if found is None else Breach(*found, if_granted=True)

    def spans(self, edges: Iterable[tuple[date, date]]) -> Iterator[Span]:
        """edges: first and last days."""
        used, drawn, repaid = self.used, self.drawn, self.repaid
        balance, committed = self.balance, self.committed
        for first, last in edges:
            free = None if self.limit is None else self.limit.amount - used.on(last)
            yield Span(
                first,
                last,
                _within(drawn, first, last),
                _within(repaid, first, last),
                balance.on(last),
                committed.on(last),
                used.on(last),
                free,
                max(used.between(first, last)),
            )

    def years(self, as_of: date) -> list[tuple[date, date]]:
        """From the first change, or this year, to the year of the last."""
        days = [day for steps in (self.used, self.balance, self.repaid) for day in steps.days]
        first = min([as_of.year, *(day.year for day in days)])
        last = max([as_of.year, *(day.year for day in days)])
        return [(date(year, 1, 1), date(year, 12, 31)) for year in range(first, last + 1)]


def line_of(
    programme: Programme,
    facility: Facility,
    as_of: date,
    rates: Rates,
    known: Mapping[str, DealFlows] | None = None,
) -> Line:
    """Every visible deal on the line. Its currency is that of the limit, else its own, else that of
    its first deal, else the one of ``rates``. known: flows of deals by id, where they are made
    already."""
    deals = [deal for deal in programme.deals if deal.facility == facility.id and _counts(deal)]
    currency = _currency(facility, deals, rates)
    counted, asked, unrated = list[DealFlows](), list[DealFlows](), list[Deal]()
    for deal in deals:
        factor = _factor(deal, currency, rates)
        if factor is None:
            unrated.append(deal)
            continue
        own = (known or {}).get(deal.id) or flows_of(deal, facility, as_of)
        flows = in_currency(own, factor)
        (asked if deal.stage == "asked" else counted).append(flows)
    revolving = bool(facility.revolving)
    return Line(facility.limit, currency, revolving, tuple(counted), tuple(asked), tuple(unrated))


def sub_lines(programme: Programme, facility: Facility, line: Line) -> tuple[Line, ...]:
    """The same for the deals of each sub-limit, in their order."""
    return tuple(
        Line(
            sub.limit,
            line.currency,
            line.revolving,
            tuple(flows for flows in line.deals if _falls(programme, flows.deal, sub)),
            tuple(flows for flows in line.asked if _falls(programme, flows.deal, sub)),
            tuple(deal for deal in line.unrated if _falls(programme, deal, sub)),
        )
        for sub in facility.sub_limits
    )


def products_of(programme: Programme, deal: Deal) -> tuple[str, ...]:
    """Its own; else those of its project."""
    project = programme.find(Project, deal.project)
    return deal.products or (project.products if project else ())


def months_ahead(as_of: date, count: int) -> list[tuple[date, date]]:
    """The month of ``as_of`` and those after it."""
    found = []
    for step in range(count):
        year, month = divmod(as_of.year * 12 + as_of.month - 1 + step, 12)
        last = calendar.monthrange(year, month + 1)[1]
        found.append((date(year, month + 1, 1), date(year, month + 1, last)))
    return found


def commitment_fee(line: Line, facility: Facility, first: date, last: date) -> Decimal | None:
    """What the line's fee comes to from ``first`` to ``last``: per cent a year of the undrawn part,
    by the day, with 365 days a year. None where fee, limit or availability is not stated."""
    if facility.commitment_fee is None or line.limit is None or facility.available is None:
        return None
    start, end = max(first, facility.available.start), min(last, facility.available.end)
    if end < start:
        return ZERO
    taken = line.balance if line.revolving else line.drawn
    days = Decimal((end - start).days + 1)
    undrawn = line.limit.amount * days - taken.days_times_level(start, end)
    return max(undrawn, ZERO) * facility.commitment_fee / 100 / 365


def _counts(deal: Deal) -> bool:
    """A deal that was stopped before anything was drawn leaves no trace."""
    return deal.stage != "stopped" or bool(deal.draws)


def _currency(facility: Facility, deals: Sequence[Deal], rates: Rates) -> str:
    if facility.limit is not None:
        return facility.limit.currency
    return facility.currency or next((d.amount.currency for d in deals), rates.currency)


def _factor(deal: Deal, currency: str, rates: Rates) -> Decimal | None:
    """The rate that the deal itself states goes before a general one."""
    if deal.amount.currency == currency:
        return Decimal(1)
    return deal.limit_rate or rates.factor(deal.amount.currency, currency)


def _falls(programme: Programme, deal: Deal, sub: SubLimit) -> bool:
    if sub.body is not None and deal.through != sub.body:
        return False
    products = products_of(programme, deal)
    return not sub.products or any(
        product.startswith(code) for product in products for code in sub.products
    )


def _within(steps: Steps, first: date, last: date) -> Decimal:
    return steps.on(last) - steps.on(first - timedelta(days=1))


def _first(
    limit: Decimal,
    deals: Sequence[DealFlows],
    as_of: date,
    *,
    revolving: bool,
    agreed: Sequence[DealFlows] = (),
) -> tuple[date, Decimal, Deal] | None:
    """agreed: those that come before ``deals`` and that the breach is not put down to."""
    parts = [flows.takes(revolving=revolving) for flows in deals]
    before = total(flows.takes(revolving=revolving) for flows in agreed)
    used = total([before, *parts])
    later = (day for day in used.days if day > as_of and used.on(day) > limit)
    over = _since(used, limit, as_of) if used.on(as_of) > limit else next(later, None)
    if over is None:
        return None
    if agreed:
        pusher = _last_straw(limit - before.on(over), deals, parts, over)
    else:
        pusher = _pusher(limit, deals, parts, over)
    return over, used.on(over) - limit, pusher


def _since(used: Steps, limit: Decimal, as_of: date) -> date:
    """The first day of the breach that holds on ``as_of``."""
    found = as_of
    for day in reversed([day for day in used.days if day <= as_of]):
        if used.on(day) <= limit:
            break
        found = day
    return found


def _last_straw(
    left: Decimal, deals: Sequence[DealFlows], parts: Sequence[Steps], day: date
) -> Deal:
    """Of deals that are asked for, the one with which they take more than is left on the day."""
    level = ZERO
    for flows, part in zip(deals, parts, strict=True):
        level += part.on(day)
        if level > left:
            return flows.deal
    raise AssertionError("without them the limit was kept")


def _pusher(limit: Decimal, deals: Sequence[DealFlows], parts: Sequence[Steps], day: date) -> Deal:
    """Of the deals that take more on that day, the one with which the limit is exceeded."""
    rises = [dict(part.changes()).get(day, ZERO) for part in parts]
    level = total(parts).on(day) - sum((rise for rise in rises if rise > 0), ZERO)
    for flows, rise in zip(deals, rises, strict=True):
        level += max(rise, ZERO)
        if rise > 0 and level > limit:
            return flows.deal
    raise AssertionError("a level rises only where a part of it does")
