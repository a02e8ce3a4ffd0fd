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
from bilat.brief.story.products import short_products
from bilat.language import Message, say, say_many
from bilat.vocabulary import Unit

BAND = say(
    "Grey: where the flow lies by both reports together (FOB), with a probability of 80%; where "
    "one side is silent, by the other’s report alone."
)
PRINTED = 10
"""Periods that the documents print; the workbook has all."""


def trade_section(brief: Brief, *, products: bool = True) -> Section:
    """Both directions, both sides, the difference; the largest products if a warehouse has them."""
    blocks = list(_blocks(brief))
    if products:
        blocks += [*short_products(brief), *_origin(brief)]
    empty = Paragraph(say("No numbers yet. Add them to observations.csv or under “figures”."))
    return Section("trade", say("Trade and other indicators"), tuple(blocks) or (empty,))


def _blocks(brief: Brief) -> Iterator[Block]:
    flows = brief.trade.flows
    if any(flow.measures in ("turnover", "exports") for flow in flows):
        banded = any(item.reconciled and item.reconciled.both for f in flows for item in f.rows)
        yield Chart("trade", _chart_title(brief), note=BAND if banded else None)
    for flow in flows:
        yield _table(brief, flow)


def _origin(brief: Brief) -> Iterator[Block]:
    """What a reader has to know of the warehouse's numbers among the others."""
    pair = brief.trade.pair
    for note in pair.notes if pair else ():
        yield Paragraph(note)
    if pair and pair.kept:
        yield Paragraph(
            say_many(
                "{n} entered observation stands although the warehouse has another value; "
                "bilat trade shows both.",
                "{n} entered observations stand although the warehouse has other values; "
                "bilat trade shows both.",
                n=len(pair.kept),
            )
        )


def _chart_title(brief: Brief) -> Message:
    first, second = (side.name for side in brief.sides)
    return say("Trade by direction, as {first} and {second} report it", first=first, second=second)


def _table(brief: Brief, flow: FlowFact) -> Table:
    unit = Unit.parse(flow.display_unit)
    reconciled = any(item.reconciled and item.reconciled.both for item in flow.rows)
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
            *((RECONCILED, INTERVAL) if reconciled else ()),
        ),
        tuple(_row(brief, flow, item, reconciled=reconciled) for item in flow.rows),
        notes=tuple(_notes(flow)),
        shown=PRINTED,
    )


DERIVED = "†"
RECONCILED = Column(say("Reconciled, FOB"), numeric=True)
INTERVAL = Column(say("80% interval"), numeric=True)


def _notes(flow: FlowFact) -> Iterator[Message]:
    if any(level.kind == "derived" for item in flow.rows for level in item.levels):
        yield say("{mark} follows from a stated growth or multiple.", mark=DERIVED)
    if flow.measures == "exports":
        yield say(
            "The exporter reports FOB, the importer CIF (with freight and insurance): a difference "
            "of some per cent is expected. The difference is against the smaller value."
        )
    if any(item.reconciled and item.reconciled.both for item in flow.rows):
        yield say(
            "Reconciled: one flow of both reports, each believed alike; the interval holds it with "
            "a probability of 80%."
        )


def _row(brief: Brief, flow: FlowFact, item: PeriodRow, *, reconciled: bool) -> tuple[Cell, ...]:
    by_side = {level.side: level for level in item.levels}
    return row(
        item.period,
        *(_level(by_side.get(side.code), flow) for side in brief.sides),
        Cell(
            None if item.difference is None else Percent(item.difference),
            tone="bad" if (item.difference or 0) >= 0.2 else None,
        ),
        *(_reconciled(flow, item) if reconciled else ()),
    )


def _reconciled(flow: FlowFact, item: PeriodRow) -> tuple[Cell, Cell]:
    """Value and interval where both sides report the year."""
    one, scale = item.reconciled, Unit.parse(flow.display_unit).scale
    if one is None or not one.both:
        return Cell(), Cell()
    low, high = (Number(value / scale, 1) for value in (one.low80, one.high80))
    return Cell(Number(one.value / scale, 1)), Cell(say("{low}–{high}", low=low, high=high))


def _level(level: Level | None, flow: FlowFact) -> Cell:
    if level is None:
        return Cell()
    unit = Unit.parse(flow.display_unit)
    digits = 1 if unit.is_money else 0
    scaled = level.in_unit(flow.display_unit).scaled
    mark = DERIVED if level.kind == "derived" else ""
    return Cell(Number(scaled, digits, mark, qualifier=level.qualifier), level.sources)
