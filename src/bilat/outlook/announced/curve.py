"""The chance that an announced target was met, as a smooth function of what it asked for.

A logistic curve with a weak prior, fitted to n rows (x, y) in G pairs:

    logit P(y = 1) = β₀ + Σ βₖ zₖ,     z: each feature less its mean, by its standard deviation

β₀ has the log-F(1, 1) prior (half a success and half a failure at the mean, which is Jeffreys'
prior where there is no feature), βₖ ~ N(0, 1): Greenland and Mansournia, *Statistics in Medicine*
34, 2015. So a few rows give a curve close to their mean, and no row a division by zero. Rows of one
pair are alike: with W the variances p(1 − p), R(ρ) the matrix of ones with ρ between rows of one
pair, H the Hessian and Λ the part of it that comes from the prior,

    Var β = H⁻¹ (Λ + Z' W½ R(ρ) W½ Z) H⁻¹

(the model-based covariance of Liang and Zeger, *Biometrika* 73, 1986, with an independence working
model; for ρ = 0 it is H⁻¹, the posterior's). The interval is β'z ± t_{G−K} √(z' Var β z), taken
through the logistic function.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, stdtrit

from bilat.outlook.announced.rates import Array, Interval, clusters_of, pair_correlation

_STEPS = 100


@dataclass(frozen=True)
class Curve:
    """A fitted curve of K − 1 features.

    centre, scale: (K − 1,) of the features. low, high: (K − 1,) their range in the data; beyond it
    the curve is not continued. coefficients: (K,), covariance: (K, K). correlation: ρ inside a
    pair. degrees: of freedom.
    """

    centre: Array
    scale: Array
    low: Array
    high: Array
    coefficients: Array
    covariance: Array
    correlation: float
    degrees: int

    def chance(self, features: Array) -> float:
        """features: (K − 1,)."""
        return float(expit(self._design(features) @ self.coefficients))

    def interval(self, features: Array, level: float) -> Interval:
        """The central interval of ``chance`` that holds it with probability ``level``."""
        design = self._design(features)
        spread = float(np.sqrt(design @ self.covariance @ design))
        reach = spread * float(stdtrit(self.degrees, (1 + level) / 2))
        middle = float(design @ self.coefficients)
        return float(expit(middle - reach)), float(expit(middle + reach))

    def is_outside(self, features: Array) -> bool:
        """Whether a feature is beyond what the data hold."""
        return bool(np.any((features < self.low) | (features > self.high)))

    def _design(self, features: Array) -> Array:
        inside = np.clip(features, self.low, self.high)
        return np.concatenate([[1.0], (inside - self.centre) / self.scale])


def fit_curve(features: Array, met: Array, pairs: Sequence[Hashable]) -> Curve:
    """features: (n, K − 1), n ≥ 1; met: (n,) zeros and ones; pairs: (n,) the cluster of each."""
    centre, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale > 1e-12, scale, 1.0)
    design = np.column_stack([np.ones(len(met)), (features - centre) / scale])
    coefficients = _mode(design, met)
    fitted = expit(design @ coefficients)
    root = np.sqrt(fitted * (1 - fitted))
    clusters = clusters_of(pairs)
    correlation = pair_correlation((met - fitted) / root, clusters)
    prior = _prior_information(coefficients)
    scored = design * root[:, None]
    within = np.zeros((clusters.max() + 1, design.shape[1]))
    np.add.at(within, clusters, scored)
    alike = (1 - correlation) * scored.T @ scored + correlation * within.T @ within
    inverse = np.linalg.inv(prior + scored.T @ scored)
    return Curve(
        centre=centre,
        scale=scale,
        low=features.min(axis=0),
        high=features.max(axis=0),
        coefficients=coefficients,
        covariance=inverse @ (prior + alike) @ inverse,
        correlation=correlation,
        degrees=max(len(within) - design.shape[1], 1),
    )


def _mode(design: Array, met: Array) -> Array:
    """The coefficients of greatest posterior density, by Newton's method.

    The log posterior is concave and its prior bounds it, so the steps end.
    """
    found = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        fitted = expit(design @ found)
        slope = design.T @ (met - fitted) - _prior_slope(found)
        weight = (fitted * (1 - fitted))[:, None]
        step = np.linalg.solve(_prior_information(found) + design.T @ (weight * design), slope)
        found = found + step
        if np.abs(step).max() < 1e-10:
            break
    return found


def _prior_slope(coefficients: Array) -> Array:
    slope = coefficients.copy()
    slope[0] = expit(coefficients[0]) - 0.5
    return slope


def _prior_information(coefficients: Array) -> Array:
    information = np.eye(len(coefficients))
    chance = expit(coefficients[0])
    information[0, 0] = chance * (1 - chance)
    return information
