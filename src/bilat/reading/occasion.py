"""When a meeting was or will be, and the how manieth of its row it is."""

from __future__ import annotations

from bilat.reading.calendars import When
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.forms import english_past
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_DATES = ("day", "month", "season", "year", "part")
_LARGEST = 99  # sessions in a row; a larger number is something else


def ordinal_of(sentence: Sentence, term: Term) -> int | None:
    """“the eleventh session”; the first counts where it is not “the first in seven years”."""
    clause = sentence.clause_of(term.first)
    ordinals = sentence.within(clause.first, clause.last, "ordinal")
    for found in ordinals:
        if -8 <= found.first - term.last <= 5 and int(found.value) > 1:
            return int(found.value)
    for i in range(max(0, term.first - 7), term.first):
        token = sentence.tokens[i]
        if token.kind != "number" or not token.text.isdigit() or int(token.text) > _LARGEST:
            continue
        if sentence.within(i + 1, i + 2, "suffix"):
            return int(token.text)
    if any(f.value == "1" for f in ordinals if 0 <= term.first - f.last <= 4):
        return None if sentence.has("unit_of_time") else 1
    return None


def is_ahead(sentence: Sentence, term: Term) -> bool:
    """Whether the meeting is yet to come, by the tense of its clause and words such as “next”."""
    if sentence.before(term.first) in ("this", "эта", "этой", "нынешняя", "today's", "today’s"):
        return False  # it is going on while it is told of
    clause = sentence.clause_of(term.first)
    if sentence.language == "ru" and any(
        t.tense == "futr" for t in sentence.tokens[clause.first : clause.last + 1]
    ):
        return True
    soon = [
        t
        for t in sentence.within(clause.first, clause.last, "will")
        if t.last < term.first or t.first <= term.last + 14
    ]
    if not soon:
        return False
    held = [
        t
        for t in sentence.within(clause.first, clause.last, "event")
        if sentence.tokens[t.first].tense == "past"
    ]
    return not held


def day_of(sentence: Sentence, term: Term) -> tuple[str | None, When | None]:
    """The time nearest to the meeting: in its clause, else close by in the sentence."""
    clause = sentence.clause_of(term.first)
    found = [w for w in sentence.whens if w.sort in _DATES and not w.base]
    own = [w for w in found if w.first in clause]
    for when in sorted(own, key=lambda w: (w.sort != "day", abs(w.first - term.first))):
        return when.text(), when
    others = [
        w for w in found if w.sort in ("day", "month", "season") and abs(w.first - term.last) <= 8
    ]
    others = [
        w
        for w in others
        if not any(a.first in sentence.clause_of(w.first) for a in sentence.amounts)
    ]
    return (others[0].text(), others[0]) if others else (None, None)


def date_of(sentence: Sentence, term: Term, discourse: Discourse, *, ahead: bool) -> str | None:
    """ISO, as exact as text and day of publication allow."""
    text, when = day_of(sentence, term)
    published = discourse.published
    if (
        when is not None
        and when.sort in ("month", "day")
        and not when.explicit
        and when.months
        and published
    ):
        month = when.months[0]
        year = published.year
        if when.shift is not None:
            year = when.year or year
        elif ahead and month < published.month:
            year += 1
        elif not ahead and month > published.month and _is_told_as_past(sentence, term):
            year -= 1
        return f"{year}-{month:02d}" + (f"-{when.day:02d}" if when.day else "")
    if when is not None and when.sort == "part" and when.year is not None:
        late = ahead and published is not None and when.year < published.year
        return str(when.year + 1 if late else when.year)
    if text is not None:
        return text
    if published is not None and not ahead and when is None:
        return _told_at(sentence, term, discourse) or published.isoformat()[:7]
    return None


def _told_at(sentence: Sentence, term: Term, discourse: Discourse) -> str | None:
    """What is said at a meeting under a dateline is said on its day; after it, within the month."""
    before = {sentence.before(term.first, n) for n in range(1, 6)}
    at = words("at_event") & before and not words("after_event") & before
    return discourse.day if at and sentence.paragraph == 0 else None


def _is_told_as_past(sentence: Sentence, term: Term) -> bool:
    clause = sentence.clause_of(term.first)
    inside = sentence.tokens[clause.first : clause.last + 1]
    if sentence.language == "ru":
        return any(t.tense == "past" for t in inside)
    return any(english_past(t.lower) for t in inside)
