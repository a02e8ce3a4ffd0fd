"""Density of a few countries: what `complexity` gives of all, without what is not asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bilat.potential.presence import Matrix

BLOCK = 1024
"""Products at a time, as in `bilat.potential.complexity`."""


def densities(presence: Matrix, rows: Sequence[int]) -> Matrix:
    """(r, m) share of each product's neighbourhood that the countries of ``rows`` have.

    presence: (n, m) of zeros and ones. NaN for a product that nobody has. In single precision: six
    digits hold.
    """
    single = presence.astype(np.float32)
    ubiquity = single.sum(axis=0)
    left = np.vstack([np.ones(len(ubiquity), np.float32), single[list(rows)]])
    found = np.empty((len(rows), len(ubiquity)))
    for start in range(0, len(ubiquity), BLOCK):
        columns = slice(start, start + BLOCK)
        together = single.T @ single[:, columns]
        larger = np.maximum(ubiquity[:, None], ubiquity[columns])
        np.divide(together, larger, out=together, where=larger > 0)
        sums = left @ together
        found[:, columns] = np.divide(
            sums[1:], sums[0], out=np.full_like(sums[1:], np.nan), where=sums[0] > 0
        )
    return found
