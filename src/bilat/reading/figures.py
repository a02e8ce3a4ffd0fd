"""Numbers of a sentence become statements: targets and figures of the pair, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bilat.reading.amounts import Amount
from bilat.reading.calendars import When
from bilat.reading.direction import exporter_of, home_of, told_party
from bilat.reading.discourse import Discourse
from bilat.reading.features import Place, features, is_base
from bilat.reading.measured import measured
from bilat.reading.rules import Rule, verdict
from bilat.reading.scene import Sentence
from bilat.reading.subjects import NOTHING, Subject, subject_of
from bilat.reading.targets import deadline


@dataclass(slots=True)
class Statement:
    """One record in the making. growth and multiple as the labelling rules have them."""

    kind: str
    subject: Subject
    rule: Rule
    first: int
    last: int
    value: float | None = None
    currency: str | None = None
    growth: float | None = None
    multiple: float | None = None
    qualifier: str | None = None
    exporter: str | None = None
    when: When | None = None
    period: str | None = None
    by: int | None = None
    horizon: int | None = None
    base: bool = False
    part: bool = False


def statements(sentence: Sentence, discourse: Discourse) -> list[Statement]:
    """Every amount of the sentence, judged; a value and a growth of the same thing together."""
    out: list[Statement] = []
    pairs = _respective(sentence)
    before: Subject | None = None
    for i, amount in enumerate(sentence.amounts):
        amount = _with_currency(sentence, amount, discourse)
        subject = pairs.get(i) or subject_of(sentence, amount, before, discourse)
        statement = _judge(sentence, amount, subject, out, discourse, paired=i in pairs)
        if subject.value not in ("nothing", "unit", "counted"):
            before = subject
        if not _joins(out, statement, sentence):
            out.append(statement)
        _remember(statement, _names(sentence), discourse)
    _remember_when(out, discourse)
    return out


def _remember_when(out: list[Statement], discourse: Discourse) -> None:
    """What follows measures the latest period of the sentence, not one that it compared with."""
    found = [s.when for s in out if s.kind == "figure" and s.when is not None and s.when.year]
    if found:
        discourse.when = max(found, key=lambda w: (w.year or 0, (w.months or (1, 12))[1]))


def _with_currency(sentence: Sentence, amount: Amount, discourse: Discourse) -> Amount:
    """A million without a unit is money where money was spoken of: “против 95 млн”."""
    if amount.currency is not None:
        discourse.currency = amount.currency
    following = _noun_follows(sentence, amount)
    if amount.sort == "count" and amount.bare and discourse.currency and not following:
        return replace(amount, sort="money", currency=discourse.currency)
    if amount.sort == "count" and not amount.bare and _is_elided(sentence, amount):
        return _as_before(sentence, amount, discourse)
    return amount


def _is_elided(sentence: Sentence, amount: Amount) -> bool:
    """“… is 402 million, the Uzbek one is 417.”: nothing follows, and money went before."""
    after = sentence.after(amount.last)
    ends = not after or after in ",.;:)”»"
    money = [a for a in sentence.amounts if (a.sort == "money" or a.bare) and a.last < amount.first]
    if not ends or not money or not 5 <= amount.value < 1000:
        return False
    clause = sentence.clause_of(amount.first)
    return bool(sentence.within(clause.first, clause.last, "country", "people", "level", "indicator", "compare")) or (
        sentence.before(amount.first) == "as" or sentence.before(amount.first, 2) == "many"
    )


def _as_before(sentence: Sentence, amount: Amount, discourse: Discourse) -> Amount:
    earlier = [a for a in sentence.amounts if a.last < amount.first]
    money = [a for a in earlier if a.sort == "money" or a.bare][-1]
    scale = 1.0
    while money.value / scale >= 1000:
        scale *= 1000
    currency = money.currency or discourse.currency
    return replace(amount, sort="money", value=amount.value * scale, currency=currency)


_NOUNS = ("unit/mass", "unit/length", "unit/power", "unit/pieces", "unit/guests", "unit/trips", "unit/paper", "indicator/students", "indicator/tourists", "measure/people", "indicator/firms")


def _noun_follows(sentence: Sentence, amount: Amount) -> bool:
    """“3,2 миллиона наших граждан”, but not “250 млн к 2027 году”."""
    for term in sentence.within(amount.last + 1, amount.last + 3, *_NOUNS):
        between = sentence.tokens[amount.last + 1 : term.first]
        if all(len(t.lower) > 3 and t.kind == "word" for t in between if t.text != "."):
            return True
    return False


def _respective(sentence: Sentence) -> dict[int, Subject]:
    """“Exports were hit harder than imports: 690 against 1,150”: amounts take flows in order."""
    flows = [t for t in sentence.terms if t.name in ("indicator/exports", "indicator/imports")]
    money = [i for i, a in enumerate(sentence.amounts) if a.sort in ("money", "percent") or a.bare]
    if len(flows) != 2 or len(money) != 2 or flows[0].value == flows[1].value:
        return {}
    first = sentence.amounts[money[0]].first
    if flows[1].last > first:
        return {}
    return {money[0]: Subject(flows[0].value, flows[0]), money[1]: Subject(flows[1].value, flows[1])}


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
    if statement.kind != "left" or (subject.is_flow and rule.name.endswith("other-pair")):
        _complete(statement, sentence, amount, (first, last), earlier, discourse)
    return statement


def _stretch(
    sentence: Sentence, amount: Amount, subject: Subject, floor: int
) -> tuple[int, int]:
    """From the clause of the subject to that of the amount; all since the last amount without one."""
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
    statement.growth = _growth(sentence, amount)


def _growth(sentence: Sentence, amount: Amount) -> float:
    """Per cent; falls are negative."""
    down = _falls(sentence, amount)
    if amount.sort == "multiple":
        factor = amount.value
        if down and factor > 1:
            factor = 1 / factor
        return round((factor - 1) * 100, 1)
    if _is_level(sentence, amount):
        return round(amount.value - 100, 1)
    return -amount.value if down else amount.value


def _is_level(sentence: Sentence, amount: Amount) -> bool:
    """“130% of the level of last year” is a growth of 30."""
    ahead = [sentence.after(amount.last, n) for n in (1, 2, 3)]
    level = ahead[0] in ("к", "от") or "level" in ahead or ahead[:2] == ["of", "last"]
    prior = sentence.before(amount.first)
    rate = sentence.before(amount.first, 2) == "темп" or bool(_RATE & {t.lower for t in sentence.tokens[: amount.first]})
    return (level or rate) and amount.value > 60 and prior not in ("на", "by")


_RATE = frozenset(("темп", "темпы", "темпом"))


def _falls(sentence: Sentence, amount: Amount) -> bool:
    """The change word nearest to the amount, in its clause or else before it, points down."""
    clause = sentence.clause_of(amount.first)
    found = sentence.within(clause.first, clause.last, "change")
    found = found or sentence.within(0, amount.first, "change")
    if not found:
        return False
    def distance(first: int, last: int) -> int:
        return first - amount.last if first > amount.last else amount.first - last + 0
    nearest = min(found, key=lambda t: (abs(distance(t.first, t.last))))
    adjacent = [t for t in found if t.first in (amount.last + 1, amount.last + 2) and t.value == "up"]
    if adjacent and sentence.tokens[adjacent[0].first].lower in ("больше", "выше", "more", "higher"):
        return False
    return nearest.value == "down"


def _complete(
    statement: Statement,
    sentence: Sentence,
    amount: Amount,
    stretch: tuple[int, int],
    earlier: list[Statement],
    discourse: Discourse,
) -> None:
    term = statement.subject.term
    floor = max((s.last for s in earlier if s.last < amount.first), default=-1) + 1
    own = (floor, sentence.clause_of(amount.first).last)
    flow = statement.subject.value == "exports"
    apart = flow and term is not None and term.last < floor
    previous = next((s.exporter for s in reversed(earlier) if s.exporter), discourse.exporter)
    if statement.subject.is_flow and previous and sentence.within(*own, "reverse"):
        statement.exporter = discourse.other(previous)
    elif apart and (told := told_party(sentence, own, discourse)):
        statement.exporter = told
    elif term is not None and term.group == "goods":
        statement.exporter = told_party(sentence, stretch, discourse)
    elif term is not None and statement.subject.is_flow:
        clause = sentence.clause_of(term.first)
        statement.exporter = exporter_of(sentence, term, _around(sentence, clause.first, clause.last, stretch), discourse)
    elif statement.subject.value in ("exports", "imports"):
        statement.exporter = _alone(sentence, amount, discourse) or previous
    statement.part = _is_part(sentence, statement)
    if statement.kind == "target":
        statement.by, statement.horizon = deadline(sentence, amount, discourse)
    else:
        statement.when, statement.period = measured(sentence, amount, statement.base, earlier, discourse, flow=statement.subject.is_flow or statement.subject.value == "other")


def _alone(sentence: Sentence, amount: Amount, discourse: Discourse) -> str | None:
    """“Mongolia’s part, $34 million”: the one party named in the clause or right before it."""
    clause = sentence.clause_of(amount.first)
    return told_party(sentence, (max(0, clause.first - 6), clause.last), discourse)


def _is_part(sentence: Sentence, statement: Statement) -> bool:
    """“dairy exports”, “bought Kenyan tea”: one commodity of the flow."""
    term = statement.subject.term
    if term is None or statement.subject.value not in ("exports", "imports"):
        return False
    beside = sentence.within(term.first - 1, term.last + 4, "goods/commodity")
    return any(
        not sentence.has_mark(min(t.first, term.first), max(t.last, term.last), ",;:—–(") for t in beside
    )


def _around(
    sentence: Sentence, first: int, last: int, stretch: tuple[int, int]
) -> tuple[int, int]:
    named = sentence.within(first, last, "country", "people", "ours")
    return (first, last) if named else stretch


def _joins(out: list[Statement], new: Statement, sentence: Sentence) -> bool:
    """A value and a growth of the same subject become one record."""
    if not out or new.kind == "left" or new.base:
        return False
    old = out[-1]
    if old.kind != new.kind or old.base or old.subject.value != new.subject.value:
        return False
    if old.exporter != new.exporter and old.exporter and new.exporter:
        return False
    if _clash(old, new):
        return False
    if new.subject.term is not None and old.subject.term is not None and new.kind == "figure":
        apart = new.subject.term != old.subject.term and new.subject.value != "turnover"
        if apart:
            return False
    if old.kind == "target" and (old.by, old.horizon) != (new.by, new.horizon) and old.by and new.by:
        return False
    _merge(old, new)
    return True


def _clash(old: Statement, new: Statement) -> bool:
    if old.value is not None and new.value is not None:
        return True
    if old.growth is not None and new.growth is not None:
        return True
    if old.multiple is not None and new.multiple is not None:
        return True
    if old.when and new.when and old.period != new.period and new.when.first > old.last:
        return True
    return False


def _merge(old: Statement, new: Statement) -> None:
    if new.value is not None:
        old.value, old.currency, old.qualifier = new.value, new.currency, new.qualifier
    old.growth = old.growth if old.growth is not None else new.growth
    old.multiple = old.multiple if old.multiple is not None else new.multiple
    old.by, old.horizon = old.by or new.by, old.horizon or new.horizon
    old.exporter = old.exporter or new.exporter
    if old.when is None and old.period is None:
        old.when, old.period = new.when, new.period
    old.first, old.last = min(old.first, new.first), max(old.last, new.last)


def _names(sentence: Sentence) -> frozenset[str]:
    return frozenset(t.value for t in sentence.terms if t.group in ("country", "people"))


def _remember(statement: Statement, names: frozenset[str], discourse: Discourse) -> None:
    subject = statement.subject
    if statement.kind == "left":
        if statement.rule.name.endswith(("other-pair", "whole", "region")) and subject.value != "measure":
            discourse.foreign = True
            discourse.foreign_names = names
            if subject.is_flow:
                discourse.indicator, discourse.exporter = subject.value, None
                discourse.when = statement.when or discourse.when
        return
    if not subject.is_flow and subject.value != "other":
        return
    discourse.foreign = False
    if subject.value == "turnover" and statement.value and statement.kind == "figure":
        known = discourse.whole
        if known is None or known[1] != statement.currency or known[0] < statement.value:
            discourse.whole = statement.value, statement.currency
    if subject.is_flow:
        discourse.indicator = subject.value
        discourse.exporter = statement.exporter
        discourse.home = home_of(subject.value, statement.exporter, discourse) or discourse.home


__all__ = ["NOTHING", "Statement", "statements"]
