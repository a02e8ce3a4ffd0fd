"""A small warehouse in the office's folder: both customs services of the pair, and the world."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tests.core.potential.customs import RECONCILED, world, years
from tests.core.trade.pair_notation import CUSTOMS, declared

from bilat.warehouse import Warehouse

VINTAGE = "2024-04-01"
WORLD = "small-world"


def load_pair(folder: Path) -> None:
    """CUSTOMS: Belarus’s tractors grow by 20 million dollars, bricks are lost, lifts new."""
    Warehouse(folder / "warehouse").load(declared(CUSTOMS, vintage=VINTAGE))


def load_world(folder: Path) -> None:
    """Exports of everybody by product, over five years, as figures made of both reports are."""
    told = years(RECONCILED, *range(2019, 2024))
    world(folder / "warehouse", told, dataset=WORLD, vintage=VINTAGE)


def many(folder: Path) -> None:
    """Twelve countries that trade two products by size and distance; Belarus sells Kyrgyzstan half
    of what everybody else's trade suggests, a fifth of the lifts, and buys twice as much."""
    rng = np.random.default_rng(4)
    codes = ("BLR", "KGZ", "RUS", "KAZ", "UZB", "TJK", "POL", "DEU", "FRA", "ITA", "CHN", "TUR")
    size = np.exp(rng.normal(3, 1, len(codes)))
    far = rng.uniform(500, 6000, (len(codes), len(codes)))
    trade, distances = [], ["origin,destination,distance"]
    for i, one in enumerate(codes):
        for j, other in enumerate(codes):
            if i == j:
                continue
            km = far[min(i, j), max(i, j)]
            distances.append(f"{one},{other},{km:.6f}")
            tractors, lifts = {"BLRKGZ": (0.8, 0.2), "KGZBLR": (2, 2)}.get(one + other, (1, 1))
            value = size[i] * size[j] / km
            trade.append(f"{one} {other} X 2023 870110 {tractors * value}")
            trade.append(f"{one} {other} X 2023 842810 {lifts * value}")
    (folder / "country-pairs.csv").write_text("\n".join(distances), encoding="utf-8")
    world(folder / "warehouse", "\n".join(trade), dataset=WORLD, vintage=VINTAGE)
