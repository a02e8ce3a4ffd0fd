"""A panel of trade from a CSV or Parquet file: the columns asked for, each as text or as numbers.

Needs the extra ``statistics`` (pyarrow).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bilat.errors import Place, Problem
from bilat.language import Message, say
from bilat.potential.presence import Vector
from bilat.potential.refused import InputRefused, refused
from bilat.programme.refusals import suggest

HEAD = 1
"""Lines of a CSV file before its first row."""
TOLD = 5
"""Bad rows of a column that are named; the rest is only there."""


@dataclass(frozen=True)
class PanelFile:
    """n rows. columns: name → (n,) texts or numbers. lines: (n,) where each row stands in the file:
    lines of a CSV file, rows of a Parquet file from 1."""

    path: Path
    columns: dict[str, NDArray[Any]]
    lines: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lines)

    def where(self, kept: NDArray[np.bool_]) -> PanelFile:
        columns = {name: column[kept] for name, column in self.columns.items()}
        return PanelFile(self.path, columns, self.lines[kept])

    def with_column(self, name: str, values: NDArray[Any]) -> PanelFile:
        return replace(self, columns={**self.columns, name: values})

    def place(self, row: int) -> Place:
        return Place(self.path.name, int(self.lines[row]))

    def refuse_where(self, bad: NDArray[np.bool_], what: Message, remedy: Message) -> None:
        """bad: (n,). Raises InputRefused at the first such row, if there is one."""
        rows = np.flatnonzero(bad)
        if len(rows):
            raise InputRefused((Problem(self.place(int(rows[0])), what, remedy),))

    def with_years(self, name: str) -> PanelFile:
        """The column as whole numbers. Raises InputRefused."""
        years = self.columns[name]
        bad = years != np.floor(years)
        if bad.any():
            shown = {"column": name, "value": f"{years[np.argmax(bad)]:g}"}
            what = say("“{column}” is {value}, which is no year", **shown)
            self.refuse_where(bad, what, say("Write years as 2006"))
        return self.with_column(name, years.astype(np.int64))

    def log(self, name: str) -> Vector:
        """(n,) Raises InputRefused where a value is not above zero."""
        values: Vector = self.columns[name]
        bad = values <= 0
        if bad.any():
            first = float(values[np.argmax(bad)])
            what = say(
                "“{column}” is {value}: it has no logarithm", column=name, value=f"{first:g}"
            )
            remedy = say("Use the column as it is, without :log, or take out rows like this one")
            self.refuse_where(bad, what, remedy)
        logs: Vector = np.log(values)
        return logs


def read_panel(path: Path, texts: Sequence[str], numbers: Sequence[str]) -> PanelFile:
    """The columns named. Raises InputRefused for what is missing or no number, with its line."""
    wanted = list(dict.fromkeys([*texts, *numbers]))
    table = _table(path, wanted)
    lines = np.arange(1, table.num_rows + 1, dtype=np.int64)
    if _is_csv(path):
        lines += HEAD
    if not table.num_rows:
        raise refused(path, say("the table has no rows"), say("Give a table with rows"))
    columns: dict[str, NDArray[Any]] = {}
    problems: list[Problem] = []
    for name in wanted:
        if name in numbers:
            columns[name], wrong = _numbers(path, name, table[name], lines)
        else:
            columns[name], wrong = _texts(path, name, table[name], lines)
        problems += wrong
    if problems:
        raise InputRefused(sorted(problems, key=lambda one: one.place.line))
    return PanelFile(path, columns, lines)


def names_in(path: Path) -> list[str]:
    """The columns that there are. Raises InputRefused."""
    import pyarrow.parquet

    if not _is_csv(path):
        with _told(path):
            return list(pyarrow.parquet.read_schema(path).names)
    with _told(path), path.open(encoding="utf-8-sig") as file:
        return next(csv.reader([file.readline()], delimiter=_delimiter(path)), [])


def _table(path: Path, wanted: Sequence[str]) -> Any:
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    names = names_in(path)
    if missing := [name for name in wanted if name not in names]:
        problems = [_no_column(path, name, names) for name in missing]
        raise InputRefused(problems)
    with _told(path):
        if not _is_csv(path):
            return pyarrow.parquet.read_table(path, columns=list(wanted))
        return pyarrow.csv.read_csv(
            path,
            parse_options=pyarrow.csv.ParseOptions(delimiter=_delimiter(path)),
            convert_options=pyarrow.csv.ConvertOptions(
                include_columns=list(wanted),
                column_types=dict.fromkeys(wanted, pa.string()),
                strings_can_be_null=False,
            ),
        )


def _no_column(path: Path, name: str, names: Sequence[str]) -> Problem:
    known = say("There are: {columns}", columns=", ".join(names) or "–")
    what = say("there is no column “{column}”", column=name)
    return Problem(Place(path.name, HEAD), what, suggest(name, names) or known)


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() not in (".parquet", ".pq")


def _delimiter(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as file:
        head = file.readline()
    return ";" if ";" in head and "," not in head else "\t" if "\t" in head else ","


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever reading raises, as a sentence."""
    import pyarrow as pa

    try:
        yield
    except UnicodeDecodeError:
        what, remedy = say("the text is not in UTF-8"), say("Save the file again as UTF-8")
        raise refused(path, what, remedy) from None
    except (OSError, pa.ArrowException) as error:
        why = str(getattr(error, "strerror", None) or error)
        what = say("it cannot be read: {why}", why=why)
        raise refused(path, what, say("Give a CSV file in UTF-8, or a Parquet file")) from None


def _texts(
    path: Path, name: str, column: Any, lines: NDArray[np.int64]
) -> tuple[NDArray[Any], list[Problem]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(pc.fill_null(pc.cast(column, pa.string()), ""))
    coded = trimmed.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    keys = np.array(coded.dictionary.to_pylist(), dtype=str)
    values = keys[coded.indices.to_numpy()]
    empty = np.flatnonzero(values == "")[:TOLD]
    what = say("“{column}” is empty", column=name)
    remedy = say("Fill it, or take the row out")
    return values, [Problem(Place(path.name, int(lines[row])), what, remedy) for row in empty]


def _numbers(
    path: Path, name: str, column: Any, lines: NDArray[np.int64]
) -> tuple[Vector, list[Problem]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        values = pc.cast(column, pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        given = column.to_pylist()
        values = pa.chunked_array([pa.array([_number(one) for one in given], pa.float64())])
    found = pc.fill_null(values, float("nan")).to_numpy().astype(np.float64)
    bad = np.flatnonzero(~np.isfinite(found))[:TOLD]
    problems = [
        _no_number(Place(path.name, int(lines[row])), name, column[int(row)].as_py()) for row in bad
    ]
    return found, problems


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def _no_number(place: Place, name: str, value: Any) -> Problem:
    if value is None or value != value or not str(value).strip():
        return Problem(
            place, say("“{column}” is empty", column=name), say("Fill it, or take the row out")
        )
    return Problem(
        place,
        say("“{value}” in the column “{column}” is no number", value=str(value), column=name),
        say("Write it with a decimal point and without blanks, or take the row out"),
    )
