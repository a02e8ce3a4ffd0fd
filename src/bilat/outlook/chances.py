"""Each side's date of a target against each side's statistics: what it takes, how likely it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from math import hypot, sqrt

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.announced import AnnouncedTarget, BaseRate, base_rate, read_announced
from bilat.outlook.announcements import as_known, deadline, paths
from bilat.outlook.history import LearnedForecast, forecast_series
from bilat.outlook.history.months import part_year_error
from bilat.outlook.measures import Measure, measures_of
from bilat.outlook.sensitivity import Swing, swings
from bilat.outlook.simulation import Simulated, simulate
from bilat.outlook.target import (
    Announcement,
    Chance,
    Floats,
    Forecast,
    Luck,
    Path,
    TargetOutlook,
)
from bilat.programme import Indicator, Programme, Target
from bilat.programme.numbers import TargetStatement
from bilat.trade import BOTH, Point, Series, reconciled_series, side_series

PART_YEAR_ERROR = 0.15
"""Log standard deviation of a year that was stretched from six months, where no full year is known
(a judgement); it falls with the square root of the months that are missing."""


def target_outlook(
    programme: Programme, target: Target, as_of: date, luck: Luck | None = None
) -> TargetOutlook | None:
    """Every announced date against every series, alone and with the measures of the programme.

    luck: without it nothing is simulated. None while nobody has announced the target, or where its
    indicator is not visible.
    """
    indicator = programme.find(Indicator, target.indicator)
    known = [
        as_known(programme, item, as_of)
        for item in target.statements
        if item.announced.start <= as_of
    ]
    if indicator is None or not known:
        return None
    series = _series(programme, indicator, as_of)
    level = target.unit.to_base(target.value)
    announcements = tuple(_announcement(item, level, indicator, series, as_of) for item in known)
    measures, left_out = measures_of(programme, indicator, as_of)
    if luck and measures:
        simulations = _Simulations(measures, float(level), luck)
        announcements = tuple(simulations.added(item) for item in announcements)
    return TargetOutlook(target, indicator, level, announcements, series, measures, left_out)


def _series(programme: Programme, indicator: Indicator, as_of: date) -> tuple[Series, ...]:
    """Of both sides, then their statistics made one where that can be done."""
    sides = [side_series(programme, indicator, side, as_of) for side in programme.sides]
    both = reconciled_series(programme, indicator, as_of)
    return (*sides, both) if both else tuple(sides)


def fit(series: Series) -> tuple[Forecast, Point]:
    """The forecast from a series, and the point that it starts from. Raises NoAnswer."""
    last = series.last
    if last is None:
        raise NoAnswer(say("{side} has no yearly value of this indicator", side=series.side))
    return _ahead(series, series.years, hypot(_part_error(series, last), last.error)), last


def _ahead(series: Series, points: Sequence[Point], error: float) -> LearnedForecast:
    return forecast_series(
        [point.year for point in points],
        [float(point.value) for point in points],
        start_error=error,
        in_dollars=series.indicator.unit.base == "USD",
    )


def _part_error(series: Series, last: Point) -> float:
    """Of a year that was made from a part of it: what is not known of a whole year, less what the
    part has settled."""
    if not last.part_months:
        return 0.0
    before = [point for point in series.years if point.part_months is None]
    if before and before[-1].value > 0:
        return part_year_error(_ahead(series, before, 0.0), last.part_months)
    return PART_YEAR_ERROR * sqrt((12 - last.part_months) / 6)


def _announcement(
    statement: TargetStatement,
    level: Decimal,
    indicator: Indicator,
    series: Sequence[Series],
    as_of: date,
) -> Announcement:
    year = deadline(statement)
    if year is None:
        return Announcement(statement, None, (), (), obstacle=say("no date was announced"))
    own = [one for one in series if one.side != BOTH]
    ways = tuple(paths(statement, level, indicator, own, year))
    rate = _base_rate(statement, ways, level, indicator, year, as_of)
    if year < as_of.year:
        return Announcement(statement, year, ways, (), rate, say("the date is past"))
    chances = tuple(_chances(series, level, year))
    obstacle = None if chances else say("no side has a yearly series to forecast from")
    return Announcement(statement, year, ways, chances, rate, obstacle)


def _chances(series: Sequence[Series], level: Decimal, year: int) -> Iterator[Chance]:
    for one in series:
        try:
            ahead, last = fit(one)
        except NoAnswer:
            continue
        horizon = year - last.year
        if horizon <= 0:
            continue
        low, median, high = ahead.quantile((0.1, 0.5, 0.9), horizon)
        yield Chance(
            one,
            ahead,
            last.year,
            horizon,
            ahead.chance_of(float(level), horizon),
            float(median),
            float(low),
            float(high),
        )


@cache
def _announced() -> tuple[AnnouncedTarget, ...]:
    targets, _problems = read_announced()
    return targets


def _base_rate(
    statement: TargetStatement,
    ways: Sequence[Path],
    level: Decimal,
    indicator: Indicator,
    year: int,
    as_of: date,
) -> BaseRate | None:
    """Only trade in dollars is like the announced targets of other countries."""
    growth = next((way.required_growth for way in ways if way.required_growth is not None), None)
    if growth is None or indicator.measures != "turnover" or indicator.unit.base != "USD":
        return None
    try:
        return base_rate(
            _announced(),
            required_growth=growth,
            horizon=float(year - statement.starts.start.year),
            level=float(level),
            as_of=as_of,
        )
    except NoAnswer:
        return None


class _Simulations:
    """With the measures, by series and date: two sides may name the same date."""

    def __init__(self, measures: Sequence[Measure], level: float, luck: Luck) -> None:
        self.measures, self.level, self.luck = measures, level, luck
        self.done: dict[tuple[str, int], Simulated] = {}

    def added(self, item: Announcement) -> Announcement:
        return replace(item, chances=tuple(self._added(one) for one in item.chances))

    def _added(self, chance: Chance) -> Chance:
        key = (chance.series.side, chance.horizon)
        if key not in self.done:
            rng = self.luck.rng()
            baseline, edges = baseline_of(chance, self.luck.draws_of(len(self.measures)), rng)
            self.done[key] = simulate(
                baseline,
                edges,
                self.level,
                self.measures,
                rng=rng,
                assumptions=self.luck.assumptions,
            )
        return replace(chance, simulated=self.done[key])


def baseline_of(chance: Chance, draws: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draws of the forecast, and the calendar years that they are of: the last is the date."""
    baseline = chance.forecast.paths(rng, draws, range(1, chance.horizon + 1))
    first = chance.origin + 1
    return baseline, np.arange(first, first + chance.horizon + 1, dtype=float)


def sensitivity(
    chance: Chance, measures: Sequence[Measure], level: float, luck: Luck
) -> tuple[Swing, ...]:
    """What moves the chance of one date by one series, the most important first."""
    baseline, edges = baseline_of(chance, luck.draws_of(len(measures)), luck.rng())
    return swings(baseline, edges, level, measures, rng=luck.rng(), assumptions=luck.assumptions)
