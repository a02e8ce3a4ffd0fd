"""What the sides state differently, what to decide, and what everything rests on."""

from __future__ import annotations

from bilat.brief.brief import Brief
from bilat.brief.facts.differences import DifferenceFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Column,
    Item,
    Numbered,
    Paragraph,
    Percent,
    Section,
    Table,
    row,
)
from bilat.language import Message, Words, say
from bilat.programme.labels import label_of

PRINTED = 20


def differences_section(brief: Brief) -> Section:
    """Both statements stand; nothing is averaged."""
    table = Table(
        "differences",
        say("Both statements stand; nothing is averaged"),
        (
            Column(say("Subject"), wide=True),
            *(Column(say("Stated: {side}", side=side.name), wide=True) for side in brief.sides),
            Column(say("Difference"), numeric=True),
        ),
        tuple(_difference(brief, item) for item in brief.differences),
        shown=PRINTED,
        sheet=say("Differences"),
        essential=True,
    )
    none = Paragraph(say("No difference is recorded."))
    return Section(
        "differences",
        say("What the sides state differently"),
        (table,) if table.rows else (none,),
    )


def _difference(brief: Brief, item: DifferenceFact) -> tuple[Cell, ...]:
    return row(
        item.subject,
        *(_sayings(item, side.code) for side in brief.sides),
        Cell(
            None if item.gap is None else Percent(item.gap),
            tone="bad" if (item.gap or 0) >= 0.2 else None,
        ),
    )


def _sayings(item: DifferenceFact, side: str) -> Cell:
    mine = [saying for saying in item.sayings if saying.side == side]
    sources = tuple(dict.fromkeys(source for saying in mine for source in saying.sources))
    if len(mine) == 1:
        return Cell(mine[0].text, sources)
    return Cell(_Also(tuple(saying.text for saying in mine)) if mine else None, sources)


class _Also:
    """Several statements of one side, one after the other."""

    def __init__(self, texts: tuple[Message, ...]) -> None:
        self._texts = texts

    def in_words(self, words: Words) -> str:
        return "; ".join(words(text) for text in self._texts)


def decisions_section(brief: Brief, *, title: Message) -> Section:
    """The agenda that follows from the facts."""
    items = tuple(Item(item.title, item.reason, item.section) for item in brief.decisions)
    blocks: tuple[Block, ...] = (Numbered(items),)
    if not items:
        blocks = (Paragraph(say("Nothing in the record calls for a decision.")),)
    return Section("decisions", title, blocks)


def assumptions_section(brief: Brief) -> Section | None:
    """What nobody stated; None when there is nothing of the kind."""
    if not brief.assumptions:
        return None
    table = Table(
        "assumptions",
        say("Nobody has stated these; they are marked wherever they are used"),
        (
            Column(say("Assumption"), wide=True),
            Column(say("Assumed by")),
            Column(say("Why"), wide=True),
        ),
        tuple(
            row(
                say("{title}: {part}", title=item.label, part=_part(item.part))
                if item.part
                else item.label,
                item.author,
                item.reason,
            )
            for item in brief.assumptions
        ),
        sheet=say("Assumptions"),
    )
    return Section("assumptions", say("Assumptions"), (table,))


def _part(path: str) -> Message:
    """``planned`` or ``statements.0`` as people call it; they count from one."""
    name, _dot, place = path.partition(".")
    label = label_of(name)
    return say("{part} {n}", part=label, n=int(place) + 1) if place else label


def sources_section(brief: Brief) -> Section:
    table = Table(
        "sources",
        say("Numbers in brackets refer to this list"),
        (
            Column(say("No."), numeric=True),
            Column(say("Source"), wide=True),
            Column(say("Publisher")),
            Column(say("Published")),
            Column(say("Side")),
            Column(say("Address"), wide=True),
        ),
        tuple(
            row(
                item.number,
                item.title,
                item.publisher,
                item.published,
                brief.side_name(item.side) if item.side else None,
                item.address,
            )
            for item in brief.sources
        ),
        sheet=say("Sources"),
    )
    return Section("sources", say("Sources"), (table,))
