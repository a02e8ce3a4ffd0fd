"""Contacts, documents and commitments against those that the programme has."""

from __future__ import annotations

from bilat.language import Message, say
from bilat.programme import Contact, Document
from bilat.reading.records.agreements import CONTACT_KINDS, DOCUMENT_KINDS, state_of
from bilat.reading.relation.relation import (
    NEW,
    Case,
    Relation,
    contradicts,
    likeness,
    overlap,
    repeats,
    same_place,
    updates,
)
from bilat.vocabulary import Period

ALIKE = 0.5
"""Share of a title's words in a sentence from which on both speak of one thing."""
OF_A_DAY = ("package", "communique")
"""Kinds of which a meeting has one: that of the day on which the text was published is meant."""
SINGULAR = ("roadmap", "treaty")
"""Kinds of which two countries have one at a time: without a date the one known is meant."""


def contact(case: Case) -> Relation:
    kind = CONTACT_KINDS.get(str(case.get("type")))
    known = [item for item in case.programme.contacts if item.kind == kind]
    if number := case.get("ordinal"):
        found = next((item for item in known if item.number == int(number)), None)
    else:
        found = next((item for item in known if _same_occasion(case, item)), None)
    return _occasion(case, found) if found else _beside(case)


def _beside(case: Case) -> Relation:
    """New; but a meeting on the day of a visit, at its place, may be a part of it: that is told."""
    for item in case.programme.contacts:
        is_there = same_place(item.place, case.get("place"))
        if is_there and (item.held or item.planned) == case.period("date"):
            named = ((item.section, item.id),)
            return Relation("new", named, say("on that day the programme has this, at that place"))
    return NEW


def _same_occasion(case: Case, record: Contact) -> bool:
    date = case.period("date")
    when = record.held or record.planned
    is_near = bool(date and when and overlap(date, when))
    return is_near and same_place(record.place, case.get("place")) is not False


def _occasion(case: Case, record: Contact) -> Relation:
    if same_place(record.place, case.get("place")) is False:
        difference = say(
            "the text says {here}, the programme {there}",
            here=case.get("place"),
            there=record.place,
        )
        return contradicts(difference, record)
    date, was_held = case.period("date"), case.get("status") != "planned"
    if date is None:
        return repeats(record)
    if was_held and record.held is None:
        return updates(record, say("it was planned, and has been held"), "held")
    known = record.held or record.planned
    if known is None:
        return updates(
            record, say("its date was not known before"), "held" if was_held else "planned"
        )
    if not overlap(date, known):
        return contradicts(_dates(date, known), record)
    if (
        record.held
        and was_held
        and date != known
        and date.start >= known.start <= date.end <= known.end
    ):
        return updates(record, _dates(date, known), "held")
    return repeats(record)


def _dates(here: Period, there: Period) -> Message:
    return say("the text says {here}, the programme {there}", here=here, there=there)


_LIFE = ("negotiated", "agreed", "signed", "in_force")


def document(case: Case) -> Relation:
    kind = DOCUMENT_KINDS.get(str(case.get("type")))
    known = [item for item in case.programme.documents if item.kind == kind]
    found = _meant(case, known)
    return _life(case, found) if found else NEW


def _meant(case: Case, known: list[Document]) -> Document | None:
    """By the year to which it runs; else by its title, or because there is only one."""
    until = case.get("until")
    if until is not None:
        year = int(str(until)[:4])
        return next(
            (item for item in known if item.expires and item.expires.end.year == year), None
        )
    text = case.proposal.quote.text
    best = max(known, key=lambda item: likeness(item.title, text, case.language), default=None)
    if best and likeness(best.title, text, case.language) >= ALIKE:
        return best
    if case.stated and (same := [item for item in known if _is_of(item, case.stated)]):
        return same[0]
    return known[0] if len(known) == 1 and known[0].kind in SINGULAR else None


def _is_of(record: Document, day: Period) -> bool:
    return record.kind in OF_A_DAY and day in (record.negotiated, record.signed)


def _life(case: Case, record: Document) -> Relation:
    state, date = state_of(case.proposal), case.period("date")
    reached = [name for name in _LIFE if getattr(record, name)]
    if state is None or not reached:
        return repeats(record) if state is None else updates(record, _further(state), state)
    known = getattr(record, state)
    if known and date and not overlap(known, date):
        return contradicts(_dates(date, known), record)
    if _LIFE.index(state) > _LIFE.index(reached[-1]):
        return updates(record, _further(state), state)
    return repeats(record)


def _further(state: str) -> Message:
    told = {
        "negotiated": say("it is being negotiated"),
        "agreed": say("it has been agreed since"),
        "signed": say("it has been signed since"),
        "in_force": say("it has come into force since"),
    }
    return told[state]


def commitment(case: Case) -> Relation:
    text = case.proposal.quote.text
    known = [
        (likeness(item.title, text, case.language), item) for item in case.programme.commitments
    ]
    score, found = max(known, key=lambda pair: pair[0], default=(0.0, None))
    return repeats(found) if found and score >= ALIKE else NEW
