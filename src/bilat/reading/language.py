"""Which language a text is in: English or Russian, or a clear refusal."""

from __future__ import annotations

import re

from bilat.errors import BilatError
from bilat.language import say
from bilat.reading.data import words

_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
# The commonest little words; no other language of the two scripts shares more than a few of them.
_LITTLE = {"en": "english", "ru": "russian"}
_FOREIGN_CYRILLIC = frozenset("іўїєґәғқңөұүһҳҷӣӯѓќљњџћђ")
_ENOUGH = 0.04


def language_of(text: str) -> str:
    """``en`` or ``ru``. Raises BilatError for an empty text or another language."""
    found = [word.lower() for word in _LETTERS.findall(text[:_SAMPLE])]
    if not found:
        raise BilatError(say("There are no words in this text. Was it scanned, or empty?"))
    cyrillic = sum("а" <= word[0] <= "я" or word[0] == "ё" for word in found)
    latin = sum("a" <= word[0] <= "z" for word in found)
    language = "ru" if cyrillic > latin else "en"
    letters = "".join(found)
    foreign = sum(letter in _FOREIGN_CYRILLIC for letter in letters)
    share = sum(word in words(_LITTLE[language]) for word in found) / len(found)
    if (
        max(cyrillic, latin) < len(found) / 2
        or foreign > len(letters) / 100
        or _strange(found, share)
    ):
        raise BilatError(
            say(
                "This text is neither English nor Russian; Bilat reads these two. "
                "Translate it first"
            )
        )
    return language


def _strange(found: list[str], share: float) -> bool:
    """A long text without the language's little words is in another language."""
    return len(found) >= 30 and share < _ENOUGH
