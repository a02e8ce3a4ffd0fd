"""Numbers of a sentence become statements: targets and figures of the pair, and what is left."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.direction import exporter_of, goods_from, home_of, told_party
from bilat.reading.discourse import Discourse
from bilat.reading.elision import with_currency
from bilat.reading.features import features
from bilat.reading.growth import growth
from bilat.reading.joining import joins
from bilat.reading.measured import measured
from bilat.reading.place import Place, is_base
from bilat.reading.remembering import in_turn, remember, remember_when
from bilat.reading.rules import verdict
from bilat.reading.scene import Clause, Sentence
from bilat.reading.statement import Statement
from bilat.reading.subjects import Subject, subject_of
from bilat.reading.targets import deadline
from bilat.reading.terms import Term

_MANY = 3  # commodities in a row are no longer one part of the flow
_NEXT = 3


def statements(sentence: Sentence, discourse: Discourse) -> list[Statement]:
    """Every amount of the sentence, judged; a value and a growth of the same thing together."""
    out: list[Statement] = []
    pairs = _respective(sentence) or in_turn(sentence, discourse)
    before: Subject | None = None
    for i, given in enumerate(sentence.amounts):
        amount = with_currency(sentence, given, discourse)
        subject = pairs.get(i) or subject_of(sentence, amount, before, discourse)
        statement = _judge(sentence, amount, subject, out, discourse, paired=i in pairs)
        if subject.value not in ("nothing", "unit", "counted"):
            before = subject
        if not joins(out, statement):
            out.append(statement)
        remember(sentence, statement, discourse)
    remember_when(out, discourse)
    return out


def _respective(sentence: Sentence) -> dict[int, Subject]:
    """“Exports were hit harder than imports: 690 against 1,150”: amounts take flows in order."""
    flows = [t for t in sentence.terms if t.name in ("indicator/exports", "indicator/imports")]
    money = [i for i, a in enumerate(sentence.amounts) if a.sort in ("money", "percent") or a.bare]
    if len(flows) != 2 or len(money) != 2 or flows[0].value == flows[1].value:
        return {}
    first = sentence.amounts[money[0]].first
    if flows[1].last > first:
        return {}
    return {
        money[0]: Subject(flows[0].value, flows[0]),
        money[1]: Subject(flows[1].value, flows[1]),
    }


def _judge(
    sentence: Sentence,
    amount: Amount,
    subject: Subject,
    earlier: list[Statement],
    discourse: Discourse,
    *,
    paired: bool,
) -> Statement:
    first, last = _stretch(sentence, amount, subject, earlier[-1].last if earlier else -1)
    place = Place(
        sentence,
        amount,
        subject,
        first,
        last,
        after_target=bool(earlier) and earlier[-1].kind == "target",
        previous_end=earlier[-1].last if earlier else -1,
    )
    rule = verdict("amounts", features(place, discourse))
    assert rule is not None  # noqa: S101 - the last rule has no condition
    if rule.gives == "target" and subject.term is None and subject.is_flow:
        subject = Subject("turnover")  # a goal without a subject is the pair's trade
    statement = Statement(rule.gives, subject, rule, amount.first, amount.last)
    _number(statement, sentence, amount)
    statement.base = statement.base and not paired
    if statement.kind != "left" or (
        subject.is_flow and rule.name.endswith(("other-pair", "whole"))
    ):
        _complete(statement, sentence, amount, (first, last), earlier, discourse)
    return statement


def _stretch(sentence: Sentence, amount: Amount, subject: Subject, floor: int) -> tuple[int, int]:
    """From the subject’s clause to the amount’s; without a subject, all since the last amount."""
    clause = sentence.clause_of(amount.first)
    if subject.term is None:
        return min(clause.first, floor + 1), clause.last
    other = sentence.clause_of(subject.term.first)
    first, last = min(clause.first, other.first), max(clause.last, other.last)
    if not sentence.within(first, last, "country", "people", "both"):
        first = min(first, floor + 1)
    return first, last


def _number(statement: Statement, sentence: Sentence, amount: Amount) -> None:
    statement.qualifier = amount.qualifier
    statement.base = amount.sort == "money" and is_base(sentence, amount)
    if amount.sort in ("money", "count"):
        statement.value = amount.value
        statement.currency = amount.currency
        return
    if statement.kind == "target" and amount.sort == "multiple":
        statement.multiple = amount.value
        return
    if statement.kind == "target":
        statement.multiple = round(1 + growth(sentence, amount) / 100, 3)
        return
    statement.growth = growth(sentence, amount)


def _complete(
    statement: Statement,
    sentence: Sentence,
    amount: Amount,
    stretch: tuple[int, int],
    earlier: list[Statement],
    discourse: Discourse,
) -> None:
    term = statement.subject.term
    floor = max((_end(s, amount) for s in earlier if s.last < amount.first), default=-1) + 1
    own = (floor, _own_end(sentence, amount))
    flow = statement.subject.value == "exports"
    apart = flow and term is not None and term.last < floor
    previous = next((s.exporter for s in reversed(earlier) if s.exporter), discourse.exporter)
    if statement.subject.is_flow and previous and sentence.within(*own, "reverse"):
        statement.exporter = discourse.other(previous)
    elif statement.subject.exporter is not None:
        statement.exporter = statement.subject.exporter
    elif (home := _turned(sentence, term, earlier, discourse)) is not None:
        statement.exporter = home if flow else discourse.other(home)
    elif apart and (told := told_party(sentence, own, discourse)):
        statement.exporter = told
    elif term is not None and term.group == "people" and flow and not apart:
        statement.exporter = term.value if term.value in discourse.parties else None
    elif term is not None and term.name == "goods/worth":
        statement.exporter = goods_from(sentence, term, stretch, discourse)
    elif term is not None and term.group == "goods":
        statement.exporter = told_party(sentence, stretch, discourse) or discourse.home
    elif term is not None and statement.subject.is_flow:
        clause = sentence.clause_of(term.first)
        statement.exporter = exporter_of(
            sentence, term, _around(sentence, clause.first, clause.last, stretch), discourse
        )
    elif statement.subject.value in ("exports", "imports"):
        statement.exporter = _alone(sentence, amount, discourse) or previous
    statement.part = _is_part(sentence, statement, floor)
    if statement.part and (made := _made_by(sentence, (floor, own[1]), discourse)):
        statement.exporter = made
    if statement.kind == "target":
        statement.by, statement.horizon = deadline(sentence, amount, discourse)
    else:
        statement.when, statement.period = measured(
            sentence,
            amount,
            earlier,
            discourse,
            base=statement.base,
            flow=statement.subject.is_flow or statement.subject.value == "other",
        )


def _own_end(sentence: Sentence, amount: Amount) -> int:
    """«43 млн — на кыргызский»: what follows the dash belongs to the number."""
    dashed = sentence.after(amount.last) in ("—", "–")
    return sentence.clause_of(min(amount.last + 2 * dashed, len(sentence.tokens) - 1)).last


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


def _end(statement: Statement, amount: Amount) -> int:
    """Where a statement ends: with its number, or its subject after the number."""
    term = statement.subject.term
    return max(statement.last, term.last if term and term.last < amount.first else -1)


def _alone(sentence: Sentence, amount: Amount, discourse: Discourse) -> str | None:
    """“Mongolia’s part, $34 million”: the one party named in the clause or right before it."""
    clause = sentence.clause_of(amount.first)
    after = told_party(sentence, (amount.last + 1, clause.last), discourse)
    after = after or told_party(sentence, (clause.first, clause.last), discourse)
    return after or told_party(sentence, (max(0, clause.first - 6), clause.last), discourse)


def _made_by(sentence: Sentence, span: tuple[int, int], discourse: Discourse) -> str | None:
    """“Turkmen electricity”, “Kenya’s tea”: whose goods the commodity is."""
    for goods in sentence.within(*span, "goods/commodity"):
        beside = sentence.within(goods.first - 2, goods.first - 1, "people", "country")
        if beside and beside[-1].value in discourse.parties:
            return str(beside[-1].value)
    return None


def _is_part(sentence: Sentence, statement: Statement, floor: int) -> bool:
    """“dairy exports”, “bought Kenyan tea”, “tea alone earned”: one commodity of the flow."""
    term, first = statement.subject.term, statement.first
    clause = sentence.clause_of(first)
    inside = sentence.within(clause.first, clause.last, "goods/commodity")
    if len(sentence.within(floor, first, "goods/commodity")) >= _MANY:
        return False
    if inside == [] and floor == 0:
        headed = sentence.within(0, 3, "goods/commodity")
        inside = [t for t in headed if sentence.after(t.last) == ":"]
        if inside and statement.subject.is_flow:
            return True
    if term is None:
        told = inside and inside[0].first <= clause.first + 4 and inside[0].first < first
        flow = statement.subject.is_flow and statement.kind == "figure"
        return bool(told and flow) and not sentence.within(clause.first, first, "anaphora")
    if statement.subject.value == "turnover" and _of_whole(sentence, clause):
        return bool(inside)
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


def _around(sentence: Sentence, first: int, last: int, stretch: tuple[int, int]) -> tuple[int, int]:
    named = sentence.within(first, last, "country", "people", "ours", "yours")
    return (first, last) if named else stretch
