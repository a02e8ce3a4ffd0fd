"""What a sentence takes over by its place: the question before it, the title above it."""

from __future__ import annotations

from bilat.reading.calendars import When
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Sentence, is_question

_AT_ONCE = 3
_FLOWS = ("indicator/turnover", "indicator/exports", "indicator/imports")
_ANSWERS = 4  # sentences that may answer a question


def follow(sentence: Sentence, discourse: Discourse) -> None:
    """Before the sentence is read: an open question; a new paragraph is of the title's period."""
    discourse.asked = max(0, discourse.asked - 1)
    if is_question(sentence):
        discourse.asked = _ANSWERS if sentence.has("goal/noun") else 0
    discourse.answering = max(0, discourse.answering - 1)
    if is_question(sentence) and sentence.has(*_FLOWS):
        discourse.answering = _AT_ONCE
    title, when = discourse.title, discourse.when
    if sentence.paragraph != discourse.paragraph and title and when and _is_part_of(when, title):
        discourse.when = title
    discourse.paragraph = sentence.paragraph


def is_question(sentence: Sentence) -> bool:
    return sentence.text[sentence.start : sentence.end].rstrip('»”"’)').endswith("?")


def _is_part_of(when: When, title: When) -> bool:
    if when.year != title.year or when.months is None or title.months is None:
        return False
    return title.months[0] <= when.months[0] and when.months[1] <= title.months[1]
