"""What can be said of an amount in its place: the features that the rules ask for."""

from __future__ import annotations

from dataclasses import dataclass

from bilat.reading.amounts import Amount
from bilat.reading.discourse import Discourse
from bilat.reading.forms import english_past
from bilat.reading.pair import foreign, named_parties
from bilat.reading.rules import Features, named
from bilat.reading.scene import Sentence
from bilat.reading.subjects import Subject
from bilat.reading.targets import deadline
from bilat.reading.terms import Term

_TO = frozenset(("to", "до", "на", "at", "of", "past", "beyond", "the", "в", "=на", "за"))
_LANDS = ("countries", "states", "nations", "стран", "страны", "странам", "странами", "государств", "государства")
_COPULAS = frozenset("was were is are at worth been was set был была было были".split())
_SMALL = 10_000  # of any currency; no flow between countries is less
_IRREALIS = frozenset(("if", "бы", "б", "would", "unless"))
_VERBS = ("change", "level", "reach", "multiple")


@dataclass(frozen=True)
class Place:
    """An amount in its sentence, with its subject and the stretch that speaks of it."""

    sentence: Sentence
    amount: Amount
    subject: Subject
    first: int
    last: int
    after_target: bool
    previous_end: int


def features(place: Place, discourse: Discourse) -> Features:
    """The scopes of rules: clause, sentence, before, near, is."""
    s, a = place.sentence, place.amount
    clause = s.clause_of(a.first)
    return {
        "clause": named(s.within(clause.first, clause.last, *_groups(s))) | _words(s, clause.first, clause.last),
        "sentence": named(s.terms),
        "before": named(t for t in s.terms if clause.first <= t.first and t.last < a.first),
        "near": named(t for t in s.terms if a.first - 4 <= t.first and t.last <= a.last + 4),
        "is": frozenset(_found(place, discourse)),
    }


def _groups(sentence: Sentence) -> set[str]:
    return {t.group for t in sentence.terms}


def _words(sentence: Sentence, first: int, last: int) -> frozenset[str]:
    lower = {t.lower for t in sentence.tokens[first : last + 1]}
    return frozenset(("capital",)) if lower & {"capital", "капиталом", "капитала", "участием"} else frozenset()


def _found(place: Place, discourse: Discourse) -> set[str]:
    out = {f"sort/{place.amount.sort}", f"subject/{place.subject.value}"}
    if place.amount.fraction:
        out.add("fraction")
    if place.amount.value < _SMALL:
        out.add("small")
    if place.subject.value == "unit":
        out.add("unit")
    if place.subject.is_flow:
        out.add("flow")
    if place.subject.value == "firms" and place.subject.term is not None and place.subject.term.last > place.subject.term.first:
        out.add("joint")
    if place.subject.value in ("students", "tourists"):
        out.add("subject/people")
    if place.after_target:
        out.add("after-target")
    out |= _scope(place, discourse)
    out |= _mood(place)
    out |= _time(place, discourse)
    return out


def _scope(place: Place, discourse: Discourse) -> set[str]:
    """About the pair, or about others."""
    s = place.sentence
    found = s.within(place.first, place.last, "country", "people", "scope", "city", "both", "indicator")
    strangers = foreign(found, discourse.parties)
    ours = named_parties(found, discourse.parties)
    both = any(t.group == "both" for t in found)
    out: set[str] = set()
    if strangers:
        out.add("other-country")
        out.add("foreign")
    names = {t.value for t in ours}
    if names or both:
        out.add("party")
    if _too_large(place, discourse, partners=len(names) > 1 or both):
        out.add("too-large")
    if discourse.foreign and not both and not names - discourse.foreign_names:
        out.add("foreign")
    if place.subject.is_flow and not both and len(names) < 2 and _outward(place):
        out.add("total")
    flow = place.subject.is_flow or place.subject.value == "nothing"
    countries = [
        a for a in s.amounts if a.sort == "count" and a.value > 2
        and s.within(a.last + 1, a.last + 3, "unit/places") and s.after(a.last) in _LANDS
    ]
    if flow and countries and any(place.first <= a.first <= place.last for a in countries):
        out.add("total")
    for name in ("total", "bloc", "region", "company"):
        hit = [t for t in found if t.name == f"scope/{name}"]
        if hit and flow and _concerns(place, name, hit):
            out.add(name)
    return out


