"""Is this English or Russian? Counted by the small words that no text of either goes without."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the of and to in a for is on that with as by at from it was will be has have this are its "
    "were been which their an or not would said more between".split()
)
_RUSSIAN = frozenset(
    "и в на с по что не из к о за для от как до это при во со этом также будет был было были "
    "мы он его их которые который года году между более".split()
)
_NOT_RUSSIAN = re.compile("[іїєґўңөүғқұһәҷҳӯћђјљњџѓќ]", re.IGNORECASE)
"""Letters of other Cyrillic alphabets: Belarusian, Ukrainian, Kyrgyz, Kazakh, Tajik, Serbian …"""
ENOUGH = 25
"""With fewer words a title or a table may have no small word at all: nothing is decided."""
SHARE = 0.08
"""Of running text in either language more than a fifth are such words; of others almost none."""


def is_third_language(text: str) -> bool:
    """True when a text of some length is neither English nor Russian."""
    words = [word.lower() for word in _WORD.findall(text[:40_000])]
    if len(words) < ENOUGH:
        return False
    english = sum(word in _ENGLISH for word in words) / len(words)
    foreign = sum(bool(_NOT_RUSSIAN.search(word)) for word in words) / len(words)
    russian = 0.0 if foreign > 0.15 else sum(word in _RUSSIAN for word in words) / len(words)
    return max(english, russian) < SHARE
