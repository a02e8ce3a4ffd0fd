"""What a number leaves out: the currency of “против 95 млн”, the million of “the other is 417”."""

from __future__ import annotations

from dataclasses import replace

from bilat.reading.amounts import Amount
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.forms import is_adjective
from bilat.reading.scene import Sentence


def with_currency(sentence: Sentence, amount: Amount, discourse: Discourse) -> Amount:
    """A million without a unit is money where money was spoken of: “против 95 млн”."""
    if amount.currency == "CNY" and _is_yen(sentence, amount, discourse):
        amount = replace(amount, currency="JPY")
    if amount.currency is not None:
        discourse.currency = amount.currency
    following = _noun_follows(sentence, amount)
    trade = discourse.currency or discourse.indicator or sentence.has(*_FLOWS)
    large = amount.value >= _MONEY or bool(amount.sort == "money")
    if amount.bare and _is_of_people(sentence, amount):
        return amount
    if amount.sort == "count" and amount.bare and large and trade and not following:
        return replace(amount, sort="money", currency=discourse.currency)
    if amount.sort == "count" and _is_level_to_come(sentence, amount, discourse):
        return _like_whole(amount, discourse)
    if amount.sort == "count" and not amount.bare and _is_elided(sentence, amount):
        return _as_before(sentence, amount, discourse)
    if amount.sort == "count" and not amount.bare and _is_cut_short(sentence, amount):
        return _in_scale(sentence, amount, discourse)
    return amount


def _is_of_people(sentence: Sentence, amount: Amount) -> bool:
    """“the number of tourists is to be doubled to half a million”, “300 thousand Chileans”."""
    after = sentence.within(amount.last + 1, amount.last + 1, "people")
    if after and not is_adjective(sentence.tokens[after[0].first].lower, sentence.language):
        return True
    clause = sentence.clause_of(amount.first)
    people = sentence.within(clause.first, amount.first, "indicator/students", "indicator/tourists")
    flows = (
        sentence.within(people[-1].last, amount.first, "indicator", "currency") if people else []
    )
    return bool(people) and amount.sort == "count" and all(t is people[-1] for t in flows)


def _is_yen(sentence: Sentence, amount: Amount, discourse: Discourse) -> bool:
    """The sign ¥ is the yen's where Japan is a party or is spoken of, and China is not."""
    named = {t.value for t in sentence.terms if t.group in ("country", "people")}
    signed = any(t.text == "¥" for t in sentence.tokens[amount.first : amount.last + 1])
    japan = "JPN" in named or ("JPN" in discourse.parties and "CHN" not in named)
    return signed and japan


def _is_elided(sentence: Sentence, amount: Amount) -> bool:
    """“… is 402 million, the Uzbek one is 417.”: nothing follows, and money went before."""
    after = sentence.after(amount.last)
    ends = not after or after in ",.;:)”»"
    money = [a for a in sentence.amounts if (a.sort == "money" or a.bare) and a.last < amount.first]
    if not ends or not money or not 5 <= amount.value < 1000:
        return False
    clause = sentence.clause_of(amount.first)
    if sentence.within(clause.first, amount.first, *_COUNTED):
        return False
    return bool(
        sentence.within(
            clause.first, clause.last, "country", "people", "level", "indicator", "compare"
        )
    ) or (sentence.before(amount.first) == "as" or sentence.before(amount.first, 2) == "many")


def _is_cut_short(sentence: Sentence, amount: Amount) -> bool:
    """“three billion in 2026, and five by the turn of the decade”, “for eleven”, «2,1 из них»."""
    if not 1 < amount.value < 1000 or not _stands_alone(sentence, amount):
        return False
    own = sentence.clause_of(amount.first)
    if sentence.within(own.first, amount.first, *_COUNTED):
        return False
    before = [sentence.before(amount.first, n) for n in (1, 2)]
    led = bool(words("leads_number") & set(before)) or sentence.before(amount.first) in ("—", "–")
    clause = sentence.clause_of(amount.first)
    floor = max((a.last for a in sentence.amounts if a.last < amount.first), default=-1)
    first = max(min(floor + 1, clause.first), amount.first - _STRETCH)
    ahead = [w for w in sentence.whens if first <= w.first <= clause.last]
    flow = sentence.within(first, clause.last, *_FLOWS, "each_of", "decade")
    qualified = amount.qualifier is not None
    if (led or qualified) and (ahead or flow):
        return True
    return bool(flow) and _of_them(sentence, amount)


