"""Characters that nobody sees: they stay in the original, and out of the reader's way.

Zero-width spaces, soft hyphens and marks of writing direction split words for a program and not
for a person. The reader gets the text without them; each place is then found back in the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bilat.reading.original import Original
from bilat.reading.proposal import Proposal, Quote, Reading

_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_REORDERING = frozenset("\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


@dataclass(frozen=True)
class Uncovered:
    """An original without its hidden characters, and the way back.

    starts, shifts: from each offset of ``starts`` (in the bare text) on, the original is ``shifts``
    characters further.
    """

    whole: Original
    bare: Original
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def restore(self, reading: Reading) -> Reading:
        """The same reading with its quotes at their places in the whole original."""
        if not self.starts:
            return reading
        return replace(
            reading,
            proposals=self._placed(reading.proposals),
            left=self._placed(reading.left),
        )

    def _placed(self, proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
        return tuple(replace(item, quote=self._quote(item.quote)) for item in proposals)

    def _quote(self, quote: Quote) -> Quote:
        """From the first to the last visible character; what hides between them is part of it."""
        start = self._place(quote.start)
        end = self._place(quote.end - 1) + 1 if quote.end > quote.start else start
        return Quote(self.whole.text[start:end], start, end)

    def _place(self, offset: int) -> int:
        index = bisect_right(self.starts, offset) - 1
        return offset + (self.shifts[index] if index >= 0 else 0)


def uncover(original: Original) -> Uncovered:
    """What the reader reads of ``original``."""
    starts: list[int] = []
    shifts: list[int] = []
    for gone, match in enumerate(_HIDDEN.finditer(original.text)):
        place = match.start() - gone
        if starts and starts[-1] == place:
            shifts[-1] = gone + 1
        else:
            starts.append(place)
            shifts.append(gone + 1)
    if not starts:
        return Uncovered(original, original)
    bare = replace(original, text=without_hidden(original.text))
    return Uncovered(original, bare, tuple(starts), tuple(shifts))


def without_hidden(text: str) -> str:
    return _HIDDEN.sub("", text)


def hidden_characters(text: str) -> tuple[int, int, int]:
    """How many are hidden, how many of them change the order of reading, and the first's offset."""
    found = Counter(match[0] for match in _HIDDEN.finditer(text))
    first = _HIDDEN.search(text)
    turned = sum(count for mark, count in found.items() if mark in _REORDERING)
    return found.total(), turned, first.start() if first else -1
