"""Works that are named with a place and no verb, where something says that they are to come."""

from __future__ import annotations

from collections.abc import Sequence

from bilat.reading.countries import country_of
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.pair import named_parties
from bilat.reading.places import place_in
from bilat.reading.plants import Plant, is_joint
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term


def implied(
    sentence: Sentence, known: Sequence[Plant], discourse: Discourse
) -> list[tuple[Term, Term]]:
    """A plant named with its place and no verb: it is being built, or will be."""
    moves = sentence.has("progress")
    if not (moves or _is_to_come(sentence) or _is_of_both(sentence, discourse)):
        return []
    out = []
    built = words("built") if moves else words("built") - words("standing")
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
        place = place_in(sentence, clause.first, clause.last)
        placed = place is not None or (term.first > 1 and named)
        venture = sentence.within(term.first, term.last, "activity/joint venture")
        joint = term.group == "works" and (venture or is_joint_firm(sentence, term))
        if placed or joint:
            value = "joint venture" if joint or venture else "construction"
            out.append((Term("activity", value, term.first, term.last), term))
    return out


def _is_to_come(sentence: Sentence) -> bool:
    """Something says that it is a project: money, a plan, a venture of both."""
    signs = words("project_signs") & {t.lower for t in sentence.tokens}
    said = sentence.has("will", "goal/verb", "propose", "instrument", "both", "paper")
    return bool(signs or said)


def _is_of_both(sentence: Sentence, discourse: Discourse) -> bool:
    """“A Vietnamese solar park in Mariel”: one side's works at the other's; no figure of trade."""
    if sentence.has("indicator", "change", "contact", "going") or any(
        a.sort == "money" for a in sentence.amounts
    ):
        return False
    named = {t.value for t in named_parties(sentence.terms, discourse.parties)}
    if sentence.has("area") and not sentence.has("activity"):
        return False  # a concert at a cultural centre
    cities = [t for t in sentence.terms if t.group == "city"]
    homes = {country_of(t.value) for t in cities} & set(discourse.parties)
    elsewhere = not cities and place_in(sentence, 0, len(sentence.tokens) - 1) is not None
    return bool(named) and (len(named | homes) > 1 or elsewhere)


def is_joint_firm(sentence: Sentence, thing: Term) -> bool:
    """“a joint seed company”."""
    return sentence.tokens[thing.last].lower in words("firms") and is_joint(sentence, thing.first)


def _has_head(sentence: Sentence, product: Term) -> bool:
    """A product that is called by its works: «консервный завод»."""
    keys = {t.keys[0] for t in sentence.tokens[product.first : product.last + 1]}
    return bool(keys & words("heads"))
