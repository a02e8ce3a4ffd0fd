"""Sentences without numbers that name the period and the flow of those that follow."""

from __future__ import annotations

from bilat.reading.calendars import When
from bilat.reading.direction import exporter_of
from bilat.reading.discourse import Discourse
from bilat.reading.measured import usable
from bilat.reading.scene import Sentence, is_question

_FLOWS = ("indicator/turnover", "indicator/exports", "indicator/imports")


def announce(sentence: Sentence, discourse: Discourse) -> None:
    """A sentence without numbers may name the period and the flow of those that follow."""
    flows = [t for t in sentence.terms if t.name in _FLOWS]
    if flows:
        asks = is_question(sentence)
        discourse.indicator = flows[0].value if asks else discourse.indicator or flows[0].value
        if asks and flows[0].value != "turnover":
            span = (0, len(sentence.tokens))
            discourse.exporter = exporter_of(sentence, flows[0], span, discourse)
    sums_up = sentence.has("sum_up")
    if not flows and not sums_up and not any(w.sort == "part" for w in sentence.whens):
        return
    meets = sentence.has("contact", "paper", "will") and sentence.paragraph > 0
    found = [
        w
        for w in usable(sentence, 0, len(sentence.tokens))
        if w.sort in ("part", "year", "fiscal") or (w.sort == "month" and not meets)
    ]
    if found and (discourse.published is None or not _later(found[-1], discourse)):
        discourse.when = discourse.latest = found[-1]
        if sentence.paragraph == 0:
            discourse.title = found[-1]


def _later(when: When, discourse: Discourse) -> bool:
    published = discourse.published
    return published is not None and when.year is not None and when.year > published.year
