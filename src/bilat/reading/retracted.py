"""Goals that the text takes back in the next breath: denied, missed, or only asked about.

“A newspaper wrote of a target of $40 billion. Both ministries denied it.” “— Was a billion the
goal? — A billion was never reached.”
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bilat.reading.proposal import Proposal
from bilat.reading.scene import Sentence, is_question

RULE = "amounts.denied"
_LONG = 30  # tokens; a longer sentence tells of more than a denial
_OTHER = ("paper", "works", "product", "activity", "area", "instrument", "event")
_NO = frozenset(("no", "нет", "никак", "отнюдь", "hardly", "nothing", "never"))
_BACK = ("anaphora", "both", "goal/noun", "ours", "office")


def taken_back(
    found: Sequence[Proposal], seen: Sequence[Sentence]
) -> tuple[list[Proposal], list[Proposal]]:
    """(what stays, what is left)."""
    kept: list[Proposal] = []
    left: list[Proposal] = []
    for one in found:
        if one.kind == "target" and _is_taken_back(one, seen):
            left.append(replace(one, manner="denied", rule=RULE))
        else:
            kept.append(one)
    return kept, left


def _is_taken_back(one: Proposal, seen: Sequence[Sentence]) -> bool:
    at = next((i for i, s in enumerate(seen) if s.start <= one.quote.start < s.end), None)
    if at is None:
        return False
    asked = is_question(seen[at])
    after = seen[at + 1 : at + 3] if asked else seen[at + 1 : at + 2]
    return any(_denies(s, asked=asked) for s in after) or (asked and _asks_of_the_past(seen[at]))


def _denies(sentence: Sentence, *, asked: bool) -> bool:
    numbers = any(a.sort != "count" for a in sentence.amounts)
    if numbers or len(sentence.tokens) > _LONG or sentence.has(*_OTHER):
        return asked and sentence.has("past_goal")
    if not asked and any(a.value > 1 for a in sentence.amounts):
        return False  # it is of another number that nobody has approved
    first = next((t.lower for t in sentence.tokens if t.kind == "word"), "")
    if asked and (first in _NO or sentence.has("past_goal")):
        return True
    return sentence.has("denied") and (asked or sentence.has(*_BACK))


def _asks_of_the_past(sentence: Sentence) -> bool:
    """«Целью был миллиард?»"""
    return any(t.lower in ("was", "were", "был", "была", "было") for t in sentence.tokens)
