"""Months and their year: whether they are single or counted from January, and add up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from bilat.errors import Place, Problem
from bilat.language import say, say_many
from bilat.sources.columns import look, plain
from bilat.sources.complaints import LISTED, named, place_of
from bilat.sources.dataset import Dataset
from bilat.sources.keys import Ints, floats, has, key_of, sums
from bilat.sources.report import REPORTS

SERIES = ("reporter", "partner", "flow", "classification", "product", "dataset")
TELLING = 6
"""Months that a series needs before its rising says anything."""
RISING = 0.8
"""Share of series that never fall from which months look cumulative."""


def check_months(table: pa.Table, spec: Dataset) -> list[Problem]:
    """Months that do not make their year, and months that look counted from January."""
    if not has(table, "months", [1]).any():
        return []
    months = floats(table, "months").astype(np.int64)
    found = _in_years(table)
    problems = list(_against_year(table, found, months, spec))
    if _look_cumulative(table, found, months):
        problems.append(
            Problem(
                Place(table.column("file")[0].as_py()),
                say("the months rise from January to December: they look cumulative"),
                say("If so, write period: {{months: cumulative}} in the description"),
            )
        )
    return problems


def _in_years(table: pa.Table) -> Ints:
    """(n,) the number of the row's series in the row's year."""
    years = look(table.column("start"), lambda day: day and day.year, pa.int32())
    with_year = table.append_column("year", years)
    _unique, groups = np.unique(key_of(with_year, (*SERIES, "year")), return_inverse=True)
    return np.asarray(groups, dtype=np.int64)


def _against_year(table: pa.Table, groups: Ints, months: Ints, spec: Dataset) -> Iterator[Problem]:
    values, size = floats(table, "value_usd"), int(groups.max()) + 1
    single = months == 1
    made = sums(groups[single], size, values[single])
    known = sums(groups[single], size, np.ones(int(single.sum()))) > 0
    years = np.flatnonzero((months == 12) & known[groups])
    difference = values[years] - made[groups[years]]
    limit = spec.tolerance * values[years] + 12 * spec.scale / 10
    wrong = np.abs(difference) > limit
    rows, by = years[wrong], difference[wrong]
    order = np.argsort(-np.abs(by))
    for at in order[:LISTED].tolist():
        yield _one(table, int(rows[at]), float(by[at]))
    if rest := order[LISTED:].tolist():
        yield Problem(
            place_of(table, int(rows[rest[0]])),
            say_many(
                "{n} more year differs from its months, by {value} USD in all",
                "{n} more years differ from their months, by {value} USD in all",
                n=len(rest),
                value=round(float(np.abs(by[rest]).sum())),
            ),
            say("The publisher may revise years and not months; both are kept"),
            severity="warning",
        )


def _one(table: pa.Table, row: int, difference: float) -> Problem:
    return Problem(
        place_of(table, row),
        say(
            "{partner}, {flow} {period}: the months make {made} USD, the year says {value} USD",
            **named(table, row),
            made=round(table.column("value_usd")[row].as_py() - difference),
            value=round(table.column("value_usd")[row].as_py()),
        ),
        say("The publisher may revise years and not months; both are kept"),
        severity="warning",
    )


def _look_cumulative(table: pa.Table, groups: Ints, months: Ints) -> bool:
    """True when, of the series with enough months, nearly all never fall."""
    single = np.flatnonzero(months == 1)
    starts = np.asarray(plain(table.column("start")).cast(pa.int32()).to_numpy(), dtype=np.int64)
    order = single[np.lexsort((starts[single], groups[single]))]
    series, values = groups[order], floats(table, "value_usd")[order]
    counts = np.bincount(series, minlength=int(groups.max()) + 1)
    within = series[1:] == series[:-1]
    falls = np.bincount(series[1:][within & (values[1:] < values[:-1])], minlength=len(counts))
    enough = counts >= TELLING
    return bool(enough.any() and (falls[enough] == 0).mean() >= RISING)


def single_months(reports: pa.Table) -> tuple[pa.Table, tuple[Problem, ...]]:
    """Months counted from January (start 1 January, months 1–12) → single months.

    A month whose predecessor is missing stays as it is, and is told; other rows stay. Weights and
    quantities are not differenced and become null.
    """
    months = floats(reports, "months").astype(np.int64)
    firsts = look(reports.column("start"), lambda day: day and day.month == 1, pa.bool_())
    january = np.asarray(firsts.to_numpy(), dtype=bool)
    rows = np.flatnonzero(january & (months < 12) | january & (months == 12))
    groups = _in_years(reports)
    at = {(int(groups[row]), int(months[row])): int(row) for row in rows.tolist()}
    made, problems = [], []
    for row, cells in enumerate(reports.to_pylist()):
        length = int(months[row])
        before = at.get((int(groups[row]), length - 1))
        if length == 1 or not january[row]:
            made.append(cells)
        elif before is None:
            made.append(cells)
            problems.append(_no_predecessor(reports, row, length))
        else:
            made.append(_less(cells, reports, before, length))
    return pa.Table.from_pylist(made, schema=REPORTS), tuple(problems)


def _less(
    cells: dict[str, object], reports: pa.Table, before: int, length: int
) -> dict[str, object]:
    result = dict(cells)
    start = reports.column("start")[before].as_py()
    result |= {"start": start.replace(month=length), "months": 1}
    result |= dict.fromkeys(("net_kg", "quantity", "quantity_unit"))
    for name in ("value_usd", "value_original"):
        result[name] = float(str(cells[name])) - reports.column(name)[before].as_py()
    return result


def _no_predecessor(reports: pa.Table, row: int, length: int) -> Problem:
    return Problem(
        place_of(reports, row),
        say_many(
            "January to month {n}: the month before is missing, so this one stays cumulative",
            "January to month {n}: the month before is missing, so this one stays cumulative",
            n=length,
        ),
        say("Load the file of the month before"),
        severity="warning",
    )
