"""The brief as a document: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.brief import Brief
from bilat.brief.facts.targets import TargetFact
from bilat.brief.story.blocks import (
    Block,
    Item,
    KeyFigure,
    KeyFigures,
    Numbered,
    Paragraph,
    Percent,
    Section,
    Story,
)
from bilat.brief.story.closing import (
    assumptions_section,
    decisions_section,
    differences_section,
    sources_section,
)
from bilat.brief.story.contacts import contacts_section
from bilat.brief.story.facilities import finance_section
from bilat.brief.story.names import VERDICT_TONE
from bilat.brief.story.roadmap import roadmap_section
from bilat.brief.story.target import answer, best_chance, question, target_section
from bilat.brief.story.trade import trade_section
from bilat.brief.story.works import (
    documents_section,
    exchanges_section,
    links_section,
    projects_section,
)
from bilat.language import Message, say
from bilat.vocabulary import Quantity, Unit

FIRST_DECISIONS = 5


def tell(brief: Brief) -> Story:
    """The whole document; it has no language yet."""
    sections = [
        _summary(brief),
        target_section(brief),
        trade_section(brief),
        roadmap_section(brief),
        contacts_section(brief),
        projects_section(brief),
        finance_section(brief),
        exchanges_section(brief),
        links_section(brief),
        documents_section(brief),
        differences_section(brief),
        decisions_section(brief, title=say("What to decide at the next session")),
        assumptions_section(brief),
        sources_section(brief),
    ]
    return Story(
        title=brief.title,
        subtitle=_subtitle(brief),
        sections=tuple(section for section in sections if section),
    )


def _subtitle(brief: Brief) -> Message:
    if brief.viewer != "joint":
        return say(
            "Brief as of {day}, with the private records of {side}: not for the other side",
            day=brief.as_of,
            side=brief.side_name(brief.viewer),
        )
    if brief.keys == "solo":
        return say("Brief as of {day}, kept by one office (solo)", day=brief.as_of)
    return say("Brief as of {day}", day=brief.as_of)


def _summary(brief: Brief) -> Section:
    """The first screen: the co-chair's question, the answer, and what to decide."""
    return Section("summary", say("In short"), tuple(_summary_blocks(brief)))


def _summary_blocks(brief: Brief) -> Iterator[Block]:
    if brief.targets:
        target = brief.targets[0]
        yield Paragraph(question(target), lead=True)
        yield Paragraph(answer(brief, target), tone=VERDICT_TONE[target.verdict])
        figures = tuple(_key_figures(brief, target))
        if figures:
            yield KeyFigures(figures)
    else:
        yield Paragraph(
            say("No target is recorded yet. Add one under “targets” in programme.yaml."),
            tone="quiet",
        )
    if brief.decisions:
        yield Paragraph(say("What to decide at the next session"), lead=True)
        yield Numbered(
            tuple(
                Item(item.title, item.reason, item.section)
                for item in brief.decisions[:FIRST_DECISIONS]
            )
        )


def _key_figures(brief: Brief, target: TargetFact) -> Iterator[KeyFigure]:
    unit = Unit.parse(target.display_unit)
    for side in brief.sides:
        levels = [level for level in target.history if level.side == side.code]
        if levels:
            last = levels[-1]
            yield KeyFigure(
                Quantity(last.value, unit, last.qualifier),
                say(
                    "{side}, {period} ({method})",
                    side=side.name,
                    period=last.period,
                    method=last.method,
                )
                if last.method
                else say("{side}, {period}", side=side.name, period=last.period),
                last.sources,
            )
    needed = [
        (path.required_growth, path.baseline.sources)
        for item in target.announcements
        for path in item.paths
        if path.required_growth is not None
    ]
    if needed:
        (low, low_sources), (high, high_sources) = min(needed), max(needed)
        yield KeyFigure(
            say("{low} – {high}", low=Percent(low, 1), high=Percent(high, 1)),
            say("growth a year that the target asks for, by baseline and date"),
            tuple(dict.fromkeys(low_sources + high_sources)),
        )
    best = best_chance(target)
    if best:
        year, chance = best
        yield KeyFigure(
            Percent(chance.chance),
            say("best chance of the target, by {year}", year=str(year)),
            chance.sources,
            tone=VERDICT_TONE[target.verdict],
        )
