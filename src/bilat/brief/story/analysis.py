"""The analyst's story: growth by side, both reports of each direction and why they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from bilat.brief.brief import Brief
from bilat.brief.facts.fact import Level
from bilat.brief.facts.growth import GrowthRow, MirrorRow, growth_rows, mirror_rows
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Story,
    Table,
    row,
)
from bilat.brief.story.closing import sources_section
from bilat.brief.story.discrepancy import gaps_section, reconciled_section
from bilat.brief.story.products import products_section
from bilat.brief.story.trade import trade_section
from bilat.brief.story.warehouse import shares_section, warehouse_section
from bilat.language import say
from bilat.trade import REASONS
from bilat.vocabulary import Unit

PRINTED = 25
Row = TypeVar("Row", GrowthRow, MirrorRow)


def tell_trade(brief: Brief) -> Story:
    """Growth, both reports, levels and sources; and what a warehouse adds, if there is one."""
    return Story(
        title=brief.title,
        subtitle=say("Trade as of {day}", day=brief.as_of),
        sections=(
            _growth_section(brief),
            _mirror_section(brief),
            reconciled_section(brief),
            *_of_warehouse(brief),
            trade_section(brief, products=False),
            sources_section(brief),
        ),
    )


def _of_warehouse(brief: Brief) -> Iterator[Section]:
    pair = brief.trade.pair
    if pair is None:
        return
    yield products_section(brief, pair)
    yield gaps_section(brief, pair)
    shares = shares_section(brief, pair)
    if shares:
        yield shares
    yield warehouse_section(brief, pair)


def _growth_section(brief: Brief) -> Section:
    rows = [item for item in growth_rows(brief.trade) if item.growth is not None]
    tables = tuple(_growth(brief, group) for group in _by_indicator(rows))
    none: Block = Paragraph(say("No side has two comparable periods."))
    return Section("growth", say("Growth"), tables or (none,))


def _by_indicator(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of one indicator together, in the order in which they come."""
    groups: dict[str, list[Row]] = {}
    for item in rows:
        groups.setdefault(item.indicator, []).append(item)
    yield from groups.values()


def _growth(brief: Brief, rows: Sequence[GrowthRow]) -> Table:
    first = rows[0]
    return Table(
        f"growth-{first.indicator}",
        say(
            "{title}, {unit}: each period against the same period of the year before",
            title=first.title,
            unit=Unit.parse(first.display_unit),
        ),
        (
            Column(say("Period"), wide=True),
            Column(say("Side")),
            Column(say("Level"), numeric=True),
            Column(say("A year before"), numeric=True),
            Column(say("Growth"), numeric=True),
        ),
        tuple(
            row(
                item.level.period,
                brief.side_name(item.level.side),
                _level(item.level, item.display_unit),
                _level(item.before, item.display_unit),
                Percent(item.growth or 0.0, 1),
            )
            for item in rows
        ),
        sheet=say("Growth {indicator}", indicator=first.indicator),
        essential=True,
        shown=PRINTED,
    )


def _mirror_section(brief: Brief) -> Section:
    tables = tuple(_mirror(group) for group in _by_indicator(mirror_rows(brief.trade)))
    none: Block = Paragraph(say("No period of any direction is reported by both sides."))
    return Section("mirror", say("Both reports of each direction"), tables or (none,))


def _mirror(rows: Sequence[MirrorRow]) -> Table:
    first = rows[0]
    return Table(
        f"mirror-{first.indicator}",
        say(
            "{title}, {unit}: the importer against the exporter",
            title=first.title,
            unit=Unit.parse(first.display_unit),
        ),
        (
            Column(say("Period"), wide=True),
            Column(say("Exporter says"), numeric=True),
            Column(say("Importer says"), numeric=True),
            Column(say("Importer more by"), numeric=True),
            Column(say("Likely reason"), wide=True),
        ),
        tuple(
            row(
                item.period,
                _level(item.exported, item.display_unit),
                _level(item.imported, item.display_unit),
                Percent(item.gap, 1),
                REASONS[item.reason],  # type: ignore[index]
            )
            for item in rows
        ),
        notes=(say("A reason is a hint by rule, not a correction: both values stay."),),
        sheet=say("Two reports {indicator}", indicator=first.indicator),
        essential=True,
        shown=PRINTED,
    )


def _level(level: Level | None, unit: str) -> Cell:
    if level is None:
        return Cell()
    number = Number(level.in_unit(unit).scaled, 1, qualifier=level.qualifier)
    return Cell(number, level.sources)
