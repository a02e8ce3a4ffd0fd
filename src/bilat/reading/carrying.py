"""A subject that is carried over from what the text has been speaking of."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.discourse import Discourse
from bilat.reading.forms import is_genitive
from bilat.reading.grammar import beginning, has_own_subject
from bilat.reading.scene import Clause, Sentence
from bilat.reading.subject import NOTHING, Subject
from bilat.reading.terms import Term

_SHORT = 12  # tokens of an answer such as “In short, 4.4 billion dollars.”
_WORKS = ("scope/company", "activity/construction", "activity/modernisation")
_ALIEN = ("product", "works", "instrument", "contract", "activity", "bank", "unit", "measure")


def points_back(sentence: Sentence, clause: Clause) -> list[Term]:
    """“it”, “the indicator”, but not “the number of flights”, «объем перевозок»."""
    return [
        t
        for t in sentence.within(clause.first, clause.last, "anaphora")
        if not _has_complement(sentence, t)
    ]


def _has_complement(sentence: Sentence, term: Term) -> bool:
    i = term.last + 1
    word = sentence.after(term.last)
    if sentence.language == "en":
        return word == "of" and term.last > term.first
    known = sentence.within(i, i, "indicator", "both", "country", "people", "unit_of_time", "year")
    return word.isalpha() and len(word) > 3 and not known and is_genitive(word)


def _is_bare_goal(sentence: Sentence, amount: Amount) -> bool:
    """“Half a billion dollars is what we aim at”: a goal of officials that names no flow."""
    if amount.sort != "money":
        return False
    if sentence.has("goal/noun", "goal/call"):
        return True
    sums = not sentence.has(*_ALIEN, "indicator", "scope/company")
    return sums and sentence.has("goal") and sentence.has("office", "both", "ours")


def carried(sentence: Sentence, amount: Amount, clause: Clause, discourse: Discourse) -> Subject:
    """From an earlier sentence, where this one speaks of a change or level without a subject."""
    if discourse.indicator is None and not _is_bare_goal(sentence, amount):
        return NOTHING
    speaks = sentence.has(
        "anaphora", "change", "level", "goal", "reach", "both", "each_of", "compare", "speech"
    )
    company = sentence.within(clause.first, clause.last, *_WORKS)
    speaks = speaks or len(sentence.tokens) < _SHORT or discourse.answering > 0
    reckons = _reckons(sentence, clause, amount)
    if not (speaks or reckons) or company:
        return NOTHING
    refers = _refers(sentence, clause, amount) or reckons
    if not refers and has_own_subject(sentence, clause, amount):
        return NOTHING
    if sentence.within(clause.first, amount.first, "goal/noun"):
        return Subject("turnover")  # a goal that names no flow is the pair's trade
    if points_back(sentence, clause) and discourse.whole is not None:
        return Subject("turnover")  # “the indicator” is what the text is about
    return Subject(discourse.indicator or "turnover")


def _reckons(sentence: Sentence, clause: Clause, amount: Amount) -> bool:
    """“The agency in Tashkent has 698 million”: who counts is no subject of the number."""
    verbs = sentence.within(clause.first, amount.first, "reckon")
    sources = sentence.within(0, amount.first, "source", "city", "people")
    return bool(verbs and sources)


def _refers(sentence: Sentence, clause: Clause, amount: Amount) -> bool:
    """It speaks of what was told before, or of a goal, or tells what is to be done."""
    goals = sentence.within(beginning(sentence, clause, amount), amount.first, "goal/noun")
    told = sentence.within(clause.first, clause.last, "each_of", "goal", "both")
    before = sentence.tokens[clause.first : amount.first]
    lifts = sentence.language == "ru" and any(t.tense == "infn" for t in before)
    return bool(points_back(sentence, clause) or told or goals or lifts)
