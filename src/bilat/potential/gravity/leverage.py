"""Errors clustered by pair, corrected for what the estimated effects take out of the residuals.

With H_ij of a pair, its effects' dummies d_ij (T by levels), V the inverse Hessian of the effects
with the pairs taken out, and regressors x_ij, the expected product of residuals E[S S'] is replaced
by (I − H_ij (x_ij W⁻¹ x_ij' + d_ij V d_ij'))⁻¹ S S' (Weidner and Zylkin 2021, section 3.4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bilat.potential.gravity.cube import Cube, Roles
from bilat.potential.presence import Matrix

PAIRS = 2048
"""At a time."""


def adjusted_meat(cube: Cube, roles: Roles, bread: Matrix) -> Matrix:
    """(K, K). bread: (K, K) the regressors' inverse Hessian."""
    noise = _noise(cube, roles)
    places = _places(cube, roles)
    meat = np.zeros_like(bread)
    for start in range(0, cube.pairs, PAIRS):
        some = slice(start, start + PAIRS)
        meat += _of_some(cube, some, bread, noise, places[:, some])
    return (meat + meat.T) / 2


def _of_some(
    cube: Cube, some: slice, bread: Matrix, noise: Matrix, places: NDArray[np.intp]
) -> Matrix:
    fitted, share, residual = cube.fitted[some], cube.share[some], cube.residual[some]
    regressors = cube.regressors[:, some]
    years = np.arange(fitted.shape[1])
    hessian = -share[:, :, None] * fitted[:, None, :]
    hessian[:, years, years] += fitted
    spread = np.einsum("kps,kl,lpt->pst", regressors, bread, regressors)
    for one in places:
        for other in places:
            spread += noise[one[:, :, None], other[:, None, :]]
    left = np.eye(len(years)) - hessian @ spread
    scaled = np.linalg.solve(left, residual[:, :, None])[:, :, 0]
    first = np.einsum("kpt,pt->kp", regressors, scaled)
    second = np.einsum("kpt,pt->kp", regressors, residual)
    meat: Matrix = first @ second.T
    return meat


def _places(cube: Cube, roles: Roles) -> NDArray[np.intp]:
    """(2, P, T) the exporter's and the importer's level in each year. Where a pair has no row, any
    level: the Hessian there is 0."""
    periods = cube.fitted.shape[1]
    places = np.zeros((2, cube.pairs, periods), dtype=np.intp)
    places[0][roles.pair.codes, cube.period] = roles.outward.codes
    places[1][roles.pair.codes, cube.period] = roles.outward.levels + roles.inward.codes
    return places


def _noise(cube: Cube, roles: Roles) -> Matrix:
    """(levels, levels) V: the pseudo-inverse of the Hessian of exporter-year and importer-year
    effects, the pairs taken out."""
    count = roles.outward.levels + roles.inward.levels
    hessian = np.zeros((count, count))
    weights = cube.fitted[roles.pair.codes, cube.period]
    sides = roles.outward.codes, roles.outward.levels + roles.inward.codes
    for one in sides:
        for other in sides:
            np.add.at(hessian, (one, other), weights)
    dense = np.zeros((count, cube.pairs))
    for one in sides:
        np.add.at(dense, (one, roles.pair.codes), weights)
    hessian -= (dense / cube.fitted.sum(axis=1)) @ dense.T
    return np.linalg.pinv(hessian, rcond=1e-12, hermitian=True).astype(np.float64)
