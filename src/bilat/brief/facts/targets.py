"""Is the target within reach? Both sides' dates, what they ask for, what the past says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from bilat.brief.facts.announced import BaseRateFact, base_rate_fact
from bilat.brief.facts.fact import Fact, Level, MaybeSaid, Said
from bilat.brief.facts.measures import (
    LeftOutFact,
    MeasureFact,
    WithMeasuresFact,
    left_out_facts,
    measure_facts,
    with_measures,
)
from bilat.errors import NoAnswer
from bilat.outlook import (
    METHOD,
    Announcement,
    Chance,
    Luck,
    TargetOutlook,
    fit,
    target_outlook,
    yearly_growth,
)
from bilat.programme import Programme
from bilat.trade import BOTH, Series
from bilat.vocabulary import Period

Verdict = Literal["reached", "missed", "on_track", "open", "off_track", "unknown"]

ON_TRACK, OFF_TRACK = 0.6, 1 / 3
"""The chance from which a target counts as on track, and below which as off track."""
FAN = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
PAST_YEARS = (1, 5, 10)


class PathFact(Fact):
    """The growth a year that leads from one level to the target by one date."""

    baseline: Level
    required_growth: float | None


class ChanceFact(Fact):
    """The chance that the target is reached by one date, by one side's statistics."""

    side: str
    origin: int
    horizon_years: int
    chance: float
    median: float
    low80: float
    high80: float
    sources: tuple[str, ...]
    """What the yearly values of that side rest on."""
    with_measures: WithMeasuresFact | None = None


class AnnouncementFact(Fact):
    """What one side announced, and what it means."""

    side: str
    announced: Period
    counted_from: Period
    repeated: tuple[Period, ...]
    horizon_years: int | None
    by: Period | None
    deadline: int | None
    assumption: bool
    paths: tuple[PathFact, ...]
    chances: tuple[ChanceFact, ...]
    base_rate: BaseRateFact | None = None
    obstacle: MaybeSaid
    sources: tuple[str, ...]


class GrowthFact(Fact):
    """Growth that was had: a share a year between two full years of one side."""

    side: str
    start: Level
    end: Level
    yearly: float


class StatedGrowth(Fact):
    """Growth against the year before as a side stated it, a share."""

    side: str
    period: Period
    growth: float
    qualifier: str | None
    sources: tuple[str, ...]


class FanYear(Fact):
    """The forecast of one year: seven levels at the shares of `FAN`, base unit."""

    side: str
    year: int
    levels: tuple[float, ...]


class TargetFact(Fact):
    """A target and everything the brief says of it."""

    id: str
    title: Said
    indicator: str
    indicator_title: Said
    value: Decimal
    unit: str
    display_unit: str
    announcements: tuple[AnnouncementFact, ...]
    history: tuple[Level, ...]
    parts: tuple[Level, ...]
    achieved: tuple[GrowthFact, ...]
    stated_growth: tuple[StatedGrowth, ...]
    fan: tuple[FanYear, ...]
    measures: tuple[MeasureFact, ...] = ()
    left_out: tuple[LeftOutFact, ...] = ()
    verdict: Verdict
    method: Said


def target_facts(
    programme: Programme, as_of: date, luck: Luck | None = None
) -> tuple[TargetFact, ...]:
    """The facts of every visible target, the headline target first."""
    first = programme.headline_target
    ordered = sorted(programme.targets, key=lambda target: target.id != first)
    outlooks = (target_outlook(programme, target, as_of, luck or Luck()) for target in ordered)
    return tuple(_target(outlook, as_of) for outlook in outlooks if outlook)


def _target(outlook: TargetOutlook, as_of: date) -> TargetFact:
    target, indicator = outlook.target, outlook.indicator
    announcements = tuple(_announcement(item, outlook) for item in outlook.announcements)
    return TargetFact(
        id=target.id,
        title=target.title,
        indicator=indicator.id,
        indicator_title=indicator.title,
        value=outlook.level,
        unit=indicator.unit.base,
        display_unit=str(target.unit),
        announcements=announcements,
        history=tuple(Level.of(p, one) for one in outlook.series for p in one.years),
        parts=tuple(Level.of(p, one) for one in outlook.series for p in one.parts),
        achieved=tuple(growth for one in outlook.series for growth in _achieved(one)),
        stated_growth=tuple(growth for one in outlook.series for growth in _growths(one)),
        fan=tuple(year for one in outlook.series for year in _fan(one, announcements)),
        measures=measure_facts(outlook),
        left_out=left_out_facts(outlook),
        verdict=_verdict(outlook, announcements, as_of),
        method=METHOD,
    )


