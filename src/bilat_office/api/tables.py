"""A list as a file: CSV, XLSX or JSON, with the same columns in each.

A text that a spreadsheet would run as a formula is made harmless: in CSV by an apostrophe before
it, in XLSX by a cell that is text (and an apostrophe, since the file may be saved as CSV).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from bilat.register.kinds import SECTIONS
from bilat_office.records.listing import Listed

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What the XML inside an XLSX cannot hold."""
LARGEST_CELL = 32_767
"""Characters that a cell of XLSX holds."""


def columns_of(section: str) -> tuple[str, ...]:
    """The fields of the record, its id and visibility first."""
    fields = SECTIONS[section].model_fields
    first = [name for name in ("id", "visibility") if name in fields]
    return (*first, *(name for name in fields if name not in first))


def as_json(items: Iterable[Listed]) -> bytes:
    documents = [{"id": item.id, "visibility": item.visibility, **item.content} for item in items]
    return (json.dumps(documents, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(section: str, items: Iterable[Listed]) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read Cyrillic; lines end as RFC 4180 says."""
    columns = columns_of(section)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(_row(item, columns) for item in items)
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(section: str, items: Iterable[Listed]) -> bytes:
    import xlsxwriter

    columns = columns_of(section)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(section[:31])
    for number, row in enumerate([columns, *(_row(item, columns) for item in items)]):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, CONTROL.sub(" ", cell)[:LARGEST_CELL])
    sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


def _row(item: Listed, columns: Sequence[str]) -> list[str]:
    values = {"id": item.id, "visibility": item.visibility, **item.content}
    return [harmless(_text(values.get(name))) for name in columns]


def _text(value: Any) -> str:
    """A text as it is; lists and texts in several languages as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def harmless(text: str) -> str:
    """With an apostrophe before what would be a formula; a number is none."""
    return f"'{text}" if text.startswith(_RISKY) and not _NUMBER.match(text) else text
