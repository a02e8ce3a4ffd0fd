"""One side's yearly series of an indicator, from its statistics and from what it stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bilat.language import say
from bilat.programme import Figure, Indicator, Observation, Programme
from bilat.trade.part_years import added_up, extrapolated
from bilat.trade.point import Point
from bilat.vocabulary import Period

FLOWS = ("turnover", "exports")
"""Measures whose months add up to a year."""


@dataclass(frozen=True)
class Series:
    """What one side says of one indicator, known on a day.

    years: full years, one point each, in order; the last may be made from a part of the year.
    parts: what was stated or observed for less than a year. growths: stated growth, per cent.
    """

    indicator: Indicator
    side: str
    years: tuple[Point, ...]
    parts: tuple[Point, ...]
    growths: tuple[Figure, ...]

    def of(self, period: Period) -> Point | None:
        """The point of exactly this period."""
        return next((p for p in (*self.years, *self.parts) if p.period == period), None)

    @property
    def sources(self) -> tuple[str, ...]:
        """Everything that the yearly values rest on."""
        return tuple(dict.fromkeys(source for point in self.years for source in point.sources))

    @property
    def last(self) -> Point | None:
        return self.years[-1] if self.years else None

    @property
    def last_full(self) -> Point | None:
        """The last year that was not made from a part."""
        return next((p for p in reversed(self.years) if p.part_months is None), None)


def side_series(programme: Programme, indicator: Indicator, side: str, as_of: date) -> Series:
    """The series of ``indicator`` as ``side`` has it on ``as_of``.

    A year takes, in this order: the side's statistics (turnover is the sum of both directions where
    both are reported), the figure it stated last, a figure derived from its stated growth or
    multiple, the sum of its months (of trade; a number of students is no sum), a year extrapolated
    from its longest part. Every step is named in the point's method.
    """
    known = {
        **_stated(programme, indicator, side, as_of),
        **_observed(programme, indicator, side, as_of),
    }
    known |= _derived(programme, indicator, side, as_of, known)
    parts = {period: point for period, point in known.items() if not period.is_year}
    years = {period: point for period, point in known.items() if period.is_year}
    if indicator.measures in FLOWS:
        single = {period: point for period, point in parts.items() if period.months == 1}
        for point in added_up(single):
            (years if point.period.is_year else parts).setdefault(point.period, point)
    for point in extrapolated(parts, years):
        years.setdefault(point.period, point)
    growths = tuple(
        figure
        for figure in _figures(programme, indicator, side, as_of)
        if figure.growth is not None
    )
    return Series(indicator, side, _in_order(years.values()), _in_order(parts.values()), growths)


def _in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=lambda point: point.period))


def _observed(
    programme: Programme, indicator: Indicator, side: str, as_of: date
) -> dict[Period, Point]:
    direct = observed_points(programme, indicator, side, as_of)
    if indicator.measures != "turnover":
        return direct
    whole = [
        way
        for way in programme.indicators
        if way.measures == "exports" and not way.sector and way.unit.base == indicator.unit.base
    ]
    if {way.exporter for way in whole} != set(programme.sides) or len(whole) != 2:
        return direct
    first, second = (observed_points(programme, way, side, as_of) for way in whole)
    both = {period: _sum(first[period], second[period]) for period in first.keys() & second.keys()}
    return {**both, **direct}


def _sum(first: Point, second: Point) -> Point:
    return replace(
        first,
        value=first.value + second.value,
        sources=tuple(dict.fromkeys(first.sources + second.sources)),
        method=say("sum of both directions"),
    )


def observed_points(
    programme: Programme, indicator: Indicator, side: str, as_of: date
) -> dict[Period, Point]:
    """The latest vintage of each period that was out by ``as_of``."""
    latest: dict[Period, Observation] = {}
    for item in programme.observations:
        if item.indicator != indicator.id or item.reporter != side or _out(item) > as_of:
            continue
        before = latest.get(item.period)
        if before is None or _out(before) <= _out(item):
            latest[item.period] = item
    return {
        period: Point(period, item.unit.to_base(item.value), "observed", item.sources)
        for period, item in latest.items()
    }


def _out(item: Observation) -> date:
    """When the value was known; without a vintage, the end of its period is the earliest day."""
    return item.vintage or item.period.end


def _figures(
    programme: Programme, indicator: Indicator, side: str, as_of: date
) -> Iterator[Figure]:
    for figure in sorted(programme.figures, key=lambda figure: figure.stated.start):
        if (figure.indicator, figure.side) == (indicator.id, side) and figure.stated.start <= as_of:
            yield figure


def _stated(
    programme: Programme, indicator: Indicator, side: str, as_of: date
) -> dict[Period, Point]:
    return {
        figure.period: Point(
            figure.period,
            (figure.unit or indicator.unit).to_base(figure.value),
            "stated",
            figure.sources,
            qualifier=figure.qualifier,
        )
        for figure in _figures(programme, indicator, side, as_of)
        if figure.value is not None
    }


def _derived(
    programme: Programme,
    indicator: Indicator,
    side: str,
    as_of: date,
    known: Mapping[Period, Point],
) -> dict[Period, Point]:
    """Levels that follow from “1.5 times 2021” or “up 14.1 %” and a level that is known."""
    found: dict[Period, Point] = {}
    for figure in _figures(programme, indicator, side, as_of):
        if figure.period in known:
            continue
        base = known.get(figure.of or figure.period.year_before)
        factor = figure.multiple or (figure.growth is not None and 1 + figure.growth / 100)
        if base and factor:
            found[figure.period] = Point(
                figure.period,
                base.value * factor,
                "derived",
                tuple(dict.fromkeys(figure.sources + base.sources)),
                say("{factor} times {base}", factor=factor, base=base.period),
                figure.qualifier,
            )
    return found
