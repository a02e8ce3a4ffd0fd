"""Paragraphs and sentences, as spans of the text; the dateline that a release begins with."""

from __future__ import annotations

import re
from functools import lru_cache

from bilat.reading.data import load

Span = tuple[int, int]

_BREAK = re.compile(r"\n[ \t\r]*\n\s*|\n")
_END = re.compile(r"[.!?…]+[”»\"’)\]]*(?=\s+[«“\"‘(—–\[]?\s*[A-ZА-ЯЁÀ-Þ0-9$€£])")
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*|\d+)$")
_FULL = (".", "!", "?", "…", "”", "»", '"', ":", ";")
_DATELINE = re.compile(
    r"\A\s*(?P<place>[^\W\d_a-zа-яё][^\W\d_a-zа-яё.’'\- ]{2,40}?)"
    r"(?:\s*\([^)\n]{2,40}\))?(?P<date>,\s*[^–—.(/\n]{0,40}?\d{0,4}(?:\s*г\.)?[^–—.(/\n]{0,14}?)?"
    r"\s*(?:[.,]?\s*[(/][^)/\n]{1,60}[)/])?\s*(?:[–—-]|\.|(?<=[)/]))\s+"
)
_LONGEST = 4_000  # characters; a table without full stops is read in pieces


@lru_cache(maxsize=4)
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(str(word) for word in load("lexicon", "abbreviations")[language])


def paragraphs(text: str) -> list[Span]:
    """Spans between empty lines; a single line break inside a sentence is only a wrap."""
    out: list[Span] = []
    start = 0
    for found in _BREAK.finditer(text):
        wrapped = found.group().count("\n") == 1 and not _ends(text, start, found.start())
        if wrapped:
            continue
        out.append((start, found.start()))
        start = found.end()
    out.append((start, len(text)))
    return [span for span in out if text[slice(*span)].strip()]


def _ends(text: str, start: int, end: int) -> bool:
    line = text[max(start, end - 200) : end].rstrip()
    return not line or line.endswith(_FULL)


def sentences(text: str, span: Span, language: str) -> list[Span]:
    """The sentences of a paragraph, without the white space around them."""
    start, end = span
    out: list[Span] = []
    for found in _END.finditer(text, start, end):
        if found.group() == "." and _is_abbreviation(text, start, found.start(), language):
            continue
        _add(out, text, start, found.end())
        start = found.end()
    _add(out, text, start, end)
    return out


def _is_abbreviation(text: str, start: int, stop: int, language: str) -> bool:
    word = _WORD_BEFORE.search(text, max(start, stop - 20), stop)
    if word is None:
        return False
    lower = word.group().lower()
    if text[max(start, word.start() - 1)] in "-‑":
        return False  # the ending of a number: «в 2023-м.»
    if lower in ("млн", "млрд", "тыс", "трлн", "долл", "руб"):
        after = text[stop + 1 : stop + 8].lstrip()
        return after[:1].isdigit() or after.startswith("США")
    if lower in ("г", "гг"):
        before = text[max(start, word.start() - 3) : word.start()].rstrip()
        ahead = text[stop + 1 : stop + 6].split()  # «21 марта 2024 г. — 20 марта 2025 г.»
        range_goes_on = len(ahead) > 1 and ahead[0] in "–—-" and ahead[1].isdigit()
        return range_goes_on or not before[-1:].isdigit()
    initial = len(lower) == 1 and lower.isalpha() and word.group().isupper()
    return initial or lower in _abbreviations(language)


def _add(out: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        out.append((start, cut))
        start = cut + 1 if text[cut : cut + 1].isspace() else cut
    if start < end:
        out.append((start, end))


def dateline(text: str) -> Span | None:
    """The span of “MINSK, 29 September (BelTA) –” at the head of the text, where there is one."""
    found = _DATELINE.match(text[:300])
    if found is None or not found.group("place").isupper():
        return None
    return found.start("place"), found.end()
