"""Several titles or sentences within one reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bilat.language import Message, say_many

LISTED = 4
"""Titles named in a reason before the rest is only counted."""


def titles_of(items: Iterable[Any]) -> Message:
    """The first titles of records or facts, then how many more."""
    titles = [item.title for item in items]
    shown = Message("{titles}", {"titles": one_after_another(titles[:LISTED])})
    rest = len(titles) - LISTED
    if rest <= 0:
        return shown
    return say_many("{titles} and {n} more", "{titles} and {n} more", n=rest, titles=shown)


@dataclass(frozen=True)
class Parted:
    """Texts, each in the reader's language, set apart by semicolons (they may hold commas)."""

    texts: tuple[Any, ...]

    def in_words(self, words: Any) -> str:
        return "; ".join(words(text) for text in self.texts)


def one_after_another(texts: Iterable[Any]) -> Parted:
    return Parted(tuple(texts))
