"""What the arithmetic of this room works on: cells with two reports, and the map between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Floats32 = NDArray[np.floating[Any]]
"""Single precision: logs and what is made of them, of every cell."""
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True)
class Cells:
    """One row per exporter, importer, product and period that at least one side reported.

    Sorted by exporter, importer, product, period, each combination once.

    exporter, importer, product, period: (n,) codes from 0. x: (n,) exporter's report, dollars FOB;
    m: (n,) importer's report, dollars CIF; nan or 0 where a side reported nothing. countries,
    products, periods: how many codes there are. steps: (periods,) position of each period in time,
    so that 2019 and 2021 are no neighbours; None means one apart.
    """

    exporter: Codes
    importer: Codes
    product: Codes
    period: Codes
    x: Floats
    m: Floats
    countries: int
    products: int
    periods: int
    steps: Ints | None = None

    def __len__(self) -> int:
        return len(self.x)

    @property
    def pair(self) -> Ints:
        """(n,) one code per exporter and importer."""
        return self.exporter.astype(np.int64) * self.countries + self.importer

    def take(self, rows: Ints | slice) -> Cells:
        return replace(
            self,
            exporter=some(self.exporter, rows),
            importer=some(self.importer, rows),
            product=some(self.product, rows),
            period=some(self.period, rows),
            x=some(self.x, rows),
            m=some(self.m, rows),
        )


@dataclass(frozen=True)
class Geography:
    """distance_km: (c, c), nan where unknown. contiguous: (c, c)."""

    distance_km: Floats
    contiguous: Flags

    @classmethod
    def unknown(cls, countries: int) -> Geography:
        shape = (countries, countries)
        return cls(np.full(shape, np.nan), np.zeros(shape, dtype=bool))


def some(values: NDArray[Number], cells: Ints | Codes | slice) -> NDArray[Number]:
    """(…, n) values of some cells: a view of a slice, a copy of chosen ones. `take` lets other
    threads work meanwhile, which brackets with row numbers do not."""
    return values[..., cells] if isinstance(cells, slice) else values.take(cells, axis=-1)


def put_rows(into: Floats32, cells: Ints, values: Floats32) -> None:
    """Overwrite some cells of (k, n). One row at a time: all at once no other thread may work."""
    for row, new in zip(into, values, strict=True):
        row[cells] = new


def in_order(cells: Cells) -> Cells:
    """The same cells sorted as `Cells` wants them; nothing is copied when they are already."""
    key = _key(cells)
    if bool(np.all(key[1:] > key[:-1])):
        return cells
    return cells.take(np.argsort(key, kind="stable"))


def _key(cells: Cells) -> Ints:
    key = cells.pair
    key *= cells.products
    key += cells.product
    key *= cells.periods
    key += cells.period
    return key


def codes(values: Sequence[int] | Ints | Codes) -> Codes:
    return np.asarray(values, dtype=np.int32)
