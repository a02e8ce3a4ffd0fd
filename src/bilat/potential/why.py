"""Why one product is an opportunity or none: rivals, unit values, related products, reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.potential.between import growth
from bilat.potential.indicators import ladder
from bilat.potential.opportunities import Direction, Opportunity
from bilat.potential.presence import Vector, balassa, present
from bilat.potential.world import PairWorld, WorldExports, suppliers

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse

RIVALS = 8
RELATED = 8


@dataclass(frozen=True)
class Rival:
    """A supplier of the market in the last year, dollars. share: of all that it buys. growth: a
    year, over the years told; None from nothing. unit_value: dollars a kilogram."""

    country: str
    value: float
    share: float
    growth: float | None
    unit_value: float | None


@dataclass(frozen=True)
class Related:
    """A product near this one. proximity: 0 to 1. has: whether the exporter has an advantage."""

    product: str
    proximity: float
    has: bool


@dataclass(frozen=True)
class Reports:
    """What exporter and importer report of a year, dollars."""

    year: int
    exported: float
    imported: float


@dataclass(frozen=True)
class Why:
    """One product of one direction. ladder: share of what the market buys that is cheaper per
    kilogram than the exporter's, None without weights."""

    direction: Direction
    one: Opportunity
    rivals: tuple[Rival, ...]
    suppliers: int
    ladder: float | None
    unit_value: float | None
    related: tuple[Related, ...]
    reports: tuple[Reports, ...]


def explain(
    warehouse: Warehouse,
    world: PairWorld,
    exports: WorldExports | None,
    direction: Direction,
    product: str,
) -> Why | None:
    """None where the product is not traded by the pair and cannot be expected to be."""
    one = direction.of(product)
    if one is None:
        return None
    since = date(world.years[0], 1, 1)
    table = suppliers(warehouse, world, direction.importer, since, product=product)
    rivals = _rivals(table, world)
    way, place = world.sides.index(direction.exporter), world.products.index(product)
    own = next((rival for rival in rivals if rival.country == direction.exporter), None)
    return Why(
        direction,
        one,
        tuple(rivals[:RIVALS]),
        len(rivals),
        _ladder(own, rivals),
        own.unit_value if own else None,
        _related(exports, direction.exporter, product),
        tuple(
            Reports(
                year,
                float(world.between.exported[way, row, place]),
                float(world.between.imported[way, row, place]),
            )
            for row, year in enumerate(world.years)
        ),
    )


def untraded(product: str, world: PairWorld) -> NoAnswer:
    """Where a product is no opportunity of either direction."""
    return NoAnswer(
        say(
            "{product}: neither side exports it while the other imports it, in {first}–{last} by "
            "{dataset}. Look at the list without a product, or at a shorter code",
            product=product,
            first=str(world.years[0]),
            last=str(world.year),
            dataset=world.span.dataset,
        )
    )


def _rivals(table: list[dict[str, Any]], world: PairWorld) -> list[Rival]:
    """Of the last year, the largest first."""
    values: dict[str, Vector] = {}
    unit: dict[str, float | None] = {}
    for row in table:
        if row["year"] not in world.years:
            continue
        years = values.setdefault(row["supplier"], np.zeros(len(world.years)))
        years[world.years.index(row["year"])] = row["value"]
        if row["year"] == world.year:
            unit[row["supplier"]] = row["weighed"] / row["kg"] if row["weighed"] else None
    total = sum(years[-1] for years in values.values())
    found = [
        Rival(country, float(years[-1]), float(years[-1] / total), growth(years), unit.get(country))
        for country, years in values.items()
        if years[-1] > 0
    ]
    return sorted(found, key=lambda rival: (-rival.value, rival.country))


def _ladder(own: Rival | None, rivals: list[Rival]) -> float | None:
    others = [one for one in rivals if one is not own and one.unit_value is not None]
    if own is None or own.unit_value is None or not others:
        return None
    position = ladder(
        np.array([own.unit_value]),
        np.array([own.value]),
        np.array([[one.unit_value] for one in others], dtype=float),
        np.array([[one.value] for one in others]),
    ).position[0]
    return float(position) if np.isfinite(position) else None


def _related(exports: WorldExports | None, exporter: str, product: str) -> tuple[Related, ...]:
    """The nearest products by proximity, as `complexity.proximity` counts it, of this one only."""
    if exports is None or product not in exports.products or exporter not in exports.countries:
        return ()
    has = present(balassa(exports.values))
    place, row = exports.products.index(product), exports.countries.index(exporter)
    ubiquity = has.sum(axis=0)
    larger = np.maximum(ubiquity, ubiquity[place])
    together = has.T @ has[:, place]
    near = np.divide(together, larger, out=np.zeros_like(together), where=larger > 0)
    near[place] = -1
    order = np.lexsort((np.arange(len(near)), -near))[:RELATED]
    return tuple(
        Related(exports.products[one], float(near[one]), bool(has[row, one]))
        for one in order
        if near[one] > 0
    )
