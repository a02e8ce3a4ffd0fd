"""Economic complexity of countries and products, and the product space between them.

Hidalgo and Hausmann (2009), with the conventions of the Growth Lab's published packages:
presence is RCA ≥ 1; ECI is standardised over the countries that have a product at all; PCI bears
ECI's mean and deviation, so that a country's ECI is the mean PCI of its products; the sign is that
which correlates ECI with diversity. Unlike those packages, a country or a product without exports
leaves all the others as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bilat.potential.presence import Matrix, Vector, balassa, present

BLOCK = 1024
"""Products at a time: 5,000 × 1,024 proximities are 40 MB, where all would be 200."""

SAME = 1e-12
"""Differences below it, of numbers around 1, are those of rounding."""


@dataclass(frozen=True)
class Complexity:
    """n countries, m products of one year.

    advantage, presence: (n, m), RCA and 1.0 where it is at least 1. diversity: (n,) products a
    country has; ubiquity: (m,) countries that have it. eci: (n,), pci: (m,); NaN for a country or a
    product without any. density: (n, m), share of a product's neighbourhood that the country has;
    NaN for a product that nobody has. coi: (n,) complexity outlook, standardised. cog: (n, m)
    outlook gain, in deviations of ECI; 0 where the country has the product.
    """

    advantage: Matrix
    presence: Matrix
    diversity: Vector
    ubiquity: Vector
    eci: Vector
    pci: Vector
    density: Matrix
    coi: Vector
    cog: Matrix


def complexity(exports: Matrix) -> Complexity:
    """All of it, out of exports (n, m) in any one unit; zero rows and columns are allowed.

    Raises ValueError for negative or missing values.
    """
    if not np.all(np.isfinite(exports)) or np.any(exports < 0):
        raise ValueError("exports must be numbers that are not negative")
    advantage = balassa(exports)
    presence = present(advantage)
    diversity, ubiquity = presence.sum(axis=1), presence.sum(axis=0)
    of_countries, of_products = indices(presence)
    mean, deviation = float(np.nanmean(of_countries)), _deviation(of_countries)
    density, gain = _neighbourhoods(presence, ubiquity, np.nan_to_num(of_products))
    outlook = np.nansum(density * (1 - presence) * of_products, axis=1)
    return Complexity(
        advantage,
        presence,
        diversity,
        ubiquity,
        _over(of_countries - mean, deviation),
        _over(of_products - mean, deviation),
        density,
        _standardised(outlook, diversity > 0),
        _over(gain, deviation),
    )


def indices(presence: Matrix) -> tuple[Vector, Vector]:
    """ECI (n,) and PCI (m,) before they are standardised; NaN where there is nothing.

    The second eigenvector of M̃ = D⁻¹ M U⁻¹ Mᵀ, found as that of the symmetric D^½ M̃ D^−½. Raises
    ValueError with fewer than two countries that have products.
    """
    diversity, ubiquity = presence.sum(axis=1), presence.sum(axis=0)
    has, had = diversity > 0, ubiquity > 0
    if has.sum() < 2:
        raise ValueError("complexity needs at least two countries with an advantage")
    inner = presence[np.ix_(has, had)]
    root = np.sqrt(diversity[has])
    scaled = inner / root[:, None] / np.sqrt(ubiquity[had])
    _values, vectors = np.linalg.eigh(scaled @ scaled.T)
    countries = vectors[:, -2] / root
    products = inner.T @ countries / ubiquity[had]
    countries = inner @ products / diversity[has]
    sign = _sign(diversity[has], inner @ ubiquity[had] / diversity[has], countries)
    return _spread(sign * countries, has), _spread(sign * products, had)


def _sign(diversity: Vector, usual: Vector, countries: Vector) -> float:
    """So that the index correlates with diversity; where that tells nothing, as where all countries
    have equally many products, with how rare their products are (``usual``: mean ubiquity); else so
    that the first that differs is positive: an eigenvector has no sign of its own."""
    for wanted in (diversity, -usual):
        together = float((wanted - wanted.mean()) @ (countries - countries.mean()))
        if abs(together) > SAME * np.linalg.norm(wanted) * np.linalg.norm(countries):
            return float(np.sign(together))
    return float(np.sign(countries[np.argmax(np.abs(countries) > SAME)]) or 1.0)


def _deviation(values: Vector) -> float:
    """0 where all are alike but for rounding: all countries have the same products then."""
    deviation = float(np.nanstd(values))
    return deviation if deviation > SAME else 0.0


def _over(values: Matrix, deviation: float) -> Any:
    """In deviations; 0 for all that have a value where nobody differs."""
    return values / deviation if deviation else values * 0.0


def proximity(presence: Matrix) -> Matrix:
    """(m, m): how often two products are exported by the same countries, by the rarer's standard.

    min of both conditional probabilities (Hidalgo et al. 2007); 0 for a product that nobody has.
    """
    ubiquity = presence.sum(axis=0)
    return _proximities(presence, ubiquity, slice(None))


def _proximities(presence: Matrix, ubiquity: Vector, columns: slice) -> Matrix:
    together = _together(presence, columns)
    larger = np.maximum(ubiquity[:, None], ubiquity[None, columns])
    return np.divide(together, larger, out=together, where=larger > 0)


def _together(presence: Matrix, columns: slice) -> Matrix:
    """Countries that have both products. Whole numbers, exact in single precision, which is
    twice as fast."""
    single = presence.astype(np.float32)
    product: NDArray[np.float32] = single.T @ single[:, columns]
    return product.astype(np.float64)


def _neighbourhoods(presence: Matrix, ubiquity: Vector, worth: Vector) -> tuple[Matrix, Matrix]:
    """Density, and outlook gain in the unit of ``worth`` (PCI, 0 where it is not defined).

    density_cp = Σ_q M_cq φ_qp / Σ_q φ_qp;  gain_cp = (1−M_cp) Σ_q (1−M_cq) φ_qp worth_q / Σ_r φ_qr.
    """
    count = presence.shape[1]
    around = np.empty(count)
    for columns in _blocks(count):
        around[columns] = _proximities(presence, ubiquity, columns).sum(axis=0)
    weight = np.divide(worth, around, out=np.zeros(count), where=around > 0)
    left = np.vstack([presence, presence * weight, weight[None, :]])
    density, gain = np.empty_like(presence), np.empty_like(presence)
    n = len(presence)
    for columns in _blocks(count):
        sums = left @ _proximities(presence, ubiquity, columns)
        density[:, columns] = _shares(sums[:n], around[columns])
        gain[:, columns] = (1 - presence[:, columns]) * (sums[-1] - sums[n : 2 * n])
    return density, gain


def _shares(part: Matrix, whole: Vector) -> Matrix:
    """NaN for a product that nobody has: it has no neighbourhood."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _blocks(count: int) -> Iterator[slice]:
    return (slice(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK))


def _spread(values: Vector, where: NDArray[np.bool_]) -> Vector:
    whole = np.full(len(where), np.nan)
    whole[where] = values
    return whole


def _standardised(values: Vector, among: NDArray[np.bool_]) -> Vector:
    mean, deviation = values[among].mean(), values[among].std()
    standardised: Vector = _over(values - mean, deviation if deviation > SAME else 0.0)
    return standardised
