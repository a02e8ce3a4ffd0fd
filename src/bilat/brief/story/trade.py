"""Trade and the other indicators: both sides' numbers beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.brief import Brief
from bilat.brief.facts.fact import Level
from bilat.brief.facts.trade import FlowFact, PeriodRow
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
    row,
)
from bilat.language import Message, say
from bilat.vocabulary import Unit

PRINTED = 10
"""Periods that the documents print; the workbook has all."""


def trade_section(brief: Brief) -> Section:
    """Both directions, both sides, the difference."""
    blocks = list(_blocks(brief))
    empty = Paragraph(say("No numbers yet. Add them to observations.csv or under “figures”."))
    return Section("trade", say("Trade and other indicators"), tuple(blocks) or (empty,))


def _blocks(brief: Brief) -> Iterator[Block]:
    flows = brief.trade.flows
    if any(flow.measures in ("turnover", "exports") for flow in flows):
        yield Chart("trade", _chart_title(brief))
    for flow in flows:
        yield _table(brief, flow)


def _chart_title(brief: Brief) -> Message:
    first, second = (side.name for side in brief.sides)
    return say("Trade by direction, as {first} and {second} report it", first=first, second=second)


def _table(brief: Brief, flow: FlowFact) -> Table:
    unit = Unit.parse(flow.display_unit)
    sides = [
        Column(say("{side}, {unit}", side=side.name, unit=unit), numeric=True)
        for side in brief.sides
    ]
    return Table(
        flow.indicator,
        say("{title}", title=flow.title),
        (
            Column(say("Period"), wide=True),
            *sides,
            Column(say("Difference"), numeric=True),
        ),
        tuple(_row(brief, flow, item) for item in flow.rows),
        notes=tuple(_notes(flow)),
        shown=PRINTED,
    )


DERIVED = "†"


def _notes(flow: FlowFact) -> Iterator[Message]:
    if any(level.kind == "derived" for item in flow.rows for level in item.levels):
        yield say("{mark} follows from a stated growth or multiple.", mark=DERIVED)
    if flow.measures == "exports":
        yield say(
            "The exporter reports FOB, the importer CIF (with freight and insurance): a difference "
            "of some per cent is expected. The difference is against the smaller value."
        )


def _row(brief: Brief, flow: FlowFact, item: PeriodRow) -> tuple[Cell, ...]:
    by_side = {level.side: level for level in item.levels}
    return row(
        item.period,
        *(_level(by_side.get(side.code), flow) for side in brief.sides),
        Cell(
            None if item.difference is None else Percent(item.difference),
            tone="bad" if (item.difference or 0) >= 0.2 else None,
        ),
    )


def _level(level: Level | None, flow: FlowFact) -> Cell:
    if level is None:
        return Cell()
    unit = Unit.parse(flow.display_unit)
    digits = 1 if unit.is_money else 0
    scaled = level.in_unit(flow.display_unit).scaled
    mark = DERIVED if level.kind == "derived" else ""
    return Cell(Number(scaled, digits, mark, qualifier=level.qualifier), level.sources)
