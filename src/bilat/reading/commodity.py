"""Whether a number is of one commodity, a part of the flow, and whose goods that is."""

from __future__ import annotations

from bilat.reading.discourse import Discourse
from bilat.reading.scene import Clause, Sentence
from bilat.reading.statement import Statement

_MANY = 3  # commodities in a row are no longer one part of the flow
_NEXT = 3


def is_part(sentence: Sentence, statement: Statement, span: tuple[int, int]) -> bool:
    """“dairy exports”, “bought Kenyan tea”, “tea alone earned”: one commodity of the flow."""
    term, first, floor = statement.subject.term, statement.first, span[0]
    clause = sentence.clause_of(first)
    inside = sentence.within(clause.first, max(clause.last, span[1]), "goods/commodity")
    if len(sentence.within(floor, first, "goods/commodity")) >= _MANY:
        return False
    if not inside and floor == 0 and statement.subject.is_flow and _is_headed(sentence):
        return True
    if term is None:
        told = inside and inside[0].first <= clause.first + 4 and inside[0].first < first
        flow = statement.subject.is_flow and statement.kind == "figure"
        return bool(told and flow) and not sentence.within(clause.first, first, "anaphora")
    if statement.subject.value == "turnover" and _of_whole(sentence, clause):
        return bool(inside)
    if statement.subject.value == "turnover":
        return bool(sentence.within(term.last + 1, term.last + 2, "goods/commodity"))
    if statement.subject.value not in ("exports", "imports"):
        return False
    beside = sentence.within(term.first - 1, term.last + 4, "goods/commodity")
    beside += [t for t in inside if t.last < term.first]
    ends = [(min(t.first, term.first), max(t.last, term.last)) for t in beside]
    after = [t for t in inside if 0 < t.first - statement.last <= _NEXT]
    ends += [(statement.last, t.first) for t in after]
    return any(not sentence.has_mark(*span, ",;:—–(") for span in ends)


def _of_whole(sentence: Sentence, clause: Clause) -> bool:
    """“of which Angolan oil made up 900 million”: the clause tells of a part."""
    begin = sentence.clauses[max(0, clause.number - 1)].first
    return bool(sentence.within(begin, clause.last, "each_of")) and not sentence.within(
        clause.first, clause.last, "indicator/turnover"
    )


def made_by(sentence: Sentence, span: tuple[int, int], discourse: Discourse) -> str | None:
    """“Turkmen electricity”, “Kenya’s tea”: whose goods the commodity is."""
    for goods in sentence.within(*span, "goods/commodity"):
        beside = sentence.within(goods.first - 2, goods.first - 1, "people", "country")
        if beside and beside[-1].value in discourse.parties:
            return str(beside[-1].value)
    return None


def _is_headed(sentence: Sentence) -> bool:
    """«Финики: за восемь месяцев ввезено на 34 млн»."""
    headed = sentence.within(0, 3, "goods/commodity")
    return any(sentence.after(t.last) == ":" for t in headed)
