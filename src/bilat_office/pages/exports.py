"""A table of a page as a file: the same rows and columns as it shows.

What a spreadsheet would run as a formula is made harmless, as in the files of the API.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from bilat_office.api.tables import LARGEST_CELL, harmless
from bilat_office.pages.lists import Format, as_file

Row = Sequence[str]


def table_file(name: str, kind: Format, heading: Row, rows: Iterable[Row]) -> HttpResponse:
    """name: of the file. heading: what the columns are called, in the reader's language."""
    body = _xlsx(name, heading, rows) if kind == "xlsx" else _csv(heading, rows)
    return as_file(body, name, kind)


def _csv(heading: Row, rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def _xlsx(name: str, heading: Row, rows: Iterable[Row]) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, heading, bold)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, harmless(cell)[:LARGEST_CELL])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, sheet.dim_rowmax or 1), len(heading) - 1)
    book.close()
    return file.getvalue()
