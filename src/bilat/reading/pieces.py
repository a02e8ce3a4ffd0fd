"""A kept text cut into pieces, so that a page can mark the quotes in it, also where they overlap.

A long text is shown part by part: `parts_of` says where it may be cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bilat.reading.proposal import Quote

_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Spot:
    """A quote that a page marks, with the number of its proposal there, and its kind."""

    number: int
    kind: str
    quote: Quote


@dataclass(frozen=True)
class Piece:
    """over: the quotes that lie over it. ended: those that end with it. is_left: not proposed."""

    text: str
    over: tuple[Spot, ...] = ()
    ended: tuple[Spot, ...] = ()
    is_left: bool = False

    @property
    def shortest(self) -> Spot | None:
        """The quote that gives it its colour."""
        return min(self.over, key=lambda spot: len(spot.quote.text), default=None)


def marked_paragraphs(
    text: str,
    spots: Sequence[Spot],
    left: Sequence[Quote] = (),
    within: tuple[int, int] | None = None,
) -> Iterator[tuple[Piece, ...]]:
    """The text cut at empty lines, and each paragraph at every edge of a quote.

    within: only this part of the text.

    >>> spot = Spot(1, "figure", Quote("grew", 6, 10))
    >>> found = marked_paragraphs("Trade grew.\\n\\nYes.", [spot])
    >>> [[piece.text for piece in paragraph] for paragraph in found]
    [['Trade ', 'grew', '.'], ['Yes.']]
    """
    begin, end = within or (0, len(text))
    marks = _Marks(spots, left)
    breaks = {match.start(): match.end() for match in _BREAK.finditer(text, begin, end)}
    edges = {edge for edge in marks.edges if begin < edge < end}
    cuts = sorted({begin, end, *edges, *breaks, *breaks.values()})
    gap_until = begin
    pieces: list[Piece] = []
    for start, stop in pairwise(cuts):
        marks.move_to(start)
        if start in breaks:
            gap_until = breaks[start]
            yield tuple(pieces)
            pieces = []
        if start >= gap_until:
            pieces.append(marks.piece(text[start:stop], stop))
    yield tuple(pieces)


def parts_of(text: str, size: int) -> list[tuple[int, int]]:
    """Where a long text may be cut: at the first empty line after each ``size`` characters.

    >>> parts_of("One.\\n\\nTwo.\\n\\nThree.", 3)
    [(0, 6), (6, 12), (12, 18)]
    """
    found, begin = [], 0
    while match := _BREAK.search(text, begin + size):
        found.append((begin, match.end()))
        begin = match.end()
    if begin < len(text) or not found:
        found.append((begin, len(text)))
    return found


class _Marks:
    """Which quotes lie over the place that has been reached, walking from left to right."""

    def __init__(self, spots: Sequence[Spot], left: Sequence[Quote]) -> None:
        quotes = [spot.quote for spot in spots] + list(left)
        self.edges = {edge for quote in quotes for edge in (quote.start, quote.end)}
        self._ahead = sorted(spots, key=lambda spot: -spot.quote.start)
        self._left_ahead = sorted(left, key=lambda quote: -quote.start)
        self._here: list[Spot] = []
        self._left: list[Quote] = []

    def move_to(self, place: int) -> None:
        while self._ahead and self._ahead[-1].quote.start <= place:
            self._here.append(self._ahead.pop())
        while self._left_ahead and self._left_ahead[-1].start <= place:
            self._left.append(self._left_ahead.pop())
        self._here = [spot for spot in self._here if spot.quote.end > place]
        self._left = [quote for quote in self._left if quote.end > place]

    def piece(self, text: str, end: int) -> Piece:
        ended = tuple(spot for spot in self._here if spot.quote.end == end)
        return Piece(text, tuple(self._here), ended, bool(self._left))
