"""Numbers in digits and words: 1,234.5 · 109,3 · 5bn · полтора · half a billion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bilat.reading.data import words
from bilat.reading.terms import Term
from bilat.reading.tokens import MARK, NUMBER, WORD, Token

_GROUPS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_SPACES = re.compile(r"[ \u00a0\u202f]")
_HUNDRED = 100
_LARGEST = 30  # digits; more is no number of this genre


@dataclass(frozen=True, slots=True)
class Number:
    """first and last: token numbers. scaled: a word such as million went into the value."""

    value: float
    first: int
    last: int
    scaled: bool
    digits: bool
    plain: str = ""
    """The digits as written, where they may be a year or the number of a thing."""


@lru_cache(maxsize=50_000)
def value_of(written: str, language: str) -> float | None:
    """A number in digits; a comma is thousands in English and the decimal sign in Russian."""
    written = _SPACES.sub("", written)
    if len(written) > _LARGEST:
        return None
    if language == "en" and ("," not in written or _GROUPS.fullmatch(written)):
        written = written.replace(",", "")
    elif written.count(".") > 1:
        written = written.replace(".", "")
    elif _GROUPS.fullmatch(written) and written.count(",") > 1:
        written = written.replace(",", "")
    else:
        written = written.replace(",", ".")
    try:
        return float(written)
    except ValueError:
        return None


def numbers(tokens: Sequence[Token], found: Sequence[Term], language: str) -> list[Number]:
    """Every number of a sentence, with its scale word taken in."""
    by_first = {t.first: t for t in found if t.group in ("numeral", "scale", "amount")}
    out: list[Number] = []
    i = 0
    while i < len(tokens):
        number = _at(tokens, by_first, i, language)
        if number is None:
            i += 1
            continue
        out.append(number)
        i = number.last + 1
    return out


_PREFIXES = {
    "одно": 1, "полу": 0.5, "полутора": 1.5, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5,
    "шести": 6, "семи": 7, "восьми": 8, "девяти": 9, "десяти": 10, "пятнадцати": 15, "двадцати": 20,
    "тридцати": 30, "сорока": 40, "пятидесяти": 50, "сто": 100, "стопятидесяти": 150,
    "двухсот": 200, "трехсот": 300, "четырехсот": 400, "пятисот": 500, "семисот": 700,
}  # fmt: skip
_COMPOUND = re.compile(r"(\w+?)(миллион|миллиард)н(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми)")


@lru_cache(maxsize=10_000)
def compound(lower: str) -> float | None:
    """«стомиллионный рубеж», «пятимиллиардная отметка»: an amount in one adjective."""
    found = _COMPOUND.fullmatch(lower.replace("ё", "е")) if "милли" in lower else None
    prefix = _PREFIXES.get(found.group(1)) if found else None
    if found is None or prefix is None:
        return None
    return prefix * (1e6 if found.group(2) == "миллион" else 1e9)


def _at(tokens: Sequence[Token], by_first: dict[int, Term], i: int, language: str) -> Number | None:
    token, term = tokens[i], by_first.get(i)
    if token.kind == NUMBER:
        value = value_of(token.text, language)
        if value is None or _is_part_of_a_name(tokens, i):
            return None
        return _scaled(
            Number(value, i, i, scaled=False, digits=True, plain=token.text),
            tokens,
            by_first,
            language,
        )
    if (value := compound(token.lower)) is not None:
        return Number(value, i, i, scaled=True, digits=False)
    if term is None:
        return None
    if term.group == "amount":
        return Number(float(term.value), i, term.last, scaled=True, digits=False)
    if term.group == "scale":
        single = language == "ru" and _is_single(tokens, i)
        return (
            Number(float(term.value), i, term.last, scaled=True, digits=False) if single else None
        )
    return _scaled(_words(by_first, term, tokens), tokens, by_first, language)


_ONE = (
    "тысяча",
    "тысячу",
    "тысячей",
    "миллион",
    "миллиона",
    "миллиону",
    "миллионом",
    "миллиард",
    "миллиарда",
    "миллиарду",
    "миллиардом",
    "миллиарде",
    "триллион",
    "триллиона",
)
_ROUGHLY = ("около", "почти", "до", "более", "свыше", "порядка", "примерно")


def _is_single(tokens: Sequence[Token], i: int) -> bool:
    """“превысил миллиард”: one million, billion; “тысячи” only after “около”."""
    lower = tokens[i].lower
    return lower in _ONE or (lower == "тысячи" and i > 0 and tokens[i - 1].lower in _ROUGHLY)


def _words(by_first: dict[int, Term], term: Term, tokens: Sequence[Token]) -> Number:
    """A run of numerals: two hundred and seventy, сто двадцать пять."""
    value, last = float(term.value), term.last
    while (more := _next_numeral(by_first, value, last, tokens)) is not None:
        if float(more.value) >= value or float(more.value) < 1:
            break
        value, last = value + float(more.value), more.last
    return Number(value, term.first, last, scaled=False, digits=False)


def _next_numeral(
    by_first: dict[int, Term], value: float, last: int, tokens: Sequence[Token]
) -> Term | None:
    """The numeral that goes on with a number, after the “and” of hundreds too."""
    i = last + 1
    if value >= _HUNDRED and i < len(tokens) and tokens[i].lower == "and":
        i += 1
    more = by_first.get(i)
    return more if more is not None and more.group == "numeral" else None


def _scaled(
    number: Number, tokens: Sequence[Token], by_first: dict[int, Term], language: str
) -> Number:
    scale = by_first.get(number.last + 1)
    if scale is None or scale.group not in ("scale", "amount"):
        return number
    value, last = number.value * float(scale.value), scale.last
    if rest := _remainder(number, scale, tokens, by_first, language):
        value, last = value + rest[0], rest[1]
    if last + 2 < len(tokens) and tokens[last + 1].text == ".":
        last += 1  # the stop of “млн.”
    value = round(value, 4)  # 64.4 million is no 64400000.00000001
    return Number(value, number.first, last, scaled=True, digits=number.digits)


def _remainder(
    number: Number, scale: Term, tokens: Sequence[Token], by_first: dict[int, Term], language: str
) -> tuple[float, int] | None:
    """“8 млрд 800 млн”: a smaller scale goes on with the same number."""
    i = scale.last + 1
    if i + 1 >= len(tokens) or tokens[i].kind != NUMBER or number.value != int(number.value):
        return None
    smaller = by_first.get(i + 1)
    value = value_of(tokens[i].text, language)
    if smaller is None or smaller.group != "scale" or value is None:
        return None
    if float(smaller.value) >= float(scale.value) or value >= 1000:
        return None
    return value * float(smaller.value), smaller.last


def _is_part_of_a_name(tokens: Sequence[Token], i: int) -> bool:
    """G20, COVID-19, Il-76: a number stuck to a word before it is part of a name."""
    if i == 0:
        return False
    before, token = tokens[i - 1], tokens[i]
    if before.kind == WORD and before.end == token.start:
        return before.lower not in words("currency_codes")
    glued = before.kind == MARK and before.text in "-‑" and before.end == token.start
    return glued and i > 1 and tokens[i - 2].kind == WORD and tokens[i - 2].end == before.start
