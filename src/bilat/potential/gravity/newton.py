"""The Poisson likelihood of effects and regressors, climbed by Newton's method.

Each step is a weighted least-squares problem with the fitted values as weights (iteratively
reweighted least squares), solved only as precisely as the step deserves. The regressors have had
the effects taken out of them before, so that both hardly disturb each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.potential.gravity.normal import Normal, Solution
from bilat.potential.gravity.panel import Levels, Panel
from bilat.potential.presence import Matrix, Vector

SWEEPS = 3
STEPS = 60
SETTLED = 1e-6
"""Of the step: the root of the mean square of the change in logs, weighted by fitted trade. Steps
shrink quadratically, so what is left is of the order of its square."""
HALVINGS = 20
HASTE = 6
SLOW = 0.4
"""A step this long, compared with the one before, is no sign of quadratic convergence: fitted
values that go to zero shrink by e with each step, and the step's size by its root."""


@dataclass(frozen=True)
class Climb:
    """Where it ended. fitted: (n,). levels: per effect. coefficients: (K,).

    shift: (n,) the last step, in logs. bound: what Σ fitted·|z| over rows without trade can be at
    most before that step, for any direction z with |z| ≤ 1 that separates (see `separation`).
    """

    fitted: Vector
    levels: Levels
    coefficients: Vector
    shift: Vector
    bound: float
    steps: int
    settled: bool


def begin(panel: Panel, trade: Vector) -> Climb:
    """Without regressors: effects that match their sums of trade in turn, a few times over."""
    wanted = panel.totals(trade)
    levels = [np.zeros(len(total)) for total in wanted]
    fitted = np.ones(panel.rows)
    for _sweep in range(SWEEPS):
        for at, total in enumerate(wanted):
            ratio = total / panel.total(fitted, at)
            levels[at] += np.log(ratio)
            fitted *= panel.to_rows(ratio, at)
    return Climb(fitted, levels, np.zeros(0), np.zeros(0), np.inf, 0, settled=False)


def climb(
    panel: Panel,
    trade: Vector,
    regressors: Matrix,
    start: Climb,
    *,
    patient: bool = True,
) -> Climb:
    """On from ``start``, to the top. regressors: (K, n).

    Not patient: stops where the steps hardly shrink, as they do when rows are separated.
    """
    wanted = panel.totals(trade)
    fitted, levels = start.fitted, list(start.levels)
    coefficients = (
        start.coefficients.copy() if len(start.coefficients) else np.zeros(len(regressors))
    )
    size, precision = np.inf, 1e-2
    for step in range(1, STEPS + 1):
        found = _direction(
            panel, fitted, wanted, regressors @ (trade - fitted), regressors, precision
        )
        bound, before = found.reduction, size
        size = float(np.sqrt(max(bound, 0.0) / fitted.sum()))
        shift = panel.spread(found.levels) + found.coefficients @ regressors
        fitted, part = _ascend(trade, fitted, shift)
        coefficients += part * found.coefficients
        levels = [a + part * b for a, b in zip(levels, found.levels, strict=True)]
        if size <= SETTLED or (not patient and step >= HASTE and size > SLOW * before):
            break
        precision = min(1e-2, max(size / 10, 1e-8))
    gone = start.steps + step
    return Climb(fitted, levels, coefficients, shift, bound, gone, settled=size <= SETTLED)


def _direction(
    panel: Panel,
    fitted: Vector,
    wanted: Levels,
    moments: Vector,
    regressors: Matrix,
    precision: float,
) -> Solution:
    missing = [total - now for total, now in zip(wanted, panel.totals(fitted), strict=True)]
    return Normal(panel, fitted, regressors).solve(missing, moments, precision)


def _ascend(trade: Vector, fitted: Vector, shift: Vector) -> tuple[Vector, float]:
    """The new fitted values, and the part of the step that was gone: half as much again and again
    while the likelihood falls."""
    part = 1.0
    for _halving in range(HALVINGS):
        with np.errstate(over="ignore"):
            after = fitted * np.exp(part * shift)
        gain = part * float(trade @ shift) - float((after - fitted).sum())
        if gain >= -1e-12 * float(fitted.sum()):
            break
        part /= 2
    return after, part