def _too_large(place: Place, discourse: Discourse, *, partners: bool) -> bool:
    """Exports beyond the pair’s whole turnover are those of a country to the world."""
    a, whole = place.amount, discourse.whole
    if a.sort != "money" or whole is None or whole[1] != a.currency or not place.subject.is_flow:
        return False
    if place.subject.value == "turnover":
        return not partners and a.value > 20 * whole[0]
    return a.value > 1.5 * whole[0]


def _outward(place: Place) -> bool:
    """“foreign trade of Georgia” without a partner is the whole of it."""
    return bool(place.sentence.within(place.first, place.last, "outward"))


def _concerns(place: Place, name: str, hits: list[Term]) -> bool:
    if name == "region":
        subject = place.subject.term
        at = [subject.first, place.amount.first] if subject is not None else [place.amount.first]
        return any(abs(t.first - i) <= 5 for t in hits for i in at)
    if name == "company":
        clause = place.sentence.clause_of(place.amount.first)
        subject = place.subject.term
        before = [t for t in hits if t.first < place.amount.first]
        inside = [t for t in before if clause.first <= t.first or subject is not None]
        return bool(inside)
    return True


def _mood(place: Place) -> set[str]:
    s, a = place.sentence, place.amount
    clause = s.clause_of(a.first)
    out: set[str] = set()
    verb = _verb(s, a, clause.first, clause.last)
    if verb is not None and _is_past(s, verb) and not _of_goal(s, verb):
        out.add("past")
    if _is_future(s, clause.first, clause.last):
        out.add("future")
    goals = [t for t in s.terms if t.group == "goal"]
    if any(place.previous_end < t.first < a.last + 1 or clause.first <= t.first <= clause.last for t in goals):
        out.add("goal-before")
    if any(t.name == "goal/noun" for t in goals):
        out.add("goal-noun")
    if goals or s.has("past_goal", "reach"):
        out.add("goal-like")
    if any(t.tense == "infn" and clause.first <= i <= a.first for i, t in enumerate(s.tokens)) and s.within(clause.first, a.first, "reach"):
        out.add("infinitive")
    if s.language == "en" and any(s.before(t.first) == "to" for t in s.within(clause.first, a.first, "reach")):
        out.add("infinitive")
    if _is_converted(s, a):
        out.add("converted")
    if _before_word(s, a) in _TO and s.has("reach", "goal/noun"):
        out.add("to-level")
    if s.within(clause.first, clause.last, "condition"):
        out.add("conditional")
    if any(t.lower in _IRREALIS for t in s.tokens):
        out.add("irrealis")
    if s.within(clause.first, clause.last, "forecast") or s.within(0, a.first, "forecast"):
        out.add("forecast")
    return out | _change(place, clause.first, clause.last)


def _is_converted(sentence: Sentence, amount: Amount) -> bool:
    """“AED 3.6 billion, or just under a billion dollars”: the same money in another currency."""
    before = [a for a in sentence.amounts if a.last < amount.first and a.sort == "money"]
    if not before or amount.sort != "money" or before[-1].currency == amount.currency:
        return False
    gap = [t.lower for t in sentence.tokens[before[-1].last + 1 : amount.first]]
    return len(gap) <= 5 and bool({"or", "или", "("} & set(gap))


def _change(place: Place, first: int, last: int) -> set[str]:
    s, a = place.sentence, place.amount
    out: set[str] = set()
    change = s.within(first, last, "change")
    if change or a.verb or (s.has("change") and a.sort != "money"):
        out.add("changes")
    if a.sort == "multiple" and not a.verb and _before_word(s, a) == "в":
        out.add("changes")
    grows = change and (_before_word(s, a) in ("by", "на") or (a.fraction and _is_growth_fraction(s, a)))
    if s.within(first, last, "balance_share") and not grows:
        out.add("share")
    if a.fraction and not _is_growth_fraction(s, a):
        out.add("share")
    if a.sort == "money" and change and _before_word(s, a) in ("by", "на"):
        up = [t for t in change if t.last < a.first or t.first == a.last + 1]
        if up:
            out.add("delta")
    return out


