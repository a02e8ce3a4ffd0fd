"""A sheet as a file: written for a spreadsheet, and read back cell by cell.

The first line names the columns, the second says what they are called; a line whose first cell
begins with ``#`` is a remark. Values alone are read: no formula, no macro, no link is followed.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bilat.language import Message, say
from bilat_office.api.tables import CONTROL, LARGEST_CELL, harmless
from bilat_office.pages.sheets.columns import Column, known_columns
from bilat_office.records.refusals import OfficeRefused

LARGEST = 10_000_000
"""Bytes of a file."""
UNPACKED = 200_000_000
"""Bytes that a workbook may unpack to."""
MOST_ROWS = 2_000
"""Records of one sheet: as many as one change may hold."""
REMARK = "#"
_APOSTROPHE = re.compile(r"'[=+\-@\t\r]")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: ``cell`` as a spreadsheet names it, empty for the whole sheet."""

    cell: str
    what: Message


@dataclass(frozen=True)
class Line:
    """A record as the sheet has it. ``places``: column → its letters in the file."""

    number: int
    cells: Mapping[str, str]
    places: Mapping[str, str] = field(repr=False)

    def cell(self, column: str) -> str:
        """Where a column of this line stands; its first cell for one that the sheet lacks."""
        return f"{self.places.get(column) or next(iter(self.places.values()), 'A')}{self.number}"


@dataclass(frozen=True)
class Sheet:
    """The lines that can be read, and what could not be."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def workbook(
    section: str, columns: Sequence[Column], labels: Sequence[str], rows: Iterable[Sequence[str]]
) -> bytes:
    """An XLSX in which every cell is text, so that no value changes on its way."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(section[:31])
    code = book.add_format({"font_color": "#505a5f", "num_format": "@"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "num_format": "@"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.set_column(0, len(columns) - 1, 24, text)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.code, code)
        sheet.write_string(1, place, f"{REMARK} {labels[place]}" if place == 0 else labels[place],
                           bold)  # fmt: skip
    for number, row in enumerate(rows, 2):
        for place, cell in enumerate(row):
            if cell:
                clean = CONTROL.sub(" ", harmless(cell))[:LARGEST_CELL]
                sheet.write_string(number, place, clean, text)
    sheet.freeze_panes(2, 1)
    book.close()
    return file.getvalue()


def sheet_of(data: bytes, section: str) -> Sheet:
    """Read a workbook or a CSV. Raises OfficeRefused for what is neither."""
    if len(data) > LARGEST:
        raise OfficeRefused(
            "too_large", say("The file is larger than {n} MB.", n=LARGEST // 1_000_000)
        )
    lines = _workbook_lines(data) if data[:2] == b"PK" else _csv_lines(data)
    return _sheet(lines, section)


def _sheet(lines: Iterator[Sequence[str]], section: str) -> Sheet:
    heading = [text.strip() for text in next(lines, [])]
    known = known_columns(section)
    faults = list(_heading_faults(heading, known))
    if "id" not in heading:
        return Sheet((), tuple(faults))
    places = {code: letters(place) for place, code in enumerate(heading) if code in known}
    found: list[Line] = []
    for number, cells in enumerate(lines, 2):
        texts = {
            code: _plain(cells[place]) if place < len(cells) else ""
            for place, code in enumerate(heading)
            if code in known
        }
        first = next((text for text in cells if text), "")
        if not any(texts.values()) or first.startswith(REMARK):
            continue
        if len(found) == MOST_ROWS:
            what = say("A sheet may have {n} records. Divide it.", n=MOST_ROWS)
            faults.append(Fault(f"A{number}", what))
            break
        found.append(Line(number, texts, places))
    return Sheet(tuple(found), tuple(faults))


def _heading_faults(heading: Sequence[str], known: Mapping[str, Column]) -> Iterator[Fault]:
    if "id" not in heading:
        yield Fault(
            "A1",
            say("The first line must name the columns, and one of them must be “id”. "
                "Begin with the workbook that this page gives."),
        )  # fmt: skip
        return
    seen: set[str] = set()
    for place, code in enumerate(heading):
        cell = f"{letters(place)}1"
        if code and code not in known:
            yield Fault(cell, say("There is no column “{code}”: it was not read.", code=code))
        elif code in seen:
            yield Fault(cell, say("The column “{code}” stands twice.", code=code))
        seen.add(code)


def _workbook_lines(data: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        _check_size(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(value) for value in row]
    except OfficeRefused:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise _unreadable() from error


def _check_size(data: bytes) -> None:
    """By what the package declares: zipfile never unpacks more of a part than that."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > UNPACKED:
            raise _unreadable()


def _csv_lines(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable() from None
    if "\0" in text:
        raise _unreadable()
    first = text.partition("\n")[0]
    apart = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=apart)
    except csv.Error:
        raise _unreadable() from None


def _unreadable() -> OfficeRefused:
    return OfficeRefused(
        "unreadable",
        say("This is no workbook (XLSX) and no CSV in UTF-8. Save the sheet as one of them."),
    )


def _text(value: Any) -> str:
    """What a cell holds, as it would be typed: a spreadsheet makes days and numbers of texts."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return str(value)


def _plain(text: str) -> str:
    """Without the apostrophe that made a text harmless on its way out."""
    text = text.replace("_x000D_", "").replace("\r\n", "\n").strip()
    return text[1:] if _APOSTROPHE.match(text) else text


def letters(place: int) -> str:
    """Of a column, from 0: A, B, …, Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found
