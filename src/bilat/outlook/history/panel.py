"""A panel: yearly flows between many countries, as one matrix of logarithms."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]
ZERO = -np.inf
"""The logarithm of a year without trade; a gap in the record is NaN."""


@dataclass(frozen=True)
class Panel:
    """Yearly flows of pairs of countries.

    names: what the countries are called, (c,). exporter, importer: (n,) positions in ``names``.
    years: (t,) without gaps. logs: (n, t) of the value in dollars, ZERO where nothing was traded.
    """

    names: tuple[Hashable, ...]
    exporter: Codes
    importer: Codes
    years: Codes
    logs: Array

    def until(self, year: int) -> Panel:
        """What was known at the end of ``year``; pairs that had no trade by then are dropped."""
        logs = self.logs[:, self.years <= year]
        cut = Panel(self.names, self.exporter, self.importer, self.years[self.years <= year], logs)
        return cut.rows(np.flatnonzero(np.isfinite(logs).any(axis=1)))

    def among(self, chosen: Mask) -> Panel:
        """The pairs both of whose countries are chosen, (c,)."""
        return self.rows(np.flatnonzero(chosen[self.exporter] & chosen[self.importer]))

    def rows(self, kept: Codes) -> Panel:
        """The pairs at these rows."""
        return replace(
            self,
            exporter=self.exporter[kept],
            importer=self.importer[kept],
            logs=self.logs[kept],
        )

    def positions(self) -> dict[tuple[Hashable, Hashable], int]:
        """Row of each pair (exporter, importer)."""
        pairs = zip(self.exporter, self.importer, strict=True)
        return {(self.names[e], self.names[i]): row for row, (e, i) in enumerate(pairs)}


def panel_of(
    exporter: Sequence[Hashable],
    importer: Sequence[Hashable],
    year: Sequence[int],
    value: Sequence[float],
) -> Panel:
    """Rows of (exporter, importer, year, dollars) as a panel; trade within a country is left out.

    A year that a pair has no row for counts as one without trade. Where a pair and year stand
    twice, the last row is taken.
    """
    names = tuple(dict.fromkeys([*exporter, *importer]))
    code = {name: position for position, name in enumerate(names)}
    e = np.array([code[name] for name in exporter], dtype=np.int64)
    i = np.array([code[name] for name in importer], dtype=np.int64)
    when, dollars = np.asarray(year, dtype=np.int64), np.asarray(value, dtype=float)
    kept = (e != i) & (dollars > 0)
    e, i, when, dollars = e[kept], i[kept], when[kept], dollars[kept]
    years = np.arange(when.min(), when.max() + 1) if len(when) else np.zeros(0, dtype=np.int64)
    pair, row = np.unique(e * len(names) + i, return_inverse=True)
    logs = np.full((len(pair), len(years)), ZERO)
    logs[row, when - (years[0] if len(years) else 0)] = np.log(dollars)
    return Panel(names, pair // max(len(names), 1), pair % max(len(names), 1), years, logs)
