"""Amounts: money, per cent, multiples and counts, with their qualifier and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bilat.reading.numbers import Number, numbers
from bilat.reading.terms import Term
from bilat.reading.tokens import MARK, Token

Sort = Literal["money", "percent", "multiple", "count"]
_HALF = 0.5
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₽": "RUB", "¥": "CNY", "₸": "KZT", "₹": "INR"}
_DOLLARS = {
    "a": "AUD",
    "c": "CAD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "r": "BRL",
    "nt": "TWD",
    "au": "AUD",
    "ca": "CAD",
}
_SIGNS = frozenset("-−–+")
_RANGE = frozenset(
    ("-", "–", "—", "to", "до", "and", "и", "или", "or", "against", "против", "versus", "from", "с")
)
_PLAIN_LIMIT = 10_000  # a bare number above this is no elided “109” of “109 against 120 million”


@dataclass(frozen=True, slots=True)
class Amount:
    """value: units of the currency, per cent, times, or pieces. first and last: token numbers.

    bare: a scale was named (million) and neither currency nor unit. fraction: said as “a third”.
    verb: a multiple said by a verb (double). base: what follows “from” or “against”.
    """

    sort: Sort
    value: float
    first: int
    last: int
    currency: str | None = None
    qualifier: str | None = None
    fraction: bool = False
    verb: bool = False
    bare: bool = False


def amounts(
    tokens: Sequence[Token], found: Sequence[Term], language: str, times: frozenset[int]
) -> list[Amount]:
    """The amounts of a sentence in order. Years and ordinals are not among them.

    times: tokens of dates and periods, which a qualifier may stand before.
    """
    at = _by_first(found)
    out = [_amount(n, tokens, at) for n in numbers(tokens, found, language)]
    out += [_word_amount(term) for term in found if term.group in ("fraction", "multiple")]
    kept = sorted((a for a in out if a is not None), key=lambda a: (a.first, -a.last))
    return _qualified(_elided(_apart(kept), tokens), tokens, found, times)


def _by_first(found: Sequence[Term]) -> dict[tuple[int, str], Term]:
    return {(term.first, term.group): term for term in found}


def _word_amount(term: Term) -> Amount:
    if term.group == "fraction":
        return Amount("percent", float(term.value), term.first, term.last, fraction=True)
    return Amount("multiple", float(term.value), term.first, term.last, verb=True)


def _amount(
    number: Number, tokens: Sequence[Token], at: dict[tuple[int, str], Term]
) -> Amount | None:
    first, last = number.first, number.last
    currency, first = _before(first, tokens, at)
    percent = at.get((last + 1, "percent"))
    after = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if after == "%" or percent is not None:
        if percent is not None and percent.value == "points":
            return None
        end = percent.last if percent is not None else last + 1
        return Amount("percent", number.value, number.first, end)
    if tokens[max(0, first - 1)].lower == "of" and tokens[max(0, first - 2)].lower == "factor":
        return Amount("multiple", number.value, number.first, last)
    if number.value == _HALF and first == last and _by(first, tokens):
        return Amount("percent", 50, first, last, fraction=True)
    times = at.get((last + 1, "times")) or (
        at.get((last + 2, "times")) if after in ("-", "‑") else None
    )
    if times is not None and not number.scaled:
        return Amount("multiple", number.value, number.first, times.last)
    money = at.get((last + 1, "currency"))
    if currency is None and money is not None:
        return Amount("money", number.value, first, _whole(money, at), money.value)
    if currency is not None:
        return Amount("money", number.value, first, last, currency)
    return Amount("count", number.value, first, last, bare=number.scaled)


def _by(first: int, tokens: Sequence[Token]) -> bool:
    """“up by almost half”: a growth, and no half of a million."""
    before = [t.lower for t in tokens[max(0, first - 3) : first]]
    return "by" in before and all(word != "," for word in before)


def _whole(money: Term, at: dict[tuple[int, str], Term]) -> int:
    return money.last


def _before(
    first: int, tokens: Sequence[Token], at: dict[tuple[int, str], Term]
) -> tuple[str | None, int]:
    """The currency in front of a number: $5, USD 5, US$5, Rs 48."""
    if first == 0:
        return None, first
    mark = tokens[first - 1]
    if mark.text in _SYMBOLS:
        glued = first > 1 and tokens[first - 2].end == mark.start
        if glued and mark.text == "$" and tokens[first - 2].lower in _DOLLARS:
            return _DOLLARS[tokens[first - 2].lower], first - 2
        us = first > 1 and tokens[first - 2].lower in ("us", "u.s")
        return _SYMBOLS[mark.text], first - 2 if us else first - 1
    for back in (first - 1, first - 2):
        term = at.get((back, "currency"))
        if term is not None and term.last == first - 1:
            return term.value, back
    return None, first


def _apart(found: list[Amount]) -> list[Amount]:
    """Where two readings overlap, the one with more meaning stays."""
    weight = {"money": 3, "percent": 2, "multiple": 2, "count": 1}
    out: list[Amount] = []
    for amount in found:
        if out and amount.first <= out[-1].last:
            if weight[amount.sort] > weight[out[-1].sort]:
                out[-1] = amount
            continue
        out.append(amount)
    return out


def _elided(found: list[Amount], tokens: Sequence[Token]) -> list[Amount]:
    """“from 64 to 80 million”: a bare number takes the scale of the money next to it."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        if here.sort == "count" and not here.bare and _linked(here, after, tokens):
            out[i] = _like(here, after)
    return out


