"""Each side's date of a target against each side's statistics: what it takes, how likely it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import sqrt

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.outlook.growth import yearly_growth
from bilat.outlook.random_walk import Forecast, forecast
from bilat.programme import Indicator, Programme, Source, Target
from bilat.programme.numbers import Baseline, TargetStatement
from bilat.trade.series import Point, Series, side_series
from bilat.vocabulary import Period

PART_YEAR_ERROR = 0.15
"""Log standard deviation added when six months are stretched to a year (a judgement: seasons and
single large deliveries); it falls with the square root of the months that are missing."""


@dataclass(frozen=True)
class Path:
    """What one announcement asks for, from one starting level."""

    baseline: Point
    side: str
    required_growth: float | None
    """A share a year; None when the date is not after the baseline."""


@dataclass(frozen=True)
class Chance:
    """The chance that one announcement comes true by one side's statistics."""

    series: Series
    forecast: Forecast
    origin: int
    """The year that the forecast starts from."""
    horizon: int
    chance: float
    median: float
    low: float
    high: float
    """low, high: the 80 % interval at the target date, in the base unit."""


@dataclass(frozen=True)
class Announcement:
    """One side's date for the target, with what it asks for and how likely it is."""

    statement: TargetStatement
    deadline: int | None
    """The year; None when the statement names neither date nor horizon."""
    paths: tuple[Path, ...]
    chances: tuple[Chance, ...]
    obstacle: Message | None = None
    """Why there is no chance to give."""


@dataclass(frozen=True)
class TargetOutlook:
    """A target with its announcements and the series of both sides."""

    target: Target
    indicator: Indicator
    level: Decimal
    """The target in the base unit of its indicator."""
    announcements: tuple[Announcement, ...]
    series: tuple[Series, Series]


def target_outlook(programme: Programme, target: Target, as_of: date) -> TargetOutlook | None:
    """Every announced date against every side's series.

    None while nobody has announced the target, or where its indicator is not visible.
    """
    indicator = programme.find(Indicator, target.indicator)
    known = [
        _as_known(programme, item, as_of)
        for item in target.statements
        if item.announced.start <= as_of
    ]
    if indicator is None or not known:
        return None
    first, second = (side_series(programme, indicator, side, as_of) for side in programme.sides)
    level = target.unit.to_base(target.value)
    announcements = tuple(
        _announcement(item, level, indicator, (first, second), as_of) for item in known
    )
    return TargetOutlook(target, indicator, level, announcements, (first, second))


def _as_known(programme: Programme, item: TargetStatement, as_of: date) -> TargetStatement:
    """The announcement without what was said of it only later."""
    baseline = item.baseline
    if baseline and not _was_out(programme, baseline, as_of):
        baseline = None
    repeated = tuple(when for when in item.repeated if when.start <= as_of)
    return item.model_copy(update={"baseline": baseline, "repeated": repeated})


def _was_out(programme: Programme, baseline: Baseline, as_of: date) -> bool:
    """Its period had ended, and one of its sources (if they are dated) was published."""
    sources = [programme.find(Source, source) for source in baseline.sources]
    dates = [source.published.start for source in sources if source and source.published]
    return baseline.period.end <= as_of and (not dates or min(dates) <= as_of)


def deadline(statement: TargetStatement) -> int | None:
    """The calendar year that the statement means: as said, or its start plus its horizon."""
    if statement.by:
        return statement.by.end.year
    if statement.horizon_years:
        return statement.starts.start.year + statement.horizon_years
    return None


def fit(series: Series) -> tuple[Forecast, Point]:
    """The forecast from a side's series, and the point that it starts from. Raises NoAnswer."""
    last = series.last
    if last is None:
        raise NoAnswer(say("{side} has no yearly value of this indicator", side=series.side))
    missing = 12 - last.part_months if last.part_months else 0
    error = PART_YEAR_ERROR * sqrt(missing / 6)
    years = [point.year for point in series.years]
    levels = [float(point.value) for point in series.years]
    return forecast(years, levels, start_error=error), last


def _announcement(
    statement: TargetStatement,
    level: Decimal,
    indicator: Indicator,
    series: tuple[Series, Series],
    as_of: date,
) -> Announcement:
    year = deadline(statement)
    if year is None:
        return Announcement(statement, None, (), (), say("no date was announced"))
    paths = tuple(_paths(statement, level, indicator, series, year))
    if year < as_of.year:
        return Announcement(statement, year, paths, (), say("the date is past"))
    chances = tuple(_chances(series, level, year))
    obstacle = None if chances else say("no side has a yearly series to forecast from")
    return Announcement(statement, year, paths, chances, obstacle)


def _paths(
    statement: TargetStatement,
    level: Decimal,
    indicator: Indicator,
    series: tuple[Series, Series],
    year: int,
) -> Iterator[Path]:
    """From the baseline that was stated, and from each side's level of the announcement's year."""
    for side, baseline in _baselines(statement, indicator, series):
        try:
            needed = yearly_growth(baseline.value, level, year - baseline.year)
        except NoAnswer:
            needed = None
        yield Path(baseline, side, needed)


def _baselines(
    statement: TargetStatement, indicator: Indicator, series: tuple[Series, Series]
) -> Iterator[tuple[str, Point]]:
    year = statement.starts.start.year
    if statement.baseline:
        base = statement.baseline
        value = (base.unit or indicator.unit).to_base(base.value)
        year = base.period.start.year
        yield statement.side, Point(base.period, value, "stated", base.sources)
    for one in series:
        if statement.baseline and one.side == statement.side:
            continue
        point = one.of(Period.year(year)) or _latest_before(one, year)
        if point:
            yield one.side, point


def _latest_before(series: Series, year: int) -> Point | None:
    return next((point for point in reversed(series.years) if point.year < year), None)


def _chances(series: tuple[Series, Series], level: Decimal, year: int) -> Iterator[Chance]:
    for one in series:
        try:
            walk, last = fit(one)
        except NoAnswer:
            continue
        horizon = year - last.year
        if horizon <= 0:
            continue
        low, median, high = walk.quantile((0.1, 0.5, 0.9), horizon)
        yield Chance(
            one,
            walk,
            last.year,
            horizon,
            walk.chance_of(float(level), horizon),
            float(median),
            float(low),
            float(high),
        )
