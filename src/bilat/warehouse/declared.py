"""A table of reports, opened and checked: names in their order, and each row as one number.

Reports come as a Parquet or CSV file or an Arrow table with the columns reporter, partner, flow
(X or M), period, product, value_usd, and net_weight_kg if the weights are known; what cannot be
meant is refused here, with an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bilat.errors import BilatError
from bilat.language import Message, say

Table: TypeAlias = "Path | pa.Table"
REPORT_COLUMNS = ("reporter", "partner", "flow", "period", "product", "value_usd")
WEIGHT = "net_weight_kg"
"""A column of the reports that may be left out, or be empty in a row."""
GEO_COLUMNS = ("a", "b", "distance_km", "contiguous")
WORDS = ("reporter", "partner", "product", "a", "b")
"""What is a name even where it is written in digits."""
MEMORY = "600MB"
BATCH = 250_000
"""Rows that are read at a time."""

Checks: TypeAlias = "Sequence[tuple[str, Message]]"
REPORT_CHECKS: Checks = (
    (
        " or ".join(f"{name} is null" for name in REPORT_COLUMNS),
        say("{where}: a value is missing here: {row}. Fill it in, or leave the row out"),
    ),
    (
        "flow not in ('X', 'M')",
        say("{where}: the flow is neither X nor M here: {row}. Keep exports and imports only"),
    ),
    (
        "isnan(value_usd::double) or isinf(value_usd::double) or value_usd::double < 0",
        say(
            "{where}: the value is no amount of dollars here: {row}. Mend it, or leave the row out"
        ),
    ),
    (
        "reporter = partner",
        say("{where}: a country trades with itself here: {row}. Leave the row out"),
    ),
)
WEIGHT_CHECKS: Checks = (
    (
        f"isnan({WEIGHT}::double) or isinf({WEIGHT}::double) or {WEIGHT}::double < 0",
        say(
            "{where}: the weight is no amount of kilograms here: {row}. Mend it, or leave it empty"
        ),
    ),
)
GEO_CHECKS: Checks = (
    (
        "a is null or b is null or not coalesce(distance_km between 0 and 1e6, false)",
        say("{where}: the distance is no length here: {row}. Mend it, or leave the row out"),
    ),
)


class Declared:
    """A table that has passed its checks. ``view`` is its name in the database ``base``."""

    def __init__(self, base: Any, view: str, table: Table, source: Table) -> None:
        self.base, self.view, self._table, self._source = base, view, table, source

    def __len__(self) -> int:
        return int(self.rows("select count(*) from {view}")[0][0])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer to a query from ``{view}``."""
        with _readable(self._table):
            found: list[tuple[Any, ...]] = self.base.execute(
                query.format(view=self.view)
            ).fetchall()
        return found

    def values(self, column: str) -> list[Any]:
        """Every value of a column, in its own order."""
        found = self.rows(f"select distinct {column} v from {{view}} order by v")  # noqa: S608
        return [row[0] for row in found]

    def names(self, *columns: str) -> list[str]:
        """Every value of some columns as it is written, in the order of letters."""
        return sorted({str(value) for column in columns for value in self.values(column)})

    @property
    def weighed(self) -> bool:
        """Whether the reports have weights."""
        return WEIGHT in self.base.table(self.view).columns

    def unit_values(self) -> dict[str, float]:
        """Median dollars a kilogram of each product that some report has a weight of."""
        found = self.rows(
            f"select product::varchar, median(value_usd::double / {WEIGHT}::double) from {{view}} "  # noqa: S608
            f"where value_usd::double > 0 and {WEIGHT}::double > 0 group by 1"
        )
        return dict(found)

    def stretches(self) -> list[tuple[int, int]]:
        """What can be read apart from the rest: number of the part, and its first row."""
        if isinstance(self._source, pa.Table):
            return [(start, start) for start in range(0, len(self._source), BATCH)]
        about = pq.read_metadata(self._source)
        starts, start = [], 0
        for group in range(about.num_row_groups):
            starts.append((group, start))
            start += about.row_group(group).num_rows
        return starts

    def batches(self, part: int) -> Iterator[pa.RecordBatch]:
        """The rows of one part, in the table's order; names are dictionaries where they can be."""
        if isinstance(self._source, pa.Table):
            yield from self._source.slice(part, BATCH).select(list(REPORT_COLUMNS)).to_batches()
            return
        words = [name for name in REPORT_COLUMNS if name != "value_usd"]
        with _readable(self._table), pq.ParquetFile(self._source, read_dictionary=words) as file:
            yield from file.iter_batches(
                BATCH, row_groups=[part], columns=list(REPORT_COLUMNS), use_threads=False
            )

    def refuse(self, message: Message, example: Sequence[Any]) -> BilatError:
        """What to raise for a row."""
        row = ", ".join(str(value) for value in example)
        return BilatError(message.with_args(where=where(self._table), row=row))


