"""What can be said of a meeting in its place: features for the rules."""

from __future__ import annotations

from bilat.reading.countries import country_of
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.meetings import has_guest, is_traveller
from bilat.reading.occasion import day_of, is_ahead, ordinal_of
from bilat.reading.pair import named_parties, of_others
from bilat.reading.places import place_in
from bilat.reading.rules import Features, named
from bilat.reading.scene import Clause, Sentence, is_question
from bilat.reading.terms import Term

_GUEST = 8  # tokens from “received” to who comes: “was received in Nairobi by the minister”
_SIGHT = 5  # tokens
_CROWD = 500  # of more people who visit it is tourism
_OUTSIDE = 4  # tokens from “meeting with” to the journalists
_FROM = frozenset(("from", "из", "interview"))


def features_of(sentence: Sentence, term: Term, discourse: Discourse) -> Features:
    """The scopes of rules: is, clause, sentence, near, before."""
    clause = sentence.clause_of(term.first)
    found = [t for t in sentence.terms if clause.first <= t.first and t.last <= clause.last]
    return {
        "is": frozenset(_known(sentence, term, found, discourse)),
        "clause": named(found),
        "sentence": named(sentence.terms),
        "near": named(t for t in found if abs(t.first - term.first) <= 6),
        "before": named(t for t in found if t.last < term.first),
    }


def _known(sentence: Sentence, term: Term, found: list[Term], discourse: Discourse) -> set[str]:
    clause, word = sentence.clause_of(term.first), sentence.tokens[term.first].lower
    before = [sentence.before(term.first, n) for n in (1, 2, 3, 4)]
    inside = {t.lower for t in sentence.tokens[clause.first : clause.last + 1]}
    named_here = {t.value for t in named_parties(sentence.terms, discourse.parties)}
    holds = {
        "foreign": of_others(sentence, _not_where(sentence, found), discourse.parties),
        "elsewhere": _goes_elsewhere(sentence, term, discourse),
        "party": named_parties(found, discourse.parties),
        "countries": sentence.has("country", "people"),
        "both-parties": len(named_here) == 2,
        "role": words("chair") & set(before),
        "general": words("any_meeting") & set(before[:2]),
        "dated": day_of(sentence, term)[0] is not None,
        "placed": place_in(sentence, clause.first, clause.last),
        "numbered": ordinal_of(sentence, term) is not None,
        "ahead": is_ahead(sentence, term),
        "pairwise": sentence.has("both") or (words("pairwise") | words("officials")) & inside,
        "irrealis": {"if", "бы"} & {t.lower for t in sentence.tokens},
        "coming": sentence.within(term.first, term.last, "going"),
        "person": is_traveller(sentence, term),
        "guest": has_guest(sentence, term),
        "sight": words("sights")
        & {t.lower for t in sentence.tokens[term.last + 1 : term.last + _SIGHT]},
        "envoy": words("envoys") & inside and len(_officials(sentence, clause)) > 1,
        "next": words("nexts") & {sentence.before(term.first, n) for n in (0, 1, 2, 3, 4)},
        "unsaid": _is_unsaid(sentence, clause),
        "aside": words("aside") & {sentence.before(term.first, n) for n in range(1, 6)},
        "thanks": words("thanks") & {t.lower for t in sentence.tokens},
        "of-two": words("pairwise")
        & {t.lower for t in sentence.tokens[term.last + 1 : term.last + _SIGHT]}
        or _has_both_names(sentence, term, discourse),
        "negated": _is_negated(sentence, term),
        "crowd": word.startswith(("visited", "visiting", "посет"))
        and any(a.sort == "count" and a.value >= _CROWD for a in sentence.amounts),
        "told": words("told_of") & set(before[:3]),
        "interview": words("interviews") & {word, before[0]} and _FROM & set(before[:2]),
        "outsiders": words("outsiders")
        & {t.lower for t in sentence.tokens[term.last + 1 : term.last + _OUTSIDE]},
        "ongoing": words("negotiations") & {word} and words("ongoing") & inside,
        "own-body": words("own_bodies") & set(before[:2]),
        "question": is_question(sentence),
        "acts": _is_who_acts(sentence, term, discourse),
    }
    known = {name for name, it_holds in holds.items() if it_holds}
    return known | {f"type/{term.value}", f"word/{word}"}


def _is_who_acts(sentence: Sentence, term: Term, discourse: Discourse) -> bool:
    """“The meeting welcomed the intention of …”: the minutes of a meeting that has been told."""
    said = sentence.after(term.last) in words("minutes_say")
    by_verb = sentence.before(term.first) in (
        "meeting",
        "session",
        "commission",
        "sides",
        "parties",
    )
    told = discourse.contact is not None and term.value == "meeting"
    return told and (
        said or (by_verb and sentence.tokens[term.first].lower in words("minutes_say"))
    )


def _officials(sentence: Sentence, clause: Clause) -> list[Term]:
    return sentence.within(clause.first, clause.last, "office")


def _not_where(sentence: Sentence, found: list[Term]) -> list[Term]:
    """Without the countries that are only a place: “in Kazakhstan”."""
    return [t for t in found if t.group != "country" or sentence.before(t.first) not in ("in", "в")]


def _goes_elsewhere(sentence: Sentence, term: Term, discourse: Discourse) -> bool:
    """“a visit to China”, «посетил Баку»: a place of a third country right after the word."""
    after = [t for t in sentence.terms if term.last < t.first <= term.last + 3]
    lands = [t.value for t in after if t.group == "country"]
    lands += [country_of(t.value) or "" for t in after if t.group == "city"]
    return bool(lands) and not set(lands) & set(discourse.parties)


def _has_both_names(sentence: Sentence, term: Term, discourse: Discourse) -> bool:
    """“the fifth Italian-Algerian summit”."""
    near = [t for t in sentence.terms if 0 < term.first - t.first <= 3]
    return len({t.value for t in named_parties(near, discourse.parties)}) == 2


def _is_unsaid(sentence: Sentence, clause: Clause) -> bool:
    """“did not say when the commission would meet”."""
    head = {t.lower for t in sentence.tokens[clause.first : clause.first + 2]}
    before = {t.lower for t in sentence.tokens[: clause.first]}
    return bool(head & words("asks")) and bool(before & words("never"))


def _is_negated(sentence: Sentence, term: Term) -> bool:
    """“was not discussed at the talks” negates no talks: “not” beside the verb of the meeting."""
    clause = sentence.clause_of(term.first)
    for i in range(
        max(clause.first, term.first - _SIGHT), min(clause.last, term.last + _GUEST) + 1
    ):
        if sentence.tokens[i].lower in words("never") and sentence.after(i) not in words("only"):
            told = sentence.within(i + 1, i + 3, "will", "event", "contact", "going")
            if told or sentence.tokens[i].lower == "no":
                return True
    return False
