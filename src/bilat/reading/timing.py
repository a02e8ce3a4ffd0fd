"""When an amount holds: measured, ahead, or a deadline that is long past."""

from __future__ import annotations

from bilat.reading.calendars import When
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.forms import english_past
from bilat.reading.place import Place, is_base
from bilat.reading.scene import Sentence
from bilat.reading.targets import deadline
from bilat.reading.terms import Term

_OF_WILL = ("goal", "hope", "will", "forecast", "reach", "speech", "undertake")
_OF_NOW = ("ен", "ены", "ена", "ено")  # «намерены», «нацелены»: participles of the present


def timing(place: Place, discourse: Discourse) -> set[str]:
    """Features: measured, ahead, old-deadline, deadline, now, base."""
    s, a = place.sentence, place.amount
    year = discourse.published.year if discourse.published else None
    near = [w for w in s.whens if not w.base and _near(place, w)]
    own = {_role(place, w, year) for w in near if w.first in place.clause}
    out = own if own == {"ahead"} else {_role(place, w, year) for w in near}
    by, horizon = deadline(s, a, discourse)
    if horizon is not None and not s.has(*_OF_WILL):
        horizon = None
    later = by is not None and (year is None or by > year or s.has("year_end"))
    holds = {
        "deadline": later or horizon is not None,
        "later": later,
        "not-yet": year is not None and _is_not_yet(place, year),
        "over": any(_is_over(w, year) for w in near),
        "long-ago": _told_of_old(place, year),
        "ahead": horizon is not None,
        "now": bool({s.before(a.first), s.before(a.first, 2)} & words("now")),
        "base": is_base(s, a),
    }
    return (out - {""}) | {name for name, it_holds in holds.items() if it_holds}


def _is_not_yet(place: Place, year: int) -> bool:
    """The clause names nothing but a time after the year of publication."""
    own = [w for w in place.sentence.whens if w.first in place.clause and w.year and not w.base]
    return bool(own) and all((w.year or 0) > year for w in own)


def _told_of_old(place: Place, year: int | None) -> bool:
    """“In 2017 we were told of a billion dollars”: a goal set at least two years ago.

    “In 2020 trade was 100 million, and now the goal is 500” is a goal of today.
    """
    s = place.sentence
    marks = [t.last for t in s.terms if t.group == "long_ago"]
    marks += [w.last for w in s.whens if _is_old(w, year)]
    goals = [t for t in s.terms if t.group in ("goal", "past_goal")]
    for mark in marks:
        after = [t for t in goals if t.first > mark] if mark < place.amount.first else []
        if after and _was_said(s, after[0]):
            return True
    return False


def _is_old(when: When, year: int | None) -> bool:
    if year is None or not when.explicit or when.sort != "year" or when.by or when.base:
        return False
    return when.year is not None and when.year <= year - 2


def _was_said(sentence: Sentence, goal: Term) -> bool:
    token = sentence.tokens[goal.first]
    told = token.tense == "past" and not token.lower.endswith(_OF_NOW)
    if goal.group == "past_goal" or told:
        return True
    if sentence.language == "en" and english_past(token.lower):
        return True
    clause = sentence.clause_of(goal.first)
    inside = sentence.tokens[clause.first : clause.last + 1]
    return any(t.lower in ("was", "were", "had", "был", "была", "было") for t in inside)


def _is_over(when: When, year: int | None) -> bool:
    """A time before the year of publication: nobody forecasts it any more."""
    ends = when.end_year or when.year
    return year is not None and ends is not None and ends < year and not when.by


def _near(place: Place, when: When) -> bool:
    return when.first in place.clause or place.first <= when.first <= place.last


def _role(place: Place, when: When, year: int | None) -> str:
    inside = when.first in place.clause or place.previous_end < when.first < place.amount.first
    if place.after_target and when.shift == 0 and when.first not in place.clause:
        return ""  # «7 млрд — в нынешнем году, 10 млрд — в 2028-м»: of the goal before
    if when.year is None or year is None:
        return "measured" if inside and not when.by and when.sort in ("year", "part") else ""
    ends = when.end_year or when.year
    deadline_of_year = when.by and when.sort == "year"
    if ends > year or (deadline_of_year and ends == year):
        return "ahead"
    if deadline_of_year and ends < year:
        return "old-deadline"
    return "measured" if inside and not when.by else ""
