"""Contacts, documents and commitments: what was agreed, and where."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.language import say
from bilat.reading.proposal import Proposal
from bilat.reading.records import titles
from bilat.reading.records.making import Making, Mapped

CONTACT_KINDS: Mapping[str, str] = {
    **{kind: kind for kind in titles.CONTACTS},
    "commission": "session",
    "expo": "exhibition",
    "talks": "meeting",
}
DOCUMENT_KINDS: Mapping[str, str] = {
    **{kind: kind for kind in titles.DOCUMENTS},
    "plan": "programme",
    "action plan": "programme",
    "contract": "agreement",
    "convention": "treaty",
    "strategy": "programme",
    "communiqué": "communique",
}


def contact(making: Making) -> Mapped:
    kind = making.kind("type", CONTACT_KINDS, say("What kind of contact is it?"))
    when = making.when(say("On which day, or in which month, was it or will it be?"))
    held = making.get("status") != "planned"
    return making.done(
        "contacts",
        id=making.id("contacts", kind, making.get("ordinal"), when),
        title=making.title(lambda: titles.contact_title(making.proposal, kind or "meeting")),
        kind=kind,
        number=making.get("ordinal"),
        held=when if held else None,
        planned=None if held else when,
        place=making.get("place"),
    )


_STATES = {
    "signed": "signed",
    "in force": "in_force",
    "agreed": "agreed",
    "drafted": "negotiated",
    "to be signed": "negotiated",
    "negotiated": "negotiated",
}
"""What a text says of a document → the date of its life that this sets."""


def state_of(proposal: Proposal) -> str | None:
    return _STATES.get(str(proposal.fields.get("status") or "").lower().replace("_", " "))


def document(making: Making) -> Mapped:
    kind = making.kind("type", DOCUMENT_KINDS, say("What kind of document is it?"))
    state = state_of(making.proposal)
    if state is None:
        making.ask("status", say("How far has it come?"), _STATES)
    if state == "negotiated" and not making.get("date"):
        when = making.said_on()  # under negotiation by the day of the text: it says no more
    else:
        when = making.when(say("On which day, or in which year, did it come so far?"))
    life = {state: when} if state else {}
    return making.done(
        "documents",
        id=making.id("documents", kind, making.get("until") or when),
        title=making.title(lambda: titles.document_title(making.proposal, kind or "agreement")),
        kind=kind,
        expires=making.get("until"),
        place=making.get("place"),
        **life,
    )


def commitment(making: Making) -> Mapped:
    proposed = making.proposal.manner in ("proposed", "hoped")
    return making.done(
        "commitments",
        id=making.id("commitments", making.get("topic") or "measure", making.stated),
        title=making.title(lambda: titles.quoted_title(making.proposal, making.language)),
        due=making.get("by") or making.get("date"),
        proposed_by=making.side() if proposed else None,
    )
