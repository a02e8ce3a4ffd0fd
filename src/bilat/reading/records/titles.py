"""What proposed records are called, in English and Russian, until a person finds better words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from bilat.language import Message, Words, say
from bilat.language.text import LanguageCode
from bilat.reading.proposal import Proposal
from bilat.vocabulary import Unit

LANGUAGES: tuple[LanguageCode, ...] = ("en", "ru")
Titles = dict[LanguageCode, str]
LONGEST = 120
"""Characters of a title that is taken from the text."""

CONTACTS: Mapping[str, Message] = {
    "visit": say("Visit"),
    "session": say("Session of the commission"),
    "meeting": say("Meeting"),
    "forum": say("Business forum"),
    "council": say("Business council"),
    "summit": say("Summit"),
    "call": say("Telephone call"),
    "exhibition": say("Exhibition"),
}
DOCUMENTS: Mapping[str, Message] = {
    "treaty": say("Treaty"),
    "agreement": say("Agreement"),
    "roadmap": say("Roadmap"),
    "programme": say("Programme of cooperation"),
    "protocol": say("Protocol"),
    "memorandum": say("Memorandum"),
    "declaration": say("Declaration"),
    "communique": say("Communiqué"),
    "package": say("Package of documents"),
}
PAPERS: Mapping[str, Message] = {
    "plan": say("Plan of measures"),
    "convention": say("Convention"),
    "strategy": say("Strategy"),
}
"""Papers that a programme keeps under a wider kind, by their own names."""
FACILITIES: Mapping[str, Message] = {
    "credit": say("Credit"),
    "leasing": say("Leasing"),
    "guarantee": say("Guarantee"),
    "insurance": say("Insurance"),
    "grant": say("Grant"),
}
INSTRUMENTS: Mapping[str, Message] = {
    "fund": say("Joint fund"),
    "subsidy": say("Interest subsidy"),
    "bonds": say("Bonds"),
}
"""Money that a programme keeps as a credit line, by its own name."""
AREAS: Mapping[str, Message] = {
    "education": say("Education"),
    "culture": say("Culture"),
    "sport": say("Sport"),
    "tourism": say("Tourism"),
    "science": say("Science"),
    "health": say("Health"),
    "youth": say("Youth"),
}
_WORKS: Mapping[str, Message] = {
    "assembly": say("Assembly: {product}"),
    "construction": say("Construction: {product}"),
    "production": say("Production: {product}"),
    "supply": say("Supply: {product}"),
    "processing": say("Processing: {product}"),
    "modernisation": say("Modernisation: {product}"),
    "joint venture": say("Joint venture: {product}"),
}


def in_both(message: Message) -> Titles:
    """A title in every language of the interface."""
    return {lang: Words(lang)(message) for lang in LANGUAGES}


def contact_title(proposal: Proposal, kind: str) -> Titles:
    place, number = proposal.fields.get("place"), proposal.fields.get("ordinal")
    what = CONTACTS[kind]
    if number and place:
        return in_both(say("{what} no. {number}, {place}", what=what, number=number, place=place))
    if number:
        return in_both(say("{what} no. {number}", what=what, number=number))
    return in_both(say("{what}, {place}", what=what, place=place) if place else what)


def document_title(proposal: Proposal, kind: str) -> Titles:
    until = proposal.fields.get("until")
    what = PAPERS.get(str(proposal.fields.get("type")), DOCUMENTS[kind])
    return in_both(say("{what} until {year}", what=what, year=str(until)) if until else what)


def project_title(proposal: Proposal) -> Titles:
    product = str(proposal.fields.get("product") or "–")
    template = _WORKS.get(str(proposal.fields.get("activity")), say("Project: {product}"))
    return in_both(template.with_args(product=product))


def link_title(proposal: Proposal, language: str) -> Titles:
    """Twin cities by their names; any other link by the sentence that tells of it."""
    partners = str(proposal.fields.get("partners") or "")
    if partners:
        return in_both(say("Twin cities: {names}", names=partners))
    return quoted_title(proposal, language)


def target_title(indicator: object, amount: object, unit: Unit) -> Titles:
    """indicator: its title; amount: in ``unit``."""
    template = say("{indicator}: {amount} {unit}", indicator=indicator, amount=amount, unit=unit)
    return in_both(template)


def quoted_title(proposal: Proposal, language: str) -> Titles:
    """The sentence itself, in its own language, cut at a word."""
    text = " ".join(proposal.quote.text.split())
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"
    return {cast("LanguageCode", language): text}
