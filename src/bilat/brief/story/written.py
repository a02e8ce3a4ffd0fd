"""Texts that people wrote, in a document of one language: what lacks that language says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from babel import Locale

from bilat.language import Words, pick, say


@dataclass(frozen=True)
class Written:
    """A record's text. In a language that it lacks it is shown in one that it has, with a mark.

    A text that names no language is shown as it is, in every language.
    """

    text: Any

    def in_words(self, words: Words) -> str:
        text = self.text
        if not isinstance(text, dict) or words.lang in text:
            return words.show(text)
        shown = pick(text, words.lang)
        code = next(code for code in ("en", *text) if text.get(code) == shown)
        name = Locale.parse(code).get_language_name(words.lang) or code
        return words(say("{text} [language of the text: {language}]", text=shown, language=name))


@dataclass(frozen=True)
class Lines:
    """Values one below the other; a dash where there are none."""

    values: tuple[Any, ...]

    def in_words(self, words: Words) -> str:
        return "\n".join(words.show(value) for value in self.values) or "–"
