"""Sessions of the commission: the next one, those that were held, and what each has decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.brief.facts.roadmap import CommitmentFact, RoadmapFact
from bilat.programme import Commitment, Contact, Document, Programme
from bilat.vocabulary import Period

SessionState = Literal["planned", "missed", "no_date", "held", "cancelled"]
_ORDER: tuple[SessionState, ...] = ("planned", "missed", "no_date", "held", "cancelled")


class SessionFact(Fact):
    """One session as it stands on a day."""

    id: str
    title: Said
    number: int | None
    state: SessionState
    when: Period | None
    place: MaybeSaid
    host: str | None
    cadence: str | None
    joint: bool
    agenda: int
    """How many points its agenda has."""
    protocol: str | None
    """Id of the document that is its protocol."""
    decisions: tuple[CommitmentFact, ...]
    """What is late first."""

    @property
    def late(self) -> int:
        return sum(item.state == "late" for item in self.decisions)

    @property
    def open(self) -> int:
        return sum(item.state != "complete" for item in self.decisions)


class SessionsFact(Fact):
    """Every session: planned ones by date, then what became of nobody knows, then the held ones."""

    sessions: tuple[SessionFact, ...]

    @property
    def next(self) -> SessionFact | None:
        """The next one that both sides know of, else the next that one side has planned."""
        ahead = [item for item in self.sessions if item.state == "planned"]
        return next((item for item in ahead if item.joint), ahead[0] if ahead else None)

    def of(self, session: str) -> SessionFact | None:
        return next((item for item in self.sessions if item.id == session), None)

    @property
    def decisions(self) -> tuple[tuple[CommitmentFact, SessionFact], ...]:
        """Each decision once, with the session that took it, session by session."""
        return tuple((item, session) for session in self.sessions for item in session.decisions)


def is_session(contact: Contact) -> bool:
    return contact.kind == "session"


def sessions_facts(programme: Programme, roadmap: RoadmapFact, as_of: date) -> SessionsFact:
    """Sessions of ``programme`` with their decisions as ``roadmap`` has them on the same day."""
    facts = {item.id: item for item in roadmap.commitments}
    order = {item.id: place for place, item in enumerate(roadmap.commitments)}
    decided = decisions_by_session(programme)
    protocols = protocols_by_session(programme)
    found = [
        _session(
            contact,
            [facts[item.id] for item in decided.get(contact.id, ())],
            order,
            protocols.get(contact.id, ()),
            as_of,
        )
        for contact in programme.contacts
        if is_session(contact)
    ]
    return SessionsFact(sessions=tuple(sorted(found, key=_by_date)))


def decisions_by_session(programme: Programme) -> Mapping[str, tuple[Commitment, ...]]:
    """Session → the commitments that name it or its protocol, and those that it names.

    A commitment that could belong to several sessions belongs to the one that it names itself.
    """
    sessions = {item.id: item for item in programme.contacts if is_session(item)}
    of_document = {
        document: session
        for session, documents in protocols_by_session(programme).items()
        for document in documents
    }
    named = {item: session.id for session in sessions.values() for item in session.follow_up}
    found: dict[str, list[Commitment]] = defaultdict(list)
    for item in programme.commitments:
        session = item.contact if item.contact in sessions else None
        session = session or of_document.get(item.document or "") or named.get(item.id)
        if session:
            found[session].append(item)
    return {session: tuple(items) for session, items in found.items()}


def protocols_by_session(programme: Programme) -> Mapping[str, tuple[str, ...]]:
    """Session → ids of the documents that are its protocols, by what either of them names."""
    protocols = {item.id: item for item in programme.documents if item.kind == "protocol"}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for session in filter(is_session, programme.contacts):
        found[session.id].update(
            (document, None) for document in session.documents if document in protocols
        )
    for item in protocols.values():
        if item.contact in found:
            found[item.contact][item.id] = None
    return {session: tuple(documents) for session, documents in found.items()}


def protocol_of(programme: Programme, session: Contact) -> Document | None:
    """The document that is the session's protocol; the first where there are several."""
    found = protocols_by_session(programme).get(session.id, ())
    return programme.find(Document, found[0]) if found else None


def _session(
    contact: Contact,
    decisions: Iterable[CommitmentFact],
    order: Mapping[str, int],
    protocols: Sequence[str],
    as_of: date,
) -> SessionFact:
    return SessionFact(
        id=contact.id,
        title=contact.title,
        number=contact.number,
        state=session_state(contact, as_of),
        when=contact.held if contact.was_held(as_of) else contact.planned or contact.held,
        place=contact.place,
        host=contact.host,
        cadence=contact.cadence,
        joint=contact.visibility == "joint",
        agenda=len(contact.agenda),
        protocol=protocols[0] if protocols else None,
        decisions=tuple(sorted(decisions, key=lambda item: order[item.id])),
    )


def session_state(contact: Contact, as_of: date) -> SessionState:
    if contact.cancelled:
        return "cancelled"
    if contact.was_held(as_of):
        return "held"
    when = contact.planned or contact.held
    if when is None:
        return "no_date"
    return "missed" if when.end < as_of else "planned"


def _by_date(item: SessionFact) -> tuple[int, int, str]:
    """What is ahead comes in the order of time, what is past the latest first."""
    day = item.when.start.toordinal() if item.when else 0
    past = item.state in ("held", "cancelled", "missed")
    return _ORDER.index(item.state), -day if past else day, item.id
