"""What a warehouse says of the world's trade, as the arithmetic of this room wants it.

Yearly reports by six-digit products of one dataset. Where importers report too, each country's own
reports count, and for one that is silent in a year what its partners report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.potential.between import Between, between
from bilat.potential.one_edition import SAME, OneEdition, is_mixed, one_edition
from bilat.potential.presence import Matrix

if TYPE_CHECKING:
    from bilat.sources.concordance import Concordance
    from bilat.warehouse import Warehouse
    from bilat.warehouse.span import Span

Cube = NDArray[np.float64]
WINDOW = 5
COMPLETE = 0.8
"""A year whose world trade is below this share of the year before has not been reported yet."""
UNSPECIFIED = "99"
"""Chapter of what is specified by no kind; with what is confidential it is no product."""


@dataclass(frozen=True)
class PairWorld:
    """A pair in the world, t years and m products, dollars.

    world: (t, m) exports of everyone. exports, imports: (2, t, m) of the sides with the world.
    trade: (2, t, m) from the first to the second side, and back. between: both sides' reports.
    editions: how codes of several editions of the HS were brought together.
    """

    sides: tuple[str, str]
    span: Span
    digits: int
    years: tuple[int, ...]
    products: tuple[str, ...]
    world: Matrix
    exports: Cube
    imports: Cube
    trade: Cube
    between: Between
    editions: OneEdition = SAME

    @property
    def year(self) -> int:
        return self.years[-1]

    def last(self, years: int) -> PairWorld:
        """Of the last years only."""
        kept = slice(-years, None)
        return replace(
            self,
            years=self.years[kept],
            world=self.world[kept],
            exports=self.exports[:, kept],
            imports=self.imports[:, kept],
            trade=self.trade[:, kept],
            between=self.between.last(years),
        )


@dataclass(frozen=True)
class WorldExports:
    """values: (n, m) dollars, what each country exported of each product in a year."""

    span: Span
    year: int
    countries: tuple[str, ...]
    products: tuple[str, ...]
    values: Matrix
    editions: OneEdition = SAME


def choose(warehouse: Warehouse, as_of: date, dataset: str | None = None) -> Span:
    """The dataset named, else one made of both reports, else the latest and largest.

    Raises NoAnswer where the warehouse has no yearly reports, or not of this dataset.
    """
    spans = [one for one in warehouse.spans(as_of) if one.yearly]
    if dataset is not None:
        spans = [one for one in spans if one.dataset == dataset]
    if not spans:
        held = ", ".join(one.dataset for one in warehouse.spans(as_of)) or "–"
        raise NoAnswer(_nothing(dataset, held))
    return max(spans, key=lambda one: (one.exporters_only, one.last, one.rows))


def _nothing(dataset: str | None, held: str) -> Message:
    if dataset is None:
        return say(
            "the warehouse holds no yearly reports as known on this day (it holds: {held}). Load "
            "the world’s trade by product: BACI, or UN Comtrade, see docs/sources.md",
            held=held,
        )
    return say(
        "“{dataset}”: the warehouse holds no yearly reports of it as known on this day. Load it, "
        "or name one of: {held}",
        dataset=dataset,
        held=held,
    )


def read_pair(
    warehouse: Warehouse,
    sides: tuple[str, str],
    *,
    as_of: date,
    dataset: str | None = None,
    year: int | None = None,
    digits: int = 6,
    window: int = WINDOW,
    concordance: Concordance | None = None,
) -> PairWorld:
    """year: the last of ``window`` years; by default the latest that is complete. concordance:
    brings codes to one edition where the reports are in several, see `one_edition`.

    Raises NoAnswer with the dataset, year or side that is missing, and what `Warehouse` raises.
    """
    span = choose(warehouse, as_of, dataset)
    last = year or span.last.year
    since, until = date(last - window, 1, 1), date(last + 1, 1, 1)
    asked: dict[str, Any] = {"span": span, "since": since, "until": until}
    mixed = is_mixed(warehouse, span, since, until)
    table = warehouse.markets(*sides, **asked, digits=digits, by_edition=mixed)
    editions = one_edition(table, "world", digits, concordance, span.dataset) if mixed else SAME
    table = _products(editions.carried(table, digits) if mixed else table)
    years, products, cubes = _cubes(table)
    chosen = _year(span, years, cubes["world"], year)
    kept = [place for place, one in enumerate(years) if chosen - window < one <= chosen]
    years = tuple(years[place] for place in kept)
    both = between(warehouse, sides, span, years, products, digits, editions)
    world = PairWorld(
        sides,
        span,
        digits,
        years,
        products,
        cubes["world"][kept],
        np.stack([cubes["exports_a"][kept], cubes["exports_b"][kept]]),
        np.stack([cubes["imports_a"][kept], cubes["imports_b"][kept]]),
        both.trade,
        both,
        editions,
    )
    _check(world)
    return world


def read_exports(
    warehouse: Warehouse,
    *,
    as_of: date,
    dataset: str | None = None,
    year: int | None = None,
    digits: int = 6,
    concordance: Concordance | None = None,
    like: PairWorld | None = None,
) -> WorldExports:
    """Of one year, by default the last of the dataset. like: in whose codes they are to be.

    Raises NoAnswer.
    """
    span = choose(warehouse, as_of, dataset)
    chosen = year or span.last.year
    since, until = date(chosen, 1, 1), date(chosen + 1, 1, 1)
    asked: dict[str, Any] = {"span": span, "since": since, "until": until}
    mixed = like.editions.by_edition if like else is_mixed(warehouse, span, since, until)
    table = warehouse.exports(**asked, digits=digits, by_edition=mixed)
    editions = SAME
    if mixed:
        editions = (
            like.editions
            if like
            else one_edition(table, "value", digits, concordance, span.dataset)
        )
        table = editions.carried(table, digits)
    table = _products(table)
    if not table.num_rows:
        raise _no_year(span, chosen)
    countries, rows = coded(table["country"])
    products, columns = coded(table["product"])
    values = np.zeros((len(countries), len(products)))
    values[rows, columns] = table["value"].to_numpy()
    return WorldExports(span, chosen, countries, products, values, editions)


def suppliers(
    warehouse: Warehouse,
    world: PairWorld,
    market: str,
    since: date,
    *,
    product: str | None = None,
) -> list[dict[str, Any]]:
    """Rows of `Warehouse.suppliers` from ``since`` to the last year, in the codes of ``world``."""
    editions, until = world.editions, date(world.year + 1, 1, 1)
    asked: dict[str, Any] = {"span": world.span, "since": since, "until": until}
    if not editions.by_edition:
        table = warehouse.suppliers(market, **asked, digits=world.digits, product=product)
        rows: list[dict[str, Any]] = table.to_pylist()
        return rows
    table = warehouse.suppliers(market, **asked, by_edition=True)
    rows = editions.carried(table, world.digits).to_pylist()
    return [row for row in rows if product in (None, row["product"])]


def _products(table: Any) -> Any:
    """Without what is confidential or specified by no kind."""
    import pyarrow.compute as pc

    codes = pc.unique(table["product"])  # a few thousand, of a million rows
    named = pc.match_substring_regex(codes, "^[0-9]+$")
    kept = codes.filter(pc.and_not(named, pc.starts_with(codes, UNSPECIFIED)))
    if len(kept) == len(codes):
        return table
    return table.filter(pc.is_in(table["product"], value_set=kept))


def _cubes(table: Any) -> tuple[tuple[int, ...], tuple[str, ...], dict[str, Matrix]]:
    years, rows = coded(table["year"])
    products, columns = coded(table["product"])
    found = {}
    for name in ("world", "exports_a", "exports_b", "imports_a", "imports_b"):
        cube = np.zeros((len(years), len(products)))
        cube[rows, columns] = table[name].to_numpy()
        found[name] = cube
    return years, products, found


def coded(column: Any) -> tuple[tuple[Any, ...], NDArray[np.int64]]:
    """The sorted values, and each row's place among them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values = pc.unique(column).sort()
    places = pc.index_in(column, value_set=values).to_numpy()
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return tuple(values.to_pylist()), places.astype(np.int64)


