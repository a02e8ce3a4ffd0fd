"""What an amount is about: the indicator, measure or unit that it counts."""

from __future__ import annotations

from collections.abc import Sequence

from bilat.reading.amounts import Amount
from bilat.reading.carrying import carried, points_back
from bilat.reading.counted import counted, growing_people
from bilat.reading.discourse import Discourse
from bilat.reading.nameless import named_after, nameless
from bilat.reading.scene import Clause, Sentence
from bilat.reading.subject import OTHER, Subject, subject_in
from bilat.reading.terms import Term

_CANDIDATES = (
    "indicator/turnover",
    "indicator/exports",
    "indicator/imports",
    "indicator/investment",
    *OTHER,
    "indicator/freight",
    "measure",
    "instrument",
    "contract",
    "goods/reexport",
)
_AFTER = frozenset(("of", "in", "worth", "'s", "for", "товаров", "товара", "'"))
_NEAR = 6


def subject_of(
    sentence: Sentence, amount: Amount, before: Subject | None, discourse: Discourse
) -> Subject:
    """The subject of an amount: in its clause, else in the sentence, else carried over."""
    if amount.sort == "count":
        return counted(sentence, amount)
    clause = sentence.clause_of(amount.first)
    own = (
        named_after(sentence, amount)
        or _in_clause(sentence, amount, clause)
        or nameless(sentence, amount, clause, discourse)
        or growing_people(sentence, amount, clause)
    )
    if own is not None:
        return own
    if before is not None and before.value != "nothing" and points_back(sentence, clause):
        return before
    for other in _around(sentence, clause):
        if (found := _nearest(sentence, amount, other)) is not None:
            return found
    if before is not None and before.value not in ("nothing", "unit"):
        return before
    return carried(sentence, amount, clause, discourse)


def _in_clause(sentence: Sentence, amount: Amount, clause: Clause) -> Subject | None:
    unit = sentence.within(amount.last + 1, amount.last + 3, "unit/mass", "unit/power")
    if unit and amount.sort == "money" and amount.currency is None:
        return Subject("unit", unit[0])
    return _nearest(sentence, amount, clause)


def _nearest(sentence: Sentence, amount: Amount, clause: Clause) -> Subject | None:
    found = sentence.within(clause.first, clause.last, *_CANDIDATES)
    found = [t for t in found if not (t.first <= amount.first <= t.last)]
    if not found:
        return None
    after = [t for t in found if t.first > amount.last]
    before = [t for t in found if t.last < amount.first]
    lent = any(t.value == "lending" for t in before[-2:])
    if after and not lent and _belongs(sentence, amount, after[0], before):
        return subject_in(after[0])
    term = before[-1] if before else after[0]
    return subject_in(term)


def _belongs(sentence: Sentence, amount: Amount, term: Term, before: Sequence[Term]) -> bool:
    gap = sentence.tokens[amount.last + 1 : term.first]
    if len(gap) > _NEAR or any(t.kind == "mark" and t.text in ",;:" for t in gap):
        return not before
    linked = any(t.lower in _AFTER for t in gap[:2]) or not gap
    return linked or not before


def _around(sentence: Sentence, clause: Clause) -> list[Clause]:
    before = sentence.clauses[: clause.number][::-1]
    return [*before, *sentence.clauses[clause.number + 1 :][:1]]
