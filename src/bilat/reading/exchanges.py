"""Exchanges of people: education, culture, sport, tourism, science, health, youth."""

from __future__ import annotations

from bilat.reading.by_term import proposals_by_term
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.pair import named_parties, of_others
from bilat.reading.proposal import Proposal
from bilat.reading.rules import Features, named
from bilat.reading.scene import Sentence, is_question
from bilat.reading.terms import Term

_NEAR = 8  # tokens between “by the time” and the games
_SUBJECT = 4  # tokens from scholarships to what they are for
_CROWD = 500  # of more people who visit it is tourism


def exchanges(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """One proposal for each area that the sentence speaks of."""
    areas = [term for term in sentence.terms if term.group == "area"]
    areas += _visitors(sentence, discourse)
    return proposals_by_term("exchange", "area", "exchanges", areas, _features, sentence, discourse)


def _visitors(sentence: Sentence, discourse: Discourse) -> list[Term]:
    """“31,000 Indians visited Armenia”: tourism, though nobody is called a tourist."""
    if not named_parties(sentence.terms, discourse.parties) or sentence.has("area/tourism"):
        return []
    out = []
    for term in (t for t in sentence.terms if t.name == "contact/visit"):
        clause = sentence.clause_of(term.first)
        told = sentence.tokens[term.first].lower.startswith(("visited", "visiting", "посет"))
        many = [a for a in sentence.amounts if a.sort == "count" and a.value >= _CROWD]
        if told and any(a.first in clause for a in many):
            out.append(Term("area", "tourism", term.first, term.last))
    return out[:1]


def _features(sentence: Sentence, term: Term, discourse: Discourse) -> Features:
    clause = sentence.clause_of(term.first)
    found = sentence.within(clause.first, clause.last, *{t.group for t in sentence.terms})
    lower = {t.lower for t in sentence.tokens}
    near = {sentence.before(term.first, n) for n in range(1, _NEAR)}
    head = sentence.tokens[term.first].keys[0].rstrip("s")
    holds = {
        "foreign": of_others(sentence, found, discourse.parties),
        "time": term.value == "sport" and ({"by", "time"} <= near or {"к", "началу"} <= near),
        "rector": words("rectors") & near and sentence.has("speech"),
        "worldwide": words("worldwide") & lower,
        "venue": _is_venue(sentence, term, found),
        "learning": words("learning") & lower,
        "question": is_question(sentence),
        "irrealis": "бы" in lower or words("openers") & {t.lower for t in sentence.tokens[:3]},
        "actor": head in words("schools") and any(t.name == "area/science" for t in found),
        "medics": term.value == "education" and any(t.name == "area/health" for t in found),
        "person": _is_titled(sentence, term),
        "study-of": term.value == "science" and _is_subject_of_study(sentence, term),
        "firm": _names_a_firm(sentence, term),
        "several": len({t.value for t in sentence.terms if t.group == "area"}) > 1,
    }
    known = {name for name, it_holds in holds.items() if it_holds}
    return {
        "is": frozenset(known | {f"area/{term.value}"}),
        "clause": named(t for t in found if t != term),
        "sentence": named(sentence.terms),
        "near": named(t for t in found if abs(t.first - term.first) <= 5 and t != term),
    }


def _is_titled(sentence: Sentence, term: Term) -> bool:
    """«вздохнул профессор Гордин»: a title before a name, and nothing of the kind besides."""
    after = term.last + 1
    token = sentence.tokens[term.first]
    named = after < len(sentence.tokens) and sentence.tokens[after].is_capital
    titled = bool({token.lower, token.keys[0]} & words("professors"))
    alone = {t.value for t in sentence.terms if t.group == "area"} == {term.value}
    return titled and named and alone and not sentence.has("study", "indicator/students")


def _is_subject_of_study(sentence: Sentence, term: Term) -> bool:
    """“scholarships in agricultural science”: what is studied."""
    before = sentence.within(max(0, term.first - _SUBJECT), term.first - 1, "indicator/students")
    return bool(before) and bool(
        {"in", "for"} & {t.lower for t in sentence.tokens[before[-1].last + 1 : term.first]}
    )


def _names_a_firm(sentence: Sentence, term: Term) -> bool:
    """«туристическая фирма „Арагац-тур“»: a firm by its name."""
    i = term.last + 1
    return sentence.after(term.last) in words("firms") and sentence.after(i) in ("«", "“")


def _is_venue(sentence: Sentence, term: Term, found: list[Term]) -> bool:
    """“spoke at the university”, «встреча прошла в музее»: only where somebody speaks or meets."""
    before = {sentence.before(term.first, n) for n in (1, 2, 3)}
    if not {"at", "in", "в"} & before or sentence.tokens[term.first].keys[0] not in words("venues"):
        return False
    clause = sentence.clause_of(term.first)
    said = {t.lower for t in sentence.tokens[clause.first : clause.last + 1]} & words("speaks")
    return bool(said) or any(t.group in ("speech", "contact") for t in found)
