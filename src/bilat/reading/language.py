"""Which language a text is in: English or Russian, or a clear refusal."""

from __future__ import annotations

import re

from bilat.errors import BilatError
from bilat.language import say

_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
# The commonest little words; no other language of the two scripts shares more than a few of them.
_LITTLE = {
    "en": frozenset("the of and to in for with on by at from that is was has will be as its".split()),
    "ru": frozenset("и в на с по для от что к из о при также до за не между его как будет".split()),
}
_FOREIGN_CYRILLIC = frozenset("іўїєґәғқңөұүһҳҷӣӯѓќљњџћђ")
_ENOUGH = 0.04


def language_of(text: str) -> str:
    """``en`` or ``ru``. Raises BilatError for an empty text or another language."""
    words = [word.lower() for word in _LETTERS.findall(text[:_SAMPLE])]
    if not words:
        raise BilatError(say("There are no words in this text. Was it scanned, or empty?"))
    cyrillic = sum("а" <= word[0] <= "я" or word[0] in "ё" for word in words)
    latin = sum("a" <= word[0] <= "z" for word in words)
    language = "ru" if cyrillic > latin else "en"
    letters = "".join(words)
    foreign = sum(letter in _FOREIGN_CYRILLIC for letter in letters)
    share = sum(word in _LITTLE[language] for word in words) / len(words)
    if max(cyrillic, latin) < len(words) / 2 or foreign > len(letters) / 100 or _strange(words, share):
        raise BilatError(
            say("This text is neither English nor Russian; Bilat reads these two. Translate it first")
        )
    return language


def _strange(words: list[str], share: float) -> bool:
    """A long text without the language's little words is in another language."""
    return len(words) >= 30 and share < _ENOUGH
