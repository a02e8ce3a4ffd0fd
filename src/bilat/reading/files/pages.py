"""A PDF with text: the lines of its pages. Scripts, forms and attachments are not looked at."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from statistics import median
from typing import Any

from bilat.reading.files import refusals
from bilat.reading.files.content import Content
from bilat.reading.files.lines import paragraphs

SCAN_LETTERS = 10
"""Fewer letters a page than this are a stamp or a page number on a picture."""


def read_pdf(name: str, data: bytes, progress: Callable[[int, int], None] | None = None) -> Content:
    """The text of every page. Raises TextRefused for scans, locked and damaged files.

    progress: called with pages done and pages in all.
    """
    with _refusing_damage(name):
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not _opens(reader):
            raise refusals.locked(name)
        pages = list(_pages(reader, progress))
        title = (reader.metadata and reader.metadata.title) or None
    letters = sum(sum(map(str.isalpha, page)) for page in pages)
    if letters <= SCAN_LETTERS * len(pages):
        raise refusals.scanned(name, len(pages))
    return Content("\n\n".join(paragraphs(pages)), title=title)


@contextmanager
def _refusing_damage(name: str) -> Iterator[None]:
    """A damaged file fails anywhere inside the library, with errors of many kinds."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL)  # it warns of each small irregularity
    try:
        yield
    except refusals.TextRefused:
        raise
    except Exception:  # noqa: BLE001
        raise refusals.broken(name, "pdf") from None
    finally:
        log.setLevel(before)


def _opens(reader: Any) -> bool:
    """Many files are locked only against changes, with an empty password for reading."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:  # a cipher that needs a further library
        return False


def _pages(reader: Any, progress: Callable[[int, int], None] | None) -> Iterator[str]:
    """Stops where the text is too long anyway: a hostile file may repeat a page for ever."""
    count, length = len(reader.pages), 0
    for number, page in enumerate(reader.pages, 1):
        text = _text_of(page)
        length += len(text)
        yield text
        if progress:
            progress(number, count)
        if length > refusals.TEXT_LIMIT:
            return


GAP = 1.3
"""A line that stands so much lower than lines usually do begins a paragraph."""


def _text_of(page: Any) -> str:
    """The page's lines; an empty one where the page leaves a gap between paragraphs."""
    lines: list[tuple[float, str]] = []
    begins = True

    def visit(text: str, cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        nonlocal begins
        height = tm[5] * cm[3] + cm[5]
        for piece in text.splitlines(keepends=True):
            if begins:
                lines.append((height, piece))
            else:
                lines[-1] = (lines[-1][0], lines[-1][1] + piece)
            begins = piece.endswith("\n")

    page.extract_text(visitor_text=visit)
    return "\n".join(_with_gaps([(height, line.strip()) for height, line in lines]))


def _with_gaps(lines: list[tuple[float, str]]) -> Iterator[str]:
    filled = [(height, line) for height, line in lines if line]
    drops = [before - after for (before, _), (after, _) in pairwise(filled) if before > after]
    usual = median(drops) if drops else 0.0
    for number, (height, line) in enumerate(filled):
        if number and usual and filled[number - 1][0] - height > GAP * usual:
            yield ""
        yield line
