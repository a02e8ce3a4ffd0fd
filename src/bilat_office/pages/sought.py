"""What the filters of a list look for in a record: its words in every language, its goods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def texts_of(text: Any) -> list[str]:
    """A plain text, or one in each language that it has; none where it is left out."""
    if text is None:
        return []
    return list(text.values()) if isinstance(text, Mapping) else [str(text)]


def same_goods(code: str, wanted: str) -> bool:
    """One begins with the other: who asks for 8504 finds 850421, and what says 85 alone."""
    return code.startswith(wanted) or wanted.startswith(code)