def _year(span: Span, years: Sequence[int], world: Matrix, wanted: int | None) -> int:
    if wanted is not None:
        if wanted not in years:
            raise _no_year(span, wanted)
        return wanted
    if not years:
        raise _no_year(span, span.last.year)
    totals = world.sum(axis=1)
    if len(years) > 1 and totals[-1] < COMPLETE * totals[-2]:
        return years[-2]
    return years[-1]


def _no_year(span: Span, year: int) -> NoAnswer:
    return NoAnswer(
        say(
            "{dataset} has no yearly reports by six-digit product of {year} in the warehouse; its "
            "periods begin from {first} to {last}. Load this year, or ask for another with --year",
            dataset=span.dataset,
            year=str(year),
            first=span.first,
            last=span.last,
        )
    )


def _check(world: PairWorld) -> None:
    """Both sides are there, and so is the rest of the world."""
    for place, side in enumerate(world.sides):
        if not world.exports[place].any() and not world.imports[place].any():
            raise NoAnswer(
                say(
                    "{dataset} says nothing of {side} in {first}–{last}. Load another dataset, or "
                    "ask for other years with --year",
                    dataset=world.span.dataset,
                    side=side,
                    first=str(world.years[0]),
                    last=str(world.year),
                )
            )
    if world.world.sum() <= world.exports.sum():
        raise NoAnswer(
            say(
                "{dataset} holds nobody’s exports but those of the two sides: there is nothing to "
                "compare with. Load the world’s trade, see docs/sources.md",
                dataset=world.span.dataset,
            )
        )
