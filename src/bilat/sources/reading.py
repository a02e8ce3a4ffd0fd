"""`read`: any file or table and its description → the tidy report and its problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from bilat.errors import BilatError, Place, Problem
from bilat.language import say
from bilat.sources.arrow_input import read_arrow
from bilat.sources.bulk import read_bulk
from bilat.sources.checks import check
from bilat.sources.columns import Columns
from bilat.sources.currency import Rates
from bilat.sources.dataset import Dataset
from bilat.sources.grid import read_grid
from bilat.sources.records import read_records
from bilat.sources.registry import dataset
from bilat.sources.report import CODED, REPORTS
from bilat.sources.sdmx import sdmx_table
from bilat.sources.tidy import tidy


@dataclass(frozen=True)
class Reading:
    """coded: a table in the schema CODED; problems: everything that is wrong beside it."""

    coded: pa.Table
    problems: tuple[Problem, ...]

    @cached_property
    def reports(self) -> pa.Table:
        """The same table in the schema REPORTS, all words written out."""
        return self.coded.cast(REPORTS)

    def __iter__(self) -> Iterator[Any]:
        """``reports, problems = read(…)``."""
        return iter((self.reports, self.problems))


def read(
    source: Any,
    dataset_id: str | Path | Dataset,
    *,
    vintage: date,
    rates: Rates | None = None,
) -> Reading:
    """The report that ``source`` makes: a path, a DataFrame, an Arrow table, a dict of lists.

    dataset_id: of a description that comes with Bilat, or the path of your own YAML file.
    vintage: the day this version was published. rates: where values are not in dollars.
    Rows that cannot be taken come back as problems, with their line and value. Raises BilatError
    when the file or a column that carries the answer is missing.
    """
    spec = dataset_id if isinstance(dataset_id, Dataset) else dataset(dataset_id)
    columns = _columns(source, spec)
    if not columns.table.num_columns:
        return Reading(CODED.empty_table(), (_nothing(columns),))
    table, problems = tidy(columns, spec, vintage, rates or Rates())
    table, found = check(table, columns, spec)
    return Reading(table, (*columns.problems, *problems, *found))


def _nothing(columns: Columns) -> Problem:
    """An answer without records: no trade, or a question that was wrong."""
    return Problem(
        Place(columns.file),
        say("the file holds no record"),
        say("See whether the question that it answers was the right one"),
        severity="warning",
    )


def _columns(source: Any, spec: Dataset) -> Columns:
    if not isinstance(source, str | Path):
        return read_arrow(source)
    path = Path(source)
    if not path.is_file():
        raise BilatError(say("{file}: there is no such file", file=str(source)))
    suffix = path.suffix.lower()
    if suffix == ".xml" or (suffix == ".json" and spec.kind == "sdmx"):
        return read_arrow(sdmx_table(path), path.name)
    if suffix in (".json", ".jsonl", ".ndjson"):
        return read_records(path)
    if suffix in (".xlsx", ".xlsm") or spec.kind == "table":
        return read_grid(path, spec.layout)
    return read_bulk(path, spec)
