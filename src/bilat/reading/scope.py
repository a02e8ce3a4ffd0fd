"""Whether an amount is about the pair, or about others: a third country, a union, a company."""

from __future__ import annotations

from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.forms import is_plural_only
from bilat.reading.grammar import names_a_company
from bilat.reading.pair import foreign, named_parties
from bilat.reading.place import Place
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_BEYOND = 1.5  # times the pair's whole turnover: its exports cannot be more
_FAR_BEYOND = 20
_FAMILIAR = 5  # times: “total trade” of about what the two trade is theirs
_BESIDE = 5  # tokens between a region and what is said of it
_FOUND = ("country", "people", "scope", "city", "both", "indicator")


def scope(place: Place, discourse: Discourse) -> set[str]:
    """Features: foreign, other-country, party, total, bloc, region, company, too-large …"""
    s = place.sentence
    found = s.within(place.first, place.last, *_FOUND)
    names = {t.value for t in named_parties(found, discourse.parties)}
    both = any(t.group == "both" for t in found)
    strangers = bool(_strangers(s, found, discourse))
    clause = s.within(place.clause.first, place.clause.last, "country", "people")
    paired = len({t.value for t in named_parties(clause, discourse.parties)}) > 1
    still = discourse.foreign and not both and not paired
    still = still and not names - discourse.foreign_names
    alone = not both and len(names) < 2
    holds = {
        "other-country": strangers,
        "foreign": strangers or still,
        "party": bool(names) or both,
        "partners": _of_the_pair(place, names, both=both),
        "too-large": _too_large(place, discourse, partners=not alone),
        "total": place.subject.is_flow
        and (
            (alone and (_outward(place, discourse) or _without_partner(place, names, discourse)))
            or (not names and not both and _of_land(place))
            or (alone and _of_its_own(place))
        ),
        "of-a-bank": _of_a_bank(place),
    }
    return (
        {name for name, it_holds in holds.items() if it_holds}
        | _directed(place)
        | _groups(place, found)
    )


def _strangers(s: Sentence, found: list[Term], discourse: Discourse) -> list[Term]:
    """Third countries; where both parties are named, not those that the goods only pass."""
    others = foreign(found, discourse.parties)
    if len({t.value for t in named_parties(s.terms, discourse.parties)}) < 2:
        return others
    return [t for t in others if s.before(t.first) not in words("passed")]


def _of_the_pair(place: Place, names: set[str], *, both: bool) -> bool:
    """Both are named or meant, or one as where people or money come from: “from Israel”."""
    s = place.sentence
    if both or len(names) > 1 or s.has("people", "ours", "yours", "one"):
        return True
    if any(t.group == "city" and s.before(t.first) in ("from", "из") for t in s.terms):
        return True
    return any(s.before(t.first) in ("from", "из", "со") for t in s.terms if t.group == "country")


def _directed(place: Place) -> set[str]:
    """Exports of a named company, or measured in tonnes."""
    if place.subject.value not in ("exports", "imports"):
        return set()
    out = set()
    told_of_firm = place.sentence.has("measure/revenue")
    if (
        _of_a_firm(place)
        or told_of_firm
        or names_a_company(place.sentence, place.clause, place.amount)
    ):
        out.add("company")
    if place.amount.sort != "money" and _in_tonnes(place.sentence):
        out.add("unit")
    return out


def _of_land(place: Place) -> bool:
    """“the country’s exports”, unless they go the other way between the two."""
    s = place.sentence
    return bool(s.within(place.first, place.last, "of_land")) and not s.has("reverse")


def _of_its_own(place: Place) -> bool:
    """“Poland’s own exports”, which go nowhere in particular."""
    s = place.sentence
    found = s.within(place.first, place.last, "of_land")
    goes = any(s.before(t.first) in ("to", "into") for t in s.terms if t.group == "country")
    return any(s.tokens[t.first].lower == "own" for t in found) and not goes


def _of_a_firm(place: Place) -> bool:
    """“the dairy’s exports”: of an owner that is neither a country nor a time."""
    s, term = place.sentence, place.subject.term
    if term is None or s.language != "en":
        return False
    owners = [i for i in range(max(0, term.first - 3), term.first) if _owns(s.tokens[i].lower)]
    known = s.within(max(0, term.first - 4), term.first, "country", "people", "city", "both", "one")
    timed = any(w.first <= i <= w.last for w in s.whens for i in owners)
    return bool(owners) and not known and not timed


def _owns(lower: str) -> bool:
    return lower.endswith(("'s", "’s")) and lower[:-2] not in words("time_owners")


def _groups(place: Place, found: list[Term]) -> set[str]:
    if not (place.subject.is_flow or place.subject.value in ("nothing", "other")):
        return set()
    out = {"total"} if _many_countries(place) or _all_of_one(place) else set()
    for name in ("total", "bloc", "region", "company"):
        hits = [t for t in found if t.name == f"scope/{name}"]
        if name == "region":  # it heads the sentence: “KwaZulu-Natal, the home of …, sold …”
            hits += place.sentence.within(0, 1, "scope/region")
        if hits and _concerns(place, name, hits):
            out.add(name)
    return out


