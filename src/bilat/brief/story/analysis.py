"""The analyst's story: growth by side, both reports of each direction and why they differ."""

from __future__ import annotations

from collections.abc import Iterable

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
from bilat.brief.story.trade import trade_section
from bilat.language import say
from bilat.trade import REASONS
from bilat.vocabulary import Unit

PRINTED = 25


def tell_trade(brief: Brief, more: Iterable[Section] = ()) -> Story:
    """Growth, mirror, levels and sources; ``more`` are sections that a warehouse adds."""
    return Story(
        title=brief.title,
        subtitle=say("Trade as of {day}", day=brief.as_of),
        sections=(
            _growth_section(brief),
            _mirror_section(brief),
            *more,
            trade_section(brief),
            sources_section(brief),
        ),
    )


def _growth_section(brief: Brief) -> Section:
    rows = [item for item in growth_rows(brief.trade) if item.growth is not None]
    table = Table(
        "growth",
        say("Each period against the same period of the year before, by side"),
        (
            Column(say("Indicator"), wide=True),
            Column(say("Side")),
            Column(say("Period")),
            Column(say("Level"), numeric=True),
            Column(say("A year before"), numeric=True),
            Column(say("Growth"), numeric=True),
        ),
        tuple(_growth(brief, item) for item in rows),
        sheet=say("Growth"),
        essential=True,
        shown=PRINTED,
    )
    none: Block = Paragraph(say("No side has two comparable periods."))
    return Section("growth", say("Growth"), (table,) if rows else (none,))


def _growth(brief: Brief, item: GrowthRow) -> tuple[Cell, ...]:
    unit = Unit.parse(item.display_unit)
    return row(
        say("{title}, {unit}", title=item.title, unit=unit),
        brief.side_name(item.level.side),
        item.level.period,
        _level(item.level, item.display_unit),
        _level(item.before, item.display_unit),
        Percent(item.growth or 0.0, 1),
    )


def _mirror_section(brief: Brief) -> Section:
    rows = mirror_rows(brief.trade)
    table = Table(
        "mirror",
        say("One flow, two reports: the importer against the exporter"),
        (
            Column(say("Direction"), wide=True),
            Column(say("Period")),
            Column(say("Exporter says"), numeric=True),
            Column(say("Importer says"), numeric=True),
            Column(say("Importer more by"), numeric=True),
            Column(say("Likely reason"), wide=True),
        ),
        tuple(_mirror(item) for item in rows),
        notes=(say("A reason is a hint by rule, not a correction: both values stay."),),
        sheet=say("Two reports"),
        essential=True,
        shown=PRINTED,
    )
    none: Block = Paragraph(say("No period of any direction is reported by both sides."))
    return Section("mirror", say("Both reports of each direction"), (table,) if rows else (none,))


def _mirror(item: MirrorRow) -> tuple[Cell, ...]:
    unit = Unit.parse(item.display_unit)
    return row(
        say("{title}, {unit}", title=item.title, unit=unit),
        item.period,
        _level(item.exported, item.display_unit),
        _level(item.imported, item.display_unit),
        Percent(item.gap, 1),
        REASONS[item.reason],  # type: ignore[index]
    )


def _level(level: Level | None, unit: str) -> Cell:
    if level is None:
        return Cell()
    number = Number(level.in_unit(unit).scaled, 1, qualifier=level.qualifier)
    return Cell(number, level.sources)
