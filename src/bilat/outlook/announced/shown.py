"""Values as a sentence shows them: per cent, a year without separators, a country by name."""

from __future__ import annotations

from dataclasses import dataclass

from bilat.language import Words, say
from bilat.vocabulary import country_name


@dataclass(frozen=True)
class Share:
    """Shown as per cent."""

    value: float
    digits: int = 0

    def in_words(self, words: Words) -> str:
        if 0 < self.value < 0.005 and not self.digits:
            return words(say("under {share}", share=words.percent(0.01)))
        return words.percent(self.value, self.digits)


@dataclass(frozen=True)
class Year:
    """A calendar year: 2029, not 2,029."""

    value: int

    def in_words(self, words: Words) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Country:
    """Shown by its name in the reader's language."""

    code: str

    def in_words(self, words: Words) -> str:
        return country_name(self.code, words.lang)
