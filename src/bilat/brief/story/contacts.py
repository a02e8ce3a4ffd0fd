"""Contacts: held, planned, and the cadences they should keep."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.brief import Brief
from bilat.brief.facts.meetings import CadenceFact, ContactFact
from bilat.brief.story.blocks import Block, Cell, Column, Paragraph, Section, Table, row
from bilat.brief.story.names import CADENCE, CADENCE_TONE, titled
from bilat.language import Message, say, say_many
from bilat.programme.names import CONTACT_KIND

PRINTED = 20


def contacts_section(brief: Brief) -> Section:
    """Cadences, what is planned, what was held."""
    return Section("contacts", say("Contacts"), tuple(_blocks(brief)))


def _blocks(brief: Brief) -> Iterator[Block]:
    meetings = brief.meetings
    if not (meetings.contacts or meetings.cadences):
        yield Paragraph(say("No contact is recorded. Add visits and sessions under “contacts”."))
        return
    if meetings.cadences:
        yield _cadences(brief)
    if meetings.ahead:
        yield _contacts("planned", say("Planned"), meetings.ahead)
    else:
        yield Paragraph(say("No contact is planned."), tone="warn")
    if meetings.held:
        yield _contacts("held", say("Held, the latest first"), meetings.held)


def _cadences(brief: Brief) -> Table:
    return Table(
        "cadences",
        say("Regular contacts against their cadence"),
        (
            Column(say("Series"), wide=True),
            Column(say("Platform")),
            Column(say("Interval")),
            Column(say("Last held")),
            Column(say("Next due by")),
            Column(say("State")),
        ),
        tuple(_cadence(brief, item) for item in brief.meetings.cadences),
        sheet=say("Cadences"),
    )


def _cadence(brief: Brief, item: CadenceFact) -> tuple[Cell, ...]:
    state: Message = CADENCE[item.state]
    if item.proposed_by:
        state = say("proposed by {side}", side=brief.side_name(item.proposed_by))
    return row(
        Cell(
            titled(item.title, assumption=item.assumption),
            item.sources,
        ),
        item.platform or say("bilateral"),
        _interval(item.every_months),
        _last(item),
        item.next_due,
        Cell(state, tone=CADENCE_TONE.get(item.state)),
    )


def _interval(months: int | None) -> Message | None:
    if months is None:
        return None
    return say_many("every {n} month", "every {n} months", n=months)


def _last(item: CadenceFact) -> object:
    if item.last and item.last_number:
        return say("{when} (no. {number})", when=item.last, number=item.last_number)
    return item.last


def _contacts(name: str, title: Message, items: tuple[ContactFact, ...]) -> Table:
    return Table(
        name,
        title,
        (
            Column(say("When")),
            Column(say("Contact"), wide=True),
            Column(say("Kind")),
            Column(say("Place")),
            Column(say("Outcome"), wide=True),
        ),
        tuple(_contact(item) for item in items),
        shown=PRINTED,
    )


def _contact(item: ContactFact) -> tuple[Cell, ...]:
    outcome = say("not known to have been held") if item.missed else item.outcome
    return row(
        item.when,
        Cell(titled(item.title, assumption=item.assumption), item.sources),
        CONTACT_KIND[item.kind],
        item.place,
        Cell(outcome, tone="warn" if item.missed else None),
    )
