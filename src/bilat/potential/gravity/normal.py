"""Normal equations of weighted least squares on effects and regressors, by conjugate gradients.

With weights W, effects D and regressors X, D'WD z = D'Wr is solved for the levels of all effects but
the last, and for the regressors' coefficients; the last effect's levels follow from them. Nothing of
the size of the squared number of levels is ever made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import linalg

from bilat.potential.gravity.panel import Levels, Panel
from bilat.potential.presence import Matrix, Vector

LONGEST = 2000
"""Iterations; 20 to 60 are usual."""


@dataclass(frozen=True)
class Solution:
    """levels: per effect (levels, m); coefficients: (K, m), for m right-hand sides.

    reduction: (m,) of the sum of squares. iterations: how many.
    """

    levels: Levels
    coefficients: Matrix
    reduction: Vector
    iterations: int


class Normal:
    """The equations for weights (n,), positive, and regressors (K, n)."""

    def __init__(self, panel: Panel, weights: Vector, regressors: Matrix) -> None:
        self.panel = panel
        last = len(panel.effects) - 1
        self.mass = [total[:, None] for total in panel.totals(weights)]
        self.tables = [panel.table(weights, at) for at in range(last)]
        self.backward = [table.T for table in self.tables]
        self.pairs = {
            (one, other): panel.between(weights, one, other)
            for one in range(last)
            for other in range(one + 1, last)
        }
        self.cross, self.inner = _moments(panel, weights, regressors)
        ends = np.cumsum([0, *(len(mass) for mass in self.mass[:-1])])
        self.slices = [slice(*ends[at : at + 2]) for at in range(last)]
        self.size = int(ends[-1])

    def solve(self, totals: Levels, moments: Matrix, precision: float) -> Solution:
        """totals: D'Wr per effect (levels, m); moments: X'Wr (K, m).

        precision: at which the residual, relative to the right-hand side, is small enough.
        """
        mean = totals[-1] / self.mass[-1]
        right = np.vstack(
            [
                *(t - back @ mean for t, back in zip(totals[:-1], self.backward, strict=True)),
                moments - self.cross[-1].T @ mean,
            ]
        )
        found, iterations = self._conjugate_gradients(right, precision)
        last = mean - self._means(found)
        levels = [*(found[part] for part in self.slices), last]
        reduction = (found * right).sum(axis=0) + (mean * totals[-1]).sum(axis=0)
        return Solution(levels, found[self.size :], reduction, iterations)

    def _means(self, found: Matrix) -> Matrix:
        """What the last effect takes up of the others' levels and the coefficients."""
        total = self.cross[-1] @ found[self.size :]
        for table, part in zip(self.tables, self.slices, strict=True):
            total += table @ found[part]
        total /= self.mass[-1]
        return total

    def _times(self, vectors: Matrix) -> Matrix:
        """The reduced matrix (Schur complement of the last effect) by (size + K, m)."""
        taken = self._means(vectors)
        coefficients = vectors[self.size :]
        product = np.empty_like(vectors)
        product[self.size :] = self.inner @ coefficients - self.cross[-1].T @ taken
        for at, part in enumerate(self.slices):
            own = vectors[part]
            product[part] = self.mass[at] * own - self.backward[at] @ taken
            product[part] += self.cross[at] @ coefficients
            product[self.size :] += self.cross[at].T @ own
        for (one, other), table in self.pairs.items():
            product[self.slices[one]] += table @ vectors[self.slices[other]]
            product[self.slices[other]] += table.T @ vectors[self.slices[one]]
        return product

    @cached_property
    def _scale(self) -> Vector:
        return np.vstack([np.zeros((0, 1)), *self.mass[:-1]])

    @cached_property
    def _factor(self) -> tuple[Matrix, bool]:
        among: tuple[Matrix, bool] = linalg.cho_factor(self.inner)
        return among

    def _preconditioned(self, residual: Matrix) -> Matrix:
        better = np.empty_like(residual)
        np.divide(residual[: self.size], self._scale, out=better[: self.size])
        if len(residual) > self.size:
            better[self.size :] = linalg.cho_solve(self._factor, residual[self.size :])
        return better

    def _conjugate_gradients(self, right: Matrix, precision: float) -> tuple[Matrix, int]:
        """All right-hand sides side by side, until the last is precise."""
        found, residual = np.zeros_like(right), right.copy()
        better = self._preconditioned(residual)
        direction, length = better.copy(), (residual * better).sum(axis=0)
        enough = precision**2 * length
        for iteration in range(LONGEST):
            if np.all(length <= enough):
                return found, iteration
            product = self._times(direction)
            step = _ratio(length, (direction * product).sum(axis=0))
            found += step * direction
            residual -= step * product
            better = self._preconditioned(residual)
            before, length = length, (residual * better).sum(axis=0)
            direction *= _ratio(length, before)
            direction += better
        return found, LONGEST


def _ratio(above: Vector, below: Vector) -> Vector:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _moments(panel: Panel, weights: Vector, regressors: Matrix) -> tuple[Levels, Matrix]:
    """D'WX per effect (levels, K) and X'WX (K, K)."""
    count = len(regressors)
    cross: Levels = [np.empty((effect.levels, count)) for effect in panel.effects]
    inner = np.empty((count, count))
    for k, regressor in enumerate(regressors):
        weighted = weights * regressor
        inner[k] = regressors @ weighted
        for sums, total in zip(cross, panel.totals(weighted), strict=True):
            sums[:, k] = total
    return cross, (inner + inner.T) / 2
