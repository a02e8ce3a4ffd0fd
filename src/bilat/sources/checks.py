"""What a table says of itself: one number a key, lines that make their total, months their year."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from bilat.errors import Place, Problem
from bilat.language import say, say_many
from bilat.sources.columns import Columns
from bilat.sources.dataset import Dataset
from bilat.sources.duplicates import unite
from bilat.sources.months import check_months
from bilat.sources.periods import running_years, written_periods
from bilat.sources.totals import check_world, residuals


def check(table: pa.Table, source: Columns, spec: Dataset) -> tuple[pa.Table, list[Problem]]:
    """The report with one row a key and its residual lines, and what does not fit."""
    problems = [*_row_count(source, spec), *_running_years(source, spec)]
    table, found = unite(table, spec)
    problems += found
    lines, found = residuals(table, spec)
    problems += found
    problems += check_world(table, spec)
    problems += check_months(table, spec)
    return _with_residuals(table, lines, spec), problems


def _with_residuals(table: pa.Table, lines: pa.Table, spec: Dataset) -> pa.Table:
    """The report and its residual lines; one is added to a confidential line that is there."""
    if not lines.num_rows:
        return table
    adding = spec.model_copy(update={"same_key": "add"})
    return unite(pa.concat_tables([table, lines]), adding)[0]


def _row_count(source: Columns, spec: Dataset) -> Iterator[Problem]:
    found, least, most = len(source), spec.rows.least, spec.rows.most
    if found < least or (most is not None and found > most):
        yield Problem(
            Place(source.file),
            say_many(
                "{n} row; “{dataset}” expects {least} to {most}",
                "{n} rows; “{dataset}” expects {least} to {most}",
                n=found,
                dataset=spec.id,
                least=least,
                most="∞" if most is None else most,
            ),
            say("See whether the file is whole; change `rows` in the description if it is"),
            severity="warning",
        )


def _running_years(source: Columns, spec: Dataset) -> Iterator[Problem]:
    if not spec.period.year_to_date:
        return
    written = written_periods(source, spec.period)
    for year, month in sorted(running_years(written, spec.period).items()):
        yield Problem(
            Place(source.file),
            say_many(
                "the rows of the year {year} hold {n} month",
                "the rows of the year {year} hold {n} months",
                n=month,
                year=str(year),
            ),
            say("They are taken as January to that month; compare no full year with them"),
            severity="warning",
        )
