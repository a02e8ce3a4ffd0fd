"""CSV tables of records: one row a record, one column a field.

A nested field has a dotted column (``limit.amount``, ``title.ru``); a list of plain values stands
in one cell, separated by semicolons. Lists of records (milestones, evidence) belong in YAML.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from bilat.errors import Place, Problem
from bilat.language import Message, say
from bilat.programme.record import Record
from bilat.programme.refusals import model_at

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
            doubles = [Problem(Place(self.name, 1), *found) for found in _twice(header)]
            if doubles:
                return [], doubles
            line = reader.line_num + 1
            for cells in reader:
                clash = _clash(header, cells)
                if clash:
                    problems.append(Problem(Place(self.name, line), *clash))
                elif any(cell.strip() for cell in cells):
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


def write(records: Iterable[Mapping[str, Any]], columns: list[str]) -> str:
    """CSV text of already dumped records, in these columns and any new ones."""
    rows = [dict(flat(record)) for record in records]
    columns = list(dict.fromkeys([*columns, *(name for row in rows for name in row)]))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def header(text: str) -> list[str]:
    """The column names of a table."""
    return [name.strip() for name in next(csv.reader(io.StringIO(text)), [])]


def fits(record: Mapping[str, Any]) -> bool:
    """True when a row can hold a dumped record: no list of records, no semicolon in a list."""
    values = list(record.values())
    while values:
        value = values.pop()
        if isinstance(value, dict):
            values += value.values()
        elif isinstance(value, list) and not all(map(_fits_in_cell, value)):
            return False
    return True


def _fits_in_cell(item: Any) -> bool:
    return not isinstance(item, dict | list) and SEPARATOR not in str(item)


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
        target[leaf] = _split(text) if _is_list(kind, parents, leaf) else text
    return result


def _is_list(kind: type[Record], parents: list[str], name: str) -> bool:
    model = model_at(kind, parents)
    info = model.model_fields.get(name) if model else None
    annotation = info.annotation if info else None
    return get_origin(annotation) is tuple and Ellipsis in get_args(annotation)


def _twice(header: list[str]) -> Iterator[tuple[Message, Message]]:
    """Columns of one name would overwrite each other."""
    for number, name in enumerate(header):
        if name and name in header[:number]:
            yield (
                say("the column “{name}” stands twice", name=name),
                say("Keep one of them: the other would be lost"),
            )


def _clash(header: list[str], cells: list[str]) -> tuple[Message, Message] | None:
    """A row may fill ``title`` or ``title.ru``, not both."""
    filled = {name for name, cell in zip(header, cells, strict=False) if cell.strip()}
    for name in header:
        parent = name.rpartition(".")[0]
        if name in filled and parent in filled:
            return (
                say(
                    "the columns “{parent}” and “{name}” are both filled", parent=parent, name=name
                ),
                say("Fill the whole (“{parent}”), or only its parts", parent=parent),
            )
    return None


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]


def flat(record: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    """(dotted column, text of its cell) of a dumped record."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
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
