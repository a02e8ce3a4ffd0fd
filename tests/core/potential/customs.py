"""Small worlds for the tests, in the notation of `tests.core.warehouse.declarations`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.core.warehouse.declarations import declared

from bilat.warehouse import Warehouse

LATER = date(2025, 1, 1)

RECONCILED = """
    BLR KGZ X {year} 870110 4
    BLR RUS X {year} 870110 16
    BLR RUS X {year} 842810 10
    RUS KGZ X {year} 870110 6
    RUS KGZ X {year} 842810 20
    RUS BLR X {year} 270900 50
    RUS BLR X {year} 040610 2
    KGZ RUS X {year} 040610 3
    KGZ BLR X {year} 520100 1
    KGZ RUS X {year} 520100 5
    UZB BLR X {year} 520100 4
"""
"""As BACI has it: exports only. Tractors 8701, lifts 8428, cheese 0406, cotton 5201."""

BOTH = """
    BLR KGZ X {year} 870110 4
    KGZ BLR M {year} 870110 4.4
    BLR WLD X {year} 870110 20
    BLR WLD X {year} 842810 10
    KGZ WLD M {year} 870110 12
    KGZ WLD M {year} 842810 21
    RUS KGZ X {year} 870110 6
    RUS WLD X {year} 870110 30
    RUS WLD X {year} 842810 30
    KGZ UZB M {year} 520100 7
    KGZ BLR X {year} 520100 1
    BLR WLD M {year} 520100 5
    KGZ WLD X {year} 520100 6
"""
"""As UN Comtrade has it: both sides, totals with the world, and a silent exporter, UZB."""


def years(text: str, *told: int) -> str:
    return "".join(text.format(year=year) for year in told)


def world(
    folder: Path, text: str, *, dataset: str = "customs", vintage: str = "2024-04-01"
) -> Path:
    """A warehouse with these declarations; blank lines do not count."""
    lines = "\n".join(line for line in text.splitlines() if line.strip())
    Warehouse(folder).load(declared(lines, dataset=dataset, vintage=vintage))
    return folder
