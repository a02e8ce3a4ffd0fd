"""Indicators of a pair's trade: how intense, how fitting, how alike, how varied.

All take values in one unit, not negative. A ratio with nothing below it is NaN, never infinite.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.potential.presence import Matrix, Vector


def intensity(flows: Matrix) -> Matrix:
    """Trade intensity (Brown 1949; Kunimoto 1977): the partner's share in a country's exports over
    its share in the world's exports to others. 1: neither more nor less than its size suggests.

    flows: (n, n) exporter by importer; the diagonal does not count. A country cannot export to
    itself, so the world's exports of i's index leave out i as an importer. Gives (n, n).
    """
    abroad = flows - np.diag(np.diag(flows))
    exports = abroad.sum(axis=1, keepdims=True)
    imports = abroad.sum(axis=0)
    rest = imports.sum() - imports[:, None]  # what everyone but i imports
    own, world = _ratio(abroad, exports), _ratio(imports[None, :], rest)
    result = _ratio(own, world)
    np.fill_diagonal(result, np.nan)
    return result


def complementarity(exports: Vector, imports: Vector) -> float:
    """Trade complementarity (Michaely 1996) in per cent: 100 where the shares of products in what
    one country exports, (m,), and in what the other imports, (m,), are equal."""
    return _alike(exports, imports)


def similarity(first: Vector, second: Vector) -> float:
    """Export similarity (Finger and Kreinin 1979) in per cent, of two countries' exports (m,).

    Σ min(share, share); the same number as complementarity, asked of two exporters.
    """
    return _alike(first, second)


def _alike(first: Vector, second: Vector) -> float:
    if first.sum() <= 0 or second.sum() <= 0:
        return float("nan")
    return float(100 * np.minimum(first / first.sum(), second / second.sum()).sum())


def intra_industry(exports: Vector, imports: Vector) -> tuple[Vector, float]:
    """Grubel and Lloyd (1975): per product (m,) 1 − |x − m| / (x + m), NaN where nothing is traded;
    and of the whole, weighted by trade."""
    both = exports + imports
    apart = np.abs(exports - imports)
    index = 1 - _ratio(apart, both)
    return index, float(1 - _ratio(apart.sum(), both.sum()))


@dataclass(frozen=True)
class Margins:
    """Hummels and Klenow (2005). extensive: share of the reference's exports in products that the
    country exports too. intensive: its share in these. price, quantity: parts of the intensive
    margin, price × quantity = intensive; NaN without quantities. overall: extensive × intensive."""

    extensive: float
    intensive: float
    price: float = float("nan")
    quantity: float = float("nan")

    @property
    def overall(self) -> float:
        return self.extensive * self.intensive


def margins(
    exports: Vector,
    reference: Vector,
    *,
    quantities: Vector | None = None,
    reference_quantities: Vector | None = None,
) -> Margins:
    """Of a country's exports to a market (m,) against the rest of the world's to it (m,).

    The price margin is a Törnqvist-like index with the Sato–Vartia weights of the shared products
    that have quantities on both sides.
    """
    shared = (exports > 0) & (reference > 0)
    within = reference[shared].sum()
    extensive = float(_ratio(within, reference.sum()))
    intensive = float(_ratio(exports[shared].sum(), within))
    if quantities is None or reference_quantities is None:
        return Margins(extensive, intensive)
    priced = shared & (quantities > 0) & (reference_quantities > 0)
    if not priced.any():
        return Margins(extensive, intensive)
    price = _sato_vartia(
        exports[priced], reference[priced], quantities[priced], reference_quantities[priced]
    )
    return Margins(extensive, intensive, price, intensive / price)


def _sato_vartia(own: Vector, other: Vector, quantity: Vector, other_quantity: Vector) -> float:
    """Π (p/p*)^w, w the logarithmic means of both value shares, scaled to 1."""
    share, other_share = own / own.sum(), other / other.sum()
    weight = _logarithmic_mean(share, other_share)
    relative = np.log((own / quantity) / (other / other_quantity))
    return float(np.exp((weight * relative).sum() / weight.sum()))


def _logarithmic_mean(first: Vector, second: Vector) -> Vector:
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (first - second) / (np.log(first) - np.log(second))
    return np.where(np.isclose(first, second, rtol=1e-9), first, mean)


@dataclass(frozen=True)
class MarketShares:
    """What moved a country's exports to a market, in the unit of the values; the parts add up.

    demand: the market's imports of everything grew. structure: products that the country sells grew
    more, or less, than others. competitiveness: the country's shares in the products changed.
    interaction: shares rose where demand grew.
    """

    demand: float
    structure: float
    competitiveness: float
    interaction: float

    @property
    def change(self) -> float:
        return self.demand + self.structure + self.competitiveness + self.interaction


def market_shares(before: Matrix, after: Matrix) -> MarketShares:
    """Constant-market-share decomposition (Leamer and Stern 1970, by products, first-year weights).

    before, after: (2, m), the country's exports to the market and the market's whole imports, of
    two years. Products that the market did not import before are counted as competitiveness.
    """
    own, market = before
    own_after, market_after = after
    share = np.where(market > 0, own / np.where(market > 0, market, 1), 0.0)
    share_after = np.where(
        market_after > 0, own_after / np.where(market_after > 0, market_after, 1), 0.0
    )
    known = market > 0
    growth = market_after.sum() / market.sum() - 1 if market.sum() > 0 else 0.0
    demand = float(own.sum() * growth)
    structure = float((share * (market_after - market)).sum()) - demand
    rise = share_after - share
    competitiveness = float((rise * market)[known].sum() + own_after[~known].sum())
    interaction = float((rise * (market_after - market))[known].sum())
    return MarketShares(demand, structure, competitiveness, interaction)


@dataclass(frozen=True)
class Ladder:
    """Where products stand in unit values. position: (m,) share of the market's imports of a
    product that is cheaper per unit, 0 to 1, NaN where no unit value is known. mean: weighted by
    value."""

    position: Vector
    mean: float


def ladder(unit_value: Vector, value: Vector, rivals: Matrix, rival_values: Matrix) -> Ladder:
    """The quality ladder (after Schott 2004): how much of what a market buys is cheaper than ours.

    unit_value, value: (m,) of the country's exports. rivals, rival_values: (s, m) unit values and
    values of the other suppliers; NaN where there is none. Equal unit values count half.
    """
    known = np.isfinite(rivals) & (rival_values > 0)
    weight = np.where(known, rival_values, 0.0)
    below = (weight * (rivals < unit_value)).sum(axis=0)
    equal = (weight * (rivals == unit_value)).sum(axis=0)
    position = _ratio(below + equal / 2, weight.sum(axis=0))
    position = np.where(np.isfinite(unit_value), position, np.nan)
    counted = np.isfinite(position) & (value > 0)
    mean = float(np.average(position[counted], weights=value[counted])) if counted.any() else np.nan
    return Ladder(position, mean)


def _ratio(above: object, below: object) -> Matrix:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.divide(above, below)  # type: ignore[call-overload]
    return np.where(np.isfinite(ratio), ratio, np.nan)
