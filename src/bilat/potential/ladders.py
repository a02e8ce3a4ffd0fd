"""Where an exporter stands on a market's ladder of unit values, year by year."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from bilat.potential.indicators import ladder
from bilat.potential.world import PairWorld, suppliers

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse

Rows = list[dict[str, Any]]


def ladders(warehouse: Warehouse, world: PairWorld, way: int) -> tuple[float, ...]:
    """(t,) mean share of what the market buys that is cheaper per kilogram than what the exporter
    sells there, of the same products; NaN for a year without weights."""
    table = suppliers(warehouse, world, world.sides[1 - way], date(world.years[0], 1, 1))
    rows: dict[int, Rows] = defaultdict(list)
    for row in table:
        if row["weighed"] and row["kg"]:
            rows[row["year"]].append(row)
    return tuple(_of_year(rows[year], world, world.sides[way]) for year in world.years)


def _of_year(rows: Rows, world: PairWorld, exporter: str) -> float:
    others = sorted({row["supplier"] for row in rows} - {exporter})
    column = {code: place for place, code in enumerate(world.products)}
    line = {name: place for place, name in enumerate(others)}
    unit, value = np.full(len(column), np.nan), np.zeros(len(column))
    rivals = np.full((len(others), len(column)), np.nan)
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
    return float(ladder(unit, value, rivals, values).mean)
