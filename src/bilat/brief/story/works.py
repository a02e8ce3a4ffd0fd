"""Projects, exchanges, links, documents: state and next step."""

from __future__ import annotations

from typing import Any

from bilat.brief.brief import Brief
from bilat.brief.facts.works import DocumentFact, EstimateFact, ProjectFact, WorkLine
from bilat.brief.story.blocks import Cell, Column, Number, Paragraph, Section, Table, row
from bilat.brief.story.names import titled
from bilat.language import Message, say
from bilat.programme.names import (
    AREA,
    DOCUMENT_KIND,
    DOCUMENT_STATE,
    STAGE,
)
from bilat.vocabulary import Quantity, Unit

NEXT = Column(say("Next step"), wide=True)
PRINTED = 40


def projects_section(brief: Brief) -> Section:
    table = Table(
        "projects",
        say("Joint projects"),
        (
            Column(say("Project"), wide=True),
            Column(say("HS")),
            Column(say("Stage")),
            Column(say("Output a year")),
            Column(say("Chance")),
            NEXT,
        ),
        tuple(_project(item) for item in brief.works.projects),
        shown=PRINTED,
    )
    return _section("projects", say("Projects"), table, say("No project is recorded."))


def _project(item: ProjectFact) -> tuple[Cell, ...]:
    return row(
        Cell(titled(item.title, assumption=item.assumption), item.sources),
        ", ".join(item.products) or None,
        STAGE[item.stage],
        _estimate(item.units_per_year),
        _estimate(item.chance),
        item.next_step,
    )


def _estimate(item: EstimateFact | None) -> Message:
    """Never a bare number: a value that nobody stated says so."""
    if item is None:
        return say("not stated")
    unit = Unit.parse(item.unit)
    amount: Any = Quantity(unit.to_base(item.likely), unit)
    if item.low is not None and item.high is not None:
        amount = say(
            "{low} – {high}", low=Number(item.low), high=Quantity(unit.to_base(item.high), unit)
        )
    if item.assumption:
        return say("{amount} (assumption, {author})", amount=amount, author=item.author)
    return say("{amount}", amount=amount)


def exchanges_section(brief: Brief) -> Section:
    table = _lines("exchanges", say("Education, culture, sport, tourism"), brief.works.exchanges)
    return _section("exchanges", say("Exchanges"), table, say("No exchange is recorded."))


def links_section(brief: Brief) -> Section:
    table = _lines("links", say("Regions, companies, demand"), brief.works.links)
    return _section("links", say("Links"), table, say("No link is recorded."))


def _lines(name: str, title: Message, items: tuple[WorkLine, ...]) -> Table:
    return Table(
        name,
        title,
        (
            Column(say("Area")),
            Column(say("What"), wide=True),
            Column(say("State"), wide=True),
            NEXT,
        ),
        tuple(
            row(
                AREA[item.kind],
                Cell(titled(item.title, assumption=item.assumption), item.sources),
                item.outcome,
                item.next_step,
            )
            for item in items
        ),
        shown=PRINTED,
    )


def documents_section(brief: Brief) -> Section:
    titles = {item.id: item.title for item in brief.works.documents}
    table = Table(
        "documents",
        say("Documents and their life"),
        (
            Column(say("Document"), wide=True),
            Column(say("Kind")),
            Column(say("State")),
            Column(say("Since")),
            Column(say("Until")),
            Column(say("Follows"), wide=True),
            NEXT,
        ),
        tuple(_document(item, titles) for item in brief.works.documents),
        shown=PRINTED,
    )
    return _section("documents", say("Documents"), table, say("No document is recorded."))


def _document(item: DocumentFact, titles: dict[str, Any]) -> tuple[Cell, ...]:
    return row(
        Cell(titled(item.title, assumption=item.assumption), item.sources),
        DOCUMENT_KIND[item.kind],
        Cell(
            DOCUMENT_STATE[item.state] if item.state else say("state unknown"),
            tone="warn" if item.state in ("negotiated", "agreed") else None,
        ),
        item.since,
        item.expires,
        titles.get(item.succeeds or ""),
        item.next_step,
    )


def _section(anchor: str, title: Message, table: Table, empty: Message) -> Section:
    return Section(anchor, title, (table,) if table.rows else (Paragraph(empty),))
