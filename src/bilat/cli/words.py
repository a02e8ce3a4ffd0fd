"""Help texts in the language of the person at the terminal, as the commands are defined."""

from __future__ import annotations

from bilat.cli.reader import reader_language
from bilat.language import Words, say


def translate(text: str) -> str:
    return Words(reader_language())(say(text))
