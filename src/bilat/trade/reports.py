"""What a warehouse holds of one pair: each side's reports of its trade with the other.

Only this module knows that answers are Arrow tables; what it gives back are plain records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse

Basis = Literal["published", "summed"]
TOTAL, CONFIDENTIAL, WORLD = "TOTAL", "XXXXXX", "WLD"
"""As in `bilat.sources.report`, which needs Arrow; a test holds them equal."""
COLUMNS = (
    *("reporter", "flow", "start", "months", "classification", "product", "value_usd"),
    *("net_kg", "quantity", "quantity_unit", "valuation", "dataset", "vintage"),
)
_PERIOD = ["dataset", "reporter", "flow", "start", "months"]


class Report(NamedTuple):
    """One reported number; value in dollars. Fields as `COLUMNS`."""

    reporter: str
    flow: str
    start: date
    months: int
    classification: str
    product: str
    value: float
    kg: float | None
    quantity: float | None
    unit: str | None
    valuation: str | None
    dataset: str
    vintage: date


class Total(NamedTuple):
    """All products of one flow in one period, dollars.

    basis: ``published`` as a total, or ``summed`` from the finest products and the confidential.
    """

    reporter: str
    flow: str
    start: date
    months: int
    value: float
    valuation: str | None
    dataset: str
    vintage: date
    basis: Basis


@dataclass(frozen=True)
class PairReports:
    """table, world: Arrow tables of reports, with the other side and with the whole world."""

    sides: tuple[str, str]
    table: Any
    world: Any

    def totals(self) -> tuple[Total, ...]:
        """One for each dataset, reporter, flow and period; never a published and a summed one."""
        found: dict[tuple[Any, ...], Total] = {}
        for total in (*_summed(self.table), *_published(self.rows(product=TOTAL))):
            found[total.dataset, total.reporter, total.flow, total.start, total.months] = total
        return tuple(found.values())

    def world_totals(self) -> tuple[Total, ...]:
        return tuple(_published(_rows(self.world)))

    def rows(self, **wanted: Any) -> list[Report]:
        """The reports whose columns have these values; all products of a year at a time."""
        return _rows(_where(self.table, wanted))

    def products(self, dataset: str, reporter: str, flow: str, year: int) -> list[Report]:
        """Every line by product that begins in the year; totals are left out."""
        import pyarrow.compute as pc

        table = _where(self.table, {"dataset": dataset, "reporter": reporter, "flow": flow})
        kept = pc.and_(
            pc.equal(pc.year(table.column("start")), year),
            pc.not_equal(table.column("product"), TOTAL),
        )
        return _rows(table.filter(kept))

    def product_periods(self) -> set[tuple[str, str, str, date, int]]:
        """(dataset, reporter, flow, start, months) of everything that is told by product."""
        import pyarrow.compute as pc

        lines = self.table.filter(
            pc.invert(pc.is_in(self.table.column("product"), _values([TOTAL, CONFIDENTIAL])))
        )
        groups = lines.group_by(_PERIOD).aggregate([])
        return set(zip(*(groups.column(name).to_pylist() for name in _PERIOD), strict=True))


def reports_of_pair(warehouse: Warehouse, sides: tuple[str, str], as_of: date) -> PairReports:
    """Everything that both sides report of their trade with each other, as known on ``as_of``."""
    import pyarrow as pa

    first, second = sides
    table = warehouse.pair(first, second, as_of=as_of, products="all")
    world = [
        warehouse.flows(reporter=side, partner=WORLD, product=TOTAL, as_of=as_of) for side in sides
    ]
    return PairReports(sides, table.select(COLUMNS), pa.concat_tables(world))


def _values(values: Iterable[str]) -> Any:
    import pyarrow as pa

    return pa.array(list(values))


def _where(table: Any, wanted: dict[str, Any]) -> Any:
    import pyarrow.compute as pc

    masks = [pc.equal(table.column(name), value) for name, value in wanted.items()]
    return table.filter(reduce(pc.and_, masks)) if masks else table


def _rows(table: Any) -> list[Report]:
    columns = (table.column(name).to_pylist() for name in COLUMNS)
    return [Report(*row) for row in zip(*columns, strict=True)]


def newest_first(classification: str) -> tuple[bool, str]:
    """Sorts editions of HS above SITC and newer above older; totals without one go first."""
    return (classification == "" or classification.startswith("H"), classification or "I")


def _published(rows: Iterable[Report]) -> Iterator[Total]:
    """A total may stand under several classifications: the newest counts."""
    for row in sorted(rows, key=lambda row: newest_first(row.classification)):
        yield Total(
            row.reporter,
            row.flow,
            row.start,
            row.months,
            row.value,
            row.valuation,
            row.dataset,
            row.vintage,
            "published",
        )


def _summed(table: Any) -> Iterator[Total]:
    """The finest products and the confidential rest of each period, under its newest edition."""
    groups: dict[tuple[Any, ...], dict[tuple[str, int], dict[str, Any]]] = defaultdict(dict)
    for row in _sums(table):
        key = tuple(row[name] for name in _PERIOD)
        groups[key][row["classification"], row["digits"]] = row
    for (dataset, reporter, flow, start, months), sums in groups.items():
        lines = [(cls, digits) for cls, digits in sums if digits]
        edition = max((cls for cls, _digits in lines or sums), key=newest_first)
        finest = max((digits for cls, digits in lines if cls == edition), default=0)
        wanted = dict.fromkeys([(edition, finest), (edition, 0), ("", 0)])
        parts = [sums[key] for key in wanted if key in sums]
        value = sum(part["value_usd_sum"] for part in parts)
        vintage = max(part["vintage_max"] for part in parts)
        valuation = parts[0]["valuation_max"]
        yield Total(reporter, flow, start, months, value, valuation, dataset, vintage, "summed")


def _sums(table: Any) -> list[dict[str, Any]]:
    """By period, classification and length of the code; what is confidential has length 0."""
    import pyarrow.compute as pc

    lines = table.filter(pc.not_equal(table.column("product"), TOTAL))
    product = lines.column("product")
    digits = pc.if_else(pc.equal(product, CONFIDENTIAL), 0, pc.utf8_length(product))
    grouped = lines.append_column("digits", digits).group_by([*_PERIOD, "classification", "digits"])
    wanted = [("value_usd", "sum"), ("vintage", "max"), ("valuation", "max")]
    found: list[dict[str, Any]] = grouped.aggregate(wanted).to_pylist()
    return found
