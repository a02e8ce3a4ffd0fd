"""What a reader of one format finds in a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Content:
    """Paragraphs are parted by an empty line; cells of a table row by `` | ``."""

    text: str
    title: str | None = None
    published: date | None = None
    address: str | None = None
    publisher: str | None = None
    encodings: tuple[str, ...] = ()
    mixed_lines: tuple[int, ...] = ()
