"""Meetings of the two sides, and the cadence that they should keep."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.agreements import CommitmentRef, DocumentRef
from bilat.programme.parties import Person
from bilat.programme.record import BodyRef, LinkRef, Record, Refers, Side
from bilat.vocabulary import Period

ContactKind = Literal[
    "visit", "session", "meeting", "forum", "council", "summit", "call", "exhibition"
]
CadenceRef = Annotated[str, Refers("cadences"), Field(description="Id of a cadence.")]


class Cadence(Record):
    """A series of contacts that should come round regularly."""

    section: ClassVar[str] = "cadences"

    title: Text
    kind: ContactKind
    platform: Text | None = None
    """Left out for purely bilateral contacts; else EAEU, CIS, SCO …"""
    every_months: Annotated[int, Field(ge=1, le=120)] | None = None
    """Left out while no interval is agreed."""
    proposed_by: Side | None = None
    """Set while only one side has proposed it."""


class Contact(Record):
    """A visit, session, forum, council or call; planned, then held."""

    section: ClassVar[str] = "contacts"

    title: Text
    kind: ContactKind
    cadence: CadenceRef | None = None
    number: Annotated[int, Field(ge=1)] | None = None
    """The ordinal: the 12th session."""
    platform: Text | None = None
    planned: Period | None = None
    held: Period | None = None
    starts: time | None = None
    """Local time at the host, for calendars; the date planned or held must then be a day."""
    cancelled: bool = False
    place: Text | None = None
    host: Side | None = None
    bodies: tuple[BodyRef, ...] = ()
    participants: tuple[Person, ...] = ()
    agenda: tuple[Text, ...] = ()
    outcome: Text | None = None
    documents: tuple[DocumentRef, ...] = ()
    link: LinkRef | None = None
    """The link that it came of."""
    follow_up: tuple[CommitmentRef, ...] = ()

    def was_held(self, as_of: date) -> bool:
        return self.held is not None and self.held.start <= as_of

    def is_ahead(self, as_of: date) -> bool:
        """Planned, not yet held, and its date not past."""
        return bool(
            self.planned
            and not self.cancelled
            and not self.was_held(as_of)
            and self.planned.end >= as_of
        )
