"""Where a change of trade came from: products that stay, come and go; quantities and prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import say

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ProductChange:
    """A change of value between two periods by the fate of its products, all in one currency.

    continuing + new − lost = end − start, exactly.
    """

    start: float
    end: float
    continuing: float
    new: float
    lost: float
    products_continuing: int
    products_new: int
    products_lost: int


def product_change(before: Array, after: Array) -> ProductChange:
    """Split a change into products traded in both periods, only in the later, only in the earlier.

    before, after: (n,) values of the same n products, 0 where nothing was traded. The extensive and
    intensive margins in their simplest form. Raises NoAnswer for lengths that differ, negative or
    missing values.
    """
    x0, x1 = _values(before), _values(after)
    if x0.shape != x1.shape:
        raise NoAnswer(say("the two periods do not list the same products"))
    stays, comes, goes = (x0 > 0) & (x1 > 0), (x0 == 0) & (x1 > 0), (x0 > 0) & (x1 == 0)
    return ProductChange(
        start=float(x0.sum()),
        end=float(x1.sum()),
        continuing=float((x1 - x0)[stays].sum()),
        new=float(x1[comes].sum()),
        lost=float(x0[goes].sum()),
        products_continuing=int(stays.sum()),
        products_new=int(comes.sum()),
        products_lost=int(goes.sum()),
    )


@dataclass(frozen=True)
class PriceChange:
    """A change of value split into quantity and price, for products with both known.

    quantity + price = end − start of the covered products, exactly. coverage: their share of the
    value of both periods together.
    """

    quantity: float
    price: float
    coverage: float


def price_change(
    value_before: Array, value_after: Array, quantity_before: Array, quantity_after: Array
) -> PriceChange:
    """Bennet's decomposition: Σ p̄·Δq and Σ q̄·Δp, with means of the two periods.

    All arguments: (n,) of the same products; quantities in one unit a product (kg, pieces), NaN or
    0 where unknown. Only products with value and quantity in both periods can be split. (T. L.
    Bennet, *The theory of measurement of changes in cost of living*, 1920.) Raises NoAnswer when
    no product can be split.
    """
    v0, v1 = _values(value_before), _values(value_after)
    q0, q1 = (np.nan_to_num(np.asarray(q, float)) for q in (quantity_before, quantity_after))
    known = (v0 > 0) & (v1 > 0) & (q0 > 0) & (q1 > 0)
    if not known.any():
        raise NoAnswer(say("no product has value and quantity in both periods"))
    p0, p1 = v0[known] / q0[known], v1[known] / q1[known]
    quantity = float(((p0 + p1) / 2 * (q1 - q0)[known]).sum())
    price = float(((q0 + q1)[known] / 2 * (p1 - p0)).sum())
    everything = float(v0.sum() + v1.sum())
    return PriceChange(quantity, price, float(v0[known].sum() + v1[known].sum()) / everything)


@dataclass(frozen=True)
class Concentration:
    """How few products carry the trade.

    index: Herfindahl–Hirschman, 1/n to 1. equivalent: its inverse, the number of equal products
    that would give it. top: share of the largest 1, 3 and 10 products.
    """

    index: float
    equivalent: float
    top: tuple[float, float, float]
    products: int


def concentration(values: Array) -> Concentration:
    """Of the value of one flow over products: (n,). Raises NoAnswer when nothing was traded."""
    x = _values(values)
    x = np.sort(x[x > 0])[::-1]
    if not x.size:
        raise NoAnswer(say("nothing was traded"))
    shares = x / x.sum()
    index = float((shares**2).sum())
    top = tuple(float(shares[:count].sum()) for count in (1, 3, 10))
    return Concentration(index, 1 / index, (top[0], top[1], top[2]), int(x.size))


def _values(values: Array) -> Array:
    x = np.asarray(values, dtype=float)
    if np.isnan(x).any() or (x < 0).any():
        raise NoAnswer(say("values of trade are negative or missing"))
    return x
