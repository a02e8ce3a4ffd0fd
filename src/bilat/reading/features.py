"""What can be said of an amount in its place: the features that the rules ask for."""

from __future__ import annotations

from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.mood import mood
from bilat.reading.place import Place
from bilat.reading.rules import Features, named
from bilat.reading.scope import scope
from bilat.reading.surroundings import surroundings, wishes
from bilat.reading.timing import timing
from bilat.reading.weighing import is_enough

_SMALL = 10_000  # of any currency; no flow between countries is less
_ANSWER = 12  # tokens of “Half a billion dollars by 2030.”
_STAKE = frozenset(("capital", "капиталом", "капитала", "участием"))


def features(place: Place, discourse: Discourse) -> Features:
    """The scopes of rules: clause, sentence, before, near, is."""
    s, a = place.sentence, place.amount
    clause = s.clause_of(a.first)
    inside = [t for t in s.terms if clause.first <= t.first and t.last <= clause.last]
    lower = {t.lower for t in s.tokens[clause.first : clause.last + 1]}
    found = _about(place, discourse) | scope(place, discourse) | mood(place)
    found |= timing(place, discourse)
    if a.sort != "count" or place.subject.value in _PEOPLE:  # nothing else that is counted asks
        found |= surroundings(place, discourse)
    if discourse.listing:
        found = wishes(found)
    if "deadline" in found and not found & {"past", "base", "now"}:
        found.add("only-ahead")
    features = {
        "clause": named(inside) | (frozenset(("capital",)) if lower & _STAKE else frozenset()),
        "sentence": s.names,
        "before": named(t for t in inside if t.last < a.first),
        "near": named(t for t in s.terms if a.first - 4 <= t.first and t.last <= a.last + 4),
        "is": frozenset(found),
    }
    if a.sort == "count":
        return features  # nothing of what is counted is weighed
    weighed = frozenset(scale for scale in _SCALES if is_enough("amounts", scale, features))
    return {**features, "is": features["is"] | weighed}


_PEOPLE = ("students", "tourists")
_SCALES = ("aimed", "of-the-pair")


def _is_granted(place: Place) -> bool:
    """Scholarships, quotas and places are given to the partner’s students; no one else’s."""
    term = place.subject.term
    if term is None or place.subject.value != "students":
        return False
    word = place.sentence.tokens[term.first]
    return any(key in words("grants") for key in (word.lower, *word.keys))


def _about(place: Place, discourse: Discourse) -> set[str]:
    a, subject = place.amount, place.subject
    long_name = subject.term is not None and subject.term.last > subject.term.first
    found = {
        "fraction": a.fraction,
        "small": a.value < _SMALL,
        "unit": subject.value == "unit",
        "flow": subject.is_flow,
        "joint": subject.value == "firms" and long_name,
        "granted": _is_granted(place),
        "subject/people": subject.value in ("students", "tourists"),
        "after-target": place.after_target,
        "after-a-goal": discourse.after_goal,
        "after-old": place.after_old,
        "short": len(place.sentence.tokens) <= _ANSWER,
        "asked": discourse.asked > 0 and len(place.sentence.tokens) <= _ANSWER,
    }
    return {
        f"sort/{a.sort}",
        f"subject/{subject.value}",
        *(name for name, holds in found.items() if holds),
    }