def _of_them(sentence: Sentence, amount: Amount) -> bool:
    return bool(sentence.within(amount.last + 1, amount.last + 2, "each_of"))


def _stands_alone(sentence: Sentence, amount: Amount) -> bool:
    """Nothing that is counted follows: a mark, a time, “of them”."""
    i = amount.last + 1
    after = sentence.after(amount.last)
    timed = any(0 <= w.first - i <= 2 for w in sentence.whens)
    timed = timed or bool(sentence.within(i, i + 6, "decade", "year_end"))
    ends = not after or after in ",.;:)”»—–"
    return ends or (timed and after in words("before_deadline")) or _of_them(sentence, amount)


def _in_scale(sentence: Sentence, amount: Amount, discourse: Discourse) -> Amount:
    """The scale of the money told last, if the number is then not far from it."""
    earlier = [a for a in sentence.amounts if a.last < amount.first and _is_money(a)]
    told = [(a.value, a.currency or discourse.currency) for a in earlier[-1:]]
    if not told and discourse.whole is not None:
        told = [discourse.whole]
    if not told:
        return amount
    value, currency = told[0]
    scaled = round(amount.value * _scale(value), 4)
    near = value / _FAR <= scaled <= value * _FAR
    return replace(amount, sort="money", value=scaled, currency=currency) if near else amount


def _is_money(amount: Amount) -> bool:
    return amount.sort == "money" or (amount.bare and amount.value >= _MONEY)


def _is_level_to_come(sentence: Sentence, amount: Amount, discourse: Discourse) -> bool:
    """“We must get to at least 100”, after 50 million: the scale of what is, for what shall be."""
    if amount.bare or discourse.whole is None or any(a.sort == "money" for a in sentence.amounts):
        return False
    after = sentence.after(amount.last)
    level = discourse.whole[0] / _scale(discourse.whole[0])
    near = level < amount.value <= _FAR * level
    return (
        near
        and not sentence.within(0, amount.first, "indicator/students", "indicator/tourists")
        and (not after or after in ",.;:)”»")
        and sentence.has("goal")
        and sentence.has("reach")
    )


def _like_whole(amount: Amount, discourse: Discourse) -> Amount:
    assert discourse.whole is not None  # noqa: S101 - asked before
    value, currency = discourse.whole
    return replace(amount, sort="money", value=amount.value * _scale(value), currency=currency)


def _scale(value: float) -> float:
    scale = 1.0
    while value / scale >= 1000:
        scale *= 1000
    return scale


def _as_before(sentence: Sentence, amount: Amount, discourse: Discourse) -> Amount:
    earlier = [a for a in sentence.amounts if a.last < amount.first]
    money = [a for a in earlier if a.sort == "money" or a.bare][-1]
    currency = money.currency or discourse.currency
    value = amount.value * _scale(money.value)
    return replace(amount, sort="money", value=value, currency=currency)


_COUNTED = ("indicator/firms", "indicator/students", "indicator/tourists")
_STRETCH = 14  # tokens that a number left short may look back over
_MONEY = 100_000  # below it a bare “19 thousand” counts things
_FAR = 20  # times: no goal is set further from what is
_FLOWS = ("indicator/turnover", "indicator/exports", "indicator/imports")
_NOUNS = (
    "unit/mass",
    "unit/length",
    "unit/power",
    "unit/pieces",
    "unit/guests",
    "unit/trips",
    "unit/paper",
    "indicator/students",
    "indicator/tourists",
    "measure/people",
    "indicator/firms",
)


def _noun_follows(sentence: Sentence, amount: Amount) -> bool:
    """“3,2 миллиона наших граждан”, “1,4 млн россиян”, but not “250 млн к 2027 году”."""
    people = sentence.within(amount.last + 1, amount.last + 2, "people")
    if people and not is_adjective(sentence.tokens[people[0].first].lower, sentence.language):
        return True
    for term in sentence.within(amount.last + 1, amount.last + 3, *_NOUNS):
        between = sentence.tokens[amount.last + 1 : term.first]
        if all(len(t.lower) > 3 and t.kind == "word" for t in between if t.text != "."):
            return True
    return False
