"""What importers' figures hold besides the goods: freight and insurance on the way.

An importer declares CIF, an exporter FOB. With τ the cost of the way as a share of FOB,

    CIF = FOB·(1 + τ),    hence    FOB = CIF/(1 + τ)        (not CIF·(1 − τ): a known mistake)

and, as in BACI (Gaulier and Zignago 2010, *BACI: International Trade Database at the Product
Level*, CEPII working paper 2010-23, eq. 1), the logarithm of 1 + τ is explained by the way:

    ln(CIF/FOB) = α + β·ln D + χ·(ln D)² + δ·contiguous + γ_k + error

γ_k is the product's own cost, drawn towards η·ln UV_k where unit values are known, towards 0 else.
Unlike BACI, the reporters' biases are estimated in the same regression (see `reliability`), so
that a country that declares too little does not look near. Years have no effect of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.mirror.cells import Floats, Floats32, Geography

HIGHEST = 0.5
"""Largest ln(1 + τ) that is believed; the cost of a way is never negative either."""
USUAL_MARGIN = float(np.log(1.033))
"""ln(1 + τ) before anything is seen: the mean of BACI."""
FEATURES = 4


@dataclass(frozen=True)
class Margin:
    """way: (c, c) ln(1 + τ) by exporter and importer. product: (p,) γ_k, added to it.

    coefficients: (4,) α, β, χ, δ, with ln D centred at ``centre``.
    """

    way: Floats
    product: Floats
    coefficients: Floats
    centre: float


def features(geography: Geography) -> tuple[Floats, float]:
    """(c, c, 4) of 1, ln D − centre, its square, contiguous; a pair of unknown distance counts as
    average in all three. And the centre: the mean of ln D."""
    logs = np.log(np.maximum(geography.distance_km, 1.0))
    known = ~np.isnan(logs)
    centre = float(logs[known].mean()) if known.any() else 0.0
    away = np.where(known, logs - centre, 0.0)
    squares = away**2
    squares = np.where(known, squares, squares[known].mean() if known.any() else 0.0)
    average = geography.contiguous[known].mean() if known.any() else 0.0
    touching = np.where(known, geography.contiguous, average)
    return np.stack([np.ones_like(away), away, squares, touching], axis=-1), centre


def believed(log_margin: Floats32) -> Floats32:
    """ln(1 + τ) held between nothing and `HIGHEST`."""
    return np.clip(log_margin, 0.0, HIGHEST)


def to_fob(cif: Floats, log_margin: Floats32) -> Floats:
    """FOB = CIF/(1 + τ), same unit as ``cif``."""
    return np.asarray(cif * np.exp(-log_margin))


def product_costs(
    sums: Floats, weights: Floats, spread: float, unit_values: Floats | None
) -> tuple[Floats, float]:
    """γ_k from weighted sums of residuals, and the renewed spread of γ.

    sums, weights: (p,) Σw·r and Σw with w one over the variance. Shrunk as a random effect:
    γ_k = (Σw·r + η·ln UV_k/s²)/(Σw + 1/s²), s the spread; η by weighted least squares.
    """
    prior = _unit_value_line(sums, weights, spread, unit_values)
    precision = weights + 1 / spread**2
    gamma = (sums + prior / spread**2) / precision
    seen = weights > 0
    if seen.sum() < 3:
        return gamma, spread
    second = np.mean((gamma - prior)[seen] ** 2 + 1 / precision[seen])
    return gamma, float(np.clip(np.sqrt(second), 1e-4, 0.2))


def _unit_value_line(
    sums: Floats, weights: Floats, spread: float, unit_values: Floats | None
) -> Floats:
    nothing = np.zeros_like(sums)
    if unit_values is None:
        return nothing
    logs = np.log(np.where(unit_values > 0, unit_values, np.nan))
    seen = (weights > 0) & ~np.isnan(logs)
    if seen.sum() < 3:
        return nothing
    trust = 1 / (1 / weights[seen] + spread**2)
    away = logs - np.average(logs[seen], weights=trust)
    slope = (trust * away[seen] * sums[seen] / weights[seen]).sum()
    norm = (trust * away[seen] ** 2).sum()
    return np.nan_to_num(away) * float(slope / norm) if norm > 0 else nothing
