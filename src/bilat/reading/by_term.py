"""Kinds that are one proposal for each thing that a sentence names: an area, an instrument."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bilat.reading.discourse import Discourse
from bilat.reading.proposal import Kind, Proposal
from bilat.reading.rules import Features, verdict
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

FeaturesOf = Callable[[Sentence, Term, Discourse], Features]


def proposals_by_term(
    kind: Kind,
    field: str,
    rules: str,
    terms: Iterable[Term],
    features_of: FeaturesOf,
    sentence: Sentence,
    discourse: Discourse,
) -> list[Proposal]:
    """field: that holds the term. rules: name of the file whose rules decide. A term that was
    proposed is not proposed again in the sentence; one that was left may be."""
    out: list[Proposal] = []
    seen: set[str] = set()
    for term in terms:
        if term.value in seen:
            continue
        rule = verdict(rules, features_of(sentence, term, discourse))
        if rule is None:
            continue
        if rule.gives != "left":
            seen.add(term.value)
        out.append(
            Proposal(
                kind,
                {field: term.value},
                sentence.clauses_from(term.first, term.last),
                "reported",
                discourse.speaker,
                discourse.side,
                rule.confidence,
                rule.name,
                rule.optional,
            )
        )
    return out
