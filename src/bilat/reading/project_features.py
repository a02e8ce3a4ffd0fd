"""What can be said of an activity and its product: features for the rules."""

from __future__ import annotations

from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.forms import is_plural_only
from bilat.reading.mood import opens_inverted
from bilat.reading.pair import named_parties, of_others
from bilat.reading.places import place_in
from bilat.reading.plants import GENERIC
from bilat.reading.rules import Features, named
from bilat.reading.scene import Sentence, is_question
from bilat.reading.terms import Term

_YOURS = frozenset(
    (("your", "country"), ("вашей", "стране"), ("у", "вас"), ("вашей", "республике"))
)
_OLD = 4  # years after which what was built is only told
_FLEET = 5_000  # of more pieces it is trade
_OUTPUT = 100_000  # pieces or tonnes: what an industry makes, no single plant


def features_of(
    sentence: Sentence, activity: Term, product: Term, discourse: Discourse
) -> Features:
    clause = sentence.clause_of(activity.first)
    found = [t for t in sentence.terms if clause.first <= t.first and t.last <= clause.last]
    known = _known(sentence, activity, product, discourse)
    if of_others(sentence, found, discourse.parties):
        known.add("foreign")
    return {
        "is": frozenset(known),
        "clause": named(found),
        "sentence": named(sentence.terms),
        "near": named(t for t in found if abs(t.first - activity.first) <= 6),
    }


def _known(sentence: Sentence, activity: Term, product: Term, discourse: Discourse) -> set[str]:
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
        "long-ago": _is_long_ago(sentence, activity, discourse),
        "figure": _is_figure(sentence, activity),
        "maker": works and _makes(sentence, activity, product),
        "negated": _is_negated(sentence, activity),
        "measured": _is_measured(sentence, product),
        "several": sentence.tokens[activity.last].lower.endswith(("ventures", "предприятий")),
        "batch": product.group == "product" and _is_in_batch(sentence, activity),
        "food": product.value in words("food"),
        "question": is_question(sentence),
        "of-two": is_of_two(sentence, discourse),
        "general-verb": words("general_activity") & {token.lower, token.keys[0]},
        "begun": words("starts") & {sentence.before(activity.first, n) for n in (1, 2)},
        "making": token.lower in words("making"),
        "irrealis": words("irrealis") & {t.lower for t in sentence.tokens}
        or opens_inverted(sentence),
        "standing": _only_stands(sentence, activity, product),
        "theirs": {"your", "вашей", "вас"} & lower or _is_at_yours(sentence),
    }
    known = {name for name, it_holds in holds.items() if it_holds}
    return known | {f"activity/{activity.value}", f"kind/{product.group}"}


def _is_at_yours(sentence: Sentence) -> bool:
    """“in your country”, «у вас в стране»: told of the other side's own works."""
    pairs = zip(sentence.tokens, sentence.tokens[1:], strict=False)
    return any((a.lower, b.lower) in _YOURS for a, b in pairs)


def is_of_two(sentence: Sentence, discourse: Discourse) -> bool:
    """Both sides are named, by country, people or city."""
    return len({t.value for t in named_parties(sentence.terms, discourse.parties)}) > 1


def _is_in_batch(sentence: Sentence, activity: Term) -> bool:
    """“the next batch of grain silos”, «вторая партия шин»."""
    clause = sentence.clause_of(activity.first)
    said = {t.lower for t in sentence.tokens[clause.first : clause.last + 1]}
    return bool(said & words("batch"))


def _is_measured(sentence: Sentence, product: Term) -> bool:
    """“1,200 km of roads”; the metres of “water meters” are none."""
    products = [t for t in sentence.terms if t.group == "product"]
    goods = {i for t in products for i in range(t.first, t.last + 1)}
    lengths = sentence.within(product.first - 4, product.last + 3, "unit/length")
    return any(t.first not in goods for t in lengths)


def _is_long_ago(sentence: Sentence, activity: Term, discourse: Discourse) -> bool:
    """“was built in 2010”, but not “has been assembled since 2010”."""
    if discourse.published is None:
        return False
    clause = sentence.clause_of(activity.first)
    years = [
        w.year
        for w in sentence.whens
        if w.first in clause
        and w.year
        and w.explicit
        and not w.by
        and sentence.before(w.first) not in words("since")
    ]
    return bool(years) and max(years) <= discourse.published.year - _OLD


def _is_figure(sentence: Sentence, activity: Term) -> bool:
    """“processing grew to 900,000 tonnes”, “turn out 1.3 million a year”: a number of output."""
    clause = sentence.clause_of(activity.first)
    amounts = [a for a in sentence.amounts if a.first in clause or activity.value == "supply"]
    sized = [a for a in amounts if a.sort != "count" or a.value >= _FLEET]
    grown = sentence.within(clause.first, clause.last, "change") and sized
    large = [a for a in amounts if a.sort == "count" and a.value >= _OUTPUT]
    return bool(grown) or bool(large and activity.value in ("production", "processing"))


def _only_stands(sentence: Sentence, activity: Term, product: Term) -> bool:
    """“filled a hotel”, “a school, where 60 are taught, opened”: a place of people."""
    made = activity.value in ("production", "assembly", "processing")
    taught = product.value == "school" and sentence.has("study")
    verb = sentence.tokens[activity.first]
    opens = words("general_activity") & {verb.lower, verb.keys[0]}
    standing = product.group == "product" and product.value in words("standing")
    return standing and (made or bool(taught and opens))


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
    if works.first < works.last:
        return False
    if sentence.language == "ru":
        return is_plural_only(lower)
    return lower.endswith("s") and not lower.endswith(("works", "ss"))