def where(table: Table) -> str:
    return "the table" if isinstance(table, pa.Table) else str(table)


@contextmanager
def opened(reports: Table, geo: Table | None) -> Iterator[tuple[Declared, Declared | None]]:
    """Both tables, once they have passed their checks. Raises BilatError."""
    with (
        TemporaryDirectory(prefix="bilat-mirror-") as scratch,
        duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": scratch}) as base,
    ):
        ours = _open(base, "reports", reports, Path(scratch))
        _check(ours, (*REPORT_CHECKS, *WEIGHT_CHECKS) if ours.weighed else REPORT_CHECKS)
        if geo is None:
            yield ours, None
            return
        theirs = _open(base, "geo", geo, Path(scratch))
        _check(theirs, GEO_CHECKS)
        yield ours, theirs


def _open(base: Any, view: str, table: Table, scratch: Path) -> Declared:
    source = table
    if isinstance(table, pa.Table):
        base.register(f"{view}_source", table)
    elif not table.is_file():
        raise BilatError(say("{where}: no such file. Name a Parquet or CSV file", where=table))
    else:
        with _readable(table):
            if table.suffix.lower() == ".csv":
                source = _stored(base, table, scratch / f"{view}.parquet")
            base.register(f"{view}_source", base.read_parquet(str(source)))
    columns = REPORT_COLUMNS if view == "reports" else GEO_COLUMNS
    there = base.table(f"{view}_source").columns
    missing = [column for column in columns if column not in there]
    if missing:
        message = say(
            "{where}: no column {column}; needed are {needed}",
            where=where(table),
            column=missing[0],
            needed=", ".join(columns),
        )
        raise BilatError(message)
    known = [*columns, WEIGHT] if view == "reports" and WEIGHT in there else columns
    base.table(f"{view}_source").select(*known).create_view(view)
    return Declared(base, view, table, source)


def _stored(base: Any, path: Path, copy: Path) -> Path:
    """A CSV is parsed once, not at every question."""
    columns = base.read_csv(str(path)).columns
    words = {name: "VARCHAR" for name in WORDS if name in columns}
    base.read_csv(str(path), dtype=words or None).write_parquet(str(copy))
    return copy


@contextmanager
def _readable(table: Table) -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, pa.ArrowException, UnicodeDecodeError) as error:
        message = say(
            "{where}: it cannot be read as a table ({reason}). Give a Parquet or CSV file",
            where=where(table),
            reason=str(error).splitlines()[0],
        )
        raise BilatError(message) from error


def _check(declared: Declared, checks: Checks) -> None:
    """All checks in one reading; a second one only for the example."""
    every = ", ".join(f"coalesce(bool_or({wrong}), false)" for wrong, _message in checks)
    found = declared.rows(f"select {every} from {{view}}")[0]  # noqa: S608
    for failed, (wrong, message) in zip(found, checks, strict=True):
        if failed:
            example = declared.rows(f"select * from {{view}} where {wrong} limit 1")  # noqa: S608
            raise declared.refuse(message, example[0])
