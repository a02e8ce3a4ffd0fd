"""What the two sides state differently of one thing, each saying with its source; open questions.

Every saying stays as it was said. Two of the same thing are compared only across the sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from bilat.brief.facts.fact import Fact, Level, MaybeSaid, Said
from bilat.brief.facts.stated import StatedFact, stated_facts
from bilat.brief.facts.trade import FlowFact, TradeFact
from bilat.brief.facts.ways import trade_ways
from bilat.language import Message, say, say_many
from bilat.outlook.announcements import as_known, deadline
from bilat.programme import Indicator, Programme, Target
from bilat.programme.numbers import TargetStatement
from bilat.trade import Reason
from bilat.vocabulary import Period, Quantity, Unit

Kind = Literal["target_date", "stated", "statistics"]
Basis = Literal["announced", "stated", "baseline", "statistics", "derived"]


class OneSaying(Fact):
    """What one side says. value: in the base unit; of a date the year that it means.

    ref: the record in which it stands, as section/id; empty for what statistics say. said: when.
    """

    side: str
    basis: Basis
    text: Said
    value: Decimal | None
    speaker: MaybeSaid
    said: Period | None
    method: MaybeSaid
    ref: str
    sources: tuple[str, ...]


class SidesDiffer(Fact):
    """One thing and all that is said of it. difference: the widest between two sides, in the base
    unit or in years; gap: the same against the smaller, None of dates. reason: of the rules for two
    reports of one direction, where statistics are compared."""

    id: str
    kind: Kind
    subject: Said
    ref: str
    period: Period | None
    display_unit: str | None
    sayings: tuple[OneSaying, ...]
    difference: Decimal
    gap: float | None
    reason: Reason | None


class OpenQuestion(Fact):
    """What only one side has said. periods: of which; none where it is about a target."""

    subject: Said
    ref: str
    says: str
    silent: str
    periods: tuple[Period, ...]


class SidesFacts(Fact):
    """Dates first, then numbers, the newest period first."""

    differences: tuple[SidesDiffer, ...]
    questions: tuple[OpenQuestion, ...]


def sides_facts(programme: Programme, trade: TradeFact, as_of: date) -> SidesFacts:
    """trade: the facts of the same programme and day."""
    stated = stated_facts(programme, as_of)
    numbers = _numbers(programme, trade, stated, as_of)
    compared = sorted(_compared(trade, programme, stated, numbers), key=_newest_first)
    return SidesFacts(
        differences=(*_dates(programme, as_of), *compared),
        questions=(*_undated(programme, as_of), *_silences(trade, programme, numbers)),
    )


def _newest_first(item: SidesDiffer) -> tuple[int, int, str]:
    period = item.period
    return (-period.end.toordinal(), -period.start.toordinal(), item.id) if period else (0, 0, "")


# Dates of targets


def _dates(programme: Programme, as_of: date) -> Iterator[SidesDiffer]:
    for target in programme.targets:
        sayings = tuple(
            _announced(target, as_known(programme, item, as_of))
            for item in target.statements
            if item.announced.start <= as_of
        )
        apart = _apart(sayings)
        if apart:
            yield SidesDiffer(
                id=f"date-{target.id}",
                kind="target_date",
                subject=say("Date of the target: {title}", title=target.title),
                ref=f"targets/{target.id}",
                period=None,
                display_unit=None,
                sayings=sayings,
                difference=apart[0],
                gap=None,
                reason=None,
            )


def _announced(target: Target, item: TargetStatement) -> OneSaying:
    year = deadline(item)
    return OneSaying(
        side=item.side,
        basis="announced",
        text=_in_its_terms(item, year),
        value=None if year is None else Decimal(year),
        speaker=item.speaker and item.speaker.name,
        said=item.announced,
        method=None,
        ref=f"targets/{target.id}",
        sources=item.sources,
    )


def _in_its_terms(item: TargetStatement, year: int | None) -> Message:
    if item.horizon_years:
        return say_many(
            "within {n} year, counted from {announced}: {year}",
            "within {n} years, counted from {announced}: {year}",
            n=item.horizon_years,
            announced=item.starts,
            year=str(year),
        )
    if item.by:
        return say("by {by} (announced {announced})", by=item.by, announced=item.announced)
    return say("no date (announced {announced})", announced=item.announced)


def _undated(programme: Programme, as_of: date) -> Iterator[OpenQuestion]:
    """Targets for which one side alone has named a date."""
    for target in programme.targets:
        told = {
            item.side
            for item in target.statements
            if item.announced.start <= as_of and deadline(item) is not None
        }
        if len(told) == 1:
            (says,) = told
            yield OpenQuestion(
                subject=say("Date of the target: {title}", title=target.title),
                ref=f"targets/{target.id}",
                says=says,
                silent=programme.other(says),
                periods=(),
            )


# Numbers

Numbers = dict[tuple[str, Period], list[OneSaying]]


def _numbers(
    programme: Programme, trade: TradeFact, stated: Sequence[StatedFact], as_of: date
) -> Numbers:
    """Indicator and period → all that is said of it; a figure that was derived is left out where
    the same side has said or published one."""
    found: Numbers = defaultdict(list)
    for flow in trade.flows:
        for row in flow.rows:
            for level in row.levels:
                if level.kind == "observed":
                    found[flow.indicator, row.period].append(_published(level, flow))
    for item in stated:
        found[item.indicator, item.period].append(_said(item))
    for key, saying in _baselines(programme, as_of):
        found[key].append(saying)
    for flow in trade.flows:
        for row in flow.rows:
            _add_derived(found[flow.indicator, row.period], row.levels, flow)
    return found


def _add_derived(there: list[OneSaying], levels: Iterable[Level], flow: FlowFact) -> None:
    known = {item.side for item in there if item.value is not None}
    there += [
        _published(level, flow)
        for level in levels
        if level.kind == "derived" and level.side not in known
    ]


def _published(level: Level, flow: FlowFact) -> OneSaying:
    return OneSaying(
        side=level.side,
        basis="statistics" if level.kind == "observed" else "derived",
        text=level.in_unit(flow.display_unit),
        value=level.value,
        speaker=None,
        said=None,
        method=level.method,
        ref="",
        sources=level.sources,
    )


def _said(item: StatedFact) -> OneSaying:
    return OneSaying(
        side=item.side,
        basis="stated",
        text=item.text,
        value=item.value,
        speaker=item.speaker,
        said=item.stated,
        method=None,
        ref=f"figures/{item.id}",
        sources=item.sources,
    )


def _baselines(programme: Programme, as_of: date) -> Iterator[tuple[tuple[str, Period], OneSaying]]:
    """The levels from which the sides count their targets; one that is repeated counts once."""
    seen: set[tuple[str, str, Period, Decimal]] = set()
    for target in programme.targets:
        indicator = programme.find(Indicator, target.indicator)
        for item in target.statements:
            base = as_known(programme, item, as_of).baseline
            if base is None or indicator is None or item.announced.start > as_of:
                continue
            unit = base.unit or indicator.unit
            value = unit.to_base(base.value)
            mark = (target.indicator, item.side, base.period, value)
            if mark not in seen:
                seen.add(mark)
                yield (target.indicator, base.period), _baseline(target, item, value, unit)


def _baseline(target: Target, item: TargetStatement, value: Decimal, unit: Unit) -> OneSaying:
    return OneSaying(
        side=item.side,
        basis="baseline",
        text=Quantity(value, unit),
        value=value,
        speaker=item.speaker and item.speaker.name,
        said=item.announced,
        method=say("the level from which the target is counted"),
        ref=f"targets/{target.id}",
        sources=item.baseline.sources if item.baseline else (),
    )


def _compared(
    trade: TradeFact, programme: Programme, stated: Sequence[StatedFact], numbers: Numbers
) -> Iterator[SidesDiffer]:
    flows = {flow.indicator: flow for flow in trade.flows}
    reasons = {
        (way.indicator, row.period): row.reason
        for way in trade_ways(trade, programme.sides, stated)
        for row in way.rows
    }
    for (indicator, period), sayings in numbers.items():
        apart, flow = _apart(sayings), flows.get(indicator)
        if apart is None or flow is None:
            continue
        only_statistics = all(item.basis == "statistics" for item in sayings)
        yield SidesDiffer(
            id=f"{indicator}-{period}".replace("/", "-"),
            kind="statistics" if only_statistics else "stated",
            subject=say("{title}, {period}", title=flow.title, period=period),
            ref=f"indicators/{indicator}",
            period=period,
            display_unit=flow.display_unit,
            sayings=tuple(sorted(sayings, key=lambda item: programme.sides.index(item.side))),
            difference=apart[0],
            gap=apart[1],
            reason=reasons.get((indicator, period)),
        )


def _apart(sayings: Iterable[OneSaying]) -> tuple[Decimal, float | None] | None:
    """The widest difference between two sides, and as a share of the smaller value.

    None where fewer than two sides name a value, or all name the same.
    """
    known = [(item.side, item.value) for item in sayings if item.value is not None]
    pairs = [
        (abs(one - other), min(one, other))
        for place, (side, one) in enumerate(known)
        for another, other in known[place + 1 :]
        if side != another
    ]
    difference, smaller = max(pairs, default=(Decimal(0), Decimal(0)))
    if not difference:
        return None
    return difference, float(difference / smaller) if smaller else None


def _silences(trade: TradeFact, programme: Programme, numbers: Numbers) -> Iterator[OpenQuestion]:
    """For each indicator the periods for which one side alone has a number."""
    titles: dict[str, Any] = {flow.indicator: flow.title for flow in trade.flows}
    alone: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for (indicator, period), sayings in numbers.items():
        told = {item.side for item in sayings if item.basis != "derived"}
        if len(told) == 1 and indicator in titles:
            alone[indicator, told.pop()].append(period)
    for (indicator, side), periods in alone.items():
        yield OpenQuestion(
            subject=titles[indicator],
            ref=f"indicators/{indicator}",
            says=side,
            silent=programme.other(side),
            periods=tuple(sorted(periods, reverse=True)),
        )
