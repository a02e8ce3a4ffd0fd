"""Joint production: what is assembled, built, made or supplied, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.pair import of_others
from bilat.reading.places import place_in
from bilat.reading.plants import GENERIC, Plant, is_joint, plants
from bilat.reading.proposal import Manner, Proposal
from bilat.reading.rules import Features, named, verdict
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_FLEET = 5_000  # of more pieces it is trade
_OUTPUT = 100_000  # pieces or tonnes: what an industry makes, no single plant
_ELIDED = 6  # tokens between the goods of two places, of which the second has a dash for its verb
_INTENDS = 7  # tokens to the infinitive
_BARE = 5  # tokens of a clause that is no more than its verb
_REACH = 9  # tokens between what is done and what it is done with


def projects(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """One proposal for each activity with its product, and for works without a verb."""
    if not sentence.has("activity", "works", "product"):
        return []
    out: list[Proposal] = []
    taken: set[int] = set()
    known = plants(sentence)
    for activity, product in [*_pairs(sentence, known), *_implied(sentence, known)]:
        spot = _whole(product, known)
        if taken & set(spot) or (taken and product.value == GENERIC):
            continue  # a works without a name beside one that has been told
        rule = verdict("projects", _features(sentence, activity, product, discourse))
        if rule is None:
            continue
        if rule.gives != "left":
            taken |= set(spot)
        out.append(_proposal(sentence, activity, product, rule.name, rule.confidence, discourse))
    return out


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
        if _intends(sentence, activity):
            continue
        found = _things_near(sentence, activity, things) or _before_which(
            sentence, activity, things
        )
        place_only = all(t.group == "works" and t.last < activity.first for t in found)
        if place_only and activity.value in ("assembly", "production"):
            described = _described(sentence, activity)
            found = [described] if described else found
        if not found and activity.value == "supply":
            described = _supplied(sentence, activity)
            found = [described] if described else []
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


def _inner(sentence: Sentence, known: Sequence[Plant]) -> set[int]:
    """Verbs within the name of a works: “a sewing factory”, «завод по сборке»."""
    ventures = {t.first for t in sentence.within(0, len(sentence.tokens), "activity/joint venture")}
    inside = {i for plant in known for i in range(plant.first, plant.term.last + 1)}
    return {i for plant in known for i in plant.purpose} | (inside - ventures)


def _told(sentence: Sentence, activity: Term, thing: Term) -> Term:
    """What is set up or registered as a joint venture is one."""
    venture = sentence.within(thing.first, thing.last, "activity/joint venture")
    firm = sentence.tokens[thing.last].lower in words("firms") and is_joint(sentence, thing.first)
    if (
        (venture or firm)
        and thing.group == "works"
        and activity.value in ("construction", "production")
    ):
        return Term("activity", "joint venture", activity.first, activity.last)
    return activity


def _is_joint_firm(sentence: Sentence, thing: Term) -> bool:
    """“a joint seed company”."""
    return sentence.tokens[thing.last].lower in words("firms") and is_joint(sentence, thing.first)


def _has_head(sentence: Sentence, product: Term) -> bool:
    """A product that is called by its works: «консервный завод»."""
    keys = {t.keys[0] for t in sentence.tokens[product.first : product.last + 1]}
    return bool(keys & words("heads"))


def _things(sentence: Sentence, known: Sequence[Plant]) -> list[Term]:
    """Works with their products, and products that stand for themselves."""
    inside = {i for plant in known for i in range(plant.first, plant.last + 1)}
    money = {
        i for t in sentence.terms if t.group == "instrument" for i in range(t.first, t.last + 1)
    }
    goods = [t for t in sentence.terms if t.group == "product"]
    heads = _without_modifiers(goods, sentence.language)
    products = [t for t in heads if t.first not in inside | money]
    works = [plant.term for plant in known if plant.term.first not in money]
    return sorted([*products, *works], key=lambda t: t.first)


def _without_modifiers(goods: list[Term], language: str) -> list[Term]:
    """Of “irrigation pumps” only the pumps."""
    if language != "en":
        return goods
    starts = {t.first for t in goods}
    return [t for t in goods if t.last + 1 not in starts]


def _implied(sentence: Sentence, known: Sequence[Plant]) -> list[tuple[Term, Term]]:
    """A plant named with its place and no verb: it is being built, or will be."""
    if not _is_to_come(sentence):
        return []
    out = []
    built = words("built") - words("standing")
    things = [
        t
        for t in sentence.terms
        if t.group == "product" and (t.value in built or _has_head(sentence, t))
    ]
    things += [plant.term for plant in known if plant.described or not plant.is_generic]
    for term in things:
        clause = sentence.clause_of(term.first)
        if sentence.after(term.last) in ("«", "“"):
            continue  # a company with its name
        named = sentence.language == "en" and sentence.tokens[term.first - 1].is_capital
        placed = place_in(sentence, clause.first, clause.last) or (term.first > 1 and named)
        if placed or (term.group == "works" and _is_joint_firm(sentence, term)):
            venture = sentence.within(term.first, term.last, "activity/joint venture")
            venture = venture or _is_joint_firm(sentence, term)
            value = "joint venture" if venture else "construction"
            out.append((Term("activity", value, term.first, term.last), term))
    return out


def _is_to_come(sentence: Sentence) -> bool:
    """Something says that it is a project: money, a plan, a venture of both."""
    signs = words("project_signs") & {t.lower for t in sentence.tokens}
    said = sentence.has("will", "goal/verb", "propose", "instrument", "both", "paper")
    return bool(signs or said)


def _described(sentence: Sentence, activity: Term) -> Term | None:
    """Words that no lexicon knows: after “assembly of”, «сборка», before “are assembled”."""
    i = activity.last + 1
    if sentence.language == "en":
        if sentence.after(activity.last) == "of":
            i += 1
        elif (subject := _subject(sentence, activity)) is not None:
            return subject
        elif not _starts(sentence, activity):
            return None
    elif sentence.tokens[activity.first].tense and activity.value == "assembly":
        return None  # «форум собрал предпринимателей»
    end = i
    while end < len(sentence.tokens) and end - i < 3 and _is_plain(sentence, end):
        end += 1
    return Term("described", "", i, end - 1) if end > i else None


def _starts(sentence: Sentence, activity: Term) -> bool:
    """“have begun making …”: a verb of production that says it is new, and whose object follows."""
    near = {sentence.before(activity.first, n) for n in range(1, 5)}
    noun = sentence.tokens[activity.first].lower.endswith("ion")
    return activity.value == "production" and not noun and bool(words("starts") & near)


def _supplied(sentence: Sentence, activity: Term) -> Term | None:
    """“supply 12 ultrasound scanners”, «партия из 20 инкубаторов»: pieces that are counted."""
    if words("gets") & {
        sentence.tokens[activity.first].lower,
        sentence.tokens[activity.first].keys[0],
    }:
        return None  # anything can be received
    counts = [a for a in sentence.amounts if a.sort == "count" and a.value < _FLEET]
    near = [a for a in counts if -_BARE <= a.first - activity.last <= _BARE]
    for amount in near:
        i = amount.last + 1
        end = i
        while end < len(sentence.tokens) and end - i < 3 and _is_plain(sentence, end):
            end += 1
        said = {t.lower for t in sentence.tokens[i : end + 1]}
        known = sentence.within(
            i, end, "unit", "indicator", "area", "office", "paper", "contact", "people"
        )
        if end > i and not said & words("raw") and not known:
            return Term("described", "", i, end - 1)
    return None


def _subject(sentence: Sentence, activity: Term) -> Term | None:
    """“Three-wheelers … are being assembled”: the subject of an English passive."""
    if sentence.before(activity.first) not in ("being", "are", "is", "be", "been"):
        return None
    first = sentence.clause_of(activity.first).first
    while first < activity.first and _is_before_noun(sentence, first):
        first += 1
    end = first
    while end < activity.first and end - first < 3 and _names_a_thing(sentence, end, first):
        end += 1
    return Term("described", "", first, end - 1) if end > first else None


def _is_before_noun(sentence: Sentence, i: int) -> bool:
    """An article, or whose goods they are: “the Belarusian …”."""
    return sentence.tokens[i].lower in words("plain_adjectives") or bool(
        sentence.within(i, i, "people")
    )


def _names_a_thing(sentence: Sentence, i: int, first: int) -> bool:
    token = sentence.tokens[i]
    known = any(t.first <= i <= t.last for t in sentence.terms)
    lower = token.text.islower() or i == first
    return token.kind == "word" and lower and not known and token.lower not in words("stops")


def _is_plain(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    little = token.lower in words("stops") or token.lower in words("prepositions")
    return token.kind == "word" and token.text.islower() and not little


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
    if clause.number == 0 or not (opens or again or short):
        return []
    for before in sentence.clauses[clause.number - 1 :: -1][:3]:
        found = [t for t in things if t.first in before]
        if found and again:  # another one of the kind, with a place of its own
            return [replace(found[-1], first=activity.first, last=activity.first)]
        if found:
            return found[-1:]
    return []


def _same(thing: Term, activity: Term) -> bool:
    return thing.first == activity.first and thing.group == "product"


def _gap(activity: Term, thing: Term) -> int:
    if thing.first > activity.last:
        return thing.first - activity.last
    return max(0, activity.first - thing.last)


def _features(sentence: Sentence, activity: Term, product: Term, discourse: Discourse) -> Features:
    clause = sentence.clause_of(activity.first)
    found = [t for t in sentence.terms if clause.first <= t.first and t.last <= clause.last]
    known = _known(sentence, activity, product)
    if of_others(sentence, found, discourse.parties):
        known.add("foreign")
    return {
        "is": frozenset(known),
        "clause": named(found),
        "sentence": named(sentence.terms),
        "near": named(t for t in found if abs(t.first - activity.first) <= 6),
    }


def _known(sentence: Sentence, activity: Term, product: Term) -> set[str]:
    clause, token = sentence.clause_of(activity.first), sentence.tokens[activity.first]
    parts = {t.keys[0] for t in sentence.tokens[product.first : product.last + 1]}
    works = product.group == "works"
    lower = {t.lower for t in sentence.tokens[clause.first : clause.last + 1]}
    holds = {
        "placed": place_in(sentence, clause.first, clause.last),
        "built": works or product.value in words("built") or parts & words("heads"),
        "equipment": product.value in words("equipment"),
        "price": _is_priced(sentence, activity),
        "vague": works and product.value == GENERIC and _is_plural(sentence, product),
        "figure": _is_figure(sentence, activity),
        "maker": works and _makes(sentence, activity, product),
        "named": works and product.value != GENERIC,
        "negated": _is_negated(sentence, activity),
        "measured": any(
            not product.first <= t.first <= product.last
            for t in sentence.within(product.first - 4, product.last + 3, "unit/length")
        ),
        "several": sentence.tokens[activity.first].lower.endswith(("ventures", "предприятий")),
        "general-verb": words("general_activity") & {token.lower, token.keys[0]},
        "making": token.lower in words("making"),
        "irrealis": words("irrealis") & {t.lower for t in sentence.tokens},
        "theirs": {"your", "вашей", "вас"} & lower,
    }
    known = {name for name, it_holds in holds.items() if it_holds}
    return known | {f"activity/{activity.value}", f"kind/{product.group}"}


def _is_figure(sentence: Sentence, activity: Term) -> bool:
    """“processing grew to 900,000 tonnes”, “turn out 1.3 million a year”: a number of output."""
    clause = sentence.clause_of(activity.first)
    amounts = [a for a in sentence.amounts if a.first in clause]
    sized = [a for a in amounts if a.sort != "count" or a.value >= _FLEET]
    grown = sentence.within(clause.first, clause.last, "change") and sized
    large = [a for a in amounts if a.sort == "count" and a.value >= _OUTPUT]
    return bool(grown) or bool(large and activity.value in ("production", "processing"))


def _is_priced(sentence: Sentence, activity: Term) -> bool:
    """Supplies in money or per cent are trade, unless the money is a loan or a contract."""
    clause = sentence.clause_of(activity.first)
    counted = any(a.first in clause and a.sort != "count" for a in sentence.amounts)
    return counted and not sentence.within(clause.first, clause.last, "instrument", "contract")


def _makes(sentence: Sentence, activity: Term, works: Term) -> bool:
    """“the plant produces”: the works is who makes, not what is made."""
    making = activity.value in ("production", "processing", "supply")
    return making and works.last < activity.first and works.value == GENERIC


def _is_negated(sentence: Sentence, activity: Term) -> bool:
    """“no agreement to build”, «не строит»."""
    for i in range(max(0, activity.first - 4), activity.first):
        lower = sentence.tokens[i].lower
        near = lower == "no" or activity.first - i <= 2
        if near and lower in words("never") and sentence.after(i) not in words("only"):
            return True
    return False


def _is_plural(sentence: Sentence, works: Term) -> bool:
    """“plants”, «заводы»: none in particular."""
    lower = sentence.tokens[works.first].lower
    plural = lower.endswith(("s", "ы", "ов", "и", "ий")) and not lower.endswith(("works", "ss"))
    return works.first == works.last and plural


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
        "activity": _activity(activity, product),
        "place": place_in(sentence, clause.first, clause.last),
    }
    manner: Manner = "planned" if sentence.has("will", "goal/verb", "propose") else "reported"
    first, last = min(activity.first, product.first), max(activity.last, product.last)
    implied = (activity.first, activity.last) == (product.first, product.last)
    quote = sentence.whole() if implied else sentence.clauses_from(first, last)
    return Proposal(
        "project", fields, quote, manner, discourse.speaker, discourse.side, confidence, rule
    )


def _product(sentence: Sentence, product: Term) -> str:
    if product.group == "product":
        return product.value
    if product.group == "described":
        return " ".join(t.lower for t in sentence.tokens[product.first : product.last + 1])
    return product.value or GENERIC


def _activity(activity: Term, product: Term) -> str:
    """Opening or setting up a plant is its construction; of goods, their production."""
    if (
        activity.value == "construction"
        and product.group == "product"
        and product.value not in words("built")
    ):
        return "construction"
    return activity.value
