"""Contacts: held, planned, and overdue against the cadence they should keep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.programme import Cadence, Contact, Programme
from bilat.vocabulary import Period

CadenceState = Literal["kept", "overdue", "planned", "no_interval", "never_held"]


class ContactFact(Fact):
    """One contact that was held or is planned."""

    id: str
    title: Said
    kind: str
    when: Period
    held: bool
    missed: bool
    """Planned for a day that is past, and not known to have been held."""
    place: MaybeSaid
    platform: MaybeSaid
    outcome: MaybeSaid
    agenda: tuple[Said, ...]
    assumption: bool
    sources: tuple[str, ...]


class CadenceFact(Fact):
    """A series of contacts against its interval."""

    id: str
    title: Said
    kind: str
    platform: MaybeSaid
    every_months: int | None
    proposed_by: str | None
    assumption: bool
    last: Period | None
    last_number: int | None
    next_due: date | None
    state: CadenceState
    sources: tuple[str, ...]


class MeetingsFact(Fact):
    """Contacts by date, and every cadence."""

    contacts: tuple[ContactFact, ...]
    cadences: tuple[CadenceFact, ...]

    @property
    def held(self) -> tuple[ContactFact, ...]:
        """The newest first."""
        return tuple(item for item in reversed(self.contacts) if item.held)

    @property
    def ahead(self) -> tuple[ContactFact, ...]:
        return tuple(item for item in self.contacts if not item.held)


def meetings_facts(programme: Programme, as_of: date) -> MeetingsFact:
    """What was held or is planned as known on ``as_of``; cancelled contacts are left out."""
    return programme.once("brief.meetings", (as_of,), lambda: _meetings(programme, as_of))


def _meetings(programme: Programme, as_of: date) -> MeetingsFact:
    standing = [item for item in programme.contacts if not item.cancelled]
    contacts = programme.memory.each(
        "brief.contacts", standing, (as_of,), lambda item: _contact(item, as_of)
    )
    known = [item for item in contacts if item is not None]
    return MeetingsFact(
        contacts=tuple(sorted(known, key=lambda item: (item.when.start, item.id))),
        cadences=tuple(_cadence(programme, item, as_of) for item in programme.cadences),
    )


def _contact(item: Contact, as_of: date) -> ContactFact | None:
    held = item.was_held(as_of)
    when = item.held if held else item.planned
    if when is None:
        return None
    return ContactFact(
        id=item.id,
        title=item.title,
        kind=item.kind,
        when=when,
        held=held,
        missed=not held and when.end < as_of,
        place=item.place,
        platform=item.platform,
        outcome=item.outcome,
        agenda=item.agenda,
        assumption=item.assumption,
        sources=item.sources,
    )


def _cadence(programme: Programme, cadence: Cadence, as_of: date) -> CadenceFact:
    series = [item for item in programme.contacts if item.cadence == cadence.id]
    held = [item for item in series if item.was_held(as_of) and item.held]
    last = max(held, key=lambda item: item.held.end if item.held else date.min, default=None)
    next_due = _next_due(last.held if last else None, cadence.every_months)
    return CadenceFact(
        id=cadence.id,
        title=cadence.title,
        kind=cadence.kind,
        platform=cadence.platform,
        every_months=cadence.every_months,
        proposed_by=cadence.proposed_by,
        assumption=cadence.assumption,
        last=last.held if last else None,
        last_number=last.number if last else None,
        next_due=next_due,
        state=_state(cadence, series, next_due, as_of),
        sources=cadence.sources,
    )


def _next_due(last: Period | None, every_months: int | None) -> date | None:
    """The end of the month, ``every_months`` after the last one was held."""
    if last is None or every_months is None:
        return None
    months = last.end.year * 12 + last.end.month - 1 + every_months
    return Period.parse(f"{months // 12:04}-{months % 12 + 1:02}").end


def _state(
    cadence: Cadence, series: Iterable[Contact], next_due: date | None, as_of: date
) -> CadenceState:
    if any(item.is_ahead(as_of) for item in series):
        return "planned"
    if cadence.every_months is None:
        return "no_interval"
    if next_due is None:
        return "never_held"
    return "overdue" if next_due < as_of else "kept"
