"""Where a measure's trade is read from: a warehouse of statistics, or a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.potential.baseline import refuse_negative
from bilat.potential.measured import Case, Row, table_rows
from bilat.potential.panel_file import names_in, read_panel
from bilat.potential.refused import refused
from bilat.potential.world import choose
from bilat.sources.concordance import EDITIONS
from bilat.vocabulary import is_country

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse
    from bilat.warehouse.span import Span

VALUES = ("value_usd", "trade", "value")
YEAR = 12
Reports = Literal["exporters", "importers", "file"]


@dataclass(frozen=True)
class Read:
    """rows of one exporter with everyone (a file: of everyone with everyone). reports: whose.
    editions: of the HS, in which they are told."""

    rows: Sequence[Row]
    reports: Reports
    editions: tuple[str, ...] = ()


def read_file(path: Path, *, by_product: bool) -> Read:
    """Columns exporter, importer, year, value_usd (or trade, or value), and product where measures
    have products. Raises InputRefused."""
    known = names_in(path)
    value = next((name for name in VALUES if name in known), VALUES[0])
    detailed = "product" in known
    if by_product and not detailed:
        raise refused(
            path,
            say("the measure has products, and the table has no column “product”"),
            say("Give trade by product, or look at all goods with --all-products"),
            line=1,
        )
    texts = ("exporter", "importer", *(("product",) if detailed else ()))
    panel = read_panel(path, texts, ("year", value)).with_years("year")
    refuse_negative(panel, value)
    columns = panel.columns
    rows = table_rows(
        columns["exporter"],
        columns["importer"],
        columns.get("product"),
        columns["year"],
        columns[value],
    )
    return Read(list(rows), "file")


def read_exporter(
    warehouse: Warehouse, case: Case, *, as_of: date, dataset: str | None = None
) -> tuple[Read, Span]:
    """The measure's products (totals, where it has none) that the exporter sells to everyone, and
    all that it sells to the importer: as it reports, or, where it reports fewer years of trade with
    the importer, as the others do. Raises NoAnswer."""
    span = choose(warehouse, as_of, dataset)
    own, editions = _rows(warehouse, "X", case, span.dataset, as_of)
    others: list[Row] = []
    beside = editions
    if not span.exporters_only:
        others, beside = _rows(warehouse, "M", case, span.dataset, as_of)
    if not own and not others:
        raise NoAnswer(
            say(
                "{dataset} has no yearly reports of what {exporter} exports. Load them, or name "
                "another dataset",
                dataset=span.dataset,
                exporter=case.exporter,
            )
        )
    mirrored = _years_with(others, case.importer) > _years_with(own, case.importer)
    reports: Reports = "importers" if mirrored else "exporters"
    told = beside if mirrored else editions
    return Read(others if mirrored else own, reports, told), span


def _years_with(rows: Sequence[Row], importer: str) -> int:
    return len({year for _exporter, other, _code, year, _value in rows if other == importer})


def _rows(
    warehouse: Warehouse, flow: Literal["X", "M"], case: Case, dataset: str, as_of: date
) -> tuple[list[Row], tuple[str, ...]]:
    """Rows, and the editions of the HS that their codes are in."""
    side = {"reporter": case.exporter} if flow == "X" else {"partner": case.exporter}
    other = "partner" if flow == "X" else "reporter"
    asked: dict[str, Any] = {**side, "flow": flow, "dataset": dataset, "months": YEAR}
    if case.products:
        table = _of_interest(warehouse.flows(**asked, as_of=as_of), other, case)
        columns = (other, "product", "start", "value_usd")
        rows = [
            (case.exporter, country, code, start.year, value)
            for country, code, start, value in _lists(table, columns)
        ]
        return rows, tuple(sorted(set(table["classification"].to_pylist()) & set(EDITIONS)))
    table = warehouse.totals_by_year(**asked, as_of=as_of)
    totals = [
        (case.exporter, country, "", year, value)
        for country, year, value in _lists(table, (other, "year", "value_usd"))
        if is_country(country)  # nor the world, of which the measure's flow is a part
    ]
    return totals, ()


def _lists(table: Any, columns: Sequence[str]) -> Iterator[Any]:
    return zip(*(table[name].to_pylist() for name in columns), strict=True)


def _of_interest(table: Any, other: str, case: Case) -> Any:
    """Six-digit lines with countries: of the importer, or of the measure's products."""
    import pyarrow.compute as pc

    code = table["product"]
    wanted = pc.equal(table[other], case.importer)
    for product in case.products:
        wanted = pc.or_(wanted, pc.starts_with(code, product))
    detailed = pc.match_substring_regex(code, "^[0-9]{6}$")
    country = pc.or_(pc.equal(table["partner_kind"], "country"), pc.equal(table["flow"], "M"))
    return table.filter(pc.and_(pc.and_(wanted, detailed), country))
