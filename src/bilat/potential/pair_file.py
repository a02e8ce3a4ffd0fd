"""What stands between two countries, from a CSV or Parquet file: distance, border, agreements.

Columns ``origin`` and ``destination``, perhaps ``year``, and whatever somebody wants to use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bilat.language import say
from bilat.potential.panel_file import PanelFile, names_in, read_panel
from bilat.potential.refused import refused

ORIGIN, DESTINATION, YEAR = "origin", "destination", "year"
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """table: a row a pair, or a pair and year."""

    table: PanelFile

    @property
    def yearly(self) -> bool:
        return YEAR in self.table.columns

    def rows(self, countries: Sequence[str], year: int) -> Places:
        """(n, n) the row of each flow in the table, −1 where there is none.

        A pair that stands in the file one way only is taken for both.
        """
        place = {country: at for at, country in enumerate(countries)}
        here, there = (
            np.array([place.get(str(one), -1) for one in self.table.columns[name]], dtype=np.int64)
            for name in (ORIGIN, DESTINATION)
        )
        told = (here >= 0) & (there >= 0)
        if self.yearly:
            told &= self.table.columns[YEAR] == year
        row = np.flatnonzero(told)
        rows = np.full((len(countries), len(countries)), -1, dtype=np.int64)
        rows[there[row], here[row]] = row
        rows[here[row], there[row]] = row
        return rows


def read_pairs(path: Path, texts: Sequence[str] = (), numbers: Sequence[str] = ()) -> Pairs:
    """With these columns. Raises InputRefused for what is missing, no number or stands twice."""
    yearly = [YEAR] if YEAR in names_in(path) else []
    numbers = [*numbers, *(name for name in yearly if name not in numbers)]
    table = read_panel(path, (ORIGIN, DESTINATION, *texts), numbers)
    if yearly:
        table = table.with_years(YEAR)
    _refuse_twice(table)
    return Pairs(table)


def _refuse_twice(table: PanelFile) -> None:
    names = [name for name in (ORIGIN, DESTINATION, YEAR) if name in table.columns]
    keys = list(zip(*(table.columns[name].tolist() for name in names), strict=True))
    first: dict[tuple[object, ...], int] = {}
    for row, key in enumerate(keys):
        if first.setdefault(key, row) != row:
            place = table.place(row)
            what = say("{origin} to {destination} stands twice", origin=key[0], destination=key[1])
            remedy = say("Keep one row a pair, or one a pair and year with a column “year”")
            raise refused(table.path, what, remedy, line=place.line)
