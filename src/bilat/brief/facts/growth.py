"""Growth of every indicator by side, each period against the same period of the year before."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.facts.fact import Fact, Level, Said
from bilat.brief.facts.trade import FlowFact, TradeFact
from bilat.trade import Mirrored, likely_reason
from bilat.vocabulary import Period


class GrowthRow(Fact):
    """One side's level of one period, and how it changed over the year; growth is a share."""

    indicator: str
    title: Said
    display_unit: str
    level: Level
    before: Level | None
    growth: float | None


class MirrorRow(Fact):
    """One direction in one period as exporter and importer report it, with the likely reason."""

    indicator: str
    title: Said
    display_unit: str
    period: Period
    exported: Level
    imported: Level
    gap: float
    """Importer over exporter, less one: a share."""
    reason: str


def growth_rows(trade: TradeFact) -> tuple[GrowthRow, ...]:
    """Full years and parts of years, the newest first."""
    return tuple(row for flow in trade.flows for row in _growths(flow))


def _growths(flow: FlowFact) -> Iterator[GrowthRow]:
    levels = {(level.side, row.period): level for row in flow.rows for level in row.levels}
    for row in flow.rows:
        for level in row.levels:
            before = levels.get((level.side, row.period.year_before))
            yield GrowthRow(
                indicator=flow.indicator,
                title=flow.title,
                display_unit=flow.display_unit,
                level=level,
                before=before,
                growth=_change(before, level),
            )


def _change(before: Level | None, level: Level) -> float | None:
    if before is None or before.value <= 0:
        return None
    return float(level.value / before.value) - 1


def mirror_rows(trade: TradeFact) -> tuple[MirrorRow, ...]:
    """Every period of a direction that both sides report."""
    return tuple(row for flow in trade.flows if flow.exporter for row in _mirrors(flow))


def _mirrors(flow: FlowFact) -> Iterator[MirrorRow]:
    before = {row.period: row.levels for row in flow.rows}
    after = {row.period.year_before: row.levels for row in flow.rows}
    for row in flow.rows:
        if len(row.levels) != 2 or min(level.value for level in row.levels) <= 0:
            continue
        exported = next(level for level in row.levels if level.side == flow.exporter)
        imported = next(level for level in row.levels if level.side != flow.exporter)
        near = before.get(row.period.year_before, ()) + after.get(row.period, ())
        yield MirrorRow(
            indicator=flow.indicator,
            title=flow.title,
            display_unit=flow.display_unit,
            period=row.period,
            exported=exported,
            imported=imported,
            gap=float(imported.value / exported.value) - 1,
            reason=likely_reason(
                Mirrored(
                    float(exported.value),
                    float(imported.value),
                    exported_around=_of(near, exported.side),
                    imported_around=_of(near, imported.side),
                )
            ),
        )


def _of(levels: tuple[Level, ...], side: str) -> float:
    return float(sum(level.value for level in levels if level.side == side))
