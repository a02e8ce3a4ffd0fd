"""Joint production: what is assembled, built, made or supplied, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bilat.reading.data import words
from bilat.reading.described import built, described, in_quotes, supplied
from bilat.reading.discourse import Discourse
from bilat.reading.implied import implied, is_joint_firm
from bilat.reading.places import place_in
from bilat.reading.plants import GENERIC, Plant, plants
from bilat.reading.project_features import features_of
from bilat.reading.proposal import Manner, Proposal
from bilat.reading.rules import verdict
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_FLOWS = ("indicator/turnover", "indicator/exports", "indicator/imports")
_ELIDED = 6  # tokens between the goods of two places, of which the second has a dash for its verb
_INTENDS = 7  # tokens to the infinitive
_BARE = 5  # tokens of a clause that is no more than its verb
_REACH = 9  # tokens between what is done and what it is done with


# They leave a thing for want of a word that makes it a project; another word may.
_UNDECIDED = ("projects.other", "projects.maker", "projects.making-anywhere", "projects.figure")


def projects(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """One proposal for each activity with its product, and for works without a verb."""
    if not sentence.has("activity", "works", "product"):
        return []
    out: list[Proposal] = []
    taken: set[int] = set()
    refused: set[int] = set()
    known = plants(sentence)
    for activity, product in [*_pairs(sentence, known), *implied(sentence, known, discourse)]:
        spot = _whole(product, known)
        if taken & set(spot) or (taken and product.value == GENERIC):
            continue  # a works without a name beside one that has been told
        alone = (activity.first, activity.last) == (product.first, product.last)
        if alone and (refused & set(spot) or _is_maker(sentence, product, out)):
            continue  # what is denied of it is not to come either; who supplies is not built
        rule = verdict("projects", features_of(sentence, activity, product, discourse))
        if rule is None:
            continue
        if rule.gives != "left":
            taken |= set(spot)
        elif rule.name not in _UNDECIDED:
            refused |= set(spot)
        out.append(_proposal(sentence, activity, product, rule.name, rule.confidence, discourse))
    return out


def _is_maker(sentence: Sentence, works: Term, told: Sequence[Proposal]) -> bool:
    """“The shipyard in Surabaya will deliver two tugs”."""
    clause = sentence.clause_of(works.first)
    after = sentence.within(works.last + 1, clause.last, "activity/supply")
    supplies = any(p.fields["activity"] == "supply" for p in told)
    return works.group == "works" and supplies and bool(after)


def _whole(product: Term, known: Sequence[Plant]) -> range:
    """The tokens of the thing with all its words."""
    for plant in known:
        if plant.term.first == product.first and product.group == "works":
            return range(plant.first, plant.last + 1)
    return range(product.first, product.last + 1)


def _pairs(sentence: Sentence, known: Sequence[Plant]) -> list[tuple[Term, Term]]:
    things = _things(sentence, known)
    inner = _inner(sentence, known)
    out: list[tuple[Term, Term]] = []
    for activity in (t for t in sentence.terms if t.group == "activity" and t.first not in inner):
        if _intends(sentence, activity) or _moves_trade(sentence, activity):
            continue
        found = (
            _things_near(sentence, activity, things)
            or _before_which(sentence, activity, things)
            or _after_dash(sentence, activity, things)
        )
        place_only = all(t.group == "works" and t.last < activity.first for t in found)
        if place_only and activity.value in ("assembly", "production"):
            found_words = described(sentence, activity)
            found = [found_words] if found_words else found
        if not found and activity.value == "construction":
            found_words = built(sentence, activity)
            found = [found_words] if found_words else []
        if activity.value == "supply" and all(t.group == "works" for t in found):
            found_words = supplied(sentence, activity)
            found = [found_words] if found_words else found
        if not found and activity.value == "service":
            found = [Term("works", "service centre", activity.first, activity.last)]
        if found:
            out.append((_told(sentence, activity, found[0]), found[0]))
            out += [(_at(activity, t), t) for t in _coordinated(sentence, found[0], things)]
    return sorted(out, key=lambda pair: (_weight(pair[0]), _gap(*pair)))


def _at(activity: Term, thing: Term) -> Term:
    """The activity told anew where the thing is far from its verb."""
    if _gap(activity, thing) <= _ELIDED:
        return activity
    return replace(activity, first=thing.first, last=thing.last)


def _intends(sentence: Sentence, activity: Term) -> bool:
    """«собирается открыть» is an intention, «собираются в Оше» an assembly."""
    lower = sentence.tokens[activity.first].lower
    if not (lower.startswith("собира") and lower.endswith(("ся", "сь"))):
        return False
    end = activity.last + _INTENDS
    return any(t.tense == "infn" for t in sentence.tokens[activity.last + 1 : end])


def _moves_trade(sentence: Sentence, activity: Term) -> bool:
    """«вывоз вырос», «расширить продажи»: the verb of building is one of trade."""
    at = (activity.first, activity.last)
    clause = sentence.clause_of(activity.first)
    moves = sentence.within(*at, "change", "reach")
    flows = sentence.within(clause.first, clause.last, *_FLOWS)
    return activity.value == "construction" and bool(moves) and bool(flows)


def _inner(sentence: Sentence, known: Sequence[Plant]) -> set[int]:
    """Verbs within the name of a works: “a sewing factory”, «завод по сборке»."""
    ventures = {t.first for t in sentence.within(0, len(sentence.tokens), "activity/joint venture")}
    inside = {i for plant in known for i in range(plant.first, plant.term.last + 1)}
    return {i for plant in known for i in plant.purpose} | (inside - ventures)


def _told(sentence: Sentence, activity: Term, thing: Term) -> Term:
    """What is set up or registered as a joint venture is one."""
    venture = sentence.within(thing.first, thing.last, "activity/joint venture")
    heads = {t.keys[0] for t in sentence.tokens[thing.first : thing.last + 1]} & words("heads")
    erects = sentence.tokens[activity.first].keys[0] == "поставить"
    if erects and (thing.group == "works" or heads):
        return Term("activity", "construction", activity.first, activity.last)
    vehicle = thing.group == "product" and thing.value in words("vehicles")
    if activity.value == "construction" and vehicle:
        return Term("activity", "production", activity.first, activity.last)
    ours = venture or is_joint_firm(sentence, thing)
    if ours and thing.group == "works" and activity.value in ("construction", "production"):
        return Term("activity", "joint venture", activity.first, activity.last)
    return activity


def _things(sentence: Sentence, known: Sequence[Plant]) -> list[Term]:
    """Works with their products, and products that stand for themselves."""
    inside = {i for plant in known for i in range(plant.first, plant.last + 1)}
    money = {
        i for t in sentence.terms if t.group == "instrument" for i in range(t.first, t.last + 1)
    }
    goods = [t for t in sentence.terms if t.group == "product"]
    heads = _without_modifiers(goods, sentence.language)
    products = [t for t in heads if t.first not in inside | money and not in_quotes(sentence, t)]
    works = [plant.term for plant in known if plant.term.first not in money]
    return sorted([*products, *works], key=lambda t: t.first)


def _without_modifiers(goods: list[Term], language: str) -> list[Term]:
    """Of “irrigation pumps” only the pumps."""
    if language != "en":
        return goods
    starts = {t.first for t in goods}
    return [t for t in goods if t.last + 1 not in starts]


def _coordinated(sentence: Sentence, first: Term, things: list[Term]) -> list[Term]:
    """“elevators and transformers”: what “and” or a comma adds."""
    out, last = [], first
    for term in things:
        if term.group != "product" or term.first <= last.last:
            continue
        between = [t.lower for t in sentence.tokens[last.last + 1 : term.first]]
        elided = len(between) <= _ELIDED and {"—", "–"} & set(between)  # “in A pumps, in B — cars”
        if not between or not (len(between) <= 2 or elided):
            break
        if between[0] not in ("and", "и", ",", "а"):
            break
        out.append(term)
        last = term
    return out


def _weight(activity: Term) -> int:
    """A specific activity is preferred to a general verb for the same product."""
    order = {
        "assembly": 0,
        "modernisation": 1,
        "service": 1,
        "joint venture": 1,
        "production": 2,
        "supply": 3,
    }
    return order.get(activity.value, 2)


def _things_near(sentence: Sentence, activity: Term, things: list[Term]) -> list[Term]:
    clause = sentence.clause_of(activity.first)
    inside = [
        t for t in things if (t.first in clause and t.first != activity.first) or _same(t, activity)
    ]
    inside = [t for t in inside if _gap(activity, t) <= _REACH]
    products = [t for t in inside if t.group == "product"]
    ahead = [t for t in products if t.first >= activity.first]
    works_ahead = [t for t in inside if t.group == "works" and t.first > activity.first]
    choice = ahead or (products or works_ahead) or inside
    return sorted(choice, key=lambda t: (_gap(activity, t), t.group != "product"))


def _before_which(sentence: Sentence, activity: Term, things: list[Term]) -> list[Term]:
    """“a pipeline, whose construction …”, “and another will be built”: told in a clause before."""
    clause = sentence.clause_of(activity.first)
    inside = [t.lower for t in sentence.tokens[clause.first : clause.last + 1]]
    opens = any(w in words("relative") or w.startswith("котор") for w in inside[:3])
    again = activity.value == "construction" and words("another") & set(inside)
    short = activity.value == "construction" and len(inside) <= _BARE
    if clause.number == 0 or not (opens or again or short or _lacks_subject(sentence, activity)):
        return []
    for before in sentence.clauses[clause.number - 1 :: -1][:3]:
        found = [t for t in things if t.first in before]
        if found and again:  # another one of the kind, with a place of its own
            return [replace(found[-1], first=activity.first, last=activity.first)]
        if found:
            return found[-1:]
    return []


def _lacks_subject(sentence: Sentence, activity: Term) -> bool:
    """“A plant, half of it ours, is being built”: only auxiliaries before the verb of building."""
    clause = sentence.clause_of(activity.first)
    before = [t for t in sentence.tokens[clause.first : activity.first] if t.kind == "word"]
    if activity.value not in ("construction", "modernisation") or not before:
        return False
    light = words("auxiliary") | {"being"}
    return before[0].lower not in ("and", "to", "by") and all(t.lower in light for t in before)


def _after_dash(sentence: Sentence, activity: Term, things: list[Term]) -> list[Term]:
    """«совместная сборка – две тысячи автобусов»: a noun whose goods follow its dash."""
    clause = sentence.clause_of(activity.first)
    dash = sentence.tokens[clause.last]
    if activity.last != clause.last - 1 or dash.text not in "–—:":
        return []
    return [t for t in things if clause.last < t.first <= clause.last + _BARE][:1]


def _same(thing: Term, activity: Term) -> bool:
    return thing.first == activity.first and thing.group == "product"


def _gap(activity: Term, thing: Term) -> int:
    if thing.first > activity.last:
        return thing.first - activity.last
    return max(0, activity.first - thing.last)


def _proposal(
    sentence: Sentence,
    activity: Term,
    product: Term,
    rule: str,
    confidence: float,
    discourse: Discourse,
) -> Proposal:
    clause = sentence.clause_of(activity.first)
    fields: dict[str, Any] = {
        "product": _product(sentence, product),
        "activity": activity.value,
        "place": place_in(sentence, clause.first, clause.last),
    }
    manner: Manner = "planned" if sentence.has("will", "goal/verb", "propose") else "reported"
    first, last = min(activity.first, product.first), max(activity.last, product.last)
    alone = (activity.first, activity.last) == (product.first, product.last)
    quote = sentence.whole() if alone else sentence.clauses_from(first, last)
    return Proposal(
        "project", fields, quote, manner, discourse.speaker, discourse.side, confidence, rule
    )


def _product(sentence: Sentence, product: Term) -> str:
    if product.group == "product":
        return product.value
    if product.group == "described":
        return " ".join(t.lower for t in sentence.tokens[product.first : product.last + 1])
    return product.value or GENERIC
