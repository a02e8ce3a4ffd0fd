"""Forms of words: Russian lemmas through pymorphy3, English inflections by rule and exception.

Both are looked up once a word; texts repeat themselves, so the caches carry the speed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from bilat.errors import BilatError
from bilat.language import say
from bilat.reading.data import load

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

Tense = Literal["", "past", "pres", "futr", "infn"]
_SELDOM = 0.04  # readings of a form below this probability only mislead
_MAY_BE = 0.15
_CACHE = 200_000


@lru_cache(maxsize=1)
def _analyser() -> MorphAnalyzer:
    """Raises BilatError where pymorphy3 is not installed."""
    try:
        import pymorphy3  # an extra: only Russian texts need it
    except ImportError:
        raise BilatError(
            say("Russian texts need one more package. Install it with: pip install bilat[russian]")
        ) from None
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=_CACHE)
def russian_keys(lower: str) -> tuple[str, ...]:
    """The lemmas that a form may have, likeliest first, and the form itself after ``=``."""
    readings = _analyser().parse(lower)
    likely = [r.normal_form.replace("ё", "е") for r in readings if r.score > _SELDOM]
    lemmas = likely or [r.normal_form for r in readings[:1]]
    return (*dict.fromkeys(lemmas), "=" + lower)


@lru_cache(maxsize=_CACHE)
def russian_tense(lower: str) -> Tense:
    """Of the likeliest reading: a verb's tense, ``infn``, or nothing."""
    readings = _analyser().parse(lower)
    if not readings:
        return ""
    tag = readings[0].tag
    if tag.POS == "INFN":
        return "infn"
    if tag.POS == "PRTS":
        return "past"
    tense = str(tag.tense) if tag.POS == "VERB" else ""
    return tense if tense in ("past", "pres", "futr") else ""  # type: ignore[return-value]


def english_keys(lower: str) -> tuple[str, ...]:
    """The form without its possessive ending."""
    if lower.endswith(("’s", "'s")):
        return (lower[:-2],)
    return (lower.replace("’", "'"),)


@lru_cache(maxsize=1)
def _irregular() -> dict[str, list[str]]:
    return {word: list(forms) for word, forms in load("lexicon", "irregular").items()}


_STAYS = frozenset(("with", "from", "into", "over", "than", "this", "that", "each", "both"))


@lru_cache(maxsize=_CACHE)
def english_forms(word: str) -> frozenset[str]:
    """A dictionary word with its regular inflections, as noun and as verb, and its exceptions."""
    if len(word) <= 3 or word in _STAYS:
        return frozenset((word, *_irregular().get(word, ())))
    forms = {word, word + "s", *_irregular().get(word, ())}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        forms |= {word + "es", word + "ed", word + "ing"}
    elif word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    elif word.endswith("y") and word[-2] not in "aeiou":
        forms |= {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    else:
        forms |= {word + "ed", word + "ing", word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(forms)


def phrase_keys(word: str, language: str) -> frozenset[str]:
    """What one word of a lexicon's phrase stands for; ``=word`` is that form and no other."""
    literal = word.startswith("=")
    word = word.lstrip("=").lower().replace("ё", "е")
    if language == "en":
        return frozenset((word.replace("’", "'"),)) if literal else english_forms(word)
    if literal:
        return frozenset(("=" + word,))
    return frozenset(key for key in russian_keys(word) if not key.startswith("="))


@lru_cache(maxsize=1)
def _irregular_pasts() -> frozenset[str]:
    ends = ("s", "ing")
    forms = (form for forms in _irregular().values() for form in forms if not form.endswith(ends))
    return frozenset((*forms, "was", "were", "had", "did", "stood"))


def english_past(lower: str) -> bool:
    """A past form or past participle, as far as its ending tells."""
    return lower.endswith("ed") or lower in _irregular_pasts()


@lru_cache(maxsize=_CACHE)
def is_nominative(lower: str) -> bool:
    """A Russian noun that may well be in the nominative."""
    return any(
        r.tag.POS == "NOUN" and "nomn" in r.tag and r.score > _MAY_BE
        for r in _analyser().parse(lower)
    )


@lru_cache(maxsize=_CACHE)
def is_genitive(lower: str) -> bool:
    """A Russian noun that may well be in the genitive."""
    return any(
        r.tag.POS == "NOUN" and "gent" in r.tag and r.score > _MAY_BE
        for r in _analyser().parse(lower)
    )


@lru_cache(maxsize=_CACHE)
def is_adjective(lower: str, language: str) -> bool:
    """Of a people's name: Kazakh and казахстанский, but not Kazakhs and казахстанцев."""
    if language == "ru":
        return any(stem in lower[-6:] for stem in ("ск", "цк"))
    return not lower.endswith(("ns", "is", "ks", "ts", "ese", "ds", "es", "hs"))


@lru_cache(maxsize=_CACHE)
def is_plural_only(lower: str) -> bool:
    """A Russian form that is no singular: «заводы», but not «станции»."""
    numbers = {r.tag.number for r in _analyser().parse(lower) if r.score > _MAY_BE}
    return numbers == {"plur"}


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    by_language = load("lexicon", "time")["month"].values()
    return frozenset(
        word.lstrip("=").lower() for words in by_language for ws in words.values() for word in ws
    )


@lru_cache(maxsize=1_000)
def is_month_range(lower: str, language: str) -> bool:
    """Two months with a hyphen between them: январе-августе."""
    parts = lower.split("-")
    if len(parts) != 2 or not all(parts):
        return False
    if language == "ru":
        return all(russian_keys(part)[0] in _months() for part in parts)
    return all(part in _months() for part in parts)
