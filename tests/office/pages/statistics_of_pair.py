"""A small warehouse in the office's folder: both customs services of the pair, and the world."""

from __future__ import annotations

from pathlib import Path

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
