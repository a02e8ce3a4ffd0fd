"""Regressors with the effects taken out of them, and which of them then still say something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.potential.gravity.normal import Normal
from bilat.potential.gravity.panel import Levels, Panel
from bilat.potential.presence import Matrix, Vector

ALIKE = 1e-9
"""Share of a regressor's sum of squares below which the rest is rounding."""


@dataclass(frozen=True)
class Within:
    """regressors: (K, n), what is left. taken: per effect (levels, K), what was taken out.

    kept: which of the regressors that came in, in their order.
    """

    regressors: Matrix
    taken: Levels
    kept: tuple[int, ...]


def within(panel: Panel, weights: Vector, regressors: Matrix, precision: float) -> Within:
    """Weighted residuals of the regressors (K, n) on the effects; ``regressors`` is written over.

    A regressor is left out that is a combination of the effects and of the regressors before it.
    """
    if not len(regressors):
        return Within(regressors, [np.zeros((e.levels, 0)) for e in panel.effects], ())
    scale = np.einsum("kn,kn,n->k", regressors, regressors, weights)
    taken = _taken(panel, weights, regressors, precision)
    for k, regressor in enumerate(regressors):
        regressor -= panel.spread([np.ascontiguousarray(levels[:, k]) for levels in taken])
    kept = independent((regressors * weights) @ regressors.T, scale)
    if len(kept) == len(regressors):
        return Within(regressors, taken, tuple(kept))
    return Within(regressors[kept], [levels[:, kept] for levels in taken], tuple(kept))


def _taken(panel: Panel, weights: Vector, regressors: Matrix, precision: float) -> Levels:
    count = len(regressors)
    sums = [panel.totals(weights * regressor) for regressor in regressors]
    totals = [np.column_stack([of[at] for of in sums]) for at in range(len(panel.effects))]
    normal = Normal(panel, weights, regressors[:0])
    return normal.solve(totals, np.zeros((0, count)), precision).levels


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
        if rest > ALIKE * max(products[k, k], ALIKE * scale[k]) and products[k, k] > ALIKE * scale[k]:
            root[k, len(kept)] = np.sqrt(rest)
            kept.append(k)
    return kept
