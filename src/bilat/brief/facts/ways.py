"""Each direction by period: what exporter and importer report, why they may differ, what was said.

Statistics and statements stay apart here: a figure that somebody stated stands in no column of
statistics, and nothing that was worked out of one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from bilat.brief.facts.fact import Fact, Level, Said
from bilat.brief.facts.growth import mirror_rows
from bilat.brief.facts.stated import StatedFact
from bilat.brief.facts.trade import FlowFact, PeriodRow, ReconciledFact, TradeFact
from bilat.trade import Reason
from bilat.vocabulary import Period


class WayRow(Fact):
    """One period. first, second: the exporter's and the importer's report; of a turnover those of
    the two parties.

    difference: second less first, base unit. gap: the same as a share of the first. reason: of the
    rules for both reports of a direction. stated: what people said of the period.
    """

    period: Period
    first: Level | None
    second: Level | None
    difference: Decimal | None
    gap: float | None
    reason: Reason | None
    reconciled: ReconciledFact | None
    stated: tuple[StatedFact, ...]


class TradeWay(Fact):
    """One indicator of trade, the newest period first. reporters: of the two columns."""

    indicator: str
    title: Said
    measures: str
    exporter: str | None
    reporters: tuple[str, str]
    display_unit: str
    rows: tuple[WayRow, ...]

    def of(self, period: Period) -> WayRow | None:
        return next((row for row in self.rows if row.period == period), None)


def trade_ways(
    trade: TradeFact, sides: tuple[str, str], stated: Sequence[StatedFact]
) -> tuple[TradeWay, ...]:
    """Directions first, then the turnover. A period that was only spoken of has a row too."""
    flows = [flow for flow in trade.flows if flow.measures in ("exports", "turnover")]
    ways = (_way(flow, sides, stated) for flow in flows)
    return tuple(sorted(ways, key=lambda way: way.measures == "turnover"))


def _way(flow: FlowFact, sides: tuple[str, str], stated: Sequence[StatedFact]) -> TradeWay:
    first = flow.exporter or sides[0]
    reporters = first, next(side for side in sides if side != first)
    observed = _observed(flow)
    reasons = {
        item.period: item.reason for item in mirror_rows(TradeFact(flows=(observed,)))
    }  # of the statistics alone
    said = [item for item in stated if item.indicator == flow.indicator]
    rows = {row.period: row for row in observed.rows}
    periods = {period for period, row in rows.items() if row.levels or row.reconciled}
    periods |= {item.period for item in said}
    return TradeWay(
        indicator=flow.indicator,
        title=flow.title,
        measures=flow.measures,
        exporter=flow.exporter,
        reporters=reporters,
        display_unit=flow.display_unit,
        rows=tuple(
            _row(period, rows.get(period), reporters, reasons.get(period), said)
            for period in sorted(periods, key=lambda one: (one.end, one.start), reverse=True)
        ),
    )


def _observed(flow: FlowFact) -> FlowFact:
    rows = (
        row.model_copy(
            update={"levels": tuple(one for one in row.levels if one.kind == "observed")}
        )
        for row in flow.rows
    )
    return flow.model_copy(update={"rows": tuple(rows)})


def _row(
    period: Period,
    row: PeriodRow | None,
    reporters: tuple[str, str],
    reason: str | None,
    said: Iterable[StatedFact],
) -> WayRow:
    levels = {level.side: level for level in row.levels} if row else {}
    first, second = (levels.get(side) for side in reporters)
    both = first is not None and second is not None
    difference = second.value - first.value if first and second else None
    return WayRow(
        period=period,
        first=first,
        second=second,
        difference=difference,
        gap=float(difference / first.value)
        if both and difference is not None and first and first.value
        else None,
        reason=reason,
        reconciled=row.reconciled if row else None,
        stated=tuple(item for item in said if item.period == period),
    )


def years_of(ways: Iterable[TradeWay]) -> tuple[int, ...]:
    """Calendar years that have a row, the newest first."""
    return tuple(sorted(set(_years(ways)), reverse=True))


def _years(ways: Iterable[TradeWay]) -> Iterator[int]:
    for way in ways:
        yield from (row.period.end.year for row in way.rows)
