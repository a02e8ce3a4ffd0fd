"""What the protocol of a session says: who met, what was on the agenda, what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal

from bilat import __version__
from bilat.brief.facts.fact import WORDS, Fact, Level, MaybeSaid, Said
from bilat.brief.facts.roadmap import CommitmentFact, OwnerRef, State, roadmap_facts
from bilat.brief.facts.sessions import decisions_by_session, is_session
from bilat.brief.facts.source import SourceFact
from bilat.brief.facts.trade import FlowFact, TradeFact, trade_facts
from bilat.errors import BilatError
from bilat.language import Words, say
from bilat.programme import Body, Commitment, Contact, Programme, Source
from bilat.programme.agreements import Completion
from bilat.register import seen_by
from bilat.vocabulary import Period

PERIODS = 5
"""Periods of each indicator in the annex, the newest first."""
MOST_EARLIER = 150
"""Earlier decisions that a protocol lists; the others are counted."""


class NoSession(BilatError):
    """A protocol was asked for of what is no joint session."""

    def __init__(self, session: str, known: Sequence[str]) -> None:
        super().__init__(
            say(
                "“{session}” is no session that both sides keep. Known are: {known}",
                session=session,
                known=", ".join(known) or "–",
            )
        )


class DelegateFact(Fact):
    """Someone who took part, with the office held."""

    name: Said
    office: MaybeSaid


class DelegationFact(Fact):
    """One side at the table; the first of its people is its co-chair."""

    side: str
    name: Said
    members: tuple[DelegateFact, ...]

    @property
    def head(self) -> DelegateFact | None:
        return self.members[0] if self.members else None


class DecisionLine(Fact):
    """A decision of the session, numbered as the protocol numbers it."""

    number: int
    id: str
    title: Said
    owners: tuple[OwnerRef, ...]
    due: Period | None


class EarlierLine(Fact):
    """A decision of an earlier session that was open, as it stands on the day of the protocol."""

    id: str
    title: Said
    session: Said
    owners: tuple[OwnerRef, ...]
    due: Period | None
    state: State
    completion: Completion


class FigureLine(Fact):
    """One number as each side states it; ``difference`` against the smaller one."""

    indicator: Said
    period: Period
    unit: str
    levels: tuple[Level, ...]
    difference: float | None


class NextSession(Fact):
    when: Period | None
    place: MaybeSaid


class ProtocolFact(Fact):
    """Everything that a protocol says, from joint records alone."""

    format: Literal["bilat-protocol/1"] = "bilat-protocol/1"
    version: str = __version__
    programme: str
    session: str
    title: Said
    commission: tuple[Said, ...]
    as_of: date
    is_held: bool
    when: Period | None
    place: MaybeSaid
    sides: tuple[DelegationFact, DelegationFact]
    others: tuple[DelegateFact, ...]
    """Who took part for neither side."""
    agenda: tuple[Said, ...]
    outcome: MaybeSaid
    decisions: tuple[DecisionLine, ...]
    earlier: tuple[EarlierLine, ...]
    earlier_more: int
    """Earlier decisions that are not listed here."""
    figures: tuple[FigureLine, ...]
    next: NextSession | None
    sources: tuple[SourceFact, ...]

    def number_of(self, source: str) -> int | None:
        return next((item.number for item in self.sources if item.id == source), None)

    def to_json(self, words: Words) -> str:
        return self.model_dump_json(context={WORDS: words}, indent=2) + "\n"


def protocol_day(session: Contact, today: date) -> date:
    """The day on which a protocol stands: that of the session once it is over, else today."""
    return session.held.end if session.held and session.held.end < today else today


def protocol_facts(
    programme: Programme, session: str, *, as_of: date, first: str | None = None
) -> ProtocolFact:
    """The protocol of ``session`` as it stands on ``as_of``. Raises NoSession.

    first: the side that is named first, as each is in its own copy; else the programme's first.
    """
    joint = seen_by(programme)
    contact = joint.find(Contact, session)
    if contact is None or not is_session(contact):
        raise NoSession(session, [item.id for item in joint.contacts if is_session(item)])
    roadmap = {item.id: item for item in roadmap_facts(joint, as_of).commitments}
    decided = decisions_by_session(joint)
    figures = tuple(_figures(trade_facts(joint, as_of)))
    earlier = tuple(_earlier(joint, contact, decided, roadmap, as_of))
    return ProtocolFact(
        programme=joint.id,
        session=contact.id,
        title=contact.title,
        commission=tuple(_commission(joint, contact)),
        as_of=as_of,
        is_held=contact.held is not None,
        when=contact.held or contact.planned,
        place=contact.place,
        sides=_sides(joint, contact, first),
        others=tuple(_people(contact, None, joint.sides)),
        agenda=contact.agenda,
        outcome=contact.outcome,
        decisions=tuple(_decisions(decided.get(contact.id, ()), roadmap)),
        earlier=earlier[:MOST_EARLIER],
        earlier_more=max(0, len(earlier) - MOST_EARLIER),
        figures=figures,
        next=_next(joint, contact),
        sources=_sources(joint, figures),
    )


def _commission(programme: Programme, contact: Contact) -> Iterator[Any]:
    for body in (programme.find(Body, item) for item in contact.bodies):
        if body and body.kind == "commission":
            yield body.name


def _sides(
    programme: Programme, contact: Contact, first: str | None
) -> tuple[DelegationFact, DelegationFact]:
    one, other = programme.sides
    if first == other:
        one, other = other, one
    return _delegation(programme, contact, one), _delegation(programme, contact, other)


def _delegation(programme: Programme, contact: Contact, side: str) -> DelegationFact:
    return DelegationFact(
        side=side,
        name=programme.side_name(side),
        members=tuple(_people(contact, side, programme.sides)),
    )


def _people(contact: Contact, side: str | None, sides: tuple[str, str]) -> Iterator[DelegateFact]:
    for person in contact.participants:
        if (person.side if person.side in sides else None) == side:
            yield DelegateFact(name=person.name, office=person.office)


def _decisions(
    items: Sequence[Commitment], roadmap: dict[str, CommitmentFact]
) -> Iterator[DecisionLine]:
    """In the order of the record, which is that in which they were entered."""
    for number, item in enumerate(items, start=1):
        fact = roadmap[item.id]
        yield DecisionLine(
            number=number, id=item.id, title=item.title, owners=fact.owners, due=fact.due
        )


def _earlier(
    programme: Programme,
    contact: Contact,
    decided: Any,
    roadmap: dict[str, CommitmentFact],
    as_of: date,
) -> Iterator[EarlierLine]:
    """Of sessions before this one, the latest first; what was complete before the last session
    of the same series has been reported already, and is left out.
    """
    here = _start(contact) or as_of
    before = [
        item
        for item in programme.contacts
        if is_session(item) and item.id != contact.id and item.held and item.held.start < here
    ]
    before.sort(key=lambda item: (_start(item) or here, item.id), reverse=True)
    last = before[0].held.end if before and before[0].held else None
    for session in before:
        for item in decided.get(session.id, ()):
            fact = roadmap[item.id]
            if fact.state == "complete" and last and fact.updated and fact.updated <= last:
                continue
            yield EarlierLine(
                id=fact.id, title=fact.title, session=session.title, owners=fact.owners,
                due=fact.due, state=fact.state, completion=fact.completion,
            )  # fmt: skip


def _start(contact: Contact) -> date | None:
    when = contact.held or contact.planned
    return when.start if when else None


def _figures(trade: TradeFact) -> Iterator[FigureLine]:
    for flow in trade.flows:
        yield from _of_flow(flow)


def _of_flow(flow: FlowFact) -> Iterator[FigureLine]:
    for row in flow.rows[:PERIODS]:
        yield FigureLine(
            indicator=flow.title,
            period=row.period,
            unit=flow.display_unit,
            levels=row.levels,
            difference=row.difference,
        )


def _next(programme: Programme, contact: Contact) -> NextSession | None:
    here = _start(contact)
    after = [
        item
        for item in programme.contacts
        if is_session(item)
        and item.id != contact.id
        and not item.cancelled
        and item.planned
        and (here is None or item.planned.start > here)
    ]
    found = min(after, key=lambda item: (_start(item) or date.max, item.id), default=None)
    return NextSession(when=found.held or found.planned, place=found.place) if found else None


def _sources(programme: Programme, figures: Sequence[FigureLine]) -> tuple[SourceFact, ...]:
    """Those that the annex cites, in the order in which it does."""
    cited = dict.fromkeys(
        source for line in figures for level in line.levels for source in level.sources
    )
    found = [item for item in (programme.find(Source, source) for source in cited) if item]
    return tuple(
        SourceFact(
            number=number, id=item.id, title=item.title, publisher=item.publisher,
            address=item.address, published=item.published, side=item.side, note=item.note,
        )
        for number, item in enumerate(found, start=1)
    )  # fmt: skip
