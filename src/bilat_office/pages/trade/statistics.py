"""What the office's warehouse says of the pair: both sides' reports, and who loaded them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from bilat_office.jobs.places import warehouse_folder
from bilat_office.pages.trade.beside import names_file, product_names
from bilat_office.pages.trade.keeping import Kept, computed, key_of, known, warehouse_version

if TYPE_CHECKING:
    from bilat.trade.pair import PairStatistics
    from bilat.warehouse import Warehouse
    from bilat.warehouse.upkeep import Commit


@dataclass(frozen=True)
class Question:
    """One thing that is asked of the warehouse. digits: length of the product codes."""

    sides: tuple[str, str]
    as_of: date
    digits: int = 4
    dataset: str = ""
    year: int | None = None
    more: tuple[str, ...] = field(default=())
    """Sector, or exporter and product; a measure, and whose eyes it is for."""


def has_warehouse() -> bool:
    return bool(warehouse_version())


def statistics_known(asked: Question) -> Kept[PairStatistics] | None:
    return known(key_of("statistics", asked, names_file()))


def statistics_of(asked: Question) -> Kept[PairStatistics]:
    return computed(key_of("statistics", asked, names_file()), lambda: _statistics(asked))


def loads() -> tuple[Commit, ...]:
    """Every commit of the warehouse, the newest first."""
    found: Kept[Any] = computed(key_of("loads"), lambda: warehouse().history())
    return found.value or ()


def warehouse() -> Warehouse:
    """Whose questions take half of the machine at most: others use the office meanwhile."""
    from bilat.warehouse import Warehouse
    from bilat.warehouse.engine import DuckEngine

    half = max(1, (os.cpu_count() or 1) // 2)
    return Warehouse(warehouse_folder(), engine=DuckEngine(threads=half))


def _statistics(asked: Question) -> PairStatistics:
    from bilat.trade.pair import read_statistics

    return read_statistics(
        warehouse(),
        asked.sides,
        as_of=asked.as_of,
        datasets=(asked.dataset,) if asked.dataset else (),
        year=asked.year,
        digits=asked.digits,
        names=product_names(),
    )
