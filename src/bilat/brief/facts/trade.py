"""What the two sides' statistics say of the same flows, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bilat.brief.facts.fact import Fact, Level, Said
from bilat.brief.facts.pair import PairFact
from bilat.programme import Indicator, Programme
from bilat.trade import Series, side_series
from bilat.trade.reconciled import METHODS, Reconciled
from bilat.trade.whole import reconcile_ways
from bilat.vocabulary import Period


class ReconciledFact(Fact):
    """Both reports of a year made one flow (FOB), with its 80 % interval, in the base unit.

    exporter_weight: the exporter's share in the value. cif_margin: the cost of the way, a share of
    FOB, that was taken off the importer's figure. both: whether both sides report the year.
    """

    value: float
    low80: float
    high80: float
    exporter_weight: float
    cif_margin: float
    both: bool
    method: Said


class PeriodRow(Fact):
    """One period of one indicator: each side's level, and how far they are apart.

    difference: (larger − smaller) / smaller, a share; None unless both sides have a value.
    reconciled: of full years of a direction that statistics report.
    """

    period: Period
    levels: tuple[Level, ...]
    difference: float | None
    reconciled: ReconciledFact | None = None


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
    """Every indicator that has numbers: trade first, then the others.

    pair: what a warehouse adds; None without one.
    """

    flows: tuple[FlowFact, ...]
    pair: PairFact | None = None


def trade_facts(programme: Programme, as_of: date, pair: PairFact | None = None) -> TradeFact:
    """Observed and stated numbers of every visible indicator, both sides beside each other."""
    series = {
        indicator.id: [side_series(programme, indicator, side, as_of) for side in programme.sides]
        for indicator in programme.indicators
    }
    flows = reconcile_ways(programme, series)
    made = (_flow(item, series[item.id], flows.get(item.id, {})) for item in programme.indicators)
    found = [flow for flow in made if flow.rows]
    return TradeFact(flows=tuple(sorted(found, key=lambda flow: _rank(flow.measures))), pair=pair)


def _rank(measures: str) -> int:
    return ("turnover", "exports").index(measures) if measures in ("turnover", "exports") else 2


def _flow(
    indicator: Indicator, series: list[Series], reconciled: Mapping[Period, Reconciled]
) -> FlowFact:
    return FlowFact(
        indicator=indicator.id,
        title=indicator.title,
        measures=indicator.measures,
        exporter=indicator.exporter,
        unit=indicator.unit.base,
        display_unit=str(indicator.unit),
        rows=tuple(_rows(series, reconciled)),
    )


def _rows(series: list[Series], reconciled: Mapping[Period, Reconciled]) -> Iterator[PeriodRow]:
    periods = {p.period for one in series for p in (*one.years, *one.parts) if not p.part_months}
    for period in sorted(periods, key=lambda p: (p.end, p.start), reverse=True):
        points = [(one, one.of(period)) for one in series]
        levels = tuple(
            Level.of(point, one) for one, point in points if point and not point.part_months
        )
        yield PeriodRow(
            period=period,
            levels=levels,
            difference=difference(levels),
            reconciled=_as_fact(reconciled.get(period)),
        )


def _as_fact(item: Reconciled | None) -> ReconciledFact | None:
    if item is None:
        return None
    return ReconciledFact(
        value=item.value,
        low80=item.low,
        high80=item.high,
        exporter_weight=item.weight,
        cif_margin=item.margin,
        both=item.exported is not None and item.imported is not None,
        method=METHODS[item.method],
    )


def difference(levels: tuple[Level, ...]) -> float | None:
    """How far two levels are apart, against the smaller; None unless there are two above zero."""
    if len(levels) != 2 or min(level.value for level in levels) <= 0:
        return None
    low, high = sorted(float(level.value) for level in levels)
    return (high - low) / low
