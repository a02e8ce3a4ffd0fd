"""Covariance of the coefficients with clustered errors, one way or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal

import numpy as np

from bilat.potential.gravity.columns import Codes, Factor
from bilat.potential.presence import Matrix

SmallSample = Literal["none", "fixest"]
"""``none``: as the *Advanced Guide*'s published tables. ``fixest``: G/(G−1) · (N−1)/(N−K), with the
smallest G of several, and K that counts the levels of the effects but for those nested in a
cluster, as fixest, pyfixest and (but for redundant levels) ppmlhdfe have it."""


def sandwich(
    bread: Matrix, scores: Matrix, clusters: Sequence[Factor], factor: float = 1.0
) -> Matrix:
    """(K, K), out of the inverse Hessian (K, K) and scores (K, n).

    Several clusterings: with plus and minus (Cameron, Gelbach and Miller 2011); should a variance
    come out negative, negative eigenvalues are set to 0, as they advise and fixest does. None: each
    row by itself.
    """
    if not clusters:
        return factor * (bread @ (scores @ scores.T) @ bread)
    meat = sum(sign * _meat(scores, codes, levels) for sign, codes, levels in _crossings(clusters))
    covariance: Matrix = factor * (bread @ meat @ bread)
    return _without_negative(covariance) if np.any(np.diag(covariance) < 0) else covariance


def correction(
    kind: SmallSample,
    rows: int,
    regressors: int,
    effects: Sequence[Factor],
    clusters: Sequence[Factor],
) -> float:
    if kind == "none":
        return 1.0
    nested = [any(_nested(effect, cluster) for cluster in clusters) for effect in effects]
    parameters = regressors + sum(
        1 if inside else effect.levels for effect, inside in zip(effects, nested, strict=True)
    )
    parameters -= max(len(effects) - 1, 0)
    groups = min((cluster.levels for cluster in clusters), default=rows)
    return groups / (groups - 1) * (rows - 1) / (rows - parameters)


def _crossings(clusters: Sequence[Factor]) -> Iterator[tuple[int, Codes, int]]:
    for count in range(1, len(clusters) + 1):
        for some in combinations(clusters, count):
            codes, levels = some[0].codes, some[0].levels
            for other in some[1:]:
                both = codes.astype(np.int64) * other.levels + other.codes
                keys, inverse = np.unique(both, return_inverse=True)
                codes, levels = inverse.astype(np.int32), len(keys)
            yield (-1) ** (count - 1), codes, levels


def _meat(scores: Matrix, codes: Codes, levels: int) -> Matrix:
    sums = np.empty((len(scores), levels))
    for total, score in zip(sums, scores, strict=True):
        total[:] = np.bincount(codes, score, levels)
    meat: Matrix = sums @ sums.T
    return meat


def _nested(effect: Factor, cluster: Factor) -> bool:
    """Whether each level of the effect lies within one cluster."""
    of_level: Codes = np.zeros(effect.levels, dtype=np.int32)
    of_level[effect.codes] = cluster.codes
    return bool(np.all(of_level[effect.codes] == cluster.codes))


def _without_negative(covariance: Matrix) -> Matrix:
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    nearest: Matrix = (vectors * np.maximum(values, 0)) @ vectors.T
    return nearest
