"""Which words of a sentence tell of a meeting, and which of them tell of the same one."""

from __future__ import annotations

from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.places import place_in
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_STEPS = 4  # tokens from a verb of motion to its place
_INVERTED = 7  # «приедет премьер-министр Индии в Ереван»
_GUEST = 8  # tokens from “received” to who comes: “was received in Nairobi by the minister”
# They come between who speaks and what goes: “the minister said exports go to …”.
_BETWEEN = (
    "speech",
    "indicator/turnover",
    "indicator/exports",
    "indicator/imports",
    "product",
    "goods",
)
_NAMED = 9  # tokens of a commission's name: “the meeting of the Chile–Indonesia Joint …”
_HEAD = 4  # tokens in which such a sentence names its number


def candidates(sentence: Sentence, discourse: Discourse) -> list[Term]:
    """Meetings that are named, told by a verb, or meant by a session’s number."""
    found = [
        t for t in sentence.terms if t.group == "contact" and not _receives_things(sentence, t)
    ]
    found += _journeys(sentence, found)
    sessions = [t for t in sentence.terms if t.group == "session"]
    bodies = [t for t in found if t.value in ("commission", "council", "forum")]
    if not any(not _of_chairs(sentence, t) or _sits(sentence, t) for t in bodies):
        ordinals = {t.first for t in sentence.terms if t.group == "ordinal"}
        nexts = {"next", "следующее", "очередное", "следующая", "очередная"}
        for term in sessions:
            if discourse.contact is None and term.value == "other":
                continue
            near = [sentence.before(term.first, n) for n in (1, 2)]
            if ordinals or any(word in nexts for word in near):
                found = [t for t in found if t.first != term.first and t not in bodies]
                committees = {"committee", "commission", "комитет", "комиссия", "комиссии"}
                named = committees & {t.lower for t in sentence.tokens}
                kind = "commission" if named else discourse.contact or "commission"
                found.append(Term("contact", kind, term.first, term.last))
                break
    if not found and not sessions and discourse.contact and (told := _elided(sentence)):
        found = [Term("contact", discourse.contact, told.first, told.last)]
    return sorted(found, key=lambda t: t.first)


def _sits(sentence: Sentence, term: Term) -> bool:
    """“at the commission's third session”: the body of the chairs is told as a session itself."""
    clause = sentence.clause_of(term.first)
    return bool(sentence.within(clause.first, clause.last, "session"))


def _receives_things(sentence: Sentence, term: Term) -> bool:
    """“received a loan”, «примет закон»: nobody is met."""
    word = sentence.tokens[term.first].lower
    return word in words("receives") and not has_guest(sentence, term)


def has_guest(sentence: Sentence, term: Term) -> bool:
    """Somebody is named soon after the verb of receiving."""
    return bool(sentence.within(term.last, term.last + _GUEST, "office", "delegation", "partner"))


def _journeys(sentence: Sentence, found: list[Term]) -> list[Term]:
    """“flew to Minsk”, «побывал в Оше»: visits told by a verb of motion and a place."""
    told = {sentence.clause_of(t.first).number for t in found if t.value == "visit"}
    return [
        Term("contact", "visit", term.first, term.last)
        for term in sentence.terms
        if term.group == "going"
        and sentence.clause_of(term.first).number not in told
        and _is_bound(sentence, term)
    ]


def is_traveller(sentence: Sentence, term: Term) -> bool:
    """Somebody stands before the verb, with nothing said or sold between; else soon after it."""
    clause = sentence.clause_of(term.first)
    people = sentence.within(clause.first, clause.last, "office", "delegation", "partner")
    before = [t.last for t in people if t.last < term.first]
    before += [
        i for i in range(clause.first, term.first) if sentence.tokens[i].lower in words("pronouns")
    ]
    if before:
        between = sentence.within(max(before) + 1, term.first - 1, *_BETWEEN)
        return all(sentence.tokens[t.first].lower in words("auxiliary") for t in between)
    return any(term.first <= t.first <= term.last + _GUEST for t in people)


def _is_bound(sentence: Sentence, term: Term) -> bool:
    """A place follows the verb; in Russian it may also stand before it."""
    clause = sentence.clause_of(term.first)
    steps = _STEPS if sentence.language == "en" else _INVERTED
    last = min(term.last + steps, clause.last)
    if place_in(sentence, term.last, last):
        return True
    guests = sentence.within(clause.first, term.first, "delegation")
    if guests and any(w.sort == "day" and w.first in clause for w in sentence.whens):
        return True  # “the delegation arrives on 22 April”
    return sentence.language == "ru" and place_in(sentence, clause.first, term.first) is not None


def _elided(sentence: Sentence) -> Term | None:
    """«Четырнадцатое примет Минск»: the session that was spoken of, by its number alone."""
    hosts = {t.lower for t in sentence.tokens} & words("hosts")
    found = [t for t in sentence.terms if t.group == "ordinal" and t.first < _HEAD]
    return found[0] if hosts and found and int(found[0].value) > 1 else None


def apart(sentence: Sentence, found: list[Term]) -> list[Term]:
    """A meeting of a commission is the commission's; a visit with talks is both, once each."""
    strong = [
        t
        for t in found
        if t.value in ("commission", "council", "forum", "summit", "call")
        and not _of_chairs(sentence, t)
    ]
    out: list[Term] = []
    for term in found:
        if term.value == "meeting" and any(_same_event(sentence, term, s) for s in strong):
            continue
        if any(t.value == term.value for t in out if _is_told(sentence, t)) or _their_chairs_meet(
            sentence, term, found
        ):
            continue
        out = [t for t in out if t.value != term.value]
        out.append(term)
    return out


def _is_told(sentence: Sentence, term: Term) -> bool:
    """No journey of somebody who is nobody’s official."""
    journey = bool(sentence.within(term.first, term.last, "going"))
    return not journey or is_traveller(sentence, term)


def _of_chairs(sentence: Sentence, term: Term) -> bool:
    """“the co-chairs of the commission”."""
    return bool(words("chair") & {sentence.before(term.first, n) for n in (1, 2, 3, 4)})


def _their_chairs_meet(sentence: Sentence, term: Term, found: list[Term]) -> bool:
    """“The co-chairs of the commission met”: that is no session."""
    met = [t for t in found if sentence.tokens[t.first].lower in words("met")]
    return bool(met) and term not in met and _of_chairs(sentence, term)


def _same_event(sentence: Sentence, meeting: Term, strong: Term) -> bool:
    if meeting.first == strong.first:
        return True
    gap = range(min(meeting.last, strong.last) + 1, max(meeting.first, strong.first))
    if strong.value == "call":
        return True
    marks = [sentence.tokens[i].text for i in gap if sentence.tokens[i].kind == "mark"]
    of = meeting.first < strong.first and sentence.after(meeting.last) == "of"
    return len(gap) <= (_NAMED if of else 5) and not [m for m in marks if not of or m not in "-–—"]
