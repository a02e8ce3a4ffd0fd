"""How good a pair's growth is: how varied, how processed, how new, how complex, won or given.

Each direction by year; the indicators are those of `bilat.potential.indicators`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bilat.potential.complexity import complexity
from bilat.potential.indicators import (
    Margins,
    MarketShares,
    complementarity,
    intra_industry,
    margins,
    market_shares,
    similarity,
)
from bilat.potential.ladders import ladders
from bilat.potential.presence import Matrix, Vector, balassa, present
from bilat.potential.sectors import is_primary
from bilat.potential.technology import categories_of, contents
from bilat.potential.world import PairWorld, WorldExports

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse


@dataclass(frozen=True)
class YearQuality:
    """One direction in one year; shares from 0 to 1, NaN where nothing is traded.

    trade: dollars. concentration: Herfindahl index of products. processed: share of goods beyond
    primary ones. new: share of products that were not traded in any year before, NaN in the first.
    complexity: PCI of what is traded, weighted, in deviations; NaN without the world's exports.
    intensity: 1 where the partner's share is what its size suggests. complementarity: of the
    exporter's whole exports and the importer's whole imports, per cent. margins: against all that
    the market imports. technology: category of `bilat.potential.technology` → its share.
    advantages: products in whose world exports the exporter has an advantage (RCA of at least 1).
    ladder: mean share of what the market buys that is cheaper per kilogram, NaN without weights.
    """

    year: int
    trade: float
    concentration: float
    processed: float
    new: float
    complexity: float
    intensity: float
    complementarity: float
    margins: Margins
    technology: Mapping[str, float]
    advantages: int
    ladder: float


@dataclass(frozen=True)
class DirectionQuality:
    """shares: what moved trade from the first to the last year, dollars."""

    exporter: str
    importer: str
    years: tuple[YearQuality, ...]
    shares: MarketShares | None

    @property
    def told(self) -> tuple[YearQuality, ...]:
        """The years in which something was traded."""
        return tuple(year for year in self.years if year.trade > 0)


@dataclass(frozen=True)
class Quality:
    """intra: (t,) Grubel–Lloyd index of the pair's trade, 0 to 1. similarity: (t,) of both sides'
    exports to the world, per cent."""

    years: tuple[int, ...]
    intra: tuple[float, ...]
    similarity: tuple[float, ...]
    directions: tuple[DirectionQuality, DirectionQuality]


def quality(warehouse: Warehouse, world: PairWorld, exports: WorldExports | None) -> Quality:
    """Over the years of ``world``; ``exports``, of the same digits, gives the complexity."""
    worth = _worth(world, exports)
    first, second = (_direction(warehouse, world, way, worth) for way in (0, 1))
    rows = range(len(world.years))
    intra = tuple(intra_industry(world.trade[0, row], world.trade[1, row])[1] for row in rows)
    alike = tuple(similarity(world.exports[0, row], world.exports[1, row]) for row in rows)
    return Quality(world.years, intra, alike, (first, second))


def _direction(warehouse: Warehouse, world: PairWorld, way: int, worth: Vector) -> DirectionQuality:
    has = [present(balassa(world_of(world, way, row)))[0] for row in range(len(world.years))]
    steps = ladders(warehouse, world, way)
    years = tuple(
        _year(world, way, row, worth, int(has[row].sum()), steps[row])
        for row in range(len(world.years))
    )
    return DirectionQuality(world.sides[way], world.sides[1 - way], years, _shares(world, way))


def world_of(world: PairWorld, way: int, row: int) -> Matrix:
    """(2, m) what the exporter and everyone else export to the world in a year."""
    own = world.exports[way, row]
    return np.stack([own, np.maximum(world.world[row] - own, 0.0)])


def _year(
    world: PairWorld, way: int, row: int, worth: Vector, advantages: int, step: float
) -> YearQuality:
    trade = world.trade[way, row]
    market = world.imports[1 - way, row]
    total = float(trade.sum())
    share = trade / total if total > 0 else np.full(len(trade), np.nan)
    primary = np.array([is_primary(code) for code in world.products])
    known = world.trade[way, :row].sum(axis=0) > 0
    weighed = np.isfinite(worth) & (trade > 0)
    return YearQuality(
        world.years[row],
        total,
        float((share**2).sum()),
        float(share[~primary].sum()),
        float(share[~known].sum()) if row else float("nan"),
        float(np.average(worth[weighed], weights=trade[weighed])) if weighed.any() else np.nan,
        _intensity(world, way, row),
        complementarity(world.exports[way, row], market),
        margins(trade, np.maximum(market, trade)),
        contents(categories_of(world.products), trade),
        advantages,
        step,
    )


def _intensity(world: PairWorld, way: int, row: int) -> float:
    """As `indicators.intensity`: the partner's share in the exports, over its share in what all
    others but the exporter export."""
    own = world.exports[way, row].sum()
    rest = world.world[row].sum() - world.imports[way, row].sum()
    partner = world.imports[1 - way, row].sum()
    if min(own, rest, partner) <= 0:
        return float("nan")
    return float((world.trade[way, row].sum() / own) / (partner / rest))


def _shares(world: PairWorld, way: int) -> MarketShares | None:
    if len(world.years) < 2:
        return None
    before, after = (
        np.stack([world.trade[way, row], world.imports[1 - way, row]]) for row in (0, -1)
    )
    return market_shares(before, after)


def _worth(world: PairWorld, exports: WorldExports | None) -> Vector:
    """(m,) PCI of the pair's products, NaN where unknown."""
    nothing = np.full(len(world.products), np.nan)
    if exports is None:
        return nothing
    try:
        pci = complexity(exports.values).pci
    except ValueError:
        return nothing
    known = dict(zip(exports.products, pci, strict=True))
    return np.array([known.get(code, np.nan) for code in world.products])
