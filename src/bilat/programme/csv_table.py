"""CSV tables of records: one row a record, one column a field.

A nested field has a dotted column (``limit.amount``, ``title.ru``); a list of plain values stands
in one cell, separated by semicolons. Lists of records (milestones, evidence) belong in YAML.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from bilat.errors import Place, Problem
from bilat.language import say
from bilat.programme.record import Record

SEPARATOR = ";"


@dataclass(frozen=True)
class CsvTable:
    """The text of one CSV file with a header row."""

    name: str
    text: str
    lines: dict[int, int] = field(default_factory=dict, compare=False)
    """Row number (from 0) → line of the file; filled by `read`."""

    def read(self, kind: type[Record]) -> tuple[list[dict[str, Any]], list[Problem]]:
        """The rows as nested data for ``kind``, and the rows that cannot be read."""
        reader = csv.reader(io.StringIO(self.text), strict=True)
        rows: list[dict[str, Any]] = []
        problems: list[Problem] = []
        try:
            header = [name.strip() for name in next(reader, [])]
            line = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    problems += self._misfit(header, cells, line)
                    self.lines[len(rows)] = line
                    rows.append(_nested(zip(header, cells, strict=False), kind))
                line = reader.line_num + 1
        except csv.Error as error:
            problems.append(_broken(Place(self.name, reader.line_num), str(error)))
        return rows, problems

    def place(self, path: tuple[str | int, ...]) -> Place:
        """The line of the row that ``path`` starts with."""
        row = path[0] if path and isinstance(path[0], int) else -1
        return Place(self.name, self.lines.get(row, 1))

    def _misfit(self, header: list[str], cells: list[str], line: int) -> list[Problem]:
        if len(cells) == len(header):
            return []
        return [
            Problem(
                Place(self.name, line),
                say(
                    "this row has {cells} cells, the header has {columns}",
                    cells=len(cells),
                    columns=len(header),
                ),
                say("Quote cells that hold a comma, or add the missing ones"),
            )
        ]


def write(records: Iterable[Mapping[str, Any]], header: list[str]) -> str:
    """CSV text of already dumped records, in the columns of ``header`` and any new ones."""
    rows = [dict(_flat(record)) for record in records]
    columns = list(dict.fromkeys([*header, *(name for row in rows for name in row)]))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def fits(record: Mapping[str, Any]) -> bool:
    """True when a dumped record has no list of records, so that a row can hold it."""
    values = list(record.values())
    while values:
        value = values.pop()
        if isinstance(value, dict):
            values += value.values()
        elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
            return False
    return True


def _nested(cells: Iterable[tuple[str, str]], kind: type[Record]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, cell in cells:
        text = cell.strip()
        if not text:
            continue
        *parents, leaf = name.split(".")
        target = result
        for parent in parents:
            target = target.setdefault(parent, {})
        target[leaf] = _split(text) if not parents and _is_list(kind, leaf) else text
    return result


def _is_list(kind: type[Record], name: str) -> bool:
    info = kind.model_fields.get(name)
    annotation = info.annotation if info else None
    return get_origin(annotation) is tuple and Ellipsis in get_args(annotation)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]


def _flat(record: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple):
            yield prefix + name, f"{SEPARATOR} ".join(str(item) for item in value)
        else:
            yield prefix + name, "true" if value is True else str(value)


def _broken(place: Place, why: str) -> Problem:
    return Problem(
        place,
        say("this is not a readable CSV table: {why}", why=why),
        say("Check the quotes on this line, and that the cells are separated by commas"),
    )
