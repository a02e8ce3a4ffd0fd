"""Whose exports a statement is of: the ways in which a text tells it, in their order."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.direction import exporter_of, goods_from, home_of, told_party
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Sentence
from bilat.reading.statement import Statement
from bilat.reading.terms import Term

Stretch = tuple[int, int]


def origin(
    statement: Statement,
    sentence: Sentence,
    amount: Amount,
    stretch: Stretch,
    earlier: list[Statement],
    discourse: Discourse,
) -> str | None:
    """The country that the goods come from; None where nothing tells it."""
    subject, own = statement.subject, own_stretch(sentence, amount, earlier)
    previous = next((s.exporter for s in reversed(earlier) if s.exporter), discourse.exporter)
    if subject.is_flow and previous and sentence.within(*own, "reverse"):
        return discourse.other(previous)
    if subject.exporter is not None:
        return subject.exporter
    home = _turned(sentence, subject.term, earlier, discourse)
    if home is not None:
        return home if subject.value == "exports" else discourse.other(home)
    if subject.term is not None:
        return _by_term(statement, subject.term, sentence, stretch, own, discourse)
    if subject.value in ("exports", "imports"):
        return _alone(sentence, amount, discourse) or previous
    return None


def own_stretch(sentence: Sentence, amount: Amount, earlier: list[Statement]) -> Stretch:
    """From the statement before to the end of what belongs to the amount."""
    floor = max((_end(s, amount) for s in earlier if s.last < amount.first), default=-1) + 1
    return floor, _own_end(sentence, amount)


def _by_term(
    statement: Statement,
    term: Term,
    sentence: Sentence,
    stretch: Stretch,
    own: Stretch,
    discourse: Discourse,
) -> str | None:
    flow = statement.subject.value == "exports"
    apart = flow and term.last < own[0]
    if apart and (told := told_party(sentence, own, discourse)):
        return told
    if term.group == "people" and flow and not apart:
        return term.value if term.value in discourse.parties else None
    if term.name == "goods/worth":
        return goods_from(sentence, term, stretch, discourse)
    if term.group == "goods":
        return told_party(sentence, stretch, discourse) or discourse.home
    if not statement.subject.is_flow:
        return None
    clause = sentence.clause_of(term.first)
    span = _around(sentence, clause.first, clause.last, stretch)
    return exporter_of(sentence, term, span, discourse)


def _own_end(sentence: Sentence, amount: Amount) -> int:
    """«43 млн — на кыргызский»: what follows the dash belongs to the number."""
    dashed = sentence.after(amount.last) in ("—", "–")
    return sentence.clause_of(min(amount.last + 2 * dashed, len(sentence.tokens) - 1)).last


def _end(statement: Statement, amount: Amount) -> int:
    """Where a statement ends: with its number, or its subject after the number."""
    term = statement.subject.term
    return max(statement.last, term.last if term and term.last < amount.first else -1)


def _turned(
    sentence: Sentence, term: Term | None, earlier: list[Statement], discourse: Discourse
) -> str | None:
    """“95 million in exports from Belarus and 43 in imports”: told from the same side."""
    if term is None or not earlier or not earlier[-1].exporter:
        return None
    before = earlier[-1].subject.value
    if {before, term.value} != {"exports", "imports"} or earlier[-1].last > term.last:
        return None
    clause = sentence.clause_of(term.first)
    if sentence.within(clause.first, clause.last, "country", "people", "ours", "yours"):
        return None
    return home_of(before, earlier[-1].exporter, discourse)


def _alone(sentence: Sentence, amount: Amount, discourse: Discourse) -> str | None:
    """“Mongolia’s part, $34 million”: the one party named in the clause or right before it."""
    clause = sentence.clause_of(amount.first)
    after = told_party(sentence, (amount.last + 1, clause.last), discourse)
    after = after or told_party(sentence, (clause.first, clause.last), discourse)
    return after or told_party(sentence, (max(0, clause.first - 6), clause.last), discourse)


def _around(sentence: Sentence, first: int, last: int, stretch: tuple[int, int]) -> tuple[int, int]:
    named = sentence.within(first, last, "country", "people", "ours", "yours")
    return (first, last) if named else stretch
