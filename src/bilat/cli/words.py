"""Help texts in the language of the person at the terminal, as the commands are defined."""

from __future__ import annotations

from typing import Any

from bilat.cli.reader import reader_language
from bilat.language import Words, say


def translate(text: str, **values: Any) -> str:
    """values: what stands in the braces of the text."""
    return Words(reader_language())(say(text, **values))
