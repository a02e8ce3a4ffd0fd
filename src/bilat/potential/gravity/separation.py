"""Rows without trade that effects and regressors predict perfectly, at minus infinity.

Correia, Guimarães and Zylkin (2019, "Verifying the existence of maximum likelihood estimates for
generalized linear models"): such rows exist if and only if a combination z of effects and
regressors is 0 wherever there is trade, nowhere negative, and positive somewhere. Their iterative
rectifier looks for z by least squares, again and again, setting what is negative to 0.

Where the likelihood's top has been reached there is a cheaper certificate that none exists. With
|z| ≤ 1, the slope along z is Σ μ|z| over the rows without trade, and the curvature Σ μ z² is not
larger; the square of the slope over the curvature is at most what Newton's step gains, λ². So
Σ μ|z| ≤ λ², and a row with z = 1 has μ ≤ λ². Only such rows are suspects.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bilat.potential.gravity.normal import ROUNDING, Normal
from bilat.potential.gravity.panel import Panel
from bilat.potential.presence import Matrix, Vector

Mask = NDArray[np.bool_]
MARGIN = 100.0
"""λ² comes from an inexact step; and rows with |z| below 1 deserve a look too."""
HEAVY = 1e8
"""Weight of the rows on which z must be 0."""
NOTHING = 1e-5
ROUNDS = 500


def suspects(trade: Vector, fitted: Vector, bound: float) -> Mask:
    """Rows without trade (n,) that λ² = bound does not clear."""
    least = ROUNDING**2 * float(fitted.sum())
    suspected: Mask = (trade == 0) & (fitted <= MARGIN * max(bound, least))
    return suspected


def separated(panel: Panel, regressors: Matrix, suspected: Mask) -> Mask | None:
    """Those of the suspects (n,) that are separated; every other row holds z at 0. None: the rounds
    ran out before that was certain."""
    normal = Normal(panel, np.where(suspected, 1.0, HEAVY), regressors)
    wanted = suspected.astype(np.float64)
    for _round in range(ROUNDS):
        found = _projection(panel, normal, regressors, wanted)
        found[np.abs(found) < NOTHING] = 0
        if found[suspected].min() >= 0:
            return suspected & (found > 0)
        wanted = np.where(suspected, np.maximum(found, 0), 0)
    return None


def _projection(panel: Panel, normal: Normal, regressors: Matrix, wanted: Vector) -> Vector:
    solved = normal.solve(panel.totals(wanted), regressors @ wanted, 1e-9)
    return panel.spread(solved.levels) + solved.coefficients @ regressors
