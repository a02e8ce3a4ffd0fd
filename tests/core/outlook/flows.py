"""Made-up trade whose laws are known: a panel to learn from in a test."""

from __future__ import annotations

import numpy as np

from bilat.outlook.history import Panel, panel_of

COUNTRIES = 30
YEARS = 20
NOISY, QUIET = 0.4, 0.1
"""Yearly steps (log standard deviation) of the small and of the large flows."""


def made_up_rows(
    seed: int = 1, first: int = 2000, names: int = 0
) -> list[tuple[int, int, int, float]]:
    """(exporter, importer, year, dollars): random walks, half of them small and noisy.

    names: what is added to the numbers of the countries.
    """
    rng = np.random.default_rng(seed)
    pairs = [(e, i) for e in range(COUNTRIES) for i in range(COUNTRIES) if e != i]
    small = rng.random(len(pairs)) < 0.5
    step = np.where(small, NOISY, QUIET)
    start = np.where(small, np.log(5e6), np.log(2e9))
    walk = 0.045 + step * rng.standard_normal((YEARS, len(pairs)))
    levels = np.exp(start + np.cumsum(walk, axis=0))
    return [
        (e + names, i + names, first + year, float(levels[year, row]))
        for row, (e, i) in enumerate(pairs)
        for year in range(YEARS)
    ]


def made_up_panel(seed: int = 1) -> Panel:
    return panel_of(*zip(*made_up_rows(seed), strict=True))
