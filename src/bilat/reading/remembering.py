"""What the next sentences build on: the flow spoken of, its exporter, its period, its number."""

from __future__ import annotations

from bilat.reading.calendars import When
from bilat.reading.direction import home_of
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Sentence
from bilat.reading.statement import Statement
from bilat.reading.subject import Subject

_KEPT = 3  # figures that “these figures” or “respectively” may refer to


def remember(sentence: Sentence, statement: Statement, discourse: Discourse) -> None:
    """Keeps what a statement tells for the sentences after it."""
    subject = statement.subject
    if statement.rule.name != "amounts.count":
        discourse.after_goal = statement.kind == "target"
    if statement.kind == "left":
        _remember_left(sentence, statement, discourse)
        return
    if not subject.is_flow and subject.value != "other":
        return
    discourse.foreign = False
    if subject.is_flow and statement.kind == "figure" and statement.value is not None:
        discourse.told = [*discourse.told[1 - _KEPT :], (subject.value, statement.exporter)]
    if subject.value == "turnover" and statement.value and statement.kind == "figure":
        known = discourse.whole
        if known is None or known[1] != statement.currency or known[0] < statement.value:
            discourse.whole = statement.value, statement.currency
    if subject.is_flow and not (
        discourse.indicator == "turnover" and _portion(sentence, statement)
    ):
        discourse.indicator = subject.value
        discourse.exporter = statement.exporter
        discourse.home = home_of(subject.value, statement.exporter, discourse) or discourse.home


def _remember_left(sentence: Sentence, statement: Statement, discourse: Discourse) -> None:
    """A figure of others changes what is spoken of; so does a condition about the pair's trade."""
    subject, rule = statement.subject, statement.rule
    if rule.name.endswith(("other-pair", "whole", "region")) and subject.value != "measure":
        discourse.foreign = True
        own = rule.name.endswith("region")  # of one of the two: its name says nothing of others
        discourse.foreign_names = frozenset(
            t.value for t in sentence.terms if t.group in ("country", "people") and not own
        )
        if subject.is_flow:
            discourse.indicator, discourse.exporter = subject.value, None
            discourse.when = statement.when or discourse.when
    elif subject.value == "turnover" and rule.manner in ("conditional", "background"):
        discourse.indicator = discourse.indicator or subject.value


def _portion(sentence: Sentence, statement: Statement) -> bool:
    """“of which exports made up 68 million”: the text goes on to speak of the whole."""
    clause = sentence.clause_of(statement.first)
    begin = sentence.clauses[max(0, clause.number - 1)].first
    found = sentence.within(begin, statement.last, "each_of")
    return statement.subject.value != "turnover" and bool(found)


def remember_when(out: list[Statement], discourse: Discourse) -> None:
    """What follows measures the latest period of the sentence, not one that it compared with."""
    found = [
        s.when
        for s in out
        if s.kind == "figure" and s.when is not None and s.when.year and not s.when.base
    ]
    if found:
        discourse.when = max(found, key=_time)
        discourse.latest = max([discourse.when, *filter(None, [discourse.latest])], key=_time)


def _time(when: When) -> tuple[int, int]:
    return when.year or 0, (when.months or (1, 12))[1]


def in_turn(sentence: Sentence, discourse: Discourse) -> dict[int, Subject]:
    """“A year earlier it was 2 and 5.6 billion respectively”: the flows of the figures before."""
    money = [i for i, a in enumerate(sentence.amounts) if a.sort == "money" or a.bare]
    told = discourse.told[-len(money) :] if money else []
    if len(money) < 2 or len(told) != len(money) or len(set(told)) != len(told):
        return {}
    flows = ("indicator/turnover", "indicator/exports", "indicator/imports")
    if sentence.has(*flows) or not sentence.has("each", "each_figure"):
        return {}
    return {i: Subject(value, None, by) for i, (value, by) in zip(money, told, strict=True)}
