"""Where the warehouse's numbers come from, and what else it says of the pair as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.facts.pair import PairFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Table,
    Year,
    row,
)
from bilat.brief.story.names import HOLDING
from bilat.brief.story.products import thousands, way
from bilat.brief.trade_day import TradeTold
from bilat.language import Message, say
from bilat.trade.observed import Kept, Reported

PRINTED = 20
MILLION = 1_000_000


def shares_section(brief: TradeTold, pair: PairFact) -> Section | None:
    """How much of each side's trade the other makes; re-exports. None where neither is told."""
    blocks: list[Block] = []
    if pair.shares:
        blocks.append(_shares(brief, pair))
    if pair.retrade:
        blocks.append(_retrade(brief, pair))
    if not blocks:
        return None
    return Section("shares", say("Shares and re-exports"), tuple(blocks))


def _shares(brief: TradeTold, pair: PairFact) -> Table:
    return Table(
        "partner-shares",
        say("The other side in each side’s trade with the world"),
        (
            Column(say("Side")),
            Column(say("Flow")),
            Column(say("Year"), numeric=True),
            Column(say("With the other side, thousand USD"), numeric=True),
            Column(say("With the world, thousand USD"), numeric=True),
            Column(say("Share"), numeric=True),
        ),
        tuple(
            row(
                brief.side_name(one.side),
                say("exports") if one.flow == "X" else say("imports"),
                Year(one.year),
                thousands(one.pair, one.source),
                thousands(one.world),
                Percent(one.share, 2),
            )
            for one in pair.shares
        ),
        sheet=say("Partner shares"),
        essential=True,
        shown=PRINTED,
    )


def _retrade(brief: TradeTold, pair: PairFact) -> Table:
    return Table(
        "re-exports",
        say("Re-exports and re-imports, as the sides report them"),
        (
            Column(say("Side")),
            Column(say("Flow")),
            Column(say("Year"), numeric=True),
            Column(say("Thousand USD"), numeric=True),
            Column(say("Of all exports or imports"), numeric=True),
        ),
        tuple(
            row(
                brief.side_name(one.reporter),
                say("re-exports") if one.flow == "RX" else say("re-imports"),
                Year(one.year),
                thousands(one.value, one.source),
                None if one.share is None else Percent(one.share, 1),
            )
            for one in pair.retrade
        ),
        notes=(say("Exports include re-exports where a side counts so."),),
        sheet=say("Re-exports"),
        essential=True,
        shown=PRINTED,
    )


def warehouse_section(brief: TradeTold, pair: PairFact) -> Section:
    """Datasets and versions, every total with its origin, and what was entered otherwise."""
    blocks: list[Block] = [Paragraph(note) for note in pair.notes]
    if pair.held:
        blocks.append(_held(brief, pair))
    if pair.kept:
        blocks.append(_kept(brief, pair))
    if pair.reported:
        blocks.append(_reported(brief, pair))
    return Section("warehouse", say("From the warehouse"), tuple(blocks))


def _held(brief: TradeTold, pair: PairFact) -> Table:
    return Table(
        "datasets",
        say("Datasets of the warehouse that report this pair"),
        (
            Column(say("Dataset")),
            Column(say("Publisher"), wide=True),
            Column(say("Reported by")),
            Column(say("Kind"), wide=True),
            Column(say("Periods"), numeric=True),
            Column(say("First")),
            Column(say("Last")),
            Column(say("Version of")),
            Column(say("Its totals count")),
        ),
        tuple(
            row(
                one.dataset,
                one.publisher,
                brief.side_name(one.reporter),
                HOLDING[one.kind],
                one.periods,
                one.first,
                one.last,
                one.vintage,
                one.used,
            )
            for one in pair.held
        ),
        sheet=say("Datasets"),
        essential=True,
    )


def _kept(brief: TradeTold, pair: PairFact) -> Table:
    return Table(
        "entered-and-loaded",
        say("Entered observations that stand although the warehouse says otherwise"),
        (
            Column(say("Indicator"), wide=True),
            Column(say("Side")),
            Column(say("Period")),
            Column(say("Entered, million USD"), numeric=True),
            Column(say("Warehouse, million USD"), numeric=True),
            Column(say("Difference"), numeric=True),
        ),
        tuple(_kept_row(brief, one) for one in pair.kept),
        notes=(
            say("To take the warehouse’s value, delete the entered one or enter it with the new."),
        ),
        sheet=say("Entered and loaded"),
        essential=True,
        shown=PRINTED,
    )


def _kept_row(brief: TradeTold, one: Kept) -> tuple[Cell, ...]:
    titles = {flow.indicator: flow.title for flow in brief.trade.flows}
    return row(
        titles.get(one.indicator, one.indicator),
        brief.side_name(one.reporter),
        one.period,
        Cell(Number(one.entered / MILLION, 3), one.entered_sources),
        Cell(Number(one.loaded / MILLION, 3), one.loaded_sources),
        Percent(one.loaded / one.entered - 1, 1) if one.entered else None,
    )


def _reported(brief: TradeTold, pair: PairFact) -> Table:
    newest = sorted(pair.reported, key=lambda one: (one.period.end, one.period.start), reverse=True)
    return Table(
        "warehouse-totals",
        say("Totals from the warehouse, each with its dataset, version and method"),
        (
            Column(say("Direction"), wide=True),
            Column(say("Reported by")),
            Column(say("Period")),
            Column(say("Thousand USD"), numeric=True),
            Column(say("Valuation")),
            Column(say("Dataset")),
            Column(say("Version of")),
            Column(say("Method"), wide=True),
        ),
        tuple(_total(brief, one) for one in newest),
        sheet=say("Warehouse totals"),
        shown=PRINTED,
    )


def _total(brief: TradeTold, one: Reported) -> tuple[Cell, ...]:
    importer = next(side.code for side in brief.sides if side.code != one.exporter)
    return row(
        way(brief, one.exporter, importer),
        brief.side_name(one.reporter),
        one.period,
        thousands(one.value, one.source),
        one.valuation,
        one.dataset,
        one.vintage,
        tuple(_methods(one)),
    )


def _methods(one: Reported) -> Iterator[Message]:
    if one.basis == "published":
        yield say("total as published")
    else:
        yield say("sum of the finest products and the confidential")
    if one.parts > 1:
        yield say("periods added up: {n}", n=one.parts)
