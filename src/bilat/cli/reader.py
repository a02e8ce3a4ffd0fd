"""The language of the person at the terminal."""

from __future__ import annotations

import os
from functools import cache

from bilat import LANGUAGES


@cache
def reader_language() -> str:
    """From BILAT_LANG, else the locale; English when neither names a language we speak."""
    for name in ("BILAT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in LANGUAGES:
            return code
        if code and name != "LANG":
            return "en"
    return "en"
