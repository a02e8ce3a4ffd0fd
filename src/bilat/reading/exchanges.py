"""Exchanges of people: education, culture, sport, tourism, science, health, youth."""

from __future__ import annotations

from bilat.reading.by_term import proposals_by_term
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.pair import of_others
from bilat.reading.proposal import Proposal
from bilat.reading.rules import Features, named
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term


def exchanges(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """One proposal for each area that the sentence speaks of."""
    areas = [term for term in sentence.terms if term.group == "area"]
    return proposals_by_term("exchange", "area", "exchanges", areas, _features, sentence, discourse)


def _features(sentence: Sentence, term: Term, discourse: Discourse) -> Features:
    clause = sentence.clause_of(term.first)
    found = sentence.within(clause.first, clause.last, *{t.group for t in sentence.terms})
    known = {f"area/{term.value}"}
    if of_others(sentence, found, discourse.parties):
        known.add("foreign")
    before = [sentence.before(term.first, n) for n in (1, 2, 3)]
    if {"at", "in", "в"} & set(before) and sentence.tokens[term.first].keys[0] in (
        "university",
        "университет",
        "museum",
        "музей",
        "theatre",
        "library",
        "библиотека",
        "театр",
        "академия",
    ):
        known.add("venue")
    if words("learning") & {t.lower for t in sentence.tokens}:
        known.add("learning")
    if sentence.text[sentence.end - 1] == "?":
        known.add("question")
    if any(t.lower in ("if", "бы", "should") for t in sentence.tokens[:3]) or "бы" in {
        t.lower for t in sentence.tokens
    }:
        known.add("irrealis")
    head = sentence.tokens[term.first].keys[0].rstrip("s")
    if head in ("university", "universitie", "университет", "вуз", "академия") and any(
        t.name == "area/science" for t in found
    ):
        known.add("actor")
    areas = {t.value for t in sentence.terms if t.group == "area"}
    if len(areas) > 1:
        known.add("several")
    return {
        "is": frozenset(known),
        "clause": named(t for t in found if t != term),
        "sentence": named(sentence.terms),
        "near": named(t for t in found if abs(t.first - term.first) <= 5 and t != term),
    }
