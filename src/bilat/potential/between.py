"""Both sides' reports of the trade between them, by product and year, and how far to trust them.

The exporter's report counts; in a year in which it reports nothing of the pair, the importer's.
Where both report, the few-reports mirror (`bilat.mirror.pooled`) says how sure each number is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bilat.potential.one_edition import SAME, OneEdition
from bilat.potential.presence import Vector

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse
    from bilat.warehouse.span import Span

Cube = NDArray[np.float64]
YEAR, DETAILED = 12, 6


@dataclass(frozen=True)
class Between:
    """exported, imported: (2, t, m) dollars by direction, as the exporter and the importer report.

    kg: (2, t, m) as the side reports whose value counts, 0 where no weight is known. silent: (2, t)
    True where the importer's report stands for the exporter's.
    """

    exported: Cube
    imported: Cube
    kg: Cube
    silent: NDArray[np.bool_]

    @property
    def trade(self) -> Cube:
        trade: Cube = np.where(self.silent[:, :, None], self.imported, self.exported)
        return trade

    def last(self, years: int) -> Between:
        """Of the last years only."""
        kept = slice(-years, None)
        return Between(
            self.exported[:, kept], self.imported[:, kept], self.kg[:, kept], self.silent[:, kept]
        )

    @property
    def mirrored(self) -> bool:
        """Whether some number has both reports."""
        return bool(((self.exported > 0) & (self.imported > 0)).any())


@dataclass(frozen=True)
class Trust:
    """Standard deviations of logarithms. trade: (2, m) of the pair's flows in the last year, 0
    where nothing was traded; report: of one side's report alone."""

    trade: Cube
    report: float


def between(
    warehouse: Warehouse,
    sides: tuple[str, str],
    span: Span,
    years: Sequence[int],
    products: Sequence[str],
    digits: int,
    editions: OneEdition = SAME,
) -> Between:
    """From every yearly six-digit report of one side on the other, at ``digits`` digits. A report
    that stands in several editions of the HS counts in the newest."""
    table = warehouse.pair(*sides, as_of=span.as_of, products="all", dataset=span.dataset)
    shape = (2, len(years), len(products))
    cubes = {name: np.zeros(shape) for name in ("X", "M", "X kg", "M kg")}
    row = {year: place for place, year in enumerate(years)}
    column = {code: place for place, code in enumerate(products)}
    for reporter, flow, year, edition, code, value, kg in _newest(table):
        way = sides.index(reporter) if flow == "X" else 1 - sides.index(reporter)
        for part, share in editions.of(edition, code):
            place = row.get(year), column.get(part[:digits])
            if None not in place:
                cubes[flow][way, *place] += value * share
                cubes[f"{flow} kg"][way, *place] += (kg or 0.0) * share
    silent = (cubes["X"].sum(axis=2) == 0) & (cubes["M"].sum(axis=2) > 0)
    weights = np.where(silent[:, :, None], cubes["M kg"], cubes["X kg"])
    return Between(cubes["X"], cubes["M"], weights, silent)


def _newest(table: Any) -> Iterator[tuple[str, str, int, str, str, float, float | None]]:
    """Reporter, flow, year, edition, code, dollars and kilograms of the lines that count."""
    names = (
        "reporter",
        "flow",
        "start",
        "months",
        "classification",
        "product",
        "value_usd",
        "net_kg",
    )
    rows = [
        (reporter, flow, start.year, edition, code, value, kg)
        for reporter, flow, start, months, edition, code, value, kg in zip(
            *(table[name].to_pylist() for name in names), strict=True
        )
        if months == YEAR and len(code) == DETAILED and flow in ("X", "M")
    ]
    newest: dict[tuple[str, str, int], str] = {}
    for reporter, flow, year, edition, *_line in rows:
        report = reporter, flow, year
        newest[report] = max(newest.get(report, ""), edition)
    yield from (one for one in rows if one[3] == newest[one[:3]])


def trust(reports: Between) -> Trust | None:
    """None where no number has both reports: then nothing says how far they can be trusted.

    A total is one report, whose variance is twice that of two believed alike.
    """
    if not reports.mirrored:
        return None
    from bilat.mirror.cells import Cells, codes  # SciPy is loaded with it
    from bilat.mirror.pooled import pool

    way, product, year = np.nonzero(
        np.transpose((reports.exported > 0) | (reports.imported > 0), (0, 2, 1))
    )
    x, m = (cube[way, year, product] for cube in (reports.exported, reports.imported))
    _two, years, products = reports.exported.shape
    cells = Cells(
        codes(way), codes(1 - way), codes(product), codes(year), x, m,
        countries=2, products=products, periods=years,
    )  # fmt: skip
    error = pool(cells).error
    latest = year == years - 1
    trade = np.zeros((2, products))
    trade[way[latest], product[latest]] = error[latest]
    both = (x > 0) & (m > 0)
    return Trust(trade, float(np.sqrt(2) * np.median(error[both])))


def growth(years: Vector) -> float | None:
    """Mean yearly growth between the first and the last of some years' values; None from or to
    nothing."""
    if len(years) < 2 or years[0] <= 0 or years[-1] <= 0:
        return None
    return float((years[-1] / years[0]) ** (1 / (len(years) - 1)) - 1)
