"""A little grammar: whether a clause has a subject of its own that no lexicon of trade knows."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.forms import is_nominative
from bilat.reading.scene import Clause, Sentence

_VERBS = ("change", "level", "reach", "multiple")
_ALIEN = frozenset(("product", "works", "bank", "instrument", "activity", "measure", "contract"))
_KNOWN = frozenset(
    ("unit_of_time", "year", "month", "part", "speech", "office", "country", "people", "goal", "change",
     "indicator", "city", "both", "qualifier", "compare", "numeral", "scale", "currency", "balance_share",
     "level", "forecast", "one", "season", "decade", "multiple", "fraction", "percent", "anaphora")
)
_AUXILIARY = frozenset("has have had is are was were be been also already only even again just will would then there still by not to and or".split())


def has_own_subject(sentence: Sentence, clause: Clause, amount: Amount) -> bool:
    """“Milk production grew by 3%”: the number is of the milk, not of what was told before."""
    known = {
        i for t in sentence.terms if t.group in _KNOWN for i in range(t.first, t.last + 1)
    } | {i for w in sentence.whens for i in range(w.first, w.last + 1)}
    if sentence.language == "ru":
        return any(
            i not in known and is_nominative(sentence.tokens[i].lower)
            for i in range(clause.first, amount.first)
        )
    return _english(sentence, clause, amount, known)


def _english(sentence: Sentence, clause: Clause, amount: Amount, known: set[int]) -> bool:
    verbs = sentence.within(clause.first, amount.first, *_VERBS)
    if not verbs:
        return False
    i = verbs[0].first - 1
    while i >= clause.first and (_is_light(sentence, i)):
        i -= 1
    if i < clause.first:
        return False
    token = sentence.tokens[i]
    alien = any(t.group in _ALIEN and t.first <= i <= t.last for t in sentence.terms)
    return token.kind == "word" and (alien or i not in known)


def _is_light(sentence: Sentence, i: int) -> bool:
    lower = sentence.tokens[i].lower
    return lower in _AUXILIARY or lower.endswith("ly")
