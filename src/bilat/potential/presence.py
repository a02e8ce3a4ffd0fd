"""Revealed comparative advantage, and who counts as an exporter of what."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def balassa(exports: Matrix) -> Matrix:
    """Revealed comparative advantage (Balassa 1965): a product's share in a country's exports over
    its share in the world's.

    exports: (n, m) values of n countries and m products, in one unit, not negative. Gives (n, m);
    0 for a country or a product without any exports.
    """
    by_country = exports.sum(axis=1, keepdims=True)
    by_product = exports.sum(axis=0, keepdims=True)
    expected = by_country * (by_product / max(float(by_product.sum()), np.finfo(float).tiny))
    advantage: Matrix = np.zeros_like(expected)
    np.divide(exports, expected, out=advantage, where=expected > 0)
    return advantage


def symmetric(advantage: Matrix) -> Matrix:
    """(RCA − 1) / (RCA + 1), from −1 to 1 (Dalum, Laursen and Villumsen 1998)."""
    return (advantage - 1) / (advantage + 1)


def additive(exports: Matrix) -> Matrix:
    """A product's share in a country's exports less its share in the world's (Hoen and Oosterhaven
    2006); each country's sum is 0. exports as in `balassa`."""
    by_country = exports.sum(axis=1, keepdims=True)
    own = np.divide(exports, by_country, out=np.zeros_like(exports), where=by_country > 0)
    total = exports.sum()
    world = exports.sum(axis=0, keepdims=True) / total if total > 0 else np.zeros((1, 1))
    return np.where(by_country > 0, own - world, 0.0)


def present(advantage: Matrix, threshold: float = 1.0) -> Matrix:
    """1.0 where a country has the advantage, else 0.0 (n, m)."""
    return (advantage >= threshold).astype(np.float64)
