"""Panels of trade for the tests: drawn with known coefficients, or written down by a formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = dict[str, NDArray[Any]]
THREE_WAYS = [("exporter", "year"), ("importer", "year"), ("exporter", "importer")]
PAIR = [("exporter", "importer")]


def codes(table: Table, columns: Sequence[str]) -> NDArray[np.intp]:
    """(rows,) of what each row belongs to, from 0."""
    parts = [np.unique(table[column], return_inverse=True)[1] for column in columns]
    return np.unique(np.stack(parts), axis=1, return_inverse=True)[1]


def grid(countries: int, years: int) -> tuple[NDArray[np.intp], ...]:
    """Exporter, importer and year of each row; no trade at home."""
    i, j, t = (axis.ravel() for axis in np.indices((countries, countries, years)))
    abroad = i != j
    return i[abroad], j[abroad], t[abroad]


def world(countries: int = 8, years: int = 4, *, seed: int = 1, gaps: float = 0.1) -> Table:
    """β = (0.4, −0.5) on agreement and tariff; a third of the rows without trade, some missing."""
    rng = np.random.default_rng(seed)
    i, j, t = grid(countries, years)
    there = rng.random(len(i)) >= gaps
    i, j, t = i[there], j[there], t[there]
    effects = rng.normal(0, 0.6, (2, countries, years))
    pair = rng.normal(0, 0.6, (countries, countries))
    agreement = (t >= rng.integers(1, years + 2, pair.shape)[i, j]).astype(float)
    tariff = rng.normal(size=len(i)) + pair[i, j]
    mean = np.exp(effects[0][i, t] + effects[1][j, t] + pair[i, j] + 0.4 * agreement - 0.5 * tariff)
    return {
        "exporter": np.array([f"E{k}" for k in range(countries)])[i],
        "importer": np.array([f"I{k}" for k in range(countries)])[j],
        "year": 2000 + t,
        "trade": rng.poisson(mean).astype(float),
        "agreement": agreement,
        "tariff": tariff,
    }


def written(countries: int = 12, years: int = 5) -> Table:
    """Without any chance, so that another program can be given the very same rows."""
    i, j, t = grid(countries, years)
    wave = np.sin(1.7 * i + 0.9 * j) + np.cos(0.8 * i * j + t) + np.sin(2.3 * t + i)
    agreement = ((3 * np.minimum(i, j) + 5 * np.maximum(i, j) + 1) % 7 < t).astype(float)
    tariff = np.round(np.cos(1.3 * i + 2.1 * j + 0.7 * t * (1 + i % 3)), 3)
    trade = np.floor(20 * np.exp(0.6 * wave + 0.5 * agreement - 0.4 * tariff - 1.5))
    trade[(i * 7 + j * 3 + t * 5) % 11 < 3] = 0
    trade[(i == 4) & (t == 2)] = 0
    return {
        "exporter": i.astype(np.int64),
        "importer": j.astype(np.int64),
        "year": 2000 + t.astype(np.int64),
        "trade": trade,
        "agreement": agreement,
        "tariff": tariff,
    }
