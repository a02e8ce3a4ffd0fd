"""Normal equations of weighted least squares on effects and regressors, by conjugate gradients.

With weights W, effects and regressors D, D'WD z = D'Wr is solved for the levels of all effects but
the last, and for the regressors' coefficients; the last effect's levels follow from them. Nothing
of the size of the squared number of levels is ever made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg

from bilat.potential.gravity.panel import Levels, Panel
from bilat.potential.presence import Matrix, Vector

LONGEST = 5000
"""Iterations; 10 to 60 are usual."""
ROWS = 8192
ROUNDING = 1e-14
"""Relative, of sums over a level. A residual of that size has parts outside the equations' range
(levels are redundant between effects), and following those leads astray."""


@dataclass(frozen=True)
class Solution:
    """levels: per effect (levels,). coefficients: (K,). reduction: of the sum of squares."""

    levels: Levels
    coefficients: Vector
    reduction: float


class Normal:
    """The equations for weights (n,), positive, and regressors (K, n)."""

    def __init__(self, panel: Panel, weights: Vector, regressors: Matrix) -> None:
        self.panel = panel
        last = len(panel.effects) - 1
        self.mass = panel.totals(weights)
        self.tables = [panel.table(weights, at) for at in range(last)]
        self.backward = [table.T for table in self.tables]
        self.pairs = {
            (one, other): panel.between(weights, one, other)
            for one in range(last)
            for other in range(one + 1, last)
        }
        self.cross, self.inner = _moments(panel, weights, regressors), inner(regressors, weights)
        self.factor = linalg.cho_factor(self.inner) if len(regressors) else None
        ends = np.cumsum([0, *(len(mass) for mass in self.mass[:-1])])
        self.slices = [slice(*ends[at : at + 2]) for at in range(last)]
        self.size = int(ends[-1])
        self.rounding = ROUNDING**2 * float(sum(mass.sum() for mass in self.mass))

    def solve(self, totals: Levels, moments: Vector, precision: float) -> Solution:
        """totals: D'Wr per effect (levels,); moments: X'Wr (K,).

        precision: at which the residual, relative to the right-hand side, is small enough.
        """
        mean = totals[-1] / self.mass[-1]
        right = np.concatenate(
            [
                *(t - back @ mean for t, back in zip(totals[:-1], self.backward, strict=True)),
                moments - self.cross[-1] @ mean,
            ]
        )
        found = self._conjugate_gradients(right, precision)
        last = mean - self._means(found)
        levels = [*(found[part] for part in self.slices), last]
        reduction = float(found @ right) + float(mean @ totals[-1])
        return Solution(levels, found[self.size :], reduction)

    def _means(self, found: Vector) -> Vector:
        """What the last effect takes up of the others' levels and the coefficients."""
        total: Vector = found[self.size :] @ self.cross[-1]
        for table, part in zip(self.tables, self.slices, strict=True):
            total += table @ found[part]
        total /= self.mass[-1]
        return total

    def _times(self, vector: Vector) -> Vector:
        """The reduced matrix (Schur complement of the last effect) by (size + K,)."""
        taken = self._means(vector)
        coefficients = vector[self.size :]
        product = np.empty_like(vector)
        product[self.size :] = self.inner @ coefficients - self.cross[-1] @ taken
        for at, part in enumerate(self.slices):
            own = vector[part]
            product[part] = self.mass[at] * own - self.backward[at] @ taken
            product[part] += coefficients @ self.cross[at]
            product[self.size :] += self.cross[at] @ own
        for (one, other), table in self.pairs.items():
            product[self.slices[one]] += table @ vector[self.slices[other]]
            product[self.slices[other]] += table.T @ vector[self.slices[one]]
        return product

    def _preconditioned(self, residual: Vector) -> Vector:
        """The effects' own equations without the last, by one symmetric Gauss-Seidel sweep: it
        halves the iterations that dividing by the diagonal would need."""
        better = np.empty_like(residual)
        last = len(self.slices)
        for at, part in enumerate(self.slices):
            better[part] = residual[part]
            for one in range(at):
                better[part] -= self.pairs[one, at].T @ better[self.slices[one]]
            better[part] /= self.mass[at]
        for at in reversed(range(last)):
            for other in range(at + 1, last):
                taken = self.pairs[at, other] @ better[self.slices[other]]
                better[self.slices[at]] -= taken / self.mass[at]
        if self.factor:
            better[self.size :] = linalg.cho_solve(self.factor, residual[self.size :])
        return better

    def _conjugate_gradients(self, right: Vector, precision: float) -> Vector:
        found, residual = np.zeros_like(right), right.copy()
        better = self._preconditioned(residual)
        direction, length = better.copy(), float(residual @ better)
        enough = max(precision**2 * length, self.rounding)
        for _iteration in range(LONGEST):
            if length <= enough:
                break
            product = self._times(direction)
            step = length / float(direction @ product)
            found += step * direction
            residual -= step * product
            better = self._preconditioned(residual)
            before, length = length, float(residual @ better)
            direction *= length / before
            direction += better
        return found


def inner(regressors: Matrix, weights: Vector) -> Matrix:
    """X'WX (K, K), some rows at a time, so that no weighted copy is kept."""
    total = np.zeros((len(regressors), len(regressors)))
    for start in range(0, len(weights), ROWS):
        some = regressors[:, start : start + ROWS]
        total += (some * weights[start : start + ROWS]) @ some.T
    return (total + total.T) / 2


def _moments(panel: Panel, weights: Vector, regressors: Matrix) -> list[Matrix]:
    """X'WD per effect (K, levels)."""
    cross = [np.empty((len(regressors), effect.levels)) for effect in panel.effects]
    for k, regressor in enumerate(regressors):
        for sums, total in zip(cross, panel.totals(weights * regressor), strict=True):
            sums[k] = total
    return cross
