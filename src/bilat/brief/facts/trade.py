"""What the two sides' statistics say of the same flows, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bilat.brief.facts.fact import Fact, Level, Said
from bilat.programme import Indicator, Programme
from bilat.trade import Series, side_series
from bilat.vocabulary import Period


class PeriodRow(Fact):
    """One period of one indicator: each side's level, and how far they are apart.

    difference: (larger − smaller) / smaller, a share; None unless both sides have a value.
    """

    period: Period
    levels: tuple[Level, ...]
    difference: float | None


class FlowFact(Fact):
    """One indicator over time, the newest period first."""

    indicator: str
    title: Said
    measures: str
    exporter: str | None
    unit: str
    display_unit: str
    rows: tuple[PeriodRow, ...]


class TradeFact(Fact):
    """Every indicator that has numbers: trade first, then the others."""

    flows: tuple[FlowFact, ...]


def trade_facts(programme: Programme, as_of: date) -> TradeFact:
    """Observed and stated numbers of every visible indicator, both sides beside each other."""
    flows = (_flow(programme, indicator, as_of) for indicator in programme.indicators)
    found = [flow for flow in flows if flow.rows]
    return TradeFact(flows=tuple(sorted(found, key=lambda flow: _rank(flow.measures))))


def _rank(measures: str) -> int:
    return ("turnover", "exports").index(measures) if measures in ("turnover", "exports") else 2


def _flow(programme: Programme, indicator: Indicator, as_of: date) -> FlowFact:
    series = [side_series(programme, indicator, side, as_of) for side in programme.sides]
    return FlowFact(
        indicator=indicator.id,
        title=indicator.title,
        measures=indicator.measures,
        exporter=indicator.exporter,
        unit=indicator.unit.base,
        display_unit=str(indicator.unit),
        rows=tuple(_rows(series)),
    )


def _rows(series: list[Series]) -> Iterator[PeriodRow]:
    periods = {p.period for one in series for p in (*one.years, *one.parts) if not p.part_months}
    for period in sorted(periods, key=lambda p: (p.end, p.start), reverse=True):
        points = [(one, one.of(period)) for one in series]
        levels = tuple(
            Level.of(point, one) for one, point in points if point and not point.part_months
        )
        yield PeriodRow(period=period, levels=levels, difference=difference(levels))


def difference(levels: tuple[Level, ...]) -> float | None:
    """How far two levels are apart, against the smaller; None unless there are two above zero."""
    if len(levels) != 2 or min(level.value for level in levels) <= 0:
        return None
    low, high = sorted(float(level.value) for level in levels)
    return (high - low) / low
