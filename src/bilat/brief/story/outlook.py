"""The outlook: how likely is each target, what is missing, what measures add, who tried before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bilat.brief.brief import Brief
from bilat.brief.facts.foresight import ForesightFact
from bilat.brief.facts.targets import TargetFact
from bilat.brief.story.announced import announced_blocks
from bilat.brief.story.blocks import Block, Chart, Number, Paragraph, Percent, Section, Story, Table
from bilat.brief.story.closing import assumptions_section, sources_section
from bilat.brief.story.foresight import sensitivity_table, track_section
from bilat.brief.story.measures import measures_blocks
from bilat.brief.story.names import VERDICT_TONE
from bilat.brief.story.target import answer, question, target_blocks
from bilat.language import say
from bilat.outlook import Assumptions

ON_SCREEN = ("chance-", "contributions-")
"""Tables that belong on the screen of a terminal; the others are in the documents."""


def tell_outlook(brief: Brief) -> Story:
    """Every target of the brief, then the record of past outlooks, assumptions and sources."""
    foresight = brief.foresight or ForesightFact.empty()
    sections = [
        _with_screen(section)
        for target in brief.targets
        for section in _target_sections(brief, target, foresight)
    ] or [Section("target", say("Target"), (Paragraph(say("No target can be looked at.")),))]
    closing = (track_section(brief, foresight), assumptions_section(brief), sources_section(brief))
    return Story(
        title=brief.title,
        subtitle=say("Outlook as of {day}", day=brief.as_of),
        sections=(*sections, *(section for section in closing if section)),
    )


def _with_screen(section: Section) -> Section:
    blocks = tuple(
        replace(block, essential=block.name.startswith(ON_SCREEN))
        if isinstance(block, Table)
        else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks)


def _target_sections(
    brief: Brief, target: TargetFact, foresight: ForesightFact
) -> Iterator[Section]:
    yield Section(
        f"target-{target.id}",
        say("{title}", title=target.title),
        (
            Paragraph(question(target), lead=True),
            Paragraph(answer(brief, target), tone=VERDICT_TONE[target.verdict]),
            *target_blocks(brief, target),
            *_history(target, foresight),
        ),
    )
    yield Section(
        f"measures-{target.id}",
        say("The gap, and what measures add"),
        tuple(_measures(brief, target, foresight)),
    )
    if blocks := tuple(announced_blocks(brief, target)):
        yield Section(f"announced-{target.id}", say("Who announced such a target before"), blocks)


def _history(target: TargetFact, foresight: ForesightFact) -> Iterator[Block]:
    """Nothing to draw from a single day."""
    days = {one.day for one in foresight.history if one.target == target.id}
    if len(days) > 1:
        yield Chart("history", say("The chance as it could be known on each day"), target.id)


def _measures(brief: Brief, target: TargetFact, foresight: ForesightFact) -> Iterator[Block]:
    yield from measures_blocks(brief, target)
    found = next((one for one in foresight.sensitivity if one.target == target.id), None)
    if found:
        yield sensitivity_table(brief, target, found)
        yield Paragraph(_assumed())


def _assumed() -> object:
    assumed = Assumptions()
    return say(
        "Assumed beyond the records: measures share {common} of the variance of their luck, which "
        "is correlated with the forecast by {baseline}; starts are late by {delay} of a year on "
        "average. Effects that work in the last year of data already are in the forecast and are "
        "not added again.",
        common=Percent(assumed.common),
        baseline=Number(assumed.with_baseline, 1),
        delay=Number(assumed.delay, 1),
    )
