"""Where something happens or stands: a known city, else a capitalised name after “in”."""

from __future__ import annotations

from bilat.reading.scene import Sentence
from bilat.vocabulary.countries import country_name

_IN = frozenset(("in", "at", "near", "to", "в", "во", "под", "близ", "around", "outside"))
_LATIN = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)),
        "ё": "yo",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
    }
)


def place_in(sentence: Sentence, first: int, last: int) -> str | None:
    """The city named between two tokens; a region or town that no lexicon knows; a country."""
    found = sentence.within(first, last, "city")
    located = [t for t in found if sentence.before(t.first) in _IN]
    if located or found:
        return (located or found)[0].value
    if (name := _unknown(sentence, first, last)) is not None:
        return name
    lands = [t for t in sentence.within(first, last, "country") if sentence.before(t.first) in _IN]
    return country_name(lands[0].value, "en") if lands else None


def _unknown(sentence: Sentence, first: int, last: int) -> str | None:
    terms = [t for t in sentence.terms if t.group != "scope"]  # «в Подмосковье», “in Gujarat”
    known = {i for t in terms for i in range(t.first, t.last + 1)}
    for i in range(first + 1, last + 1):
        token = sentence.tokens[i]
        if not token.is_capital or i in known or sentence.before(i) not in _IN:
            continue
        end = i
        while end < last and sentence.tokens[end + 1].is_capital and end + 1 not in known:
            end += 1
        return _english(sentence, i, end)
    return None


def _english(sentence: Sentence, first: int, last: int) -> str:
    words = sentence.tokens[first : last + 1]
    if sentence.language == "en":
        return " ".join(w.text for w in words)
    return " ".join(w.keys[0].lstrip("=").translate(_LATIN).title() for w in words)
