"""Text into tokens: words, numbers and marks, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bilat.reading.forms import (
    Tense,
    english_keys,
    is_month_range,
    russian_keys,
    russian_tense,
)

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:[’'ʼ\-\u2010\u2011][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad])"
)
NUMBER, WORD, MARK = "number", "word", "mark"


@dataclass(slots=True)
class Token:
    """One word, number or mark. keys: what lexicons know it by (lemmas; forms in English)."""

    text: str
    lower: str
    start: int
    end: int
    kind: str
    keys: tuple[str, ...]
    tense: Tense = ""

    @property
    def is_capital(self) -> bool:
        return self.kind == WORD and self.text[0].isupper()


def tokenise(text: str, language: str, start: int, end: int) -> list[Token]:
    """Tokens of ``text[start:end]``; their offsets are those of the whole text."""
    russian = language == "ru"
    out: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup or MARK
        word = found.group()
        if kind == WORD and "-" in word and is_month_range(word.lower(), language):
            out += _range(found.start(), word, language)
            continue
        lower = word.lower()
        lower = lower.replace("ё", "е") if russian else lower
        keys, tense = _forms(lower, kind, russian=russian)
        out.append(Token(word, lower, found.start(), found.end(), kind, keys, tense))
    return out


def _forms(lower: str, kind: str, *, russian: bool) -> tuple[tuple[str, ...], Tense]:
    if kind != WORD:
        return (lower,), ""
    if russian:
        return russian_keys(lower), russian_tense(lower)
    return english_keys(lower), ""


def _range(start: int, word: str, language: str) -> list[Token]:
    """“January-August” is two months and a dash, though no space shows it."""
    dash = start + word.index("-")
    mark = Token("-", "-", dash, dash + 1, MARK, ("-",))
    ends = (start, dash), (dash + 1, start + len(word))
    first, last = (tokenise(" " * a + word[a - start : b - start], language, a, b) for a, b in ends)
    return [*first, mark, *last]
