"""Numbers of a sentence become statements: targets and figures of the pair, and what is left."""

from __future__ import annotations

from dataclasses import replace

from bilat.reading.amounts import Amount
from bilat.reading.commodity import is_part, made_by
from bilat.reading.discourse import Discourse
from bilat.reading.elision import with_currency
from bilat.reading.features import features
from bilat.reading.growth import growth
from bilat.reading.joining import joins
from bilat.reading.measured import measured
from bilat.reading.origin import origin, own_stretch
from bilat.reading.place import Place, is_base
from bilat.reading.remembering import in_turn, remember, remember_when
from bilat.reading.rules import Features, verdict
from bilat.reading.scene import Sentence
from bilat.reading.statement import Statement
from bilat.reading.subject import Subject
from bilat.reading.subjects import subject_of
from bilat.reading.targets import deadline

_OLD = ("amounts.past-goal", "amounts.moved-goal")


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
    first, last = _stretch(sentence, amount, subject, _floor(earlier))
    place = Place(
        sentence,
        amount,
        subject,
        first,
        last,
        after_target=bool(earlier) and earlier[-1].kind == "target",
        previous_end=earlier[-1].last if earlier else -1,
        after_old=bool(earlier) and earlier[-1].rule.name in _OLD,
    )
    found = features(place, discourse)
    if _is_of_the_pair(place, found):
        subject = Subject(discourse.indicator or "turnover")
        place = replace(place, subject=subject)
        found = features(place, discourse)
    rule = verdict("amounts", found)
    assert rule is not None  # noqa: S101 - the last rule has no condition
    if rule.gives == "target" and subject.term is None and subject.is_flow:
        subject = Subject("turnover")  # a goal without a subject is the pair's trade
    statement = Statement(rule.gives, subject, rule, amount.first, amount.last, features=found)
    _number(statement, sentence, amount)
    statement.base = statement.base and not paired
    if statement.kind != "left" or (
        subject.is_flow and rule.name.endswith(("other-pair", "whole"))
    ):
        _complete(statement, sentence, amount, (first, last), earlier, discourse)
    return statement


def _floor(earlier: list[Statement]) -> int:
    """Where the statement before ends; a count that was left (“gave one number”) bounds nothing."""
    return next((s.last for s in reversed(earlier) if s.rule.name != "amounts.count"), -1)


def _is_of_the_pair(place: Place, found: Features) -> bool:
    """No flow is named, and all that stands around speaks for the trade of the two."""
    nothing = place.subject.value == "nothing" and place.amount.sort != "count"
    return nothing and "of-the-pair" in found["is"]


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
    statement.exporter = origin(statement, sentence, amount, stretch, earlier, discourse)
    span = own_stretch(sentence, amount, earlier)
    statement.part = is_part(sentence, statement, span)
    if statement.part and (made := made_by(sentence, span, discourse)):
        statement.exporter = made
    if statement.kind == "target":
        statement.by, statement.horizon = deadline(sentence, amount, discourse)
        if discourse.listing and statement.by is None and statement.horizon is None:
            statement.by, statement.horizon = discourse.list_deadline
        if discourse.paper and statement.by is None and statement.horizon is None:
            statement.by = discourse.paper_year
    else:
        statement.when, statement.period = measured(
            sentence,
            amount,
            earlier,
            discourse,
            base=statement.base,
            flow=statement.subject.is_flow or statement.subject.value == "other",
        )
        known = discourse.published
        if statement.when and known and (statement.when.year or 0) > known.year:
            statement.when = statement.period = None  # nothing was measured in a year to come
