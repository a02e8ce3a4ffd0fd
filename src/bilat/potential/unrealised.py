"""Export potential of a pair by product, and how much of it is not used yet.

Decreux and Spies (2016): potential = supply × ease × demand. Supply is the exporter's projected
share in the world's exports of the product, demand the importer's projected imports, ease how much
the two trade compared with what their sizes and products would make:

    EPI_ijk = s_ik · e_ij · d_jk,   e_ij = Σ_k v_ijk / Σ_k s_ik m_jk.

What is unrealised is clipped product by product, max(0, EPI − v): trade beyond the potential of one
product makes up for nothing in another.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from bilat.potential.presence import Matrix, Vector

YEARS = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Weights of five years, the last one fullest (Decreux and Spies 2016)."""
CAP = 1.0
"""Share of the importer's projected demand that one exporter could at most supply."""


@dataclass(frozen=True)
class Growth:
    """What is foreseen beyond the present, as ratios (1.1: a tenth more); 1 where nothing is known.

    supply: of the exporter's output against the world's. demand: of the importer's imports, one
    number or one a product (m,). tariff: (m,) advantage that the exporter has on this market, from
    the rates that were loaded.
    """

    supply: float = 1.0
    demand: Vector | float = 1.0
    tariff: Vector | float = 1.0


@dataclass(frozen=True)
class Doubt:
    """Standard deviations of the logarithms of both customs reports, from their reconciliation.

    exports, imports: (m,) of the exporter's and importer's totals by product; trade: (m,) of the
    pair's flows.
    """

    exports: Vector
    imports: Vector
    trade: Vector


@dataclass(frozen=True)
class Potential:
    """One direction of a pair, m products, values in the unit given.

    supply: (m,) share of world exports; demand: (m,); ease: one number, 1 where the pair trades as
    much as its sizes and products suggest. value: (m,) potential. trade: (m,) as it is. unrealised:
    (m,). low, high: (m,) ends of the 80 % interval of what is unrealised; NaN without doubts.
    """

    supply: Vector
    demand: Vector
    ease: float
    value: Vector
    trade: Vector
    unrealised: Vector
    low: Vector = field(repr=False)
    high: Vector = field(repr=False)

    @property
    def total(self) -> float:
        return float(self.unrealised.sum())


def potential(
    exports: Vector,
    imports: Vector,
    world: Vector,
    trade: Vector,
    *,
    growth: Growth = Growth(),
    doubt: Doubt | None = None,
    draws: int = 1000,
    rng: np.random.Generator | None = None,
) -> Potential:
    """Of one exporter on one market.

    exports: (m,) of the exporter to the world, re-exports taken out where they are known; imports:
    (m,) of the importer from the world; world: (m,) exports of everyone; trade: (m,) of the pair;
    all in one unit, not negative. doubt, with rng: intervals by so many draws. Raises ValueError
    for negative values, or a doubt without a generator.
    """
    _check(exports, imports, world, trade)
    supply, demand, ease, value = _potential(exports, imports, world, trade, growth)
    low = high = np.full(len(value), np.nan)
    if doubt is not None:
        if rng is None:
            raise ValueError("intervals need a random generator")
        gaps = _drawn(exports, imports, world, trade, growth, doubt, draws, rng)
        low, high = np.quantile(gaps, [0.1, 0.9], axis=0)
    gap = np.maximum(0.0, value - trade)
    return Potential(supply, demand, ease, value, trade, gap, low, high)


def smoothed(years: Matrix) -> Vector:
    """(t, m) values of up to five years, the latest last → (m,) their weighted mean."""
    weights = np.array(YEARS[-len(years) :])
    mean: Vector = weights @ years / weights.sum()
    return mean


def _potential(
    exports: Vector, imports: Vector, world: Vector, trade: Vector, growth: Growth
) -> tuple[Vector, Vector, float, Vector]:
    share = np.divide(exports, world, out=np.zeros_like(exports), where=world > 0)
    expected = float((share * imports).sum())
    ease = float(trade.sum()) / expected if expected > 0 else float("nan")
    supply = np.minimum(1.0, share * growth.supply)
    demand = imports * growth.demand
    value = np.minimum(CAP * demand, supply * growth.tariff * demand * ease)
    return supply, demand, ease, np.nan_to_num(value)


def _drawn(
    exports: Vector,
    imports: Vector,
    world: Vector,
    trade: Vector,
    growth: Growth,
    doubt: Doubt,
    draws: int,
    rng: np.random.Generator,
) -> Matrix:
    """(draws, m) of what is unrealised, the reports moved by errors with E e^ε = 1."""
    gaps = np.empty((draws, len(trade)))
    for one in range(draws):
        own = exports * _error(doubt.exports, rng)
        bought = imports * _error(doubt.imports, rng)
        sold = trade * _error(doubt.trade, rng)
        value = _potential(own, bought, world - exports + own, sold, growth)[3]
        gaps[one] = np.maximum(0.0, value - sold)
    return gaps


def _error(deviation: Vector, rng: np.random.Generator) -> Vector:
    error: Vector = np.exp(deviation * rng.standard_normal(len(deviation)) - deviation**2 / 2)
    return error


def _check(*values: Vector) -> None:
    for one in values:
        if not np.all(np.isfinite(one)) or np.any(one < 0):
            raise ValueError("trade must be numbers that are not negative")
