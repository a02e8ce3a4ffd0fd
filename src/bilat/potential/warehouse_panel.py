"""A panel of trade for a gravity equation: flows of a warehouse beside a file about the pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bilat.language import say
from bilat.potential.baseline import Names
from bilat.potential.flows import Flows
from bilat.potential.pair_file import Pairs, read_pairs
from bilat.potential.panel_file import PanelFile, names_in
from bilat.potential.refused import refused


@dataclass(frozen=True)
class WarehousePanel:
    """flows: of the warehouse, all products together. path: the file about the pairs."""

    flows: Flows
    path: Path
    names: Names

    @property
    def known(self) -> list[str]:
        """The columns that there are."""
        return list(dict.fromkeys([*self._own, *names_in(self.path)]))

    def read(self, texts: Sequence[str], numbers: Sequence[str]) -> PanelFile:
        """Every flow of every year that the file has a row for; one that is not told is 0.

        Raises InputRefused.
        """
        texts, numbers = (
            [name for name in wanted if name not in self._own] for wanted in (texts, numbers)
        )
        pairs = read_pairs(self.path, texts, numbers)
        parts = [
            self._of(pairs, year, trade, [*texts, *numbers])
            for year, trade in zip(self.flows.years, self.flows.by_year(), strict=True)
        ]
        columns = {name: np.concatenate([part[0][name] for part in parts]) for name in parts[0][0]}
        lines = np.concatenate([part[1] for part in parts])
        if not len(lines):
            raise self._no_pair(pairs)
        return PanelFile(self.path, columns, lines)

    def untold(self) -> int:
        """How many flows with trade, over the years, the file has no row for."""
        pairs = read_pairs(self.path)
        return sum(
            int(np.count_nonzero((trade > 0) & (pairs.rows(self.flows.countries, year) < 0)))
            for year, trade in zip(self.flows.years, self.flows.by_year(), strict=True)
        )

    @property
    def _own(self) -> tuple[str, ...]:
        names = self.names
        return names.exporter, names.importer, names.year, names.trade

    def _of(
        self, pairs: Pairs, year: int, trade: NDArray[np.float64], wanted: Sequence[str]
    ) -> tuple[dict[str, NDArray[Any]], NDArray[np.int64]]:
        """One year's columns, and the lines of the file that they are from."""
        countries, names = np.array(self.flows.countries), self.names
        rows = pairs.rows(self.flows.countries, year)
        np.fill_diagonal(rows, -1)
        exporter, importer = np.nonzero(rows >= 0)
        row = rows[exporter, importer]
        columns: dict[str, NDArray[Any]] = {name: pairs.table.columns[name][row] for name in wanted}
        columns[names.exporter], columns[names.importer] = countries[exporter], countries[importer]
        columns[names.year] = np.full(len(row), float(year))
        columns[names.trade] = trade[exporter, importer]
        return columns, pairs.table.lines[row]

    def _no_pair(self, pairs: Pairs) -> Exception:
        first, last = str(self.flows.years[0]), str(self.flows.years[-1])
        what = say(
            "no pair of it trades in {dataset} in {first}–{last}",
            dataset=self.flows.span.dataset,
            first=first,
            last=last,
        )
        remedy = (
            say("Write countries by their three letters (BLR), and the years of the dataset")
            if pairs.yearly
            else say("Write countries by their three letters (BLR)")
        )
        return refused(self.path, what, remedy)
