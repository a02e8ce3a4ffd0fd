"""Tables as people lay them out, CSV or XLSX: titles above, a header in several rows, any encoding.

The header's texts are joined with “ / ”; a merged cell counts for every column under it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from bilat.errors import BilatError, NoAnswer, Place, Problem
from bilat.language import say
from bilat.sources.columns import Columns, delimiter_of
from bilat.sources.dataset import Layout

Row = tuple[int, list[str]]
"""A row's line (CSV) or number (XLSX), from 1, and its cells."""


def read_grid(path: Path, layout: Layout) -> Columns:
    """The cells as columns of text. Raises BilatError for a file that is no such table."""
    rows = _xlsx(path, layout) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path, layout)
    return columns_of(path.name, list(rows), layout)


def columns_of(file: str, rows: Sequence[Row], layout: Layout) -> Columns:
    """Named columns from rows of cells; rows without any text are left out."""
    first = layout.skip_rows + layout.header_rows
    if len(rows) < first:
        raise NoAnswer(
            say("{file}: {n} rows, fewer than title and header have", file=file, n=len(rows))
        )
    names = header([cells for _line, cells in rows[layout.skip_rows : first]])
    body = [(line, cells) for line, cells in rows[first:] if any(cell.strip() for cell in cells)]
    columns = {
        name: pa.chunked_array(
            [pa.array([cells[at] if at < len(cells) else "" for _line, cells in body], pa.string())]
        )
        for at, name in enumerate(names)
        if name
    }
    lines = pa.array([line for line, _cells in body], pa.int64())
    problems = tuple(_misfits(file, body, len(names)))
    return Columns(file, pa.table(columns), lines, problems=problems)


def _misfits(file: str, body: Sequence[Row], width: int) -> Iterator[Problem]:
    """Rows that break off, and cells that no header names; both are taken as far as they go."""
    for line, cells in body:
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            yield Problem(
                Place(file, line),
                say(
                    "this row has {cells} cells, the header has {columns}",
                    cells=len(cells),
                    columns=width,
                ),
                say("Quote cells that hold the delimiter, or see whether the file is whole"),
                severity="warning",
            )


def header(rows: Sequence[Sequence[str]]) -> list[str]:
    """Names from the header's rows; all but the last are filled to the right.

    >>> header([["Country", "Exports", ""], ["", "2022", "2023"]])
    ['Country', 'Exports / 2022', 'Exports / 2023']
    """
    width = max((len(row) for row in rows), default=0)
    filled = [_filled(row, width) for row in rows[:-1]]
    last = [*(cell.strip() for cell in rows[-1]), *[""] * (width - len(rows[-1]))]
    names = []
    for at in range(width):
        parts = [row[at] for row in [*filled, last] if row[at]]
        names.append(" / ".join(" ".join(part.split()) for part in parts))
    return _distinct(names)


def _distinct(names: Sequence[str]) -> list[str]:
    """A name that stands again gets its number: none is lost."""
    seen: Counter[str] = Counter()
    result = []
    for name in names:
        seen[name] += 1
        result.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return result


def _filled(row: Sequence[str], width: int) -> list[str]:
    result: list[str] = []
    for at in range(width):
        cell = row[at].strip() if at < len(row) else ""
        result.append(cell or (result[-1] if result else ""))
    return result


def _csv(path: Path, layout: Layout) -> Iterator[Row]:
    try:
        text = path.read_bytes().decode(layout.encoding)
    except (UnicodeDecodeError, LookupError):
        raise NoAnswer(
            say(
                "{file}: the text is not in {encoding}. Name its encoding in the description: "
                "layout: {{encoding: cp1251}}",
                file=path.name,
                encoding=layout.encoding,
            )
        ) from None
    lines = text.splitlines()[layout.skip_rows :]
    delimiter = layout.delimiter or delimiter_of(lines[0] if lines else "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise NoAnswer(
            say(
                "{file}:{line}: this is no readable table: {why}. Check the quotes",
                file=path.name,
                line=line,
                why=str(error),
            )
        ) from None


def _xlsx(path: Path, layout: Layout) -> Iterator[Row]:
    import openpyxl  # heavy, and only for this kind of file
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError):
        raise BilatError(
            say("{file}: this is no XLSX file. Save it again as XLSX", file=path.name)
        ) from None
    try:
        names = book.sheetnames
        if layout.sheet and layout.sheet not in names:
            raise NoAnswer(
                say(
                    "{file}: no sheet “{sheet}”. Its sheets are: {names}",
                    file=path.name,
                    sheet=layout.sheet,
                    names=", ".join(names),
                )
            )
        sheet = book[layout.sheet or names[0]]
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_cell(value) for value in row]
    finally:
        book.close()


def _cell(value: object) -> str:
    """Numbers as Python writes them, whole ones without “.0”."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
