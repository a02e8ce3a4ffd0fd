"""Changing a CSV text in place: rows and cells that do not differ keep their writing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bilat.programme.csv_table import flat, header

_CELL = re.compile(r'\s*"(?:[^"]|"")*"[^,\r\n]*|[^,\r\n]*')

Plain = Mapping[str, Any]


def edit(text: str, rows: Sequence[tuple[Plain | None, Plain | None]]) -> str | None:
    """The text with its rows brought from old to new plain data, in order.

    rows: (old, new) of every row of the text, new None where it goes; then (None, new) of rows to
    add. Returns None when a value needs a column that the table does not have.
    """
    columns = header(text)
    changed = [dict(flat(new)) for _old, new in rows if new is not None]
    if any(name not in columns for row in changed for name in row):
        return None
    ends = "\r\n" if "\r\n" in text else "\n"
    head, *written = _records(text)
    old_rows = iter([line for line in written if line.strip(", \r\n")])
    result = [head]
    for old, new in rows:
        raw = next(old_rows) if old is not None else ""
        if new is not None:
            result.append(raw if old == new else _row(raw, columns, old, new))
    return ends.join(line.rstrip("\r\n") for line in result) + ends


def _records(text: str) -> Iterator[str]:
    """Each record as written, line ends inside quotes included."""
    record = ""
    for line in text.splitlines(keepends=True):
        record += line
        if record.count('"') % 2 == 0:
            yield record
            record = ""
    if record:
        yield record


def _row(raw: str, columns: list[str], old: Plain | None, new: Plain) -> str:
    """The record with only those cells written anew that differ."""
    before, after = dict(flat(old or {})), dict(flat(new))
    cells = _cells(raw.rstrip("\r\n")) if old is not None else []
    cells += [""] * (len(columns) - len(cells))
    for index, name in enumerate(columns):
        if old is None or before.get(name) != after.get(name):
            cells[index] = _written(after.get(name, ""))
    return ",".join(cells)


def _cells(line: str) -> list[str]:
    cells, position = [], 0
    while True:
        match = _CELL.match(line, position)
        end = match.end() if match else len(line)
        cells.append(line[position:end])
        if end >= len(line):
            return cells
        position = end + 1


def _written(value: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([value])
    return "" if not value else out.getvalue()
