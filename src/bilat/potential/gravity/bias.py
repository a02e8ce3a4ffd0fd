"""The bias that three sets of fixed effects bring, and its correction.

Weidner and Zylkin (2021, "Bias and consistency in three-way gravity models"): with exporter-time,
importer-time and pair effects and few years, the estimates of N countries are biased by a term of
order 1/N, and errors clustered by pair are too small. Per pair ij, with T years, fitted values λ,
their pair's sum Λ, residuals S = y − λ, and regressors x within effects,

    H_ij = diag(λ) − λλ'/Λ,    H_i = Σ_j H_ij,    SS_i = Σ_j S S',
    B_k = −(1/N) Σ_i tr[H_i⁺ Σ_j H_ij x_k S'] + (1/2N) Σ_i tr[H_i⁺ G_ik H_i⁺ SS_i],
    G_ik = −Σ_j (diag(x_k) H_ij + H_ij diag(x_k)),

D_k is the same with importers' sums. The bias is W⁻¹ (B + D) / (N − 1), with W the mean Hessian of
a pair; exporters and importers may be of different number, as in the authors' `ppml_fe_bias`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bilat.potential.gravity.columns import Codes
from bilat.potential.gravity.cube import Cube, cube_of, roles_of
from bilat.potential.gravity.estimate import Estimate
from bilat.potential.gravity.leverage import adjusted_meat
from bilat.potential.presence import Matrix, Vector

Blocks = NDArray[np.float64]

MANY = 3000
"""Exporter-time and importer-time levels up to which errors are corrected: the inverse of a matrix
of that size is needed."""


@dataclass(frozen=True)
class Corrected:
    """coefficients: (K,) = estimates − bias. covariance: (K, K), clustered by pair, corrected for
    the estimated effects and times P/(P − 1) for P pairs; None with more than ``MANY`` levels."""

    names: tuple[str, ...]
    coefficients: Vector
    bias: Vector
    covariance: Matrix | None

    @property
    def errors(self) -> Vector | None:
        return None if self.covariance is None else np.sqrt(np.diag(self.covariance))


def corrected(estimate: Estimate, *, time: str) -> Corrected:
    """Takes the bias out of a three-way estimate. time: the column of the years.

    Raises NoAnswer unless the effects are those of exporter and time, importer and time, and both.
    """
    roles = roles_of(estimate, time)
    cube = cube_of(estimate, roles, time)
    hessian = np.einsum("kpt,pt,lpt->kl", cube.regressors, cube.fitted, cube.regressors)
    bread = np.linalg.inv(hessian)
    bias: Vector = bread @ (_side(cube, cube.exporter) + _side(cube, cube.importer))
    covariance = None
    if roles.outward.levels + roles.inward.levels <= MANY:
        meat = adjusted_meat(cube, roles, bread)
        covariance = bread @ meat @ bread * (cube.pairs / (cube.pairs - 1))
    return Corrected(estimate.names, estimate.coefficients - bias, bias, covariance)


def _side(cube: Cube, codes: Codes) -> Vector:
    """(K,) what the effects of the exporters, or of the importers, add: P/(N − 1) · B."""
    sums = _Sums(codes)
    inverse = np.linalg.pinv(sums.hessians(cube), rcond=1e-10, hermitian=True)
    around = inverse @ sums.products(cube.residual, cube.residual) @ inverse
    found = np.empty(len(cube.regressors))
    for k, regressor in enumerate(cube.regressors):
        mean = (cube.share * regressor).sum(axis=1, keepdims=True)
        tilted = sums.products(cube.fitted * (regressor - mean), cube.residual)
        first = np.einsum("gst,gts->", inverse, tilted)
        second = -2 * np.einsum("gst,gts->", around, sums.hessians(cube, regressor))
        found[k] = second / 2 - first
    return found * sums.groups / (sums.groups - 1)


class _Sums:
    """Sums over the pairs of each country. codes: (P,)."""

    def __init__(self, codes: Codes) -> None:
        self.groups = int(codes.max()) + 1
        ends = np.cumsum(np.bincount(codes, minlength=self.groups))
        self.members = np.split(np.argsort(codes, kind="stable"), ends[:-1])

    def products(self, left: Matrix, right: Matrix) -> Blocks:
        """(groups, T, T) Σ left' right, of (P, T)."""
        return np.stack([left[pairs].T @ right[pairs] for pairs in self.members])

    def hessians(self, cube: Cube, scale: Matrix | None = None) -> Blocks:
        """(groups, T, T) Σ diag(scale) H_ij; scale: (P, T), or 1."""
        scale = np.ones_like(cube.fitted) if scale is None else scale
        blocks = -self.products(scale * cube.share, cube.fitted)
        diagonal = np.arange(cube.fitted.shape[1])
        own = scale * cube.fitted
        blocks[:, diagonal, diagonal] += np.stack(
            [own[pairs].sum(axis=0) for pairs in self.members]
        )
        return blocks