def _concerns(place: Place, name: str, hits: list[Term]) -> bool:
    subject, amount = place.subject.term, place.amount
    if name == "region":
        at = [amount.first] if subject is None else [subject.first, amount.first]
        heads = any(t.first <= 1 and place.sentence.tokens[t.first].is_capital for t in hits)
        return heads or any(abs(t.first - i) <= _BESIDE for t in hits for i in at)
    if name == "bloc" and _is_place(place, hits):
        return False
    if name == "company":
        before = [t for t in hits if t.first < amount.first and not _are_all_firms(place, t)]
        return any(place.clause.first <= t.first or subject is not None for t in before)
    return True


def _are_all_firms(place: Place, term: Term) -> bool:
    """“sold by Ethiopian cooperatives”, «белорусские предприятия поставили»: those of a country."""
    s = place.sentence
    if not s.within(max(0, term.first - 2), term.first - 1, "people"):
        return False
    lower = s.tokens[term.last].lower
    return lower.endswith("s") if s.language == "en" else is_plural_only(lower)


def _is_place(place: Place, hits: list[Term]) -> bool:
    """“Vietnam is Poland’s largest partner in ASEAN”: both are named, the union is only where."""
    s = place.sentence
    named = {t.value for t in s.within(place.first, place.last, "country", "people")}
    where = [s.before(t.first) for t in hits] + [s.before(t.first, 2) for t in hits]
    return len(named) > 1 and bool({"in", "among", "within", "в", "среди", "внутри"} & set(where))


def _many_countries(place: Place) -> bool:
    """“exports to 44 countries”."""
    s = place.sentence
    return any(
        a.sort == "count"
        and a.value > 2
        and place.first <= a.first <= place.last
        and s.after(a.last) in words("lands")
        for a in s.amounts
    )


def _all_of_one(place: Place) -> bool:
    """«Весь кофейный экспорт Эфиопии»: all that one country sells."""
    s, term = place.sentence, place.subject.term
    if term is None:
        return False
    whole = any(t.lower in words("all_of") for t in s.tokens[max(0, term.first - 2) : term.first])
    named = s.within(place.first, place.last, "country", "people", "both")
    return whole and len(named) == 1 and named[0].group == "country"


def _too_large(place: Place, discourse: Discourse, *, partners: bool) -> bool:
    """Exports beyond the pair’s whole turnover are those of a country to the world."""
    a, whole = place.amount, discourse.whole
    if a.sort != "money" or whole is None or whole[1] != a.currency or not place.subject.is_flow:
        return False
    if place.subject.value == "turnover":
        return not partners and a.value > _FAR_BEYOND * whole[0]
    return a.value > _BEYOND * whole[0]


def _in_tonnes(sentence: Sentence) -> bool:
    """The sentence measures in tonnes, and not in money."""
    if any(a.sort == "money" for a in sentence.amounts):
        return False
    return any(
        a.sort == "count" and sentence.within(a.last + 1, a.last + 3, "unit/mass", "unit/pieces")
        for a in sentence.amounts
    )


def _outward(place: Place, discourse: Discourse) -> bool:
    """“foreign trade of Georgia” without a partner is the whole of it; “total trade” need not be:
    in the minutes of the two, or of the size of what they trade, it is theirs."""
    s = place.sentence
    found = s.within(place.first, place.last, "outward")
    plain = [t for t in found if s.tokens[t.first].lower.startswith(("total", "overall", "общ"))]
    if not found or len(plain) < len(found) or place.subject.value != "turnover":
        return bool(found)
    a, whole = place.amount, discourse.whole
    if whole is None:
        return discourse.contact not in ("commission", "council")
    near = whole[0] / _FAMILIAR <= a.value <= whole[0] * _FAMILIAR
    return not (a.sort == "money" and a.currency == whole[1] and near)


def _without_partner(place: Place, names: set[str], discourse: Discourse) -> bool:
    """“Exports of Belarus exceeded 19 billion”, before any partner was named."""
    sells = place.subject.term is not None and place.subject.value == "exports"
    if not sells or place.amount.sort == "count" or len(names) != 1:
        return False
    code = next(iter(names))
    s = place.sentence
    named = [t for t in s.within(place.first, place.last, "country", "people") if t.value == code]
    if any(t.group == "people" for t in named):
        return False
    if any(
        s.before(t.first) in ("to", "from", "into", "with", "в", "во", "из", "с", "со")
        for t in named
    ):
        return False  # the flow goes to or comes from it: the other end is the partner
    partner = discourse.other(code)
    return partner is not None and partner not in discourse.seen


def _of_a_bank(place: Place) -> bool:
    clause = place.clause
    found = place.sentence.within(clause.first, clause.last, "instrument", "bank")
    return place.subject.value == "other" and bool(found)
