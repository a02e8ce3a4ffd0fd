"""When a meeting was or will be, and the how manieth of its row it is."""

from __future__ import annotations

from datetime import date

from bilat.reading.calendars import When
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.forms import english_past
from bilat.reading.scene import Clause, Sentence
from bilat.reading.terms import Term

_TEN = 10
_BEFORE, _BESIDE = 8, 5  # tokens between a meeting and its number
_FAR = 12  # where “session” stands between: “the seventh session of the … Commission”
_DATES = ("day", "month", "season", "year", "part")
_SOON = 14  # tokens
_LARGEST = 99  # sessions in a row; a larger number is something else


def ordinal_of(sentence: Sentence, term: Term) -> int | None:
    """“the eleventh session”; the first counts where it is not “the first in seven years”."""
    ordinals = _ordinals_near(sentence, term)
    for found in ordinals:
        if (number := _whole_ordinal(sentence, found)) > 1:
            return number
    clause = sentence.clause_of(term.first)
    for i in range(max(0, term.first - _BEFORE), min(len(sentence.tokens), term.last + _BESIDE)):
        token = sentence.tokens[i]
        if token.kind != "number" or not token.text.isdigit() or int(token.text) > _LARGEST:
            continue
        if sentence.within(i + 1, i + 2, "suffix"):
            return int(token.text)
    if any(f.value == "1" and f.first in clause and f.first < term.first for f in ordinals[-1:]):
        return None if sentence.has("unit_of_time") else 1
    return None


def _whole_ordinal(sentence: Sentence, found: Term) -> int:
    """«двадцать шестая»: the tens stand before it as a numeral."""
    tens = sentence.within(found.first - 1, found.first - 1, "numeral")
    more = float(tens[0].value) if tens and int(found.value) < _TEN else 0
    return int(found.value) + (int(more) if more > _TEN and more % _TEN == 0 else 0)


def _ordinals_near(sentence: Sentence, term: Term) -> list[Term]:
    """Before the meeting or soon after it; none that counts another meeting, or a time."""
    counted = ("contact", "unit_of_time", "part", "month")
    others = [t for t in sentence.terms if t.group in counted and t.first != term.first]
    out = []
    for found in sentence.within(0, len(sentence.tokens), "ordinal"):
        gap = found.first - term.last
        inside = term.first <= found.first <= term.last
        if not (inside or -_FAR <= gap <= _BESIDE):
            continue
        low, high = sorted((found.last, term.first))
        if any(low + 1 < t.first < high for t in others):
            continue
        if gap < -_BEFORE and not sentence.within(found.last + 1, found.last + 2, "session"):
            continue
        out.append(found)
    return out


def is_ahead(sentence: Sentence, term: Term) -> bool:
    """Whether the meeting is yet to come, by the tense of its clause and words such as “next”."""
    if sentence.before(term.first) in ("this", "эта", "этой", "нынешняя", "today's", "today’s"):
        return False  # it is going on while it is told of
    clause = sentence.clause_of(term.first)
    if _is_ordered(sentence, term):
        return True
    first = clause.first if _has_verb(sentence, clause) else 0
    if sentence.language == "ru" and any(
        t.tense == "futr" for t in sentence.tokens[first : clause.last + 1]
    ):
        return True
    soon = [
        t
        for t in sentence.within(first, clause.last, "will")
        if t.last < term.first or t.first <= term.last + _SOON
    ]
    if not soon:
        return False
    held = [
        t
        for t in sentence.within(clause.first, clause.last, "event")
        if sentence.tokens[t.first].tense == "past"
    ]
    return not held


def _has_verb(sentence: Sentence, clause: Clause) -> bool:
    """Whether the clause tells the meeting with a verb of its own, so far as the lexicons know."""
    inside = sentence.tokens[clause.first : clause.last + 1]
    if sentence.language == "ru":
        return any(t.tense for t in inside)
    verbs = sentence.within(clause.first, clause.last, "event", "will", "paper_status", "going")
    return any(t.lower in words("auxiliary") or english_past(t.lower) for t in inside) or bool(
        verbs
    )


def _is_ordered(sentence: Sentence, term: Term) -> bool:
    """“instructed to hold a forum”, «заседание провести в Астане»: not held yet."""
    clause = sentence.clause_of(term.first)
    inside = sentence.tokens[clause.first : clause.last + 1]
    if sentence.language == "ru":
        held = sentence.within(clause.first, clause.last, "event")
        ordered = any(sentence.tokens[t.first].tense == "infn" for t in held)
        return ordered and not any(t.tense == "past" for t in inside)
    for i in range(max(0, term.first - _BEFORE), term.first):
        if sentence.tokens[i].lower == "to" and sentence.after(i) in words("holds"):
            return True
    return False


def day_of(sentence: Sentence, term: Term) -> tuple[str | None, When | None]:
    """The time nearest to the meeting: in its clause, else close by in the sentence."""
    clause = sentence.clause_of(term.first)
    found = [w for w in sentence.whens if w.sort in _DATES and not w.base]
    found = [w for w in found if not (w.sort == "year" and w.by)]
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
    others = others or _in_relative(sentence, clause, found) or _in_title(sentence, found)
    return (others[0].text(), others[0]) if others else (None, None)


def _in_relative(sentence: Sentence, clause: Clause, found: list[When]) -> list[When]:
    """“the session, which Cairo will host in July”."""
    after = [c for c in sentence.clauses if c.number == clause.number + 1]
    if not after or not opens_relative(sentence, after[0]):
        return []
    return [w for w in found if w.first in after[0] and w.sort in ("day", "month", "season")]


def _in_title(sentence: Sentence, found: list[When]) -> list[When]:
    """“PROTOCOL of the seventh meeting …” with its place and day in a line of their own."""
    lines = sentence.paragraph == 0 and "\n" in sentence.text[sentence.start : sentence.end]
    return [w for w in found if w.sort == "day"] if lines else []


def opens_relative(sentence: Sentence, clause: Clause) -> bool:
    """A clause that begins with “which”, “where”, «который»."""
    head = [t.lower for t in sentence.tokens[clause.first : clause.first + 3]]
    return any(w in words("relative") or w.startswith("котор") for w in head)


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
        return f"{year}-{month:02d}" + (f"-{first_day(sentence, when):02d}" if when.day else "")
    if when is not None and when.sort == "part" and when.year is not None:
        late = ahead and published is not None and when.year < published.year
        return str(when.year + 1 if late else when.year)
    if text is not None:
        two = when is not None and when.day and first_day(sentence, when) != when.day
        return f"{text[:8]}{first_day(sentence, when):02d}" if two and when else text
    if published is not None and not ahead and when is None:
        return _told_at(sentence, term, discourse) or published.isoformat()[:7]
    return None


def first_day(sentence: Sentence, when: When) -> int | None:
    """Of “on 24 and 25 October” the first."""
    i = when.first - 2
    if when.day is None or i < 0 or sentence.before(when.first) not in ("and", "и"):
        return when.day
    said = sentence.tokens[i].text
    return int(said) if said.isdigit() and 0 < int(said) < when.day else when.day


def season_ahead(sentence: Sentence, term: Term, published: date) -> bool:
    """“meets this autumn”, said in spring."""
    _, when = day_of(sentence, term)
    if when is None or when.sort != "season" or when.months is None or when.year is None:
        return False
    return (when.year, when.months[0]) > (published.year, published.month)


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
