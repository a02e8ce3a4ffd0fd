"""Ties of the two sides: regions, twin cities, companies, schools; what one end seeks or offers."""

from __future__ import annotations

from typing import Any

from bilat.reading.countries import country_of
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.pair import named_parties, of_others
from bilat.reading.proposal import Manner, Proposal
from bilat.reading.rules import Features, Rule, named, verdict
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_ENDS = 2  # of a link
_BETWEEN = 12  # tokens between the two regions of a tie


def links(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """One proposal for each kind of tie that the sentence tells of."""
    out: list[Proposal] = []
    seen: set[str] = set()
    for term in _candidates(sentence):
        if term.value in seen:
            continue
        rule = verdict("links", _features(sentence, term, discourse))
        if rule is None:
            continue
        if rule.gives != "left":
            seen.add(term.value)
        out.append(_proposal(sentence, term, rule, discourse))
    return out


def _candidates(sentence: Sentence) -> list[Term]:
    """Words for a tie, words for a demand, and two regions that deal with each other."""
    found = [t for t in sentence.terms if t.group in ("tie", "demand")]
    regions = _regions(sentence)
    if len(regions) > 1 and regions[-1] - regions[0] <= _BETWEEN:
        found.append(Term("pair", "regions", regions[0], regions[-1]))
    return found


def _regions(sentence: Sentence) -> list[int]:
    """Where regions are named: “Brest Region”, «Ошская область», «Брестская и Ошская области»."""
    out: list[int] = []
    for i, token in enumerate(sentence.tokens):
        if i == 0 or token.lower not in words("region_words"):
            continue
        named_by = [j for j in range(max(0, i - 4), i) if sentence.tokens[j].is_capital]
        shared = len(named_by) > 1 and words("pair_and") & {
            t.lower for t in sentence.tokens[named_by[0] : i]
        }
        out += [named_by[0], i] if shared else [i] if named_by else []
    return out


def _features(sentence: Sentence, term: Term, discourse: Discourse) -> Features:
    clause = sentence.clause_of(term.first)
    found = [t for t in sentence.terms if clause.first <= t.first and t.last <= clause.last]
    goods = sentence.within(term.last + 1, term.last + _BETWEEN, "product", "goods", "area")
    holds = {
        "foreign": of_others(sentence, found, discourse.parties),
        "known": named_parties(sentence.terms, discourse.parties) or _cities(sentence, discourse),
        "goods": goods,
        "irrealis": words("irrealis") & {t.lower for t in sentence.tokens},
    }
    known = {name for name, it_holds in holds.items() if it_holds}
    return {
        "is": frozenset(known | {f"{term.group}/{term.value}", term.group}),
        "clause": named(found),
        "sentence": named(sentence.terms),
    }


def _cities(sentence: Sentence, discourse: Discourse) -> list[str]:
    """Cities of the two countries."""
    cities = [t.value for t in sentence.terms if t.group == "city"]
    return [city for city in cities if country_of(city) in discourse.parties]


def _partners(sentence: Sentence, discourse: Discourse) -> str | None:
    """“Osh – Vitebsk”, where one city of each country is named."""
    cities = list(dict.fromkeys(_cities(sentence, discourse)))
    lands = {country_of(city) for city in cities}
    return " – ".join(cities) if len(cities) == len(lands) == _ENDS else None


def _proposal(sentence: Sentence, term: Term, rule: Rule, discourse: Discourse) -> Proposal:
    demand = term.group == "demand"
    fields: dict[str, Any] = {
        "type": "demand" if demand else term.value,
        "wants": term.value if demand else None,
        "partners": _partners(sentence, discourse) if term.value == "cities" else None,
    }
    manner: Manner = "planned" if sentence.has("will", "goal/verb", "propose") else "reported"
    return Proposal(
        "link",
        fields,
        sentence.whole() if term.group == "pair" else sentence.clauses_from(term.first, term.last),
        manner,
        discourse.speaker,
        discourse.side,
        rule.confidence,
        rule.name,
        rule.optional,
    )
