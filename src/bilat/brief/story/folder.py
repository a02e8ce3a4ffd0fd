"""The folder of a visit as a document: the visit, its documents, what is late, then the brief."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilat.brief.brief import Brief
from bilat.brief.facts.documents import LifeFact
from bilat.brief.facts.fact import Level
from bilat.brief.facts.folder import FolderFact, PersonFact
from bilat.brief.facts.roadmap import CommitmentFact
from bilat.brief.facts.trade import FlowFact, PeriodRow
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Column,
    Item,
    Numbered,
    Paragraph,
    Percent,
    Section,
    Story,
    Table,
    row,
)
from bilat.brief.story.names import STATE, STATE_TONE, titled
from bilat.brief.story.story import tell
from bilat.language import Message, say, say_many
from bilat.programme.names import COMPLETION, CONTACT_KIND, DOCUMENT_KIND, DOCUMENT_STATE

MEASURES = 40
PERIODS = 2
"""The newest periods of each figure, beside the newest that both sides have: the brief that follows
has all of them."""
DERIVED = say("† follows from a stated growth or multiple.")


def tell_folder(brief: Brief, folder: FolderFact) -> Story:
    """The folder's own sections, then every section of the brief of the same day."""
    return Story(
        title=folder.title,
        subtitle=_subtitle(brief, folder),
        sections=(
            Section("visit", say("The visit"), tuple(_visit(brief, folder))),
            Section("package", say("Documents of the visit"), tuple(_package(folder))),
            Section("urgent", say("Late, and due within 90 days"), tuple(_urgent(brief, folder))),
            Section("beside", say("Key figures of both sides"), tuple(_beside(brief))),
            *tell(brief).sections,
        ),
    )


def _subtitle(brief: Brief, folder: FolderFact) -> Message:
    if brief.viewer == "joint":
        return say("Folder as of {day}", day=brief.as_of)
    return say(
        "Folder as of {day}, with the private records of {side}: not for the other side",
        day=brief.as_of,
        side=brief.side_name(brief.viewer),
    )


def _visit(brief: Brief, folder: FolderFact) -> Iterator[Block]:
    yield Paragraph(_when(folder), sources=folder.sources)
    if folder.host:
        yield Paragraph(say("Host: {side}.", side=brief.side_name(folder.host)))
    yield Paragraph(say("Agenda"), lead=True)
    if folder.agenda:
        yield Numbered(tuple(Item(point) for point in folder.agenda))
    else:
        yield Paragraph(
            say("No agenda is recorded yet. What to decide stands below, in the brief."),
            tone="warn",
        )
    if folder.people:
        yield _people(brief, folder.people)
    if folder.bodies:
        yield Paragraph(say("Bodies that take part: {bodies}.", bodies=_bodies(folder)))


def _when(folder: FolderFact) -> Message:
    kind = CONTACT_KIND[folder.kind]
    when = folder.when or say("date not set")
    state = say("held") if folder.held else say("planned")
    if folder.place:
        return say(
            "{kind}, {state}: {when}, {place}", kind=kind, state=state, when=when,
            place=folder.place,
        )  # fmt: skip
    return say("{kind}, {state}: {when}", kind=kind, state=state, when=when)


def _bodies(folder: FolderFact) -> list[Any]:
    return [body.name for body in folder.bodies]


def _people(brief: Brief, people: tuple[PersonFact, ...]) -> Table:
    return Table(
        "participants",
        say("Who takes part"),
        (Column(say("Person"), wide=True), Column(say("Office"), wide=True), Column(say("Side"))),
        tuple(
            row(one.name, one.office, brief.side_name(one.side) if one.side else None)
            for one in people
        ),
    )


def _package(folder: FolderFact) -> Iterator[Block]:
    if not folder.is_named:
        yield Paragraph(
            say("No document names this contact. These are on their way, or are to be carried out:")
            if folder.documents
            else say("No document names this contact, and none is on its way."),
            tone="quiet",
        )
    if folder.documents:
        yield Table(
            "package",
            say("Documents, each with its state"),
            (
                Column(say("Document"), wide=True),
                Column(say("Kind")),
                Column(say("State")),
                Column(say("Since"), whole=True),
                Column(say("Measures"), wide=True),
                Column(say("Next step"), wide=True),
            ),
            tuple(_document(item) for item in folder.documents),
        )


def _document(item: LifeFact) -> tuple[Cell, ...]:
    rests = item.rests
    measures = say_many(
        "{n} measure: {complete} complete, {late} late",
        "{n} measures: {complete} complete, {late} late",
        n=rests.measures,
        complete=rests.complete,
        late=rests.late,
    )
    return row(
        titled(item.title, assumption=item.assumption),
        DOCUMENT_KIND[item.kind],
        Cell(
            DOCUMENT_STATE[item.state] if item.state else say("state unknown"),
            tone="warn" if item.state in ("negotiated", "agreed", None) else None,
        ),
        item.since,
        measures if rests.measures else None,
        item.next_step,
    )


def _urgent(brief: Brief, folder: FolderFact) -> Iterator[Block]:
    for name, title, empty, items in (
        ("late", say("Late"), say("Nothing is late."), folder.late),
        ("soon", say("Due within 90 days"), say("Nothing is due within 90 days."), folder.soon),
    ):
        if not items:
            yield Paragraph(empty, tone="good" if name == "late" else None)
            continue
        yield Table(
            f"folder-{name}",
            title,
            (
                Column(say("Commitment"), wide=True),
                Column(say("Owner"), wide=True),
                Column(say("Due")),
                Column(say("Completion")),
                Column(say("State")),
            ),
            tuple(_measure(brief, item) for item in items),
            shown=MEASURES,
        )


def _measure(brief: Brief, item: CommitmentFact) -> tuple[Cell, ...]:
    owners = [
        say("{name} ({side})", name=owner.name, side=owner.side) if owner.side else owner.name
        for owner in item.owners
    ]
    return row(
        Cell(titled(item.title, assumption=item.assumption), item.sources),
        owners or Cell(say("without owner"), tone="bad"),
        item.due,
        COMPLETION[item.completion],
        Cell(STATE[item.state], tone=STATE_TONE.get(item.state)),
    )


def _beside(brief: Brief) -> Iterator[Block]:
    lines = [_figures(brief, flow, item) for flow in brief.trade.flows for item in _newest(flow)]
    if not lines:
        yield Paragraph(say("No figure of either side is recorded."), tone="quiet")
        return
    yield Paragraph(say("What each side reports or has stated, beside each other, never averaged."))
    yield Table(
        "beside",
        say("The newest figures of both sides"),
        (
            Column(say("Figure"), wide=True),
            Column(say("Period"), whole=True),
            *(Column(say("{side}", side=side.name)) for side in brief.sides),
            Column(say("Difference"), numeric=True),
        ),
        tuple(lines),
        notes=(DERIVED, say("The difference is against the smaller value.")),
    )


def _newest(flow: FlowFact) -> tuple[PeriodRow, ...]:
    both = next((item for item in flow.rows if item.difference is not None), None)
    newest = flow.rows[:PERIODS]
    return newest if both is None or both in newest else (*newest, both)


def _figures(brief: Brief, flow: FlowFact, item: PeriodRow) -> tuple[Cell, ...]:
    by_side = {level.side: level for level in item.levels}
    return row(
        flow.title,
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
    amount: Any = level.in_unit(flow.display_unit)
    if level.kind == "derived":
        amount = say("{amount}†", amount=amount)
    return Cell(amount, level.sources)
