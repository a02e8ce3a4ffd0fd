"""Regressors with the effects taken out of them, and which of them then still say something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.potential.gravity.normal import Normal, inner
from bilat.potential.gravity.panel import Panel
from bilat.potential.presence import Matrix, Vector

ALIKE = 1e-9
"""Share of a regressor's sum of squares below which the rest is rounding."""


@dataclass(frozen=True)
class Within:
    """regressors: (K, n), what is left. taken: per effect (K, levels), what was taken out.

    kept: which of the regressors that came in, in their order.
    """

    regressors: Matrix
    taken: list[Matrix]
    kept: tuple[int, ...]


def within(panel: Panel, weights: Vector, regressors: Matrix, precision: float) -> Within:
    """Weighted residuals of the regressors (K, n) on the effects; ``regressors`` is written over.

    A regressor is left out that is a combination of the effects and of the regressors before it.
    """
    taken = [np.empty((len(regressors), effect.levels)) for effect in panel.effects]
    normal = Normal(panel, weights, regressors[:0])
    scale = np.empty(len(regressors))
    for k in range(len(regressors)):
        weighted = weights * regressors[k]
        scale[k] = regressors[k] @ weighted
        levels = normal.solve(panel.totals(weighted), np.zeros(0), precision).levels
        regressors[k] -= panel.spread(levels)
        for own, level in zip(taken, levels, strict=True):
            own[k] = level
    kept = independent(inner(regressors, weights), scale)
    if len(kept) < len(regressors):
        regressors, taken = regressors[kept], [levels[kept] for levels in taken]
    return Within(regressors, taken, tuple(kept))


def independent(products: Matrix, scale: Vector) -> list[int]:
    """Rows of a matrix of inner products (K, K) that are no combination of rows before them.

    scale: (K,) sums of squares before the effects were taken out. Cholesky's method, row by row.
    """
    root: Matrix = np.zeros_like(products)
    kept: list[int] = []
    for k in range(len(products)):
        for at, one in enumerate(kept):
            root[k, at] = (products[k, one] - root[k, :at] @ root[one, :at]) / root[one, at]
        rest = products[k, k] - float(root[k, : len(kept)] @ root[k, : len(kept)])
        if (
            rest > ALIKE * max(products[k, k], ALIKE * scale[k])
            and products[k, k] > ALIKE * scale[k]
        ):
            root[k, len(kept)] = np.sqrt(rest)
            kept.append(k)
    return kept
