"""What a side announced: the year that it means, and the growth that it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from bilat.errors import NoAnswer
from bilat.outlook.growth import yearly_growth
from bilat.outlook.target import Path
from bilat.programme import Indicator, Programme, Source
from bilat.programme.numbers import Baseline, TargetStatement
from bilat.trade import Point, Series
from bilat.vocabulary import Period


def as_known(programme: Programme, item: TargetStatement, as_of: date) -> TargetStatement:
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


def paths(
    statement: TargetStatement,
    level: Decimal,
    indicator: Indicator,
    series: Sequence[Series],
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
    statement: TargetStatement, indicator: Indicator, series: Sequence[Series]
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
