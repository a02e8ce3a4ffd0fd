"""Money behind cooperation: credit, leasing, guarantees, subsidies, settlements."""

from __future__ import annotations

from bilat.reading.by_term import proposals_by_term
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.mood import opens_inverted
from bilat.reading.pair import of_others
from bilat.reading.proposal import Proposal
from bilat.reading.rules import Features, named
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_STUDY = 6  # tokens between a grant and the studies that it pays for
_AFTER = 13  # tokens in which a loan is said not to be taken


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
        paper = sentence.within(clause.first, clause.last, "paper", "instrument", "paper_status")
        papers = [t for t in paper if t.group == "paper" or "agreement" in _said(sentence, t)]
        both = (
            len(sentence.within(clause.first, clause.last, "bank"))
            + sum(i in clause for i in named)
            > 1
        )
        arranged = paper and words("arranged") & {t.lower for t in sentence.tokens}
        if both and (papers or arranged):
            found.append(Term("instrument", "bank agreement", term.first, term.last))
            break
    return found + _paid_by_banks(sentence, banks, found)


def _paid_by_banks(sentence: Sentence, banks: list[Term], found: list[Term]) -> list[Term]:
    """“The Development Bank will finance the purchase”: a credit that is not called one."""
    if any(t.value in ("credit", "leasing") for t in found):
        return []
    for term in banks:
        clause = sentence.clause_of(term.first)
        verbs = [i for i, t in enumerate(sentence.tokens) if t.lower in words("financing")]
        if any(i in clause for i in verbs):
            return [Term("instrument", "credit", term.first, term.last)]
    return []


def _is_negated(sentence: Sentence, term: Term) -> bool:
    """“took no loans”, «кредитов не брал»."""
    near = range(max(0, term.first - 3), min(len(sentence.tokens), term.last + _AFTER))
    for i in near:
        lower = sentence.tokens[i].lower
        if lower not in words("never") or sentence.after(i) in words("only"):
            continue
        if lower == "no" or sentence.within(i + 1, i + 2, "lending"):
            return True
    return False


def _said(sentence: Sentence, term: Term) -> str:
    said = " ".join(t.lower for t in sentence.tokens[term.first : term.last + 1])
    return said.replace("соглашение", "agreement").replace("соглашения", "agreement")


def _features(sentence: Sentence, term: Term, discourse: Discourse) -> Features:
    clause = sentence.clause_of(term.first)
    found = sentence.within(clause.first, clause.last, *{t.group for t in sentence.terms})
    known = {f"instrument/{term.value}"}
    spoken = sentence.tokens[term.first : term.last + 1]
    if term.value == "fund" and any(t.is_capital for t in spoken) and term.first > 0:
        known.add("name")
    if of_others(sentence, found, discourse.parties):
        known.add("foreign")
    studies = sentence.within(term.first - _STUDY, term.last + _STUDY, "area/education")
    people = sentence.has("indicator/students") or any(a.sort == "count" for a in sentence.amounts)
    if term.value == "grant" and studies and people:
        known.add("study")
    money = any(a.first in clause and a.sort == "money" for a in sentence.amounts)
    if {"lend", "lends", "одолжить"} & {spoken[0].lower, *spoken[0].keys} and not money:
        known.add("things")
    if opens_inverted(sentence):
        known.add("unreal")
    if _is_negated(sentence, term):
        known.add("negated")
    if any(a.first in clause and a.sort in ("percent", "fraction") for a in sentence.amounts):
        known.add("share")
    return {
        "is": frozenset(known),
        "clause": named(found),
        "sentence": named(sentence.terms),
        "near": named(t for t in found if abs(t.first - term.first) <= 5 and t != term),
    }
