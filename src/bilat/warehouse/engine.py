"""Engines run the texts of `queries` over the files that a question touches; the usual is DuckDB.

A text speaks of the relation ``reports``, and those of a load also of ``new``, the rows that it
brings. What these are is said before the text, by the engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from bilat.sources.report import REPORTS
from bilat.warehouse.queries import Parameters
from bilat.warehouse.storage import SCHEME, stored

_SQL_NAMES = {
    pa.string(): "STRING",
    pa.date32(): "DATE",
    pa.int16(): "SMALLINT",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
}
SQL_TYPES: Mapping[str, str] = {field.name: _SQL_NAMES[field.type] for field in REPORTS}
"""The columns of a report by the names of their types in SQL."""

_NOTHING = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in SQL_TYPES.items())
NO_ROWS = f"SELECT {_NOTHING} WHERE false"
"""A relation of reports without files."""


class Engine(Protocol):
    """Where questions are answered; every engine gives the same rows, in the same order and types.

    files: of the warehouse, that the question touches; none is a warehouse without rows.
    new: files of a load, for a text that speaks of them.
    """

    def ask(
        self, query: str, files: Sequence[str], parameters: Parameters, *, new: Sequence[str] = ()
    ) -> pa.Table:
        """The answer as one Arrow table."""

    def stream(
        self, query: str, files: Sequence[str], parameters: Parameters, *, new: Sequence[str] = ()
    ) -> Any:
        """The answer as a pyarrow RecordBatchReader, for answers larger than memory."""


class DuckEngine:
    """DuckDB, in this process."""

    def __init__(
        self,
        *,
        memory: str | None = None,
        scratch: Path | None = None,
        threads: int | None = None,
    ) -> None:
        """threads: all processors of the machine by default."""
        self._duckdb = duckdb.connect()
        self._duckdb.execute("SET parquet_metadata_cache = true")
        self._duckdb.execute("SET enable_progress_bar = false")
        if threads is not None:
            self._duckdb.execute("SET threads = $1", [threads])
        if memory is not None:
            self._duckdb.execute("SET memory_limit = $1", [memory])
        if scratch is not None:
            self._duckdb.execute("SET temp_directory = $1", [str(scratch)])

    def ask(
        self, query: str, files: Sequence[str], parameters: Parameters, *, new: Sequence[str] = ()
    ) -> pa.Table:
        return self._run(query, files, parameters, new).to_arrow_table()

    def stream(
        self, query: str, files: Sequence[str], parameters: Parameters, *, new: Sequence[str] = ()
    ) -> Any:
        return self._run(query, files, parameters, new).to_arrow_reader(100_000)

    def _run(
        self, query: str, files: Sequence[str], parameters: Parameters, new: Sequence[str]
    ) -> Any:
        cursor = self._duckdb.cursor()
        given = {name: list(paths) for name, paths in (("files", files), ("new", new)) if paths}
        relations = {"reports": _FILES if files else NO_ROWS}
        if files and files[0].startswith(SCHEME):
            cursor.register("stored", stored(given.pop("files")))
            relations["reports"] = "SELECT * FROM stored"
        if new:
            relations["new"] = _NEW
        return cursor.sql(over(query, relations), params={**parameters, **given})

    def close(self) -> None:
        """Let go of the memory and of the files; nothing can be asked afterwards."""
        self._duckdb.close()


_FILES = "SELECT * FROM read_parquet($files)"
_NEW = "SELECT * FROM read_parquet($new)"


def over(query: str, relations: Mapping[str, str]) -> str:
    """The text, with what its relations are put before it: name → SELECT."""
    given = ", ".join(f"{name} AS ({select})" for name, select in relations.items())
    text = query.strip()
    named = text.removeprefix("WITH ")
    return f"WITH {given} {text}" if named == text else f"WITH {given}, {named}"
