"""Every contact as the two sides keep it: also what was cancelled, and what followed from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.brief.facts.roadmap import CommitmentFact, OwnerRef, owner_ref, roadmap_facts
from bilat.programme import Body, Commitment, Contact, Programme
from bilat.vocabulary import Period

ContactState = Literal["held", "planned", "overdue", "undated", "cancelled"]
"""``overdue``: its planned day is past, and nobody has said that it was held."""


class ContactRow(Fact):
    """One contact as it stands on a day."""

    id: str
    title: Said
    kind: str
    state: ContactState
    when: Period | None
    """When it was held, else when it is planned."""
    place: MaybeSaid
    platform: MaybeSaid
    """None for a contact of the two sides alone."""
    cadence: str | None
    number: int | None
    host: str | None
    bodies: tuple[OwnerRef, ...]
    sides: tuple[str, ...]
    """Sides that are named as host, by their bodies, or by those who took part."""
    people: tuple[Said, ...]
    agenda: tuple[Said, ...]
    outcome: MaybeSaid
    follow_up: tuple[str, ...]
    """Ids of commitments that it names, or that name it."""
    follow_up_open: int
    assumption: bool

    @property
    def has_day(self) -> bool:
        """Whether its days are known; else it is somewhere in a month or longer."""
        return self.when is not None and self.when.months is None


def contact_rows(programme: Programme, as_of: date) -> tuple[ContactRow, ...]:
    """The latest first; what has no date stands before all."""
    named = _named_by(programme.commitments)
    rows = [_row(programme, item, named.get(item.id, ()), as_of) for item in programme.contacts]
    return tuple(sorted(rows, key=lambda row: (row.when or _LATEST, row.id), reverse=True))


def follow_ups(programme: Programme, ids: Iterable[str], as_of: date) -> tuple[CommitmentFact, ...]:
    """How these commitments stand: what is late first."""
    found = (programme.find(Commitment, each) for each in dict.fromkeys(ids))
    only = programme.with_fields(commitments=tuple(item for item in found if item))
    return roadmap_facts(only, as_of).commitments


_LATEST = Period(date.max, date.max)


def _named_by(commitments: Iterable[Commitment]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for item in commitments:
        if item.contact:
            found[item.contact].append(item.id)
    return {contact: tuple(ids) for contact, ids in found.items()}


def _row(programme: Programme, item: Contact, named_by: tuple[str, ...], as_of: date) -> ContactRow:
    known = [body for each in item.bodies if (body := programme.find(Body, each))]
    named = tuple(dict.fromkeys((*item.follow_up, *named_by)))
    measures = [found for each in named if (found := programme.find(Commitment, each))]
    return ContactRow(
        id=item.id,
        title=item.title,
        kind=item.kind,
        state=_state(item, as_of),
        when=item.held if item.was_held(as_of) else item.planned or item.held,
        place=item.place,
        platform=item.platform,
        cadence=item.cadence,
        number=item.number,
        host=item.host,
        bodies=tuple(owner_ref(body) for body in known),
        sides=_sides(programme, item, known),
        people=tuple(person.name for person in item.participants),
        agenda=item.agenda,
        outcome=item.outcome,
        follow_up=tuple(measure.id for measure in measures),
        follow_up_open=sum(measure.completion(as_of) != "complete" for measure in measures),
        assumption=item.assumption,
    )


def _state(item: Contact, as_of: date) -> ContactState:
    if item.cancelled:
        return "cancelled"
    if item.was_held(as_of):
        return "held"
    when = item.planned or item.held
    if when is None:
        return "undated"
    return "overdue" if when.end < as_of else "planned"


def _sides(programme: Programme, item: Contact, bodies: Iterable[Body]) -> tuple[str, ...]:
    named = {item.host, *(body.party for body in bodies), *(p.side for p in item.participants)}
    return tuple(side for side in programme.sides if side in named)
