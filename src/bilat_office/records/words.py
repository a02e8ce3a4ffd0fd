"""Words for the search index: lower case, Russian ones in their dictionary form.

The same on both engines and for both the index and the question: «дорожную карту» finds «дорожная
карта». English endings are the engine's part (Porter's rules on both).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def words(text: str) -> list[str]:
    """Every word of a text in the form in which it is indexed; a hyphen parts words."""
    found = _WORD.findall(text.lower().replace("ё", "е"))
    return [lemma(part) for word in found for part in word.split("_") if part]


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form of a Russian word; any other word, and without pymorphy3, itself."""
    if not _CYRILLIC.search(word):
        return word
    analyzer = _analyzer()
    if analyzer is None:
        return word
    form: str = analyzer.parse(word)[0].normal_form
    return form.replace("ё", "е")


@cache
def _analyzer() -> Any:
    try:
        from pymorphy3 import MorphAnalyzer
    except ModuleNotFoundError:
        return None
    return MorphAnalyzer(lang="ru")
