"""Products of a pair by how much of their export potential is unrealised, with a second opinion.

The potential asks what the market buys and the exporter sells already. The second opinion asks
another question of other data: does the exporter have what the product needs? Its density (Hidalgo
et al. 2007) is the share of related products in which it has an advantage. Both agree where the
exporter has an advantage already, or where the product's density is above the median of those that
the exporter lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bilat.potential.between import Trust, growth, trust
from bilat.potential.complexity import indices
from bilat.potential.near import densities
from bilat.potential.presence import Matrix, Vector, balassa, present
from bilat.potential.stated import Rates, Tariffs
from bilat.potential.unrealised import Doubt, Growth, Potential, potential, smoothed
from bilat.potential.world import PairWorld, WorldExports

DRAWS = 400


class Residuals(Protocol):
    """What a gravity model expects of a pair's products, for a further opinion."""

    def beyond(self, exporter: str, importer: str, products: tuple[str, ...]) -> Vector:
        """(m,) logarithm of actual over expected trade, NaN where it has no opinion."""


@dataclass(frozen=True)
class Relatedness:
    """One exporter's place in the product space, m products of the pair; NaN where nobody exports
    one. advantage: RCA. density: 0 to 1. complexity: PCI. near: the second opinion."""

    advantage: Vector
    density: Vector
    complexity: Vector
    near: NDArray[np.bool_]


@dataclass(frozen=True)
class Opportunity:
    """One product. Dollars a year, weighted over the years; low and high are the 80 % interval of
    what is unrealised, None where only one side reports.

    supply: share of world exports. demand: what the market imports, and its growth a year. agrees:
    whether the second opinion does; None where it has none. beyond: of a gravity model.
    """

    product: str
    supply: float
    demand: float
    demand_growth: float | None
    trade: float
    potential: float
    unrealised: float
    low: float | None
    high: float | None
    advantage: float | None
    density: float | None
    complexity: float | None
    agrees: bool | None
    rates: Rates | None
    beyond: float | None


@dataclass(frozen=True)
class Direction:
    """One way of a pair. ease: how much both trade compared with what sizes and products suggest;
    NaN where nothing can be expected. found: opportunities, the largest first."""

    exporter: str
    importer: str
    ease: float
    whole: Potential
    found: tuple[Opportunity, ...]

    def of(self, product: str) -> Opportunity | None:
        return next((one for one in self.found if one.product == product), None)


@dataclass(frozen=True)
class Stated:
    """What is stated beside the statistics: growth by country (supply, demand), and rates."""

    growth: Mapping[str, tuple[float, float]]
    tariffs: Tariffs | None = None


def find(
    world: PairWorld,
    exports: WorldExports | None,
    *,
    stated: Stated | None = None,
    residuals: Residuals | None = None,
    rng: np.random.Generator,
) -> tuple[Direction, Direction]:
    """Both directions, every product that the exporter sells and the market buys, or both trade.

    exports: of the same digits, for the second opinion; None for none.
    """
    near = _relatedness(world, exports)
    trusted = trust(world.between)
    first, second = (
        _direction(world, way, near[way], stated or Stated({}), residuals, trusted, rng)
        for way in (0, 1)
    )
    return first, second


def _direction(
    world: PairWorld,
    way: int,
    near: Relatedness | None,
    stated: Stated,
    residuals: Residuals | None,
    trusted: Trust | None,
    rng: np.random.Generator,
) -> Direction:
    sides = world.sides[way], world.sides[1 - way]
    whole = potential(
        smoothed(world.exports[way]),
        smoothed(world.imports[1 - way]),
        smoothed(world.world),
        smoothed(world.trade[way]),
        growth=_growth(stated, sides, world.products),
        doubt=_doubt(trusted, way),
        draws=DRAWS,
        rng=rng,
    )
    beyond = residuals.beyond(*sides, world.products) if residuals else None
    told = np.flatnonzero((whole.value > 0) | (whole.trade > 0))
    order = told[np.lexsort((told, -whole.unrealised[told]))]
    found = tuple(
        _opportunity(world, way, int(place), whole, near, stated, beyond) for place in order
    )
    return Direction(*sides, whole.ease, whole, found)


def _opportunity(
    world: PairWorld,
    way: int,
    place: int,
    whole: Potential,
    near: Relatedness | None,
    stated: Stated,
    beyond: Vector | None,
) -> Opportunity:
    code = world.products[place]
    sides = world.sides[way], world.sides[1 - way]
    known = near is not None and np.isfinite(near.density[place])
    return Opportunity(
        code,
        float(whole.supply[place]),
        float(whole.demand[place]),
        growth(world.imports[1 - way, :, place]),
        float(whole.trade[place]),
        float(whole.value[place]),
        float(whole.unrealised[place]),
        _or_none(whole.low[place]),
        _or_none(whole.high[place]),
        _or_none(near.advantage[place]) if near else None,
        _or_none(near.density[place]) if near else None,
        _or_none(near.complexity[place]) if near else None,
        bool(near.near[place]) if near and known else None,
        stated.tariffs.of(*sides, code) if stated.tariffs else None,
        _or_none(beyond[place]) if beyond is not None else None,
    )


def _growth(stated: Stated, sides: tuple[str, str], products: tuple[str, ...]) -> Growth:
    tariff = stated.tariffs.advantages(*sides, products) if stated.tariffs else 1.0
    supply = stated.growth.get(sides[0], (1.0, 1.0))[0]
    demand = stated.growth.get(sides[1], (1.0, 1.0))[1]
    return Growth(supply, demand, tariff)


def _doubt(trusted: Trust | None, way: int) -> Doubt | None:
    if trusted is None:
        return None
    trade = trusted.trade[way]
    alone = np.full(len(trade), trusted.report)
    return Doubt(alone, alone, trade)


def _relatedness(
    world: PairWorld, exports: WorldExports | None
) -> tuple[Relatedness | None, Relatedness | None]:
    """Of both sides; None for one without exports, or where too few countries have an advantage."""
    if exports is None:
        return None, None
    rows = [exports.countries.index(one) for one in world.sides if one in exports.countries]
    advantage = balassa(exports.values)
    presence = present(advantage)
    try:
        _of_countries, pci = indices(presence)
    except ValueError:
        return None, None
    columns = _places(exports.products, world.products)
    found: dict[str, Relatedness] = {}
    for row, density in zip(rows, densities(presence, rows), strict=True):
        one = (advantage[row], density, presence[row], pci)
        found[exports.countries[row]] = _related(one, columns)
    return found.get(world.sides[0]), found.get(world.sides[1])


def _related(one: tuple[Vector, Vector, Vector, Vector], columns: NDArray[np.int64]) -> Relatedness:
    advantage, density, presence, pci = one
    lacking = density[presence == 0]
    usual = float(np.nanmedian(lacking)) if np.isfinite(lacking).any() else np.inf
    told = [_taken(values, columns) for values in (advantage, density, pci)]
    with np.errstate(invalid="ignore"):
        near = (told[0] >= 1) | (told[1] > usual)
    return Relatedness(told[0], told[1], told[2], near)


def _places(there: tuple[str, ...], wanted: tuple[str, ...]) -> NDArray[np.int64]:
    place = {code: number for number, code in enumerate(there)}
    return np.array([place.get(code, -1) for code in wanted], dtype=np.int64)


def _taken(values: Matrix, places: NDArray[np.int64]) -> Vector:
    taken: Vector = np.where(places >= 0, values[places], np.nan)
    return taken


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
