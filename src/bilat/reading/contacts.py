"""Meetings of the two sides: visits, sessions, forums, calls; held or planned."""

from __future__ import annotations

from typing import Any

from bilat.reading.countries import country_of
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.occasion import date_of, day_of, is_ahead, ordinal_of, season_ahead
from bilat.reading.pair import named_parties, of_others
from bilat.reading.places import place_in
from bilat.reading.proposal import Manner, Proposal
from bilat.reading.rules import Features, Rule, named, verdict
from bilat.reading.scene import Clause, Sentence, is_question
from bilat.reading.terms import Term

_STRONG = ("commission", "council", "forum", "call", "summit", "exhibition", "visit")
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
_SIGHT = 5  # tokens
_NAMED = 9  # tokens of a commission's name: “the meeting of the Chile–Indonesia Joint …”
_CROWD = 500  # of more people who visit it is tourism
_OUTSIDE = 4  # tokens from “meeting with” to the journalists
_FROM = frozenset(("from", "из", "interview"))
_HEAD = 4  # tokens in which such a sentence names its number


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
    return word in words("receives") and not _has_guest(sentence, term)


def _has_guest(sentence: Sentence, term: Term) -> bool:
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


def _traveller(sentence: Sentence, term: Term) -> bool:
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


def _apart(sentence: Sentence, found: list[Term]) -> list[Term]:
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
    return not journey or _traveller(sentence, term)


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
    inside = {t.lower for t in sentence.tokens[clause.first : clause.last + 1]}
    named_here = {t.value for t in named_parties(sentence.terms, discourse.parties)}
    holds = {
        "foreign": of_others(sentence, _not_where(sentence, found), discourse.parties),
        "elsewhere": _goes_elsewhere(sentence, term, discourse),
        "party": named_parties(found, discourse.parties),
        "countries": sentence.has("country", "people"),
        "both-parties": len(named_here) == 2,
        "role": words("chair") & set(before),
        "general": words("any_meeting") & set(before[:2]),
        "dated": day_of(sentence, term)[0] is not None,
        "placed": place_in(sentence, clause.first, clause.last),
        "numbered": ordinal_of(sentence, term) is not None,
        "ahead": is_ahead(sentence, term),
        "pairwise": sentence.has("both") or (words("pairwise") | words("officials")) & inside,
        "irrealis": {"if", "бы"} & {t.lower for t in sentence.tokens},
        "coming": sentence.within(term.first, term.last, "going"),
        "person": _traveller(sentence, term),
        "guest": _has_guest(sentence, term),
        "sight": words("sights")
        & {t.lower for t in sentence.tokens[term.last + 1 : term.last + _SIGHT]},
        "envoy": words("envoys") & inside and len(_officials(sentence, clause)) > 1,
        "next": words("nexts") & {sentence.before(term.first, n) for n in (0, 1, 2, 3, 4)},
        "unsaid": _is_unsaid(sentence, clause),
        "aside": words("aside") & {sentence.before(term.first, n) for n in range(1, 6)},
        "thanks": words("thanks") & {t.lower for t in sentence.tokens},
        "of-two": words("pairwise")
        & {t.lower for t in sentence.tokens[term.last + 1 : term.last + _SIGHT]}
        or _has_both_names(sentence, term, discourse),
        "negated": _is_negated(sentence, term),
        "crowd": word.startswith(("visited", "visiting", "посет"))
        and any(a.sort == "count" and a.value >= _CROWD for a in sentence.amounts),
        "told": words("told_of") & set(before[:3]),
        "interview": words("interviews") & {word, before[0]} and _FROM & set(before[:2]),
        "outsiders": words("outsiders")
        & {t.lower for t in sentence.tokens[term.last + 1 : term.last + _OUTSIDE]},
        "ongoing": words("negotiations") & {word} and words("ongoing") & inside,
        "own-body": words("own_bodies") & set(before[:2]),
        "question": is_question(sentence),
        "acts": _is_who_acts(sentence, term, discourse),
    }
    known = {name for name, it_holds in holds.items() if it_holds}
    return known | {f"type/{term.value}", f"word/{word}"}


