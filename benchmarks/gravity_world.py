"""Rows for the gravity benchmark: a synthetic world, or exports with provisions of agreements."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Rows = dict[str, NDArray[np.int64] | NDArray[np.float64]]
YEARS = 20
KEPT = 0.957
"""Share of the pairs' years that are in the table."""
TRUE = {"agreement": 0.3, "deep": 0.1, "tariff": -0.5}


def panel(thousands: int, *, seed: int = 1) -> Rows:
    """About so many thousand rows in random order, half of them without trade."""
    rng = np.random.default_rng(seed)
    countries = round((1000 * thousands / KEPT / YEARS) ** 0.5 + 0.5)
    shape = countries, countries, YEARS
    i, j, t = (axis.ravel() for axis in np.indices(shape))
    there = rng.permutation(np.flatnonzero((i != j) & (rng.random(i.size) < KEPT)))
    i, j, t = i[there], j[there], t[there]
    exporter, importer = (
        rng.normal(0, 1.2, (countries, 1))
        + np.cumsum(rng.normal(0.02, 0.1, (countries, YEARS)), axis=1)
        for _side in range(2)
    )
    place = rng.random((countries, 2))
    distance = np.linalg.norm(place[:, None] - place[None], axis=2) + 0.02
    pair = -1.2 * np.log(distance) + rng.normal(0, 1, distance.shape)
    regressors = _regressors(rng, distance, i, j, t)
    log = exporter[i, t] + importer[j, t] + pair[i, j] - 1.5
    log += sum(TRUE[name] * column for name, column in regressors.items())
    trade = rng.poisson(np.exp(log) * rng.gamma(1.0, 1.0, len(log))) * 37.5
    return {"exporter": i, "importer": j, "year": 1990 + t, "trade": trade, **regressors}


def _regressors(
    rng: np.random.Generator,
    distance: NDArray[np.float64],
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    t: NDArray[np.int64],
) -> dict[str, NDArray[np.float64]]:
    """Agreements that come and stay, nearer pairs more often; some deepen after four years."""
    comes = rng.integers(1, YEARS + 5, distance.shape)
    start = np.where(rng.random(distance.shape) < 0.35 * np.exp(-distance) + 0.1, comes, 999)
    start = np.minimum(start, start.T)[i, j]
    agreement = (t >= start).astype(float)
    deep = ((t >= start + 4) & (start % 3 == 0)).astype(float)
    level = rng.normal(0, 0.3, distance.shape)
    tariff = level[i, j] + rng.normal(0, 0.3, len(i)) - 0.2 * agreement
    return {"agreement": agreement, "deep": deep, "tariff": tariff}


def provisions(file: Path) -> Rows:
    """The columns of a Parquet file: exporter, importer, year, export_usd, and …_prov_…."""
    import pyarrow.parquet as pq  # only for this file

    table = pq.read_table(file)
    rows: Rows = {}
    for side in ("exporter", "importer"):
        words = np.asarray(table[side].to_pylist())
        rows[side] = np.unique(words, return_inverse=True)[1].astype(np.int64)
    rows["year"] = table["year"].to_numpy().astype(np.int64)
    rows["trade"] = table["export_usd"].to_numpy().astype(np.float64)
    for name in table.column_names:
        if "_prov_" in name:
            rows[name] = table[name].to_numpy().astype(np.float64)
    return rows
