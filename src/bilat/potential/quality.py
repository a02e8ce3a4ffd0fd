"""How good a pair's growth is: how varied, how processed, how new, how complex, won or given.

Each direction by year; the indicators are those of `bilat.potential.indicators`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from bilat.potential.complexity import complexity
from bilat.potential.indicators import (
    Margins,
    MarketShares,
    complementarity,
    intra_industry,
    ladder,
    margins,
    market_shares,
    similarity,
)
from bilat.potential.presence import Vector
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


@dataclass(frozen=True)
class DirectionQuality:
    """shares: what moved trade from the first to the last year, dollars. ladder: mean share of
    what the market buys that is cheaper per kilogram, None without weights."""

    exporter: str
    importer: str
    years: tuple[YearQuality, ...]
    shares: MarketShares | None
    ladder: float | None


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
    first, second = (
        DirectionQuality(
            world.sides[way],
            world.sides[1 - way],
            tuple(_year(world, way, row, worth) for row in range(len(world.years))),
            _shares(world, way),
            _ladder(warehouse, world, way),
        )
        for way in (0, 1)
    )
    rows = range(len(world.years))
    intra = tuple(intra_industry(world.trade[0, row], world.trade[1, row])[1] for row in rows)
    alike = tuple(similarity(world.exports[0, row], world.exports[1, row]) for row in rows)
    return Quality(world.years, intra, alike, (first, second))


def _year(world: PairWorld, way: int, row: int, worth: Vector) -> YearQuality:
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


def _ladder(warehouse: Warehouse, world: PairWorld, way: int) -> float | None:
    """Of the last year, by what the market buys of everyone."""
    exporter, importer = world.sides[way], world.sides[1 - way]
    since, until = date(world.year, 1, 1), date(world.year + 1, 1, 1)
    table = warehouse.suppliers(
        importer, span=world.span, since=since, until=until, digits=world.digits
    )
    rows = [row for row in table.to_pylist() if row["weighed"] and row["kg"]]
    suppliers = sorted({row["supplier"] for row in rows} - {exporter})
    column = {code: place for place, code in enumerate(world.products)}
    line = {name: place for place, name in enumerate(suppliers)}
    unit, value = np.full(len(column), np.nan), np.zeros(len(column))
    rivals = np.full((len(suppliers), len(column)), np.nan)
    values = np.zeros_like(rivals)
    for row in rows:
        place = column.get(row["product"])
        if place is None:
            continue
        price = row["weighed"] / row["kg"]
        if row["supplier"] == exporter:
            unit[place], value[place] = price, row["value"]
        else:
            rivals[line[row["supplier"]], place] = price
            values[line[row["supplier"]], place] = row["value"]
    mean = ladder(unit, value, rivals, values).mean
    return float(mean) if np.isfinite(mean) else None