def _is_who_acts(sentence: Sentence, term: Term, discourse: Discourse) -> bool:
    """“The meeting welcomed the intention of …”: the minutes of a meeting that has been told."""
    said = sentence.after(term.last) in words("minutes_say")
    by_verb = sentence.before(term.first) in (
        "meeting",
        "session",
        "commission",
        "sides",
        "parties",
    )
    told = discourse.contact is not None and term.value == "meeting"
    return told and (
        said or (by_verb and sentence.tokens[term.first].lower in words("minutes_say"))
    )


def _officials(sentence: Sentence, clause: Clause) -> list[Term]:
    return sentence.within(clause.first, clause.last, "office")


def _not_where(sentence: Sentence, found: list[Term]) -> list[Term]:
    """Without the countries that are only a place: “in Kazakhstan”."""
    return [t for t in found if t.group != "country" or sentence.before(t.first) not in ("in", "в")]


def _goes_elsewhere(sentence: Sentence, term: Term, discourse: Discourse) -> bool:
    """“a visit to China”, «посетил Баку»: a place of a third country right after the word."""
    after = [t for t in sentence.terms if term.last < t.first <= term.last + 3]
    lands = [t.value for t in after if t.group == "country"]
    lands += [country_of(t.value) or "" for t in after if t.group == "city"]
    return bool(lands) and not set(lands) & set(discourse.parties)


def _has_both_names(sentence: Sentence, term: Term, discourse: Discourse) -> bool:
    """“the fifth Italian-Algerian summit”."""
    near = [t for t in sentence.terms if 0 < term.first - t.first <= 3]
    return len({t.value for t in named_parties(near, discourse.parties)}) == 2


def _is_unsaid(sentence: Sentence, clause: Clause) -> bool:
    """“did not say when the commission would meet”."""
    head = {t.lower for t in sentence.tokens[clause.first : clause.first + 2]}
    before = {t.lower for t in sentence.tokens[: clause.first]}
    return bool(head & words("asks")) and bool(before & words("never"))


def _is_negated(sentence: Sentence, term: Term) -> bool:
    """“was not discussed at the talks” negates no talks: “not” beside the verb of the meeting."""
    clause = sentence.clause_of(term.first)
    for i in range(
        max(clause.first, term.first - _SIGHT), min(clause.last, term.last + _GUEST) + 1
    ):
        if sentence.tokens[i].lower in words("never") and sentence.after(i) not in words("only"):
            told = sentence.within(i + 1, i + 3, "will", "event", "contact", "going")
            if told or sentence.tokens[i].lower == "no":
                return True
    return False


def _proposal(sentence: Sentence, term: Term, rule: Rule, discourse: Discourse) -> Proposal:
    clause = sentence.clause_of(term.first)
    ahead = is_ahead(sentence, term)
    date = date_of(sentence, term, discourse, ahead=ahead)
    published = discourse.published
    if date and published and date > published.isoformat()[: len(date)]:
        ahead = True
    ahead = ahead or (published is not None and season_ahead(sentence, term, published))
    place = place_in(sentence, clause.first, clause.last) or place_in(
        sentence, 0, len(sentence.tokens) - 1
    )
    if place is None and not ahead:
        place = discourse.place
    if term.value in ("commission", "council") or (term.value, discourse.contact) == (
        "forum",
        None,
    ):
        discourse.contact = term.value
    fields: dict[str, Any] = {
        "type": term.value,
        "ordinal": ordinal_of(sentence, term),
        "place": place,
        "date": date,
        "status": "planned" if ahead else "held",
    }
    manner: Manner = "planned" if ahead else "reported"
    _, when = day_of(sentence, term)
    far = when is not None and when.first > clause.last
    quote = sentence.clauses_from(term.first, when.first if when and far else term.last)
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