def _is_growth_fraction(sentence: Sentence, amount: Amount) -> bool:
    if _before_word(sentence, amount) in ("by", "на", "up", "down", "наполовину"):
        return True
    if sentence.within(amount.first - 2, amount.first - 1, "change"):
        return True
    after = sentence.within(amount.last + 1, amount.last + 2, "change")
    noun = sentence.before(amount.first) == "of" and sentence.within(amount.first - 3, amount.first, "change")
    return bool(after) or bool(noun)


def _before_word(sentence: Sentence, amount: Amount) -> str:
    """The word before an amount, its qualifier left out."""
    i = amount.first - 1
    if sentence.tokens[amount.first].lower in ("by", "на", "наполовину"):
        return sentence.tokens[amount.first].lower
    skipped = {n for t in sentence.terms if t.group == "qualifier" for n in range(t.first, t.last + 1)}
    while i >= 0 and (i in skipped or sentence.tokens[i].lower in ("a", "the", "чем", "level", "отметки", "уровня", "mark", "some", "current", "нынешних", "планки", "рубежа")):
        if sentence.tokens[i].lower in ("by", "на"):
            break
        i -= 1
    return sentence.tokens[i].lower if i >= 0 else ""


def _verb(sentence: Sentence, amount: Amount, first: int, last: int) -> Term | None:
    """The verb of change or level that governs an amount: the last before it, else the next."""
    found = sentence.within(first, last, *_VERBS)
    if sentence.within(first, last, "goal/noun"):
        found = [t for t in found if sentence.tokens[t.first].lower not in _COPULAS]
    before = [t for t in found if t.first <= amount.first]
    return before[-1] if before else (found[0] if found else None)


def _of_goal(sentence: Sentence, verb: Term) -> bool:
    """“The target was raised to …”: it is the goal that changed, not the trade."""
    return bool(sentence.within(max(0, verb.first - 4), verb.first, "goal/noun"))


def _is_past(sentence: Sentence, verb: Term) -> bool:
    token = sentence.tokens[verb.first]
    if sentence.language == "ru":
        return token.tense == "past"
    if not english_past(token.lower):
        return False
    return not any(sentence.before(verb.first, n) in ("be", "to", "being", "will") for n in (1, 2))


def _is_future(sentence: Sentence, first: int, last: int) -> bool:
    if sentence.language == "ru":
        return any(t.tense == "futr" for t in sentence.tokens[first : last + 1])
    return any(t.lower in ("will", "shall") for t in sentence.tokens[first : last + 1])


def _time(place: Place, discourse: Discourse) -> set[str]:
    s, a = place.sentence, place.amount
    clause = s.clause_of(a.first)
    year = discourse.published.year if discourse.published else None
    out: set[str] = set()
    for when in s.whens:
        near = clause.first <= when.first <= clause.last or place.first <= when.first <= place.last
        if not near or when.base:
            continue
        if when.year is None or year is None:
            if not when.by and when.first in clause and when.sort in ("year", "part"):
                out.add("measured")
            continue
        ends = when.end_year or when.year
        if ends > year or (when.by and ends == year and when.sort == "year"):
            out.add("ahead")
        elif when.by and when.sort == "year" and ends < year:
            out.add("old-deadline")
        elif when.first in clause and not when.by:
            out.add("measured")
    by, horizon = deadline(s, a, discourse)
    if horizon is not None or (by is not None and (year is None or by > year or s.has("year_end"))):
        out.add("deadline")
    if horizon is not None:
        out.add("ahead")
    if s.tokens[max(0, a.first - 2)].lower in ("today", "current", "сегодняшних", "нынешних", "текущих", "present") or s.before(a.first) in ("today's", "today’s", "current", "present"):
        out.add("now")
    if is_base(s, a):
        out.add("base")
    return out


def is_base(sentence: Sentence, amount: Amount) -> bool:
    """An amount that is only compared with: “against 95 million”, “from 64 to 80”."""
    word = _before_word(sentence, amount)
    if word in ("from", "с", "со", "against", "против", "versus"):
        return True
    for term in sentence.within(max(0, amount.first - 5), amount.first - 1, "compare"):
        between = range(term.last + 1, amount.first)
        if all(sentence.tokens[i].kind == "word" for i in between) and len(between) <= 2:
            return True
    return False
