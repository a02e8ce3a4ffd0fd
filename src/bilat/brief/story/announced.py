"""Announced targets of other pairs that asked for as much: how often were they met?"""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.brief import Brief
from bilat.brief.facts.announced import BaseRateFact, CaseFact
from bilat.brief.facts.targets import AnnouncementFact, TargetFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Column,
    Number,
    Paragraph,
    Percent,
    Table,
    Year,
    row,
)
from bilat.language import Message, say
from bilat.outlook.announced.shown import Country


def announced_blocks(brief: Brief, target: TargetFact) -> Iterator[Block]:
    """Of the announcement with the best chance; nothing where no announced target is alike."""
    item = _best(target)
    if item is None or item.base_rate is None:
        return
    rate = item.base_rate
    if rate.why:
        yield Paragraph(rate.why)
    yield _bands(target, rate)
    yield _nearest(target, rate)
    yield _choices(target, rate)
    for note in rate.notes:
        yield Paragraph(note, tone="quiet")


def _best(target: TargetFact) -> AnnouncementFact | None:
    rated = [item for item in target.announcements if item.base_rate]
    return max(
        rated,
        key=lambda item: max((chance.chance for chance in item.chances), default=0.0),
        default=None,
    )


def _bands(target: TargetFact, rate: BaseRateFact) -> Table:
    here = say("this target")
    return Table(
        f"base-rate-{target.id}",
        say("Announced targets whose date has passed, counted"),
        (
            Column(say("Asked for"), wide=True),
            Column(say("Targets"), numeric=True),
            Column(say("Pairs"), numeric=True),
            Column(say("Met"), numeric=True),
            Column(say("Share"), numeric=True),
            Column(say("80% interval"), numeric=True),
            Column(say("Remark")),
        ),
        tuple(
            row(
                band.label,
                Number(band.targets),
                Number(band.pairs),
                Number(band.met),
                Percent(band.met / band.targets),
                _ends(band.low80, band.high80),
                here if band.holds_this else None,
            )
            for band in rate.bands
        ),
        sheet=say("Base rate"),
        essential=True,
    )


def _ends(low: float, high: float) -> Message:
    return say("{low}–{high}", low=Percent(low), high=Percent(high))


def _nearest(target: TargetFact, rate: BaseRateFact) -> Table:
    return Table(
        f"alike-{target.id}",
        say("The announced targets that are most alike"),
        (
            Column(say("Pair"), wide=True),
            Column(say("Announced")),
            Column(say("Target year"), numeric=True),
            Column(say("Target, million USD"), numeric=True),
            Column(say("Required a year"), numeric=True),
            Column(say("Reached of it"), numeric=True),
            Column(say("Met")),
        ),
        tuple(_case(case) for case in rate.nearest),
        sheet=say("Alike"),
    )


def _case(case: CaseFact) -> tuple[Cell, ...]:
    first, second = case.sides
    reached = None if case.reached_usd is None else Percent(case.reached_usd / case.target_usd)
    return row(
        say("{first} – {second}", first=Country(first), second=Country(second)),
        case.announced,
        Year(case.deadline),
        Number(case.target_usd / 1e6),
        None if case.required_growth is None else Percent(case.required_growth),
        reached,
        Cell(say("yes") if case.met else say("no"), tone="good" if case.met else None),
    )


def _choices(target: TargetFact, rate: BaseRateFact) -> Table:
    whole = row(say("all"), Number(0), Percent(rate.chance), _ends(rate.low80, rate.high80))
    return Table(
        f"choices-{target.id}",
        say("The rate for a target like this one, and without some of the rows"),
        (
            Column(say("Rows"), wide=True),
            Column(say("Left out"), numeric=True),
            Column(say("Share met"), numeric=True),
            Column(say("80% interval"), numeric=True),
        ),
        (
            whole,
            *(
                row(
                    choice.name,
                    Number(choice.left_out),
                    None if choice.chance is None else Percent(choice.chance),
                    None
                    if choice.low80 is None or choice.high80 is None
                    else _ends(choice.low80, choice.high80),
                )
                for choice in rate.choices
            ),
        ),
        sheet=say("Choices of rows"),
    )