def _linked(here: Amount, after: Amount, tokens: Sequence[Token]) -> bool:
    if (
        (after.sort == "count" and not after.bare)
        or after.verb
        or after.fraction
        or here.value > _PLAIN_LIMIT
    ):
        return False
    between = tokens[here.last + 1 : after.first]
    words = [t.lower for t in between]
    linked = words == [","] or any(word in _RANGE for word in words)
    return len(between) <= 3 and linked and not _is_year(here)


def _is_year(amount: Amount) -> bool:
    return amount.value == int(amount.value) and 1900 <= amount.value <= 2100


def _like(here: Amount, after: Amount) -> Amount:
    scale = 1.0
    while (after.sort == "money" or after.bare) and after.value / scale >= 1000:
        scale *= 1000
    return replace(
        here,
        sort=after.sort,
        value=round(here.value * scale, 4),
        currency=after.currency,
        bare=after.bare,
    )


_GAP = 3  # tokens between a qualifier and its number: “more than by a third”


def _qualified(
    found: list[Amount], tokens: Sequence[Token], terms: Sequence[Term], times: frozenset[int]
) -> list[Amount]:
    words = [t for t in terms if t.group == "qualifier"]
    if not words:
        return found
    out = []
    for i, amount in enumerate(found):
        before = [a.last for a in found[:i] if a.first not in times]
        floor = max(before, default=-1)
        said = _qualifier(amount, floor, words, tokens, times)
        out.append(replace(amount, qualifier=said))
    return out


def _qualifier(
    amount: Amount,
    floor: int,
    words: Sequence[Term],
    tokens: Sequence[Token],
    times: frozenset[int],
) -> str | None:
    near = [w for w in words if floor < w.first and w.last < amount.first]
    for word in reversed(near):
        gap = range(word.last + 1, amount.first)
        timed = bool(times & set(gap)) and word.value in ("more than", "almost", "less than")
        between = [
            tokens[i]
            for i in gap
            if not (timed and (i in times or tokens[i].lower in _BEFORE_TIMES))
        ]
        if len(between) > _GAP or any(t.kind == MARK for t in between):
            break
        if not all(_light(t) for t in between):
            break
        return None if word.value in ("only", "up to") else word.value
    after = [
        w for w in words if w.first == amount.last + 1 and tokens[w.first].lower in ("с", "or")
    ]
    return "more than" if after and after[0].value == "more than" else None


_BEFORE_TIMES = frozenset(("in", "за", "в", "during", "by", "к", "the", "for", "over"))


def _light(token: Token) -> bool:
    return len(token.lower) <= 4 or token.lower in (
        "отметку",
        "планку",
        "level",
        "уровня",
        "рубеж",
        "сумму",
    )
