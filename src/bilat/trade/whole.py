"""Both sides' reports made one: of each direction by year, and of the turnover as a series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import log

from bilat.language import say
from bilat.programme import Indicator, Programme
from bilat.trade.point import Point
from bilat.trade.reconciled import Reconciled, Years, reconcile_years
from bilat.trade.series import Series, side_series
from bilat.vocabulary import Period

BOTH = "both"
"""Stands where a series names its side."""
_Z_80 = 1.2815515655446004
_SUM = say("both reports of each direction made one flow (FOB)")


def reconcile_ways(
    programme: Programme, series: Mapping[str, Sequence[Series]]
) -> dict[str, dict[Period, Reconciled]]:
    """Indicator → year → one flow, for the exports of each side to the other as a whole.

    series: of both sides, by the id of their indicator.
    """
    ways = _ways(programme)
    reports = {
        exporter: _reports(series[item.id], exporter)
        for exporter, item in ways.items()
        if item.id in series
    }
    found: dict[str, dict[Period, Reconciled]] = {}
    for one in reconcile_years(reports, programme.sides):
        found.setdefault(ways[one.exporter].id, {})[Period.year(one.year)] = one
    return found


def _ways(programme: Programme) -> dict[str, Indicator]:
    return {
        item.exporter: item
        for item in programme.indicators
        if item.measures == "exports" and not item.sector and item.exporter
    }


def _reports(series: Sequence[Series], exporter: str) -> tuple[Years, Years]:
    """What exporter and importer have in their statistics; what was stated or derived is not in."""
    first, second = (
        {p.year: float(p.value) for p in one.years if p.kind == "observed"}
        for one in sorted(series, key=lambda one: one.side != exporter)
    )
    return first, second


def reconciled_series(programme: Programme, indicator: Indicator, as_of: date) -> Series | None:
    """The indicator by both sides' statistics made one, in its base unit, FOB.

    For exports of a side as a whole, and for a turnover both of whose directions are followed in
    its currency. None where no year is reported by both sides: then there is nothing to make one.
    """
    ways = [way for way in _ways(programme).values() if _belongs(way, indicator)]
    if len(ways) != (2 if indicator.measures == "turnover" else 1):
        return None
    series = {
        way.id: [side_series(programme, way, side, as_of) for side in programme.sides]
        for way in _ways(programme).values()
    }
    found = reconcile_ways(programme, series)
    flows = [found.get(way.id, {}) for way in ways]
    if not any(one.exported and one.imported for flow in flows for one in flow.values()):
        return None
    sources = tuple(
        dict.fromkeys(source for way in ways for one in series[way.id] for source in one.sources)
    )
    points = tuple(_points(flows, sources))
    return Series(indicator, BOTH, points, (), ()) if points else None


def _belongs(way: Indicator, indicator: Indicator) -> bool:
    if indicator.measures == "turnover":
        return not indicator.sector and way.unit.base == indicator.unit.base
    return way.id == indicator.id


def _points(
    flows: Sequence[Mapping[Period, Reconciled]], sources: tuple[str, ...]
) -> Iterator[Point]:
    for period in sorted(set.intersection(*(set(flow) for flow in flows))):
        parts = [flow[period] for flow in flows]
        value = sum(part.value for part in parts)
        if value <= 0:
            continue
        spread = sum((part.value * _log_error(part)) ** 2 for part in parts) ** 0.5
        yield Point(
            period,
            Decimal(str(round(value, 2))),
            "derived",
            sources,
            _SUM,
            error=spread / value,
        )


def _log_error(part: Reconciled) -> float:
    return (log(part.high) - log(part.low)) / (2 * _Z_80)
