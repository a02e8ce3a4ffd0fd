"""One table as CSV: commas, points, UTF-8 with a byte-order mark, so that Excel reads it too."""

from __future__ import annotations

import csv as standard
import io

from bilat.brief.formats.publication import Publication
from bilat.brief.formats.typed import Value, lines, titles
from bilat.brief.story.blocks import Table

RISKY = ("=", "+", "-", "@", "\t", "\r")


def csv(output: Publication, table: Table) -> bytes:
    """Every row of the table; no cell is a formula, whatever its text."""
    text = io.StringIO()
    writer = standard.writer(text, lineterminator="\r\n")
    writer.writerow(titles(output, table))
    writer.writerows([_shown(value) for value in row] for row in lines(output, table))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _shown(value: Value) -> Value:
    """A text that a spreadsheet would run is quoted with an apostrophe."""
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return value
