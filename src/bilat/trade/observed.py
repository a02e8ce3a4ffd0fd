"""A warehouse's totals of the pair as observations of the programme's own indicators.

So the brief, the outlook and every table see them through `side_series`, like entered ones. Of
one reporter and period the entered observation is kept, since both sides hold its text; what the
warehouse has otherwise is told beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bilat.programme import Indicator, Observation, Programme, Source
from bilat.trade.holdings import Holding
from bilat.trade.reports import Basis, Total
from bilat.trade.series import observed_points
from bilat.vocabulary import Period, Unit

SAME = 0.001
"""Two values nearer than a thousandth are one value, rounded otherwise."""


@dataclass(frozen=True)
class Reported:
    """What one side reports of one direction, dollars.

    parts: how many months or quarters were added up; 1 for a period as published. vintage: of the
    latest part. basis: see `bilat.trade.reports.Total`.
    """

    exporter: str
    reporter: str
    period: Period
    value: float
    valuation: str | None
    dataset: str
    vintage: date
    basis: Basis
    parts: int = 1

    @property
    def source(self) -> str:
        """The id of its source record: one for each dataset and vintage."""
        return source_id(self.dataset, self.vintage)


@dataclass(frozen=True)
class Kept:
    """An entered observation that stands, and what the warehouse has of the same; base unit."""

    indicator: str
    reporter: str
    period: Period
    entered: float
    entered_sources: tuple[str, ...]
    loaded: float
    loaded_sources: tuple[str, ...]


@dataclass(frozen=True)
class Joined:
    """The programme with the warehouse's observations and sources, and what was left beside it."""

    programme: Programme
    kept: tuple[Kept, ...]


def source_id(dataset: str, vintage: date) -> str:
    """One for each dataset and vintage, so that both travel with every number that cites it."""
    return f"{re.sub(r'[^A-Za-z0-9._-]', '-', dataset)[:60]}-{vintage.isoformat()}"


def reported(
    totals: Sequence[Total], used: Sequence[Holding], sides: tuple[str, str]
) -> tuple[Reported, ...]:
    """Years and parts of years of both directions, by each side's datasets in their order.

    A year is taken as published, else from its twelve months or four quarters. Of a year that is
    not over the months from January on are added up, and the same months of the other years, so
    that they can be compared. A period that the first dataset lacks comes from the next.
    """
    found: dict[tuple[str, str, Period], Reported] = {}
    groups: dict[tuple[str, str, str], list[Total]] = defaultdict(list)
    for total in totals:
        groups[total.dataset, total.reporter, total.flow].append(total)
    for holding in used:
        for flow in ("X", "M"):
            group = groups.get((holding.dataset, holding.reporter, flow), [])
            for item in levels(group, sides):
                found.setdefault((item.exporter, item.reporter, item.period), item)
    return tuple(sorted(found.values(), key=lambda item: (item.exporter, item.period)))


def levels(totals: Sequence[Total], sides: tuple[str, str]) -> Iterator[Reported]:
    """Years and comparable parts of one dataset, reporter and flow; a year may come twice."""
    for total in totals:
        if total.months == 12 and total.start.month == 1:
            yield _level([total], 12, sides)
    for months in (1, 3):
        yield from _added_up([total for total in totals if total.months == months], sides)


def _added_up(totals: Sequence[Total], sides: tuple[str, str]) -> Iterator[Reported]:
    """From January on without a gap, each year as far as it goes and as far as the newest does."""
    years: dict[int, dict[int, Total]] = defaultdict(dict)
    for total in totals:
        years[total.start.year][total.start.month] = total
    runs = {year: _run(parts) for year, parts in years.items()}
    newest = len(runs[max(runs)]) if runs else 0
    for run in runs.values():
        for length in sorted({len(run), newest}):
            if 0 < length <= len(run):
                yield _level(run[:length], length * run[0].months, sides)


def _run(parts: Mapping[int, Total]) -> list[Total]:
    run: list[Total] = []
    month = 1
    while month in parts:
        run.append(parts[month])
        month += parts[month].months
    return run


