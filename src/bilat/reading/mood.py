"""How an amount is said: reached, aimed at, hoped for, conditional; as a change or a share."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.data import words
from bilat.reading.forms import english_past
from bilat.reading.growth import is_level, signed
from bilat.reading.place import Place, is_base, word_before
from bilat.reading.scene import Clause, Sentence, is_question
from bilat.reading.terms import Term

_VERBS = ("change", "level", "reach", "multiple")
_BY = ("by", "на")
_BESIDE = 4  # tokens between deliveries and what they are worth
_HEAD = 5  # tokens before a number that stands at the head of its sentence
_SOON = 9
_AFTER = ("—", "–", ",")  # «поставки упали — почти вдвое»
_IRREALIS = frozenset(("if", "бы", "б", "would", "unless"))
_OF_PAST = ("вший", "вшая", "вшее", "вшие", "вшего", "вшей", "вшую", "вшем", "вшим", "вших")


def mood(place: Place) -> set[str]:
    """Features: past, future, goal-before, goal-noun, to-level, conditional, changes, share …"""
    s, a, clause = place.sentence, place.amount, place.clause
    verb = _verb(s, a, clause)
    inside = (clause.first, clause.last)
    holds = {
        "past": (verb is not None and _is_past(s, verb) and not _of_goal(s, verb))
        or _has_traded(place),
        "reached": verb is not None
        and _is_past(s, verb)
        and s.tokens[verb.first].lower not in words("copulas"),
        "future": _is_future(s, clause),
        "goal-before": _goal_before(place),
        "goal-noun": s.has("goal/noun"),
        "told-apart": _is_told_apart(place),
        "of-sides": _compares_sides(place),
        "deal": _is_deal(place),
        "roughly": _is_told_roughly(s, a),
        "goal-like": s.has("goal", "past_goal", "reach"),
        "infinitive": is_infinitive(s, clause, a),
        "converted": _is_converted(s, a),
        "to-level": word_before(s, a) in words("to_level") and s.has("reach", "goal/noun"),
        "inverted": is_inverted(s),
        "if": any(t.lower in ("if", "если", "unless") for t in s.tokens),
        "goal-moved": (verb is not None and _of_goal(s, verb) and is_base(s, a))
        or _is_former(s, a),
        "conditional": bool(s.within(*inside, "condition")),
        "irrealis": any(t.lower in _IRREALIS for t in s.tokens),
        "forecast": bool(s.within(*inside, "forecast") or s.within(0, a.first, "forecast")),
    }
    return {name for name, it_holds in holds.items() if it_holds} | _change(place, clause)


def _is_told_roughly(sentence: Sentence, amount: Amount) -> bool:
    """“did not exceed two billion: 1.93 billion”: what comes after the colon is the number."""
    money = [a for a in sentence.amounts if a.sort == amount.sort or a.bare]
    after = [a for a in money if a.first == amount.last + 2]
    back = {sentence.before(amount.first, n) for n in (1, 2, 3)}
    rough = bool(amount.qualifier) or bool(back & {"не", "not", "n't"})
    return rough and bool(after) and sentence.after(amount.last) == ":"


def _is_former(sentence: Sentence, amount: Amount) -> bool:
    """«вместо прежнего миллиарда», “instead of the former 300 million”: a goal that is no more."""
    back = sentence.tokens[max(0, amount.first - 4) : amount.first]
    instead = any(t.lower in ("вместо", "instead") for t in back)
    named = sentence.within(max(0, amount.first - 5), amount.first - 1, "past_goal")
    clause = sentence.clause_of(amount.first)
    more = any(amount.last < a.first and a.first in clause for a in sentence.amounts)
    # “the earlier goal of 5 billion gives way to 8”
    return bool(named and more) or (instead and sentence.has("goal", "reach", "past_goal"))


def _goal_before(place: Place) -> bool:
    """A goal in the clause, or since the amount before this one."""
    clause, last = place.clause, place.amount.last
    return (
        any(
            place.previous_end < t.first <= last or t.first in clause
            for t in place.sentence.terms
            if t.group == "goal"
        )
        or _goes_on(place)
        or _is_named_first(place)
    )


def _is_named_first(place: Place) -> bool:
    """«Полмиллиарда — вот на что мы нацелились», “Five billion: this is what we aim at”."""
    s, a = place.sentence, place.amount
    if a.first > _HEAD or len([one for one in s.amounts if one.sort != "count"]) > 1:
        return False
    wanted = [t for t in s.terms if t.group == "goal" and a.last < t.first <= a.last + _SOON]
    reached = s.within(0, wanted[0].first if wanted else 0, "level", "change")
    past = [t for t in reached if _is_past(s, t)]
    return bool(wanted) and not past and not s.within(0, a.last, "change")


def _goes_on(place: Place) -> bool:
    """“want their trade, which stood at 1.1 billion last year, to hit 1.5 billion”."""
    s, clause = place.sentence, place.clause
    opens = s.within(clause.first, min(clause.first + 2, place.amount.first), "reach", "change")
    wanted = [t for t in s.terms if t.group == "goal" and t.last < clause.first]
    if not opens or not wanted:
        return False
    if s.language == "ru":
        return any(t.lower in ("чтобы", "чтоб") for t in s.tokens[: clause.first])
    return s.before(opens[0].first) in ("to", "shall", "will", "should", "must")


def _is_deal(place: Place) -> bool:
    """“Memoranda on deliveries worth 50 million”: what papers promise, and no flow."""
    s, clause, term = place.sentence, place.clause, place.subject.term
    if term is None or place.subject.value not in ("exports", "imports"):
        return False
    inside = s.within(clause.first, clause.last, "change", "reach")
    papers = s.within(0, place.amount.first, "paper", "contract")
    agreed = [t for t in s.within(0, term.first, "goal/verb") if t.last >= term.first - 2]
    worth = word_before(s, place.amount) in ("worth", "for", "на") or (
        s.before(place.amount.first) in ("worth", "for")
    )
    beside = 0 < place.amount.first - term.last <= _BESIDE
    return worth and beside and not inside and bool(papers or agreed) and not place.timed


def _has_traded(place: Place) -> bool:
    """“the neighbours bought electricity for 150 million”: a verb of trade in the past."""
    term = place.subject.term
    if term is None or place.subject.value not in ("exports", "imports"):
        return False
    token = place.sentence.tokens[term.first]
    return token.tense == "past" or token.lower in words("traded")


def _is_told_apart(place: Place) -> bool:
    """“The goal of 100 million has been reached: trade came to 138”: the clause says what was."""
    s, clause = place.sentence, place.clause
    verb = _verb(s, place.amount, clause)
    inside = (clause.first, clause.last)
    if not s.has("goal") and s.before(clause.first) == ":":
        return True  # «не дотянул и до 50: 48 млн»
    return (
        verb is not None
        and verb.first in clause
        and _is_past(s, verb)
        and not s.within(*inside, "goal", "past_goal")
        and bool(s.within(*inside, "indicator") or place.timed)
    )


def _compares_sides(place: Place) -> bool:
    """“Imports were twice as large”: one flow against the other, and no growth."""
    s, a, clause = place.sentence, place.amount, place.clause
    if a.sort != "multiple" or place.subject.value not in ("exports", "imports"):
        return False
    begin = s.clauses[max(0, clause.number - 1)].first if s.before(clause.first) in _AFTER else -1
    inside = s.within(begin if begin >= 0 else clause.first, clause.last, "change")
    moves = [t for t in inside if s.tokens[t.first].lower not in words("comparatives")]
    times = any(w.base for w in s.whens)
    return not moves and not times and s.tokens[a.first].lower not in words("grown")


def is_inverted(sentence: Sentence) -> bool:
    """“Should a flight be launched, trade could …”: a condition without “if”."""
    return sentence.has("condition") and opens_inverted(sentence)


def opens_inverted(sentence: Sentence) -> bool:
    """“Were the road built, …”: it begins with the verb, and asks nothing."""
    first = next((t.lower for t in sentence.tokens if t.kind == "word"), "")
    return first in words("inverted") and not is_question(sentence)


def is_infinitive(sentence: Sentence, clause: Clause, amount: Amount) -> bool:
    """“to bring trade to”, “довести торговлю до”."""
    reach = sentence.within(clause.first, amount.first, "reach")
    if sentence.language == "en":
        return any(sentence.before(t.first) == "to" for t in reach)
    before = sentence.tokens[clause.first : amount.first + 1]
    return bool(reach) and any(t.tense == "infn" for t in before)


def _is_converted(sentence: Sentence, amount: Amount) -> bool:
    """“AED 3.6 billion, or just under a billion dollars”: the same money in another currency."""
    before = [a for a in sentence.amounts if a.last < amount.first and a.sort == "money"]
    if not before or amount.sort != "money" or before[-1].currency == amount.currency:
        return False
    gap = [t.lower for t in sentence.tokens[before[-1].last + 1 : amount.first]]
    return len(gap) <= 5 and bool({"or", "или", "("} & set(gap))


def _change(place: Place, clause: Clause) -> set[str]:
    s, a = place.sentence, place.amount
    inside = s.within(clause.first, clause.last, "change")
    word = word_before(s, a)
    grows = a.fraction and _is_growth_fraction(s, a)
    by = word in _BY
    is_share = s.within(clause.first, clause.last, "balance_share") and not (
        inside and (by or grows)
    )
    beside = any(t.last < a.first or t.first == a.last + 1 for t in inside)
    holds = {
        "changes": inside
        or a.verb
        or (a.sort != "money" and s.has("change"))
        or (a.sort == "multiple" and word == "в")
        or (a.sort == "percent" and (is_level(s, a) or signed(s, a) is not None)),
        "share": is_share or (a.fraction and not grows) or _is_of_flow(s, a),
        "delta": a.sort == "money" and ((by and beside) or _is_difference(s, a)),
    }
    return {name for name, it_holds in holds.items() if it_holds}


def _is_of_flow(sentence: Sentence, amount: Amount) -> bool:
    """“90% of sales”, «90% продаж»: a share of a flow."""
    if amount.sort != "percent" or word_before(sentence, amount) in (
        *_BY,
        "до",
        "to",
        "up",
        "down",
    ):
        return False
    i = amount.last + 1
    of = sentence.after(amount.last) == "of"
    if not of and sentence.language != "ru":
        return False
    found = [t for t in sentence.within(i, i + 5, "indicator") if of or t.first == i]
    near = found and found[0].first <= i + 3
    return bool(near) and not sentence.within(i, i + 3, "compare", "year")


def _is_difference(sentence: Sentence, amount: Amount) -> bool:
    """“$40 million more than a year before”, “trade added $230 million”."""
    after = sentence.after(amount.last)
    more = after in words("comparatives") and sentence.after(amount.last, 2) in words("than")
    adds = word_before(sentence, amount) in words("adds")
    sums_up = sentence.before(amount.first, 2) == "up"  # “it added up to 11 million”
    return more or (adds and not sums_up)


def _is_growth_fraction(sentence: Sentence, amount: Amount) -> bool:
    """“by a third”, “a fifth more”, “a rise of a quarter”; else it is a share."""
    if word_before(sentence, amount) in (*_BY, "up", "down", "наполовину"):
        return True
    beside = sentence.within(amount.first - 2, amount.first - 1, "change")
    after = sentence.within(amount.last + 1, amount.last + 2, "change")
    noun = sentence.within(amount.first - 3, amount.first, "change")
    return bool(beside or after or (noun and sentence.before(amount.first) == "of"))


def _verb(sentence: Sentence, amount: Amount, clause: Clause) -> Term | None:
    """The verb of change or level that governs an amount: the last before it, else the next."""
    found = sentence.within(clause.first, clause.last, *_VERBS)
    found = [t for t in found if t.group != "multiple" or _is_verb(sentence, t)]
    if sentence.within(clause.first, clause.last, "goal/noun"):
        found = [t for t in found if sentence.tokens[t.first].lower not in words("copulas")]
    before = [t for t in found if t.first <= amount.first]
    return next(iter([*before[::-1], *found]), None)


def _is_verb(sentence: Sentence, multiple: Term) -> bool:
    """“doubled” and not “twofold”, «удвоился» and not «вдвое»."""
    token = sentence.tokens[multiple.first]
    if sentence.language == "ru":
        return bool(token.tense)
    return not token.lower.endswith("fold") and token.lower not in ("twice", "half", "thrice")


def _of_goal(sentence: Sentence, verb: Term) -> bool:
    """“The target was raised to …”: it is the goal that changed, not the trade."""
    if sentence.tokens[verb.first].lower in words("raises") and sentence.within(
        sentence.clause_of(verb.first).first, verb.last + 3, "goal/noun"
    ):
        return True
    return bool(sentence.within(max(0, verb.first - 4), verb.first, "goal/noun"))


def _is_past(sentence: Sentence, verb: Term) -> bool:
    token = sentence.tokens[verb.first]
    if sentence.language == "ru":
        past = token.tense == "past" and not _is_wished(sentence, verb)
        return past or token.lower.endswith(_OF_PAST)
    before = {sentence.before(verb.first, n) for n in (1, 2)}
    return english_past(token.lower) and not before & {"be", "to", "being", "will"}


def _is_wished(sentence: Sentence, verb: Term) -> bool:
    """«хотят, чтобы торговля достигла»: the form of the past without its meaning."""
    clause = sentence.clause_of(verb.first)
    relative = sentence.tokens[clause.first].lower.startswith("котор")
    before = sentence.tokens[: verb.first]
    return not relative and any(t.lower in ("чтобы", "чтоб") for t in before)


def _is_future(sentence: Sentence, clause: Clause) -> bool:
    inside = sentence.tokens[clause.first : clause.last + 1]
    return any(t.tense == "futr" or t.lower in ("will", "shall") for t in inside)