def _announcement(item: Announcement, outlook: TargetOutlook) -> AnnouncementFact:
    statement = item.statement
    unit = outlook.indicator.unit.base
    return AnnouncementFact(
        side=statement.side,
        announced=statement.announced,
        counted_from=statement.starts,
        repeated=statement.repeated,
        horizon_years=statement.horizon_years,
        by=statement.by,
        deadline=item.deadline,
        assumption=statement.assumption,
        paths=tuple(
            PathFact(
                baseline=Level(
                    side=path.side,
                    period=path.baseline.period,
                    value=path.baseline.value,
                    unit=unit,
                    kind=path.baseline.kind,
                    qualifier=path.baseline.qualifier,
                    method=path.baseline.method,
                    sources=path.baseline.sources,
                ),
                required_growth=path.required_growth,
            )
            for path in item.paths
        ),
        chances=tuple(_chance(chance) for chance in item.chances),
        base_rate=base_rate_fact(item.base_rate, _best_of(item)),
        obstacle=item.obstacle,
        sources=statement.sources or outlook.target.sources,
    )


def _best_of(item: Announcement) -> float | None:
    return max((chance.chance for chance in item.chances), default=None)


def _chance(chance: Chance) -> ChanceFact:
    return ChanceFact(
        side=chance.series.side,
        origin=chance.origin,
        horizon_years=chance.horizon,
        chance=chance.chance,
        median=chance.median,
        low80=chance.low,
        high80=chance.high,
        sources=chance.series.sources,
        with_measures=with_measures(chance),
    )


def _achieved(series: Series) -> Iterator[GrowthFact]:
    """Growth over the last 1, 5 and 10 years where the side has both ends as full years."""
    end = series.last_full
    if end is None:
        return
    for span in PAST_YEARS:
        start = series.of(Period.year(end.year - span))
        if start is None or start.part_months or not (start.value and end.value):
            continue
        yield GrowthFact(
            side=series.side,
            start=Level.of(start, series),
            end=Level.of(end, series),
            yearly=yearly_growth(start.value, end.value, span),
        )


def _growths(series: Series) -> Iterator[StatedGrowth]:
    for figure in series.growths:
        yield StatedGrowth(
            side=series.side,
            period=figure.period,
            growth=float(figure.growth or 0) / 100,
            qualifier=None if figure.value is not None else figure.qualifier,
            sources=figure.sources,
        )


def _fan(series: Series, announcements: tuple[AnnouncementFact, ...]) -> Iterator[FanYear]:
    """The forecast of each year up to the latest announced date."""
    until = max((item.deadline for item in announcements if item.deadline), default=None)
    try:
        walk, last = fit(series)
    except NoAnswer:
        return
    for year in range(last.year, (until or last.year) + 1):
        levels = (
            walk.quantile(FAN, year - last.year) if year > last.year else [walk.start] * len(FAN)
        )
        yield FanYear(side=series.side, year=year, levels=tuple(float(level) for level in levels))


def _verdict(
    outlook: TargetOutlook, announcements: tuple[AnnouncementFact, ...], as_of: date
) -> Verdict:
    """By the best chance that any side's statistics give to any side's date."""
    first = min(item.counted_from.start.year for item in announcements)
    if any(
        point.value >= outlook.level and point.part_months is None and point.year >= first
        for one in outlook.series
        for point in one.years
    ):
        return "reached"
    chances = [
        chance.chance for item in announcements for chance in item.chances if chance.side != BOTH
    ]
    if not chances:
        past = all(item.deadline and item.deadline < as_of.year for item in announcements)
        return "missed" if past else "unknown"
    best = max(chances)
    if best >= ON_TRACK:
        return "on_track"
    return "open" if best >= OFF_TRACK else "off_track"
