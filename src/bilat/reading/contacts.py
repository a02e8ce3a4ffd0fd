"""Meetings of the two sides: visits, sessions, forums, calls; held or planned."""

from __future__ import annotations

from typing import Any

from bilat.reading.contact_features import features_of
from bilat.reading.discourse import Discourse
from bilat.reading.meetings import apart, candidates
from bilat.reading.occasion import date_of, day_of, is_ahead, ordinal_of, season_ahead
from bilat.reading.places import place_in
from bilat.reading.proposal import Manner, Proposal
from bilat.reading.rules import Rule, verdict
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term


def contacts(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """One proposal for each meeting that the sentence tells of."""
    out = []
    for term in apart(sentence, candidates(sentence, discourse)):
        features = features_of(sentence, term, discourse)
        rule = verdict("contacts", features)
        if rule is None:
            continue
        out.append(_proposal(sentence, term, rule, discourse))
    return out


def _proposal(sentence: Sentence, term: Term, rule: Rule, discourse: Discourse) -> Proposal:
    clause = sentence.clause_of(term.first)
    ahead = is_ahead(sentence, term)
    date = date_of(sentence, term, discourse, ahead=ahead)
    published = discourse.published
    if date and published and date > published.isoformat()[: len(date)]:
        ahead = True
    ahead = ahead or (published is not None and season_ahead(sentence, term, published))
    place = place_in(sentence, clause.first, clause.last) or place_in(
        sentence, 0, len(sentence.tokens) - 1
    )
    if place is None and not ahead:
        place = discourse.place
    if term.value in ("commission", "council") or (term.value, discourse.contact) == (
        "forum",
        None,
    ):
        discourse.contact = term.value
    fields: dict[str, Any] = {
        "type": term.value,
        "ordinal": ordinal_of(sentence, term),
        "place": place,
        "date": date,
        "status": "planned" if ahead else "held",
    }
    manner: Manner = "planned" if ahead else "reported"
    _, when = day_of(sentence, term)
    far = when is not None and when.first > clause.last
    quote = sentence.clauses_from(term.first, when.first if when and far else term.last)
    return Proposal(
        "contact",
        fields,
        quote,
        manner,
        discourse.speaker,
        discourse.side,
        rule.confidence,
        rule.name,
        rule.optional,
    )
