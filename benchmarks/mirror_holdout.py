"""Is a real report foretold from the other side's? Calibrated, and better than copying?

    PYTHONPATH=. python benchmarks/mirror_holdout.py FOLDER

For yearly totals that both sides declared (``mirror_reports``), one side's report is taken out,
predicted from the other's, and put beside what was declared. Taken out are

- all reports of one year at once, year by year;
- all reports of a tenth of the country pairs at once, tenth by tenth: nothing is known of the pair.

Both use all other countries' reports. "pair alone" knows nothing but the pair, leaves one year out
at a time, and is scored on the pairs that its constants were not learned from.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from benchmarks.mirror_reports import real_cells
from numpy.typing import NDArray

from bilat.mirror import Cells, Geography
from bilat.mirror.cells import Ints
from bilat.mirror.expected import EXPORTER, IMPORTER, WANTED, Expected, expected_reports
from bilat.mirror.expected_few import expect_few

TENTHS = 10
HERE = ("BLR", "KGZ", "KAZ", "ARM")


@dataclass(frozen=True)
class Score:
    """Shares inside the 80 % and 95 % intervals; median absolute log errors: of the prediction, of
    the other side's figure, of that figure with 3.3 % freight; median width of 80 % in logs."""

    count: int
    inside80: float
    inside95: float
    error: float
    copied: float
    copied_with_freight: float
    width: float

    def __str__(self) -> str:
        errors = f"{self.error:7.3f} {self.copied:7.3f} {self.copied_with_freight:7.3f}"
        return (
            f"{self.count:7,} {self.inside80:7.3f} {self.inside95:7.3f} {errors} {self.width:7.2f}"
        )


def score(done: Expected, reports: Cells, side: int, rows: Ints) -> Score:
    """reports: with what was taken out."""
    truth, known = (reports.x, reports.m) if side == EXPORTER else (reports.m, reports.x)
    truth, known, value, ends = truth[rows], known[rows], done.value[rows], done.ends[:, rows]
    freight = np.log(1.033) * (1 if side == IMPORTER else -1)
    return Score(
        len(rows),
        float(np.mean((ends[1] <= truth) & (truth <= ends[2]))),
        float(np.mean((ends[0] <= truth) & (truth <= ends[3]))),
        float(np.median(np.abs(np.log(value / truth)))),
        float(np.median(np.abs(np.log(known / truth)))),
        float(np.median(np.abs(np.log(known / truth) + freight))),
        float(np.median(np.log(ends[2] / ends[1]))),
    )


def declared_twice(cells: Cells) -> NDArray[np.bool_]:
    return np.asarray((cells.x > 0) & (cells.m > 0))


def held_out(cells: Cells, geography: Geography, side: int, fold: Ints) -> Expected:
    """Each fold's reports of ``side`` predicted without them."""
    both, parts = declared_twice(cells), []
    for part in np.unique(fold[both]):
        rows = np.flatnonzero(both & (fold == part))
        name = "x" if side == EXPORTER else "m"
        left = getattr(cells, name).copy()
        left[rows] = np.nan
        without = replace(cells, **{name: left})
        done = expected_reports(without, geography, side=side, rng=np.random.default_rng(0))
        parts.append((rows, done))
    n = len(cells)
    joined = Expected(cells, np.full(n, np.nan), np.full((4, n), np.nan), np.zeros(n, np.int64))
    for rows, done in parts:
        joined.value[rows], joined.ends[:, rows] = done.value[rows], done.ends[:, rows]
        joined.others[rows] = done.others[rows]
    return joined


def alone(cells: Cells, side: int) -> Expected:
    """Every pair by itself; a period never speaks for itself there."""
    points, others = expect_few(cells, side, WANTED)
    return Expected(cells, points[2], points[[0, 1, 3, 4]], others)


def by_tenth(cells: Cells) -> Ints:
    """(n,) one of ten at random for each pair of countries, both directions together."""
    codes = np.sort([cells.exporter, cells.importer], axis=0).astype(np.int64)
    drawn = np.random.default_rng(1).integers(0, TENTHS, cells.countries**2)
    return np.asarray(drawn[codes[0] * cells.countries + codes[1]], np.int64)


def scored_alone(cells: Cells, names: list[str]) -> NDArray[np.bool_]:
    """The half of the pairs whose six letters' codes have an even sum."""
    letters = np.array([sum(map(ord, name)) for name in names])
    return np.asarray((letters[cells.exporter] + letters[cells.importer]) % 2 == 0)


def report(label: str, done: Expected, cells: Cells, side: int, names: list[str]) -> None:
    """All, by size of the known report, and among four neighbours."""
    both = declared_twice(cells) & ~np.isnan(done.value)
    known = cells.m if side == EXPORTER else cells.x
    here = np.isin(np.array(names), HERE)
    groups = {
        label: both,
        "  known below 1 million": both & (known < 1e6),
        "  1 to 30 million": both & (known >= 1e6) & (known < 3e7),
        "  30 million to 1 billion": both & (known >= 3e7) & (known < 1e9),
        "  1 billion and more": both & (known >= 1e9),
        "  among " + ", ".join(HERE): both & here[cells.exporter] & here[cells.importer],
    }
    for name, chosen in groups.items():
        if chosen.any():
            print(f"{name:<34}{score(done, cells, side, np.flatnonzero(chosen))}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    cells, geography, names = real_cells(parser.parse_args().folder)
    titles = ("n", "80 %", "95 %", "error", "copied", "+3.3 %", "width")
    print(" " * 34 + " ".join(f"{title:>7}" for title in titles))
    for side, who in ((IMPORTER, "importer's"), (EXPORTER, "exporter's")):
        years = held_out(cells, geography, side, cells.period.astype(np.int64))
        report(f"{who}, year out", years, cells, side, names)
        report(
            f"{who}, pair out",
            held_out(cells, geography, side, by_tenth(cells)),
            cells,
            side,
            names,
        )
        single = alone(cells, side)
        single.value[~scored_alone(cells, names)] = np.nan
        report(f"{who}, pair alone", single, cells, side, names)


if __name__ == "__main__":
    main()
