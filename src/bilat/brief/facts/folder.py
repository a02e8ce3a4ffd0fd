"""The folder of a visit: what a delegation has to have at hand, on one day, for one viewer."""

from __future__ import annotations

from datetime import date

from bilat.brief.facts.documents import LifeFact, lives_facts
from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.brief.facts.roadmap import CommitmentFact, OwnerRef, owner_ref, roadmap_facts
from bilat.programme import Body, Contact, Programme
from bilat.vocabulary import Period


class PersonFact(Fact):
    """Someone who takes part."""

    name: Said
    office: MaybeSaid
    side: str | None


class FolderFact(Fact):
    """The contact, its documents, and what of the roadmap is late or due soon."""

    contact: str
    title: Said
    kind: str
    number: int | None
    when: Period | None
    held: bool
    place: MaybeSaid
    host: str | None
    platform: MaybeSaid
    agenda: tuple[Said, ...]
    people: tuple[PersonFact, ...]
    bodies: tuple[OwnerRef, ...]
    documents: tuple[LifeFact, ...]
    """Of the contact; where none is named, those that are still on their way."""
    is_named: bool
    """Whether the contact names the documents."""
    late: tuple[CommitmentFact, ...]
    soon: tuple[CommitmentFact, ...]
    sources: tuple[str, ...]


def next_contact(programme: Programme, as_of: date) -> Contact | None:
    """The one that comes next; else the last whose day is past and that nobody reported as held."""
    open_ones = [
        item
        for item in programme.contacts
        if item.planned and not item.cancelled and not item.was_held(as_of)
    ]
    ahead = [item for item in open_ones if item.is_ahead(as_of)]
    if ahead:
        return min(ahead, key=_starts)
    return max(open_ones, key=_starts, default=None)


def _starts(item: Contact) -> tuple[date, str]:
    return (item.planned.start if item.planned else date.max), item.id


def folder_facts(programme: Programme, contact: Contact, as_of: date) -> FolderFact:
    """From what the viewer of ``programme`` may see."""
    lives = lives_facts(programme, as_of).documents
    named = [item for item in lives if item.id in contact.documents or item.contact == contact.id]
    under_way = [item for item in lives if item.state in ("negotiated", "agreed", "signed")]
    roadmap = roadmap_facts(programme, as_of)
    held = contact.was_held(as_of)
    bodies = (programme.find(Body, name) for name in contact.bodies)
    return FolderFact(
        contact=contact.id,
        title=contact.title,
        kind=contact.kind,
        number=contact.number,
        when=contact.held if held else contact.planned,
        held=held,
        place=contact.place,
        host=contact.host,
        platform=contact.platform,
        agenda=contact.agenda,
        people=tuple(
            PersonFact(name=one.name, office=one.office, side=one.side)
            for one in contact.participants
        ),
        bodies=tuple(owner_ref(body) for body in bodies if body),
        documents=tuple(named or under_way),
        is_named=bool(named),
        late=roadmap.in_state("late"),
        soon=roadmap.in_state("due_soon"),
        sources=contact.sources,
    )
