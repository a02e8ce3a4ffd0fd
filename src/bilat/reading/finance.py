"""Money behind cooperation: credit, leasing, guarantees, subsidies, settlements."""

from __future__ import annotations

from bilat.reading.by_term import proposals_by_term
from bilat.reading.discourse import Discourse
from bilat.reading.pair import foreign, named_parties
from bilat.reading.proposal import Proposal
from bilat.reading.rules import Features, named
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term


def finance(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """One proposal for each instrument that the sentence speaks of."""
    return proposals_by_term(
        "finance", "instrument", "finance", _instruments(sentence), _features, sentence, discourse
    )


def _instruments(sentence: Sentence) -> list[Term]:
    """Also “bank agreement”, where two banks and a paper stand in one clause."""
    found = [t for t in sentence.terms if t.group == "instrument"]
    banks = [t for t in sentence.terms if t.group == "bank"]
    named = [
        i
        for i, t in enumerate(sentence.tokens)
        if t.lower.rstrip("аеуом").endswith(("bank", "банк")) and len(t.lower) > 6
    ]
    for term in banks:
        clause = sentence.clause_of(term.first)
        paper = sentence.within(
            clause.first, clause.last, "paper", "instrument/credit", "paper_status/signed"
        )
        papers = [t for t in paper if t.group == "paper" or "agreement" in _words(sentence, t)]
        both = (
            len(sentence.within(clause.first, clause.last, "bank"))
            + sum(i in clause for i in named)
            > 1
        )
        if both and papers:
            found.append(Term("instrument", "bank agreement", term.first, term.last))
            break
    return found


def _words(sentence: Sentence, term: Term) -> str:
    words = " ".join(t.lower for t in sentence.tokens[term.first : term.last + 1])
    return words.replace("соглашение", "agreement").replace("соглашения", "agreement")


def _features(sentence: Sentence, term: Term, discourse: Discourse) -> Features:
    clause = sentence.clause_of(term.first)
    found = sentence.within(clause.first, clause.last, *{t.group for t in sentence.terms})
    known = {f"instrument/{term.value}"}
    spoken = sentence.tokens[term.first : term.last + 1]
    if term.value == "fund" and any(t.is_capital for t in spoken) and term.first > 0:
        known.add("name")
    if foreign(found, discourse.parties) and not named_parties(found, discourse.parties):
        known.add("foreign")
    return {
        "is": frozenset(known),
        "clause": named(found),
        "sentence": named(sentence.terms),
        "near": named(t for t in found if abs(t.first - term.first) <= 5 and t != term),
    }
