"""Who sells how much to whom: the world's yearly trade between all countries of a dataset.

As the exporter reports it; of one that reports no exports in a year, as its partners do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.potential.presence import Vector
from bilat.potential.unrealised import YEARS
from bilat.potential.world import COMPLETE, coded

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse
    from bilat.warehouse.span import Span

Places = NDArray[np.int64]
Cube = NDArray[np.float64]


@dataclass(frozen=True)
class Flows:
    """r flows that are told. year, exporter, importer, product: (r,) places in years, countries
    (twice) and products. values: (r,) dollars."""

    span: Span
    years: tuple[int, ...]
    countries: tuple[str, ...]
    products: tuple[str, ...]
    year: Places
    exporter: Places
    importer: Places
    product: Places
    values: Vector

    def by_year(self) -> Cube:
        """(t, n, n) all products together; 0 where nothing is told."""
        n = len(self.countries)
        cells = (self.year * n + self.exporter) * n + self.importer
        return self._summed(cells, self.values, (len(self.years), n, n))

    def smoothed(self) -> Cube:
        """(m, n, n) the years' mean, the last one weighed most, as of the export potential."""
        weights = np.array(YEARS[-len(self.years) :])
        n = len(self.countries)
        cells = (self.product * n + self.exporter) * n + self.importer
        values = self.values * (weights / weights.sum())[self.year]
        return self._summed(cells, values, (len(self.products), n, n))

    @staticmethod
    def _summed(cells: Places, values: Vector, shape: tuple[int, ...]) -> Cube:
        whole = np.bincount(cells, values, minlength=int(np.prod(shape)))
        return whole.astype(np.float64, copy=False).reshape(shape)


def read_flows(
    warehouse: Warehouse, span: Span, *, years: Sequence[int] = (), digits: int = 0
) -> Flows:
    """years: those wanted; none: all of the dataset but a last one that is not complete yet.

    digits: of the products; 0 is all of them together. Raises NoAnswer.
    """
    first, last = (min(years), max(years)) if years else (span.first.year, span.last.year)
    since, until = date(first, 1, 1), date(last + 1, 1, 1)
    table = warehouse.dyads(span=span, since=since, until=until, digits=digits)
    told = np.asarray(table["year"].to_numpy())
    values = np.asarray(table["value"].to_numpy(), dtype=np.float64)
    kept = np.isin(told, years) if years else _complete(told, values)
    table = table.filter(kept)
    if not table.num_rows:
        raise _nothing(span)
    found, year = coded(table["year"])
    products, product = coded(table["product"])
    sellers, exporter = coded(table["exporter"])
    buyers, importer = coded(table["importer"])
    countries = sorted({*sellers, *buyers})
    place = {country: at for at, country in enumerate(countries)}
    return Flows(
        span,
        found,
        tuple(countries),
        products,
        year,
        np.array([place[one] for one in sellers])[exporter],
        np.array([place[one] for one in buyers])[importer],
        product,
        values[kept],
    )


def _complete(years: Places, values: Vector) -> NDArray[np.bool_]:
    """All but a last year whose trade shows that it has not been reported yet."""
    kept = np.ones(len(years), dtype=bool)
    if not len(years):
        return kept
    last = years.max()
    latest, before = (values[years == year].sum() for year in (last, last - 1))
    return years < last if latest < COMPLETE * before else kept


def _nothing(span: Span) -> NoAnswer:
    return NoAnswer(
        say(
            "{dataset} has no yearly reports by six-digit product of these years in the warehouse; "
            "its periods begin from {first} to {last}. Load them, or ask for other years",
            dataset=span.dataset,
            first=span.first,
            last=span.last,
        )
    )
