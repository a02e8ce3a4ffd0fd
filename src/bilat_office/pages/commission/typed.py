"""Texts in several languages as these forms ask for them, and what was typed into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bilat import LANGUAGES
from bilat_office.pages.sections import LANGUAGE_NAMES

Typed = Mapping[str, str]
PLAIN = "plain"


@dataclass(frozen=True)
class Box:
    """One language of a text; a text that names none has a box of its own."""

    name: str
    language: str
    label: Any
    value: str


def boxes_of(name: str, text: Any, typed: Typed | None = None) -> list[Box]:
    """Filled from a record's text, or as it was typed."""
    texts = dict(text) if isinstance(text, Mapping) else {PLAIN: text} if text else {}
    codes = [*LANGUAGES, *([PLAIN] if texts.get(PLAIN) else [])]
    return [
        Box(
            f"{name}_{code}",
            "" if code == PLAIN else code,
            LANGUAGE_NAMES.get(code),
            str(texts.get(code) or "") if typed is None else one_line(typed, f"{name}_{code}"),
        )
        for code in codes
    ]


def text_typed(typed: Typed, name: str, before: Any = None) -> Any:
    """The text in the languages that it now has; None where nothing is left.

    before: the text as it was. Languages for which there is no box stay as they are.
    """
    kept = dict(before) if isinstance(before, Mapping) else {}
    found = {code: text for code, text in kept.items() if code not in LANGUAGES}
    found |= {code: text for code in LANGUAGES if (text := one_line(typed, f"{name}_{code}"))}
    plain = one_line(typed, f"{name}_{PLAIN}")
    if plain and found:
        return {"en": plain, **found}
    return plain or found or None


def one_line(typed: Typed, name: str) -> str:
    """What was typed, with the ends of lines as records have them."""
    return typed.get(name, "").replace("\r\n", "\n").strip()


def count_typed(typed: Typed, name: str, least: int, most: int) -> int:
    """How many rows a form had."""
    text = typed.get(name, "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else least
    return max(least, min(most, number))
