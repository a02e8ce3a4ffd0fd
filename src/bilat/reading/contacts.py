"""Meetings of the two sides: visits, sessions, forums, calls; held or planned."""

from __future__ import annotations

from typing import Any

from bilat.reading.calendars import When
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.forms import english_past
from bilat.reading.pair import foreign, named_parties
from bilat.reading.places import place_in
from bilat.reading.proposal import Manner, Proposal
from bilat.reading.rules import Features, Rule, named, verdict
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_STRONG = ("commission", "council", "forum", "call", "summit", "exhibition", "visit")
_HEAD = 4  # tokens in which such a sentence names its number
_DATES = ("day", "month", "season", "year", "part")


def contacts(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """One proposal for each meeting that the sentence tells of."""
    out = []
    for term in _apart(sentence, _candidates(sentence, discourse)):
        features = _features(sentence, term, discourse)
        rule = verdict("contacts", features)
        if rule is None:
            continue
        out.append(_proposal(sentence, term, rule, discourse))
    return out


def _candidates(sentence: Sentence, discourse: Discourse) -> list[Term]:
    found = [t for t in sentence.terms if t.group == "contact"]
    sessions = [t for t in sentence.terms if t.group == "session"]
    if not any(t.value in ("commission", "council", "forum") for t in found) and discourse.contact:
        ordinals = {t.first for t in sentence.terms if t.group == "ordinal"}
        nexts = {"next", "следующее", "очередное", "следующая", "очередная"}
        for term in sessions:
            near = [sentence.before(term.first, n) for n in (1, 2)]
            if ordinals or any(word in nexts for word in near):
                found = [t for t in found if t.first != term.first]
                bodies = {"committee", "commission", "комитет", "комиссия", "комиссии"}
                named = bodies & {t.lower for t in sentence.tokens}
                kind = "commission" if named else discourse.contact
                found.append(Term("contact", kind, term.first, term.last))
                break
    if not found and not sessions and discourse.contact and (told := _elided(sentence)):
        found = [Term("contact", discourse.contact, told.first, told.last)]
    return sorted(found, key=lambda t: t.first)


def _elided(sentence: Sentence) -> Term | None:
    """«Четырнадцатое примет Минск»: the session that was spoken of, by its number alone."""
    hosts = {t.lower for t in sentence.tokens} & words("hosts")
    found = [t for t in sentence.terms if t.group == "ordinal" and t.first < _HEAD]
    return found[0] if hosts and found and int(found[0].value) > 1 else None


def _apart(sentence: Sentence, found: list[Term]) -> list[Term]:
    """A meeting of a commission is the commission's; a visit with talks is both, once each."""
    strong = [t for t in found if t.value in ("commission", "council", "forum", "summit", "call")]
    out: list[Term] = []
    for term in found:
        if term.value == "meeting" and any(_same_event(sentence, term, s) for s in strong):
            continue
        if any(t.value == term.value for t in out):
            continue
        out.append(term)
    return out


def _same_event(sentence: Sentence, meeting: Term, strong: Term) -> bool:
    if meeting.first == strong.first:
        return True
    gap = range(min(meeting.last, strong.last) + 1, max(meeting.first, strong.first))
    if strong.value == "call":
        return True
    return len(gap) <= 5 and not any(sentence.tokens[i].kind == "mark" for i in gap)


def _features(sentence: Sentence, term: Term, discourse: Discourse) -> Features:
    clause = sentence.clause_of(term.first)
    found = [t for t in sentence.terms if clause.first <= t.first and t.last <= clause.last]
    return {
        "is": frozenset(_known(sentence, term, found, discourse)),
        "clause": named(found),
        "sentence": named(sentence.terms),
        "near": named(t for t in found if abs(t.first - term.first) <= 6),
        "before": named(t for t in found if t.last < term.first),
    }


def _known(sentence: Sentence, term: Term, found: list[Term], discourse: Discourse) -> set[str]:
    clause, word = sentence.clause_of(term.first), sentence.tokens[term.first].lower
    before = [sentence.before(term.first, n) for n in (1, 2, 3, 4)]
    named_here = {t.value for t in named_parties(sentence.terms, discourse.parties)}
    holds = {
        "foreign": foreign(found, discourse.parties),
        "party": named_parties(found, discourse.parties),
        "countries": sentence.has("country", "people"),
        "both-parties": len(named_here) == 2,
        "role": words("chair") & set(before),
        "general": words("any_meeting") & set(before[:2]),
        "dated": _day(sentence, term)[0] is not None,
        "placed": place_in(sentence, clause.first, clause.last),
        "numbered": _ordinal(sentence, term) is not None,
        "ahead": _ahead(sentence, term),
        "of-both": sentence.has("both") and sentence.has("office"),
        "irrealis": {"if", "бы"} & {t.lower for t in sentence.tokens},
        "coming": word.startswith(("прие", "приле", "come", "fl", "travel")),
    }
    known = {name for name, it_holds in holds.items() if it_holds}
    return known | {f"type/{term.value}", f"word/{word}"}


def _ordinal(sentence: Sentence, term: Term) -> int | None:
    clause = sentence.clause_of(term.first)
    ordinals = sentence.within(clause.first, clause.last, "ordinal")
    for found in ordinals:
        if -8 <= found.first - term.last <= 5 and int(found.value) > 1:
            return int(found.value)
    for i in range(max(0, term.first - 7), term.first):
        token = sentence.tokens[i]
        if token.kind != "number" or not token.text.isdigit() or int(token.text) > 99:
            continue
        suffixed = sentence.within(i + 1, i + 2, "suffix")
        if suffixed:
            return int(token.text)
    if any(f.value == "1" for f in ordinals if 0 <= term.first - f.last <= 4):
        long_gap = sentence.has("unit_of_time")
        return None if long_gap else 1
    return None


def _ahead(sentence: Sentence, term: Term) -> bool:
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


def _day(sentence: Sentence, term: Term) -> tuple[str | None, When | None]:
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


def _date(sentence: Sentence, term: Term, discourse: Discourse, *, ahead: bool) -> str | None:
    text, when = _day(sentence, term)
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
        return published.isoformat()[:7]
    return None


def _is_told_as_past(sentence: Sentence, term: Term) -> bool:
    clause = sentence.clause_of(term.first)
    inside = sentence.tokens[clause.first : clause.last + 1]
    if sentence.language == "ru":
        return any(t.tense == "past" for t in inside)
    return any(english_past(t.lower) for t in inside)


def _proposal(sentence: Sentence, term: Term, rule: Rule, discourse: Discourse) -> Proposal:
    clause = sentence.clause_of(term.first)
    ahead = _ahead(sentence, term)
    date = _date(sentence, term, discourse, ahead=ahead)
    if date and discourse.published and date[:7] > discourse.published.isoformat()[:7]:
        ahead = True
    place = place_in(sentence, clause.first, clause.last) or place_in(
        sentence, 0, len(sentence.tokens) - 1
    )
    if place is None and not ahead:
        place = discourse.place
    if term.value in ("commission", "council", "forum"):
        discourse.contact = term.value
    fields: dict[str, Any] = {
        "type": term.value,
        "ordinal": _ordinal(sentence, term),
        "place": place,
        "date": date,
        "status": "planned" if ahead else "held",
    }
    manner: Manner = "planned" if ahead else "reported"
    quote = sentence.clauses_from(term.first, term.last)
    return Proposal(
        "contact",
        fields,
        quote,
        manner,
        discourse.speaker,
        discourse.side,
        rule.confidence,
        rule.name,
        rule.optional,
    )
