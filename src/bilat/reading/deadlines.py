"""Deadlines that a text tells in another sentence than the goal itself.

“The task is half a billion dollars. The deadline is 2030.” “That is the task for 2030. To fulfil
it, trade has to reach $500 million.” “By then, trade is to double.”
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bilat.reading.calendars import When
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.proposal import Proposal
from bilat.reading.scene import Sentence
from bilat.reading.targets import deadline_within, is_before
from bilat.vocabulary import Period

Deadline = tuple[int | None, int | None]

_REACH = 3  # sentences to either side
_FEW = 7  # tokens of “By 2030.”, “And the date? 2030.”
_OTHER = ("contact", "event", "paper", "works", "product", "activity", "area", "instrument")


def with_deadlines(
    found: Sequence[Proposal], seen: Sequence[Sentence], discourse: Discourse
) -> list[Proposal]:
    """The proposals; a target without a deadline takes the one that a sentence beside it tells."""
    return [_dated(one, seen, discourse) if _is_open(one) else one for one in found]


def due_within(sentence: Sentence, discourse: Discourse) -> str | None:
    """By when the sentence is to be carried out, as a period; None where it names no time to come,
    or several: “open a trading house by the end of 2026”, «провести форум 15 мая 2026 года».
    """
    told = {due for when in sentence.whens if (due := _due(sentence, when, discourse))}
    published = discourse.published
    if not told and published is not None and sentence.has("year_end"):
        return str(published.year)
    return told.pop() if len(told) == 1 else None


def _due(sentence: Sentence, when: When, discourse: Discourse) -> str | None:
    if when.base or when.sort in ("span", "fiscal"):
        return None
    text, published = when.text(), discourse.published
    if text is None or (published is None and not (when.by or when.ahead)):
        return None
    due = Period.parse(text)
    if published is not None and due.end < published:
        return None
    return str(due.year_before) if is_before(sentence, when) else str(due)


def with_periods(found: Sequence[Proposal], seen: Sequence[Sentence]) -> list[Proposal]:
    """The proposals; a figure without a period takes the one that the next sentence tells."""
    return [_timed(one, seen) if _is_timeless(one) else one for one in found]


def _is_timeless(one: Proposal) -> bool:
    flows = ("turnover", "exports", "imports", "other")
    return (
        one.kind == "figure"
        and one.fields["period"] is None
        and one.fields["value"] is not None
        and one.fields["indicator"] in flows
    )


def _timed(one: Proposal, seen: Sequence[Sentence]) -> Proposal:
    """«… 4,4 миллиарда долларов. Таков итог 2023 года.»"""
    at = next((i for i, s in enumerate(seen) if s.start <= one.quote.start < s.end), None)
    after = seen[at + 1] if at is not None and at + 1 < len(seen) else None
    if after is None or after.amounts or len(after.tokens) > _FEW + 2 or after.has(*_OTHER):
        return one
    told = [w for w in after.whens if w.sort in ("year", "part", "fiscal") and not w.base]
    points = after.has("sum_up", "anaphora")
    if len(told) != 1 or not points or told[0].by:
        return one
    return replace(one, fields={**one.fields, "period": told[0].text()})


def _is_open(one: Proposal) -> bool:
    return one.kind == "target" and one.fields["by"] is None and one.fields["horizon_years"] is None


def _dated(one: Proposal, seen: Sequence[Sentence], discourse: Discourse) -> Proposal:
    at = next((i for i, s in enumerate(seen) if s.start <= one.quote.start < s.end), None)
    if at is None:
        return one
    by, horizon = (
        _told_after(at, seen, discourse) or _told_before(at, seen, discourse) or (None,) * 2
    )
    if by is None and horizon is None:
        return one
    return replace(one, fields={**one.fields, "by": by, "horizon_years": horizon})


def _told_after(at: int, seen: Sequence[Sentence], discourse: Discourse) -> Deadline | None:
    for sentence in seen[at + 1 : at + 1 + _REACH]:
        if _has_number(sentence):
            return None
        told = _told(sentence, discourse)
        if told is not None:
            return told if _goes_on(sentence) else None
    return None


def _told_before(at: int, seen: Sequence[Sentence], discourse: Discourse) -> Deadline | None:
    own = seen[at]
    then = own.has("deadline/then")
    for sentence in reversed(seen[max(0, at - _REACH) : at]):
        told = _told(sentence, discourse)
        if told is not None and (then or _announces(sentence, own)):
            return told
        if _has_number(sentence) and not then:
            return None
    return None


def _told(sentence: Sentence, discourse: Discourse) -> Deadline | None:
    by, horizon = deadline_within(sentence, 0, len(sentence.tokens), discourse)
    return None if by is None and horizon is None else (by, horizon)


def _has_number(sentence: Sentence) -> bool:
    return any(a.sort in ("money", "multiple", "percent") or a.bare for a in sentence.amounts)


def _goes_on(sentence: Sentence) -> bool:
    """“By 2030.” “It is to be met by 2030.” “We should get there within five years.”"""
    if sentence.has("deadline/noun", "met"):
        return not sentence.has("paper_status")
    if sentence.has("goal") and any(t.lower in words("points_back") for t in sentence.tokens):
        return True
    if sentence.has(*_OTHER):
        return False
    if len(sentence.tokens) <= _FEW:
        return True
    return sentence.has("anaphora", "goal/noun") and sentence.has("goal", "reach", "hope")


def _announces(sentence: Sentence, own: Sentence) -> bool:
    """“That is the task for 2030.” “A road map until 2030 was signed. It sets trade at …”"""
    if _has_number(sentence):
        return False
    if sentence.has("goal/noun", "deadline/noun"):
        return True
    return sentence.has("paper") and own.has("anaphora", "this_paper")
