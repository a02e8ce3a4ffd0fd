"""What a sentence takes over by its place: the question before it, the title above it."""

from __future__ import annotations

from bilat.reading.calendars import When
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Sentence, is_question
from bilat.reading.surroundings import keep_list

_AT_ONCE = 3
_FLOWS = ("indicator/turnover", "indicator/exports", "indicator/imports")
_ANSWERS = 4  # sentences that may answer a question


def follow(sentence: Sentence, discourse: Discourse) -> None:
    """Before the sentence is read: an open question; a new paragraph is of the title's period."""
    keep_list(sentence, discourse)
    discourse.asked = max(0, discourse.asked - 1)
    if is_question(sentence):
        asks = any(t.lower in words("asks_how_much") for t in sentence.tokens)
        goal = sentence.has("goal/noun") or (asks and sentence.has("goal"))
        discourse.asked = _ANSWERS if goal and not sentence.has("past_goal") else 0
    discourse.answering = max(0, discourse.answering - 1)
    if is_question(sentence) and sentence.has(*_FLOWS):
        discourse.answering = _AT_ONCE
    if sentence.paragraph != discourse.paragraph and discourse.when:
        discourse.when = _anew(discourse.when, discourse)
    discourse.paragraph = sentence.paragraph


def _anew(when: When, discourse: Discourse) -> When:
    """In a new paragraph: the title's period, or the latest, where an older one was compared."""
    title, latest = discourse.title, discourse.latest
    if title and _is_part_of(when, title):
        return title
    older = latest is not None and (when.year or 0) < (latest.year or 0)
    return latest if latest is not None and older else when


def _is_part_of(when: When, title: When) -> bool:
    if when.year != title.year or when.months is None or title.months is None:
        return False
    return title.months[0] <= when.months[0] and when.months[1] <= title.months[1]