def _level(parts: Sequence[Total], months: int, sides: tuple[str, str]) -> Reported:
    first = parts[0]
    other = sides[1] if first.reporter == sides[0] else sides[0]
    year = first.start.year
    return Reported(
        exporter=first.reporter if first.flow in ("X", "RX") else other,
        reporter=first.reporter,
        period=Period.parse(f"{year:04}-01/{year:04}-{months:02}"),
        value=sum(part.value for part in parts),
        valuation=first.valuation,
        dataset=first.dataset,
        vintage=max(part.vintage for part in parts),
        basis="summed" if any(part.basis == "summed" for part in parts) else "published",
        parts=len(parts),
    )


def join(
    programme: Programme,
    loaded: Sequence[Reported],
    sources: Iterable[Source],
    as_of: date,
    *,
    cited: Iterable[str] = (),
) -> Joined:
    """The programme with the loaded numbers as observations of its indicators of trade.

    Those are the indicators that measure exports of one side in dollars and of no single sector;
    and turnover in dollars, where the programme does not follow both directions. Of the sources
    those come in that the numbers cite, and those in ``cited``.
    """
    observations: list[Observation] = []
    kept: list[Kept] = []
    for indicator in programme.indicators:
        for side in programme.sides:
            known = observed_points(programme, indicator, side, as_of)
            for item in _of_indicator(programme, indicator, loaded, side):
                there = known.get(item.period)
                if there is None:
                    observations.append(item)
                elif _apart(float(there.value), float(item.value)):
                    mine = (float(there.value), there.sources)
                    theirs = (float(item.value), item.sources)
                    kept.append(Kept(indicator.id, side, item.period, *mine, *theirs))
    wanted = {ref for item in observations for ref in item.sources} | set(cited)
    wanted |= {ref for one in kept for ref in one.loaded_sources}
    wanted -= {source.id for source in programme.sources}
    return Joined(
        programme.with_fields(
            observations=(*programme.observations, *observations),
            sources=(*programme.sources, *(item for item in sources if item.id in wanted)),
        ),
        tuple(kept),
    )


def _apart(first: float, second: float) -> bool:
    return abs(first - second) > SAME * max(first, second)


def _of_indicator(
    programme: Programme, indicator: Indicator, loaded: Sequence[Reported], side: str
) -> Iterator[Observation]:
    if indicator.unit.base != "USD" or indicator.sector:
        return
    mine = [item for item in loaded if item.reporter == side]
    if indicator.measures == "exports":
        for item in mine:
            if item.exporter == indicator.exporter:
                yield _observation(indicator, (item,))
    if indicator.measures == "turnover" and not _follows_directions(programme):
        ways: dict[Period, list[Reported]] = defaultdict(list)
        for item in mine:
            ways[item.period].append(item)
        for both in ways.values():
            if len(both) == 2:
                yield _observation(indicator, both)


def _follows_directions(programme: Programme) -> bool:
    """Then `side_series` adds the two up by itself."""
    ways = {
        way.exporter
        for way in programme.indicators
        if way.measures == "exports" and not way.sector and way.unit.base == "USD"
    }
    return ways >= set(programme.sides)


def _observation(indicator: Indicator, items: Sequence[Reported]) -> Observation:
    valuations = {item.valuation for item in items}
    valuation = valuations.pop() if len(valuations) == 1 else None
    known: dict[str, Literal["FOB", "CIF"]] = {"FOB": "FOB", "CIF": "CIF"}
    return Observation(
        id=f"{indicator.id}-{items[0].reporter}-{items[0].period}".replace("/", "-")[:80],
        indicator=indicator.id,
        period=items[0].period,
        reporter=items[0].reporter,
        value=Decimal(str(round(sum(item.value for item in items), 2))),
        unit=Unit.parse("USD"),
        valuation=known.get(valuation or ""),
        vintage=max(item.vintage for item in items),
        sources=tuple(dict.fromkeys(item.source for item in items)),
    )


def source_of(held: Holding, vintage: date) -> Source:
    """The record of a dataset's version, made from the dataset's description."""
    return Source(
        id=source_id(held.dataset, vintage),
        title=held.title if held.title == held.dataset else f"{held.title} [{held.dataset}]",
        publisher=held.publisher,
        address=held.address or None,
        published=Period.parse(vintage.isoformat()),
        side=held.reporter if held.kind == "national" else None,
        licence=held.licence or None,
    )
