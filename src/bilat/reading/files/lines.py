"""Lines of printed pages become paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

FULL = 0.8
"""A line shorter than this share of the usual length is the last of its paragraph."""
EDGE = 2
"""So many lines at the top and foot of a page may be its number and running head."""
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(page|стр\.?|страница)?\s*\d{1,4}(\s*(/|of|из)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…:;][»”\"')\]]*$")
_ITEM = re.compile(r"([-–—•▪◦*]|\(?\d{1,3}[.)]|\(?[a-zа-я][.)])\s")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_COMPOUND = re.compile(r"[^\W\d_]{5,}[оe]-$", re.IGNORECASE)
"""``торгово-`` and ``trade-`` are whole words: their hyphen is not one of the typesetter's."""


def paragraphs(pages: Sequence[str]) -> Iterator[str]:
    """The paragraphs of all pages; one that goes on over the page's end is one."""
    lines = [line for page in _without_furniture(pages) for line in page]
    usual = median(len(line) for line in lines if line) if any(lines) else 0
    held = ""
    for line in lines:
        if held and (not line or _begins_anew(held, line, usual)):
            yield held
            held = ""
        held = _joined(held, line) if line else held
        if held and line and _is_last(line, usual):
            yield held
            held = ""
    if held:
        yield held


def _without_furniture(pages: Iterable[str]) -> Iterator[list[str]]:
    """Pages without their numbers, and without a line that stands at the edge of most of them."""
    split = [[" ".join(line.split()) for line in page.split("\n")] for page in pages]
    edges = Counter(
        line for page in split for line in {*_filled(page)[:EDGE], *_filled(page)[-EDGE:]}
    )
    heads = {line for line, count in edges.items() if count > 2 and count > len(split) / 2}
    for page in split:
        while page and (_PAGE_NUMBER.fullmatch(page[-1]) or not page[-1]):
            page.pop()
        if page and _PAGE_NUMBER.fullmatch(page[0]):
            page.pop(0)
        yield [line for line in page if line not in heads]


def _filled(page: list[str]) -> list[str]:
    return [line for line in page if line]


def _begins_anew(held: str, line: str, usual: float) -> bool:
    """An item of a list begins a paragraph; a small letter never does."""
    return bool(_ITEM.match(line)) and (bool(_ENDS.search(held)) or len(held) < FULL * usual)


def _is_last(line: str, usual: float) -> bool:
    if _BROKEN_WORD.search(line):
        return False
    return len(line) < FULL * usual and (bool(_ENDS.search(line)) or len(line) < 0.5 * usual)


def _joined(held: str, line: str) -> str:
    if not held:
        return line
    if _BROKEN_WORD.search(held) and line[:1].islower():
        return held + line if _COMPOUND.search(held) else _BROKEN_WORD.sub("", held) + line
    return f"{held} {line}"
