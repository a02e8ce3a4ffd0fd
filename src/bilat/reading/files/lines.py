"""Lines of printed pages become paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

FULL = 0.8
"""A line shorter than this share of the usual length is the last of its paragraph."""
GAPPED = 12
"""One gap in so many lines, and the pages part their paragraphs by gaps."""
SINGLE = 10_000
"""Usual length of a line where every line is a paragraph: none is full."""
EDGE = 2
"""So many lines at the top and foot of a page may be its number and running head."""
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(page|стр\.?|страница)?\s*\d{1,4}(\s*(/|of|из)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…:;][»”\"')\]]*$")
_ITEM = re.compile(r"([-–—•▪◦*]|\(?\d{1,3}[.)]|\(?[a-zа-я][.)])\s")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_WHOLE = re.compile(r"\b(trade|non|vice|вице|экс)-$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"[^\W\d_]{3,}(ово|но|ско)-$", re.IGNORECASE)
"""``торгово-``, ``научно-``: before a further word, not before the ending of ``научно-го``."""


def paragraphs(pages: Sequence[str]) -> Iterator[str]:
    """The paragraphs of all pages; one that goes on over the page's end is one.

    Where pages part paragraphs by gaps, these count, and a short line ends a paragraph only at
    the foot of a page; else every short line that ends a sentence does.
    """
    kept = list(_without_furniture(pages))
    lines = [line for page in kept for line in page if line]
    usual = median(map(len, lines)) if lines else 0.0
    gaps = sum(not line for page in kept for line in page)
    if sum(bool(_ENDS.search(line)) for line in lines) > len(lines) / 2:
        usual = SINGLE  # running text seldom ends a sentence with the line: these are points
    held = ""
    for page in kept:
        for number, line in enumerate(page, 1):
            if held and (not line or _begins_anew(held, line, usual)):
                yield held
                held = ""
            held = _joined(held, line) if line else held
            may_end = number == len(page) or gaps * GAPPED < len(lines)
            if held and line and may_end and _is_last(line, usual):
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
    is_title = len(line) < 0.5 * usual < 0.5 * SINGLE
    return len(line) < FULL * usual and (bool(_ENDS.search(line)) or is_title)


def _joined(held: str, line: str) -> str:
    """A small letter after the hyphen goes on with a broken word, a capital with a compound."""
    if not held:
        return line
    if not _BROKEN_WORD.search(held) or not line[:1].isalpha():
        return f"{held} {line}"
    if line[0].isupper() or _is_compound(held, line):
        return held + line
    return _BROKEN_WORD.sub("", held) + line


def _is_compound(held: str, line: str) -> bool:
    """``торгово-экономический``, ``trade-related``, ``vice-premier`` and ``re-exports``."""
    following = re.split(r"\W", line, maxsplit=1)[0]
    return bool(
        _WHOLE.search(held)
        or (_ADJECTIVE.search(held) and len(following) >= 5)
        or (held.lower().endswith(" re-") and following.startswith("export"))
    )
