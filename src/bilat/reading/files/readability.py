"""A second opinion on which part of a page is the article: Readability's.

Our own reader keeps tables and lists, which Readability often drops; Readability loses an article
less often. Where the two disagree widely, its text is taken.
"""

from __future__ import annotations

from typing import Any

from bilat.reading.files.article import clear, text_of

_LOST = 0.75
"""With less than this share of what Readability found, ours has lost a part of the article."""
_SWOLLEN = 2.5
"""With more than so many times as much, ours has taken comments or other articles along."""
_SURE = 600
"""Characters; Readability's text shorter than this proves nothing about a longer one."""


def second_opinion(root: Any) -> Any | None:
    """The tree of Readability's article; None where it finds none. Leaves ``root`` as it is."""
    from lxml import html  # type: ignore[import-untyped]
    from readability import Document  # type: ignore[import-untyped]
    from readability.readability import Unparseable  # type: ignore[import-untyped]

    try:
        summary = Document(html.tostring(root, encoding="unicode")).summary()
    except (Unparseable, RecursionError):
        return None
    return html.document_fromstring(summary) if summary.strip() else None


def likelier(ours: str, second: Any | None, *, heading: str | None, is_marked: bool) -> str:
    """Our text of the article, or Readability's where ours has lost or taken too much.

    is_marked: the page itself says that this, and nothing else, is its article.
    """
    if second is None:
        return ours
    clear(second)
    theirs = text_of(second, without_heading=heading)
    is_lost = not is_marked and len(ours) < _LOST * len(theirs)
    is_swollen = len(theirs) >= _SURE and len(ours) > _SWOLLEN * len(theirs)
    return theirs if is_lost or is_swollen else ours
