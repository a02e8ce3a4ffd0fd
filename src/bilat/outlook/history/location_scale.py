"""Location and scale that both depend on traits, with Student's t errors, fitted together.

    y = a_s + x'b + e·exp(z'g),   e ~ t_ν

with an effect a_s for every year s from which growth is counted, so that b and g are learned from
differences between flows of the same year and not from booms. Maximum likelihood with ridge
penalties by iterated weighting (Lange, Little & Taylor 1989, *JASA* 84, for t errors; Fisher
scoring with the expected information 2ν/(ν+3) for g).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.outlook.history.panel import Array, Codes

ROUNDS = 8


@dataclass(frozen=True)
class Fit:
    """location: (k,) b. scale: (m,) g. residuals: (n,) (y − a − x'b)/exp(z'g)."""

    location: Array
    scale: Array
    residuals: Array


def fit_location_scale(
    y: Array,
    x: Array,
    z: Array,
    group: Codes,
    weight: Array,
    *,
    degrees: float,
    ridge: Array,
    scale_ridge: Array,
) -> Fit:
    """Fit b and g.

    y, weight, group: (n,), group ascending from 0. x: (n, k). z: (n, m), its first column one.
    """
    first = np.flatnonzero(np.diff(group, prepend=-1))
    g = np.zeros(z.shape[1])
    g[0] = np.log(0.7 * np.std(y))
    rest = y - np.median(y)
    b = np.zeros(x.shape[1])
    information = 2 * degrees / (degrees + 3) * (z * weight[:, None]).T @ z + np.diag(scale_ridge)
    for _ in range(ROUNDS):
        sigma = np.exp(z @ g)
        w = weight * (degrees + 1) / (degrees + (rest / sigma) ** 2) / sigma**2
        effects, b = _weighted(y, x, w, first, ridge)
        rest = y - effects[group] - x @ b
        ratio = (rest / sigma) ** 2
        score = weight * ((degrees + 1) * ratio / (degrees + ratio) - 1)
        g = g + np.linalg.solve(information, z.T @ score - scale_ridge * g)
    return Fit(b, g, rest / np.exp(z @ g))


def _weighted(y: Array, x: Array, w: Array, first: Codes, ridge: Array) -> tuple[Array, Array]:
    """Effects of groups that begin at ``first``, and slopes, by weighted least squares."""
    weighted = x * w[:, None]
    total = np.add.reduceat(w, first)
    x_mean = np.add.reduceat(weighted, first) / total[:, None]
    y_mean = np.add.reduceat(w * y, first) / total
    between = x_mean * total[:, None]
    moments = weighted.T @ x - between.T @ x_mean + np.diag(ridge)
    b = np.linalg.solve(moments, weighted.T @ y - between.T @ y_mean)
    return np.asarray(y_mean - x_mean @ b), np.asarray(b)
