"""The world of one year as a square of flows, sales at home on its diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bilat.errors import Problem
from bilat.language import Message, say, say_many
from bilat.potential.panel_file import PanelFile, names_in, read_panel
from bilat.potential.presence import Matrix
from bilat.potential.refused import InputRefused, refused

LISTED = 12


@dataclass(frozen=True)
class Names:
    """What the columns of a panel are called."""

    trade: str = "trade"
    exporter: str = "exporter"
    importer: str = "importer"
    year: str = "year"


@dataclass(frozen=True)
class Baseline:
    """flows: (n, n) exporter by importer, in the panel's unit. made_up: countries whose sales at
    home are production less exports. left_out: countries without sales at home. empty: flows
    without trade or without a row."""

    countries: tuple[str, ...]
    flows: Matrix
    year: int
    made_up: tuple[str, ...]
    left_out: tuple[str, ...]
    empty: int


def read_baseline(
    path: Path,
    names: Names,
    year: int,
    *,
    production: Path | None = None,
    complete_only: bool = False,
) -> Baseline:
    """production: CSV with ``country, production`` (and ``year``), in the unit of the trade.

    complete_only: countries without sales at home are left out, instead of refused. Raises
    InputRefused.
    """
    whole = read_panel(path, (names.exporter, names.importer), (names.trade, names.year))
    panel = _of_year(whole, names, year)
    refuse_negative(panel, names.trade)
    countries, flows = _square(panel, names)
    made_up = _filled(flows, countries, production, year) if production is not None else ()
    keeps = np.diag(flows) > 0
    kept = tuple(country for country, has in zip(countries, keeps, strict=True) if has)
    left_out = tuple(country for country in countries if country not in kept)
    if left_out and not (complete_only and kept):
        raise _no_sales_at_home(path, left_out)
    flows = flows[np.ix_(keeps, keeps)]
    return Baseline(
        kept,
        flows,
        year,
        tuple(country for country in made_up if country in kept),
        left_out,
        int((flows == 0).sum()),
    )


def _of_year(panel: PanelFile, names: Names, year: int) -> PanelFile:
    years = panel.columns[names.year]
    chosen = panel.where(years == year)
    if not len(chosen):
        raise refused(
            panel.path,
            say("there is no row of {year}", year=str(year)),
            say(
                "The years are {first} to {last}; ask for one of them with --year",
                first=f"{years.min():g}",
                last=f"{years.max():g}",
            ),
        )
    return chosen


def refuse_negative(panel: PanelFile, trade: str) -> None:
    """Raises InputRefused at the first row with negative trade."""
    values = panel.columns[trade]
    bad = values < 0
    if bad.any():
        what = say("{column} is {value}", column=trade, value=f"{values[np.argmax(bad)]:g}")
        panel.refuse_where(bad, what, say("Trade is not negative: mend the row, or take it out"))


def _square(panel: PanelFile, names: Names) -> tuple[tuple[str, ...], Matrix]:
    exporter, importer = panel.columns[names.exporter], panel.columns[names.importer]
    countries, place = np.unique(np.concatenate([exporter, importer]), return_inverse=True)
    rows, columns = place[: len(exporter)], place[len(exporter) :]
    n = len(countries)
    _refuse_twice(panel, rows * n + columns, countries)
    flows = np.zeros((n, n))
    flows[rows, columns] = panel.columns[names.trade]
    return tuple(str(one) for one in countries), flows


def _refuse_twice(panel: PanelFile, cells: NDArray[np.int64], countries: NDArray[np.str_]) -> None:
    _found, first = np.unique(cells, return_index=True)
    twice = np.ones(len(cells), dtype=bool)
    twice[first] = False
    if twice.any():
        exporter, importer = divmod(int(cells[np.argmax(twice)]), len(countries))
        what = say(
            "{exporter} to {importer} stands twice in this year",
            exporter=str(countries[exporter]),
            importer=str(countries[importer]),
        )
        remedy = say("Add up products or sectors first: one row a pair and year is needed")
        panel.refuse_where(twice, what, remedy)


def _filled(flows: Matrix, countries: Sequence[str], path: Path, year: int) -> tuple[str, ...]:
    """Puts production less exports where no sales at home are given; says for which countries."""
    table = _production(path, year)
    exports = flows.sum(axis=1) - np.diag(flows)
    place = {country: at for at, country in enumerate(countries)}
    made_up, problems = [], []
    rows = zip(table.columns["country"], table.columns["production"], strict=True)
    for row, (country, value) in enumerate(rows):
        at = place.get(str(country))
        if at is None or flows[at, at] > 0:
            continue
        if value <= exports[at]:
            problems.append(
                Problem(table.place(row), *_too_little(str(country), value, exports[at]))
            )
            continue
        flows[at, at] = value - exports[at]
        made_up.append(str(country))
    if problems:
        raise InputRefused(problems)
    return tuple(made_up)


def _production(path: Path, year: int) -> PanelFile:
    """Of the year, where the table has years."""
    if "year" not in names_in(path):
        return read_panel(path, ("country",), ("production",))
    table = read_panel(path, ("country",), ("production", "year"))
    return _of_year(table, Names(year="year"), year)


def _too_little(country: str, value: float, exports: float) -> tuple[Message, Message]:
    return (
        say(
            "{country}: production of {value} is not above its exports of {exports}",
            country=country,
            value=f"{value:g}",
            exports=f"{exports:g}",
        ),
        say(
            "Give gross output (not value added) in the unit of the trade; where goods are only "
            "passed on, take re-exports out of the exports"
        ),
    )


def _no_sales_at_home(path: Path, countries: Sequence[str]) -> InputRefused:
    listed = ", ".join(countries[:LISTED]) + (" …" if len(countries) > LISTED else "")
    what = say_many(
        "{n} country has no sales at home (a row with itself as the importer): {countries}. "
        "Without them nobody knows how much of its demand trade could win, and so no prices and "
        "no welfare",
        "{n} countries have no sales at home (rows with themselves as the importer): {countries}. "
        "Without them nobody knows how much of their demand trade could win, and so no prices and "
        "no welfare",
        n=len(countries),
        countries=listed,
    )
    remedy = say(
        "Add such rows, give gross output with --internal FILE (country, production), or leave "
        "these countries out with --complete-only"
    )
    return refused(path, what, remedy)
