"""Whatever is loaded in whatever order: the answer as of a day is what plain Python says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.warehouse.declarations import declared

from bilat.sources.report import KEY
from bilat.warehouse import ReportsRefused, VintageTaken, Warehouse

DAYS = [date(2024, 1, day) for day in range(1, 7)]
Row = dict[str, Any]

lines = st.builds(
    "{} {} {} {} {} {}".format,
    st.sampled_from(["BLR", "KGZ", "ЎЗБ"]),
    st.sampled_from(["KGZ", "WLD"]),
    st.sampled_from("XM"),
    st.sampled_from(["2022", "2023", "2023-01"]),
    st.sampled_from(["TOTAL", "H6/870120", "H5/870120"]),
    st.integers(-2, 5),
)
loads = st.tuples(
    st.lists(lines, min_size=1, max_size=6),
    st.sampled_from(["customs", "un"]),
    st.sampled_from(DAYS),
)
steps = st.lists(st.one_of(loads, st.just("compact")), min_size=1, max_size=6)


def identity(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in (*KEY, "vintage"))


def value(row: Row) -> Row:
    return {name: row[name] for name in row if name not in ("file", "line")}


class Notebook:
    """The same rules in plain Python."""

    def __init__(self) -> None:
        self.rows: dict[tuple[Any, ...], Row] = {}

    def takes(self, rows: list[Row]) -> bool:
        """False when a key has two values of one vintage, here or there."""
        names = [identity(row) for row in rows]
        if len(set(names)) < len(names):
            return False
        found = [(row, self.rows.get(name)) for name, row in zip(names, rows, strict=True)]
        if any(old and value(old) != value(row) for row, old in found):
            return False
        self.rows = {**dict(zip(names, rows, strict=True)), **self.rows}
        return True

    def as_of(self, day: date) -> list[Row]:
        known = [row for row in self.rows.values() if row["vintage"] <= day]
        latest: dict[tuple[Any, ...], Row] = {}
        for row in sorted(known, key=lambda row: row["vintage"]):
            latest[identity(row)[:-1]] = row
        return list(latest.values())


def ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=identity)


def accepted(warehouse: Warehouse, table: pa.Table) -> bool:
    """Whether the load went in; of a refused one nothing stays."""
    try:
        warehouse.load(table)
    except (ReportsRefused, VintageTaken):
        return False
    return True


@settings(max_examples=20, deadline=None, derandomize=True)
@given(steps)
def test_the_answer_as_of_any_day_is_the_notebooks(steps: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        warehouse, notebook = Warehouse(Path(folder), file_rows=3), Notebook()
        warehouse.load(declared("BLR KGZ X 2021 TOTAL 1").slice(0, 0))
        for step in steps:
            if step == "compact":
                warehouse.compact(keep_days=0)
                continue
            text, dataset, vintage = step
            table = declared("\n".join(text), dataset=dataset, vintage=vintage.isoformat())
            assert accepted(warehouse, table) == notebook.takes(table.to_pylist())
        for day in (*DAYS, date(2030, 1, 1)):
            assert ordered(warehouse.flows(as_of=day).to_pylist()) == ordered(notebook.as_of(day))
        assert warehouse.verify().problems == ()
        assert warehouse.status().rows == len(notebook.rows)
