"""Both reports of a direction: made one flow over the years, and product by product."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilat.brief.facts.fact import Level
from bilat.brief.facts.pair import PairFact
from bilat.brief.facts.trade import FlowFact, PeriodRow, ReconciledFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Table,
    Year,
    row,
)
from bilat.brief.story.products import product_name, thousands, way
from bilat.brief.trade_day import TradeTold
from bilat.language import Message, say
from bilat.trade import REASONS
from bilat.trade.gaps import Gaps, ProductGap
from bilat.vocabulary import Unit

PRINTED = 25


def reconciled_section(brief: TradeTold) -> Section:
    """Each direction by year: both reports, the flow that they make, and how."""
    found = [(flow, [item for item in flow.rows if item.reconciled]) for flow in brief.trade.flows]
    tables = tuple(_reconciled(flow, rows) for flow, rows in found if rows)
    none: Block = Paragraph(say("No statistics of a full year are here to reconcile."))
    return Section("reconciled", say("One flow of both reports"), tables or (none,))


def _reconciled(flow: FlowFact, rows: Sequence[PeriodRow]) -> Table:
    return Table(
        f"reconciled-{flow.exporter}",
        say(
            "{title}, {unit}: one flow (FOB) of both reports, with its 80% interval",
            title=flow.title,
            unit=Unit.parse(flow.display_unit),
        ),
        (
            Column(say("Year"), numeric=True),
            Column(say("Exporter"), numeric=True),
            Column(say("Importer"), numeric=True),
            Column(say("One flow"), numeric=True),
            Column(say("80% from"), numeric=True),
            Column(say("80% to"), numeric=True),
            Column(say("Weight"), numeric=True),
            Column(say("Freight"), numeric=True),
            Column(say("Method"), wide=True),
        ),
        tuple(_reconciled_row(flow, item, item.reconciled) for item in rows if item.reconciled),
        notes=(
            say(
                "The small-sample version of the mirror: with one pair of countries nobody can "
                "tell which side is right, so both are believed alike. Both reports stay beside it."
            ),
            say(
                "Weight: the exporter’s share in the value, the importer has the rest. Freight: "
                "taken off the importer’s figure, as a share of FOB."
            ),
        ),
        sheet=say("One flow {exporter}", exporter=flow.exporter),
        essential=True,
        shown=PRINTED,
    )


def _reconciled_row(flow: FlowFact, item: PeriodRow, one: ReconciledFact) -> tuple[Cell, ...]:
    scale = Unit.parse(flow.display_unit).scale
    by_side = {level.side: level for level in item.levels if level.kind == "observed"}
    exported = by_side.pop(flow.exporter or "", None)
    imported = next(iter(by_side.values()), None)
    return row(
        Year(item.period.start.year),
        _level(exported, flow),
        _level(imported, flow),
        *(Number(value / scale, 1) for value in (one.value, one.low80, one.high80)),
        Percent(one.exporter_weight),
        Percent(one.cif_margin, 1),
        one.method,
    )


def _level(level: Level | None, flow: FlowFact) -> Cell:
    if level is None:
        return Cell()
    return Cell(Number(level.in_unit(flow.display_unit).scaled, 1), level.sources)


def gaps_section(brief: TradeTold, pair: PairFact) -> Section:
    """Product by product, the widest gap first, with a likely reason."""
    blocks = list(_blocks(brief, pair))
    none: Block = Paragraph(
        say("No direction is told by product by both sides for the same full year.")
    )
    return Section("gaps", say("Both reports by product"), tuple(blocks) or (none,))


def _blocks(brief: TradeTold, pair: PairFact) -> Iterator[Block]:
    for gaps in pair.gaps:
        if any(line.gap for line in gaps.lines):
            yield _chart(brief, gaps)
        yield gaps_table(brief, pair, gaps)


def _chart(brief: TradeTold, gaps: Gaps) -> Chart:
    return Chart(
        "gaps",
        say(
            "{way}, {year}: the products in which the two reports are furthest apart",
            way=way(brief, gaps.exporter, gaps.importer),
            year=str(gaps.year),
        ),
        gaps.exporter,
    )


def gaps_table(brief: TradeTold, pair: PairFact, gaps: Gaps) -> Table:
    named = any(pair.name(line.code) for line in gaps.lines)
    columns = [Column(say("Code"))]
    if named:
        columns.append(Column(say("Product"), wide=True))
    return Table(
        f"gaps-{gaps.exporter}-{gaps.importer}",
        say(
            "{way} by product, {year}, thousand USD: the importer against the exporter",
            way=way(brief, gaps.exporter, gaps.importer),
            year=str(gaps.year),
        ),
        (
            *columns,
            Column(say("Exporter says"), numeric=True),
            Column(say("Importer says"), numeric=True),
            Column(say("Importer more by"), numeric=True),
            Column(say("In per cent"), numeric=True),
            Column(say("Likely reason"), wide=True),
        ),
        tuple(_gap(pair, gaps, line, named=named) for line in gaps.lines),
        notes=tuple(_notes(gaps)),
        sheet=say("Gaps {exporter}", exporter=gaps.exporter),
        essential=True,
        shown=PRINTED,
    )


def _gap(pair: PairFact, gaps: Gaps, line: ProductGap, *, named: bool) -> tuple[Cell, ...]:
    name = (product_name(pair, line.code),) if named else ()
    return row(
        line.code,
        *name,
        thousands(line.exported or None, gaps.sources[0]),
        thousands(line.imported or None, gaps.sources[1]),
        thousands(line.gap),
        None if line.ratio is None else Percent(line.ratio, 1),
        REASONS[line.reason],
    )


def _notes(gaps: Gaps) -> Iterator[Message]:
    yield say("A reason is a hint by rule, not a correction: both values stay.")
    yield say(
        "Exporter: dataset {exporter}; importer: dataset {importer}; {digits} digits.",
        exporter=gaps.datasets[0],
        importer=gaps.datasets[1],
        digits=gaps.digits,
    )
    if max(gaps.hidden) > 0:
        yield say(
            "Confidential, thousand USD: exporter {exporter}, importer {importer}.",
            exporter=Number(gaps.hidden[0] / 1000, 1),
            importer=Number(gaps.hidden[1] / 1000, 1),
        )
