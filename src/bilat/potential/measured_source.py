"""Where a measure's trade is read from: a warehouse of statistics, or a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.potential.baseline import refuse_negative
from bilat.potential.measured import Row, table_rows
from bilat.potential.panel_file import names_in, read_panel
from bilat.potential.refused import refused
from bilat.potential.world import choose

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse
    from bilat.warehouse.span import Span

VALUES = ("value_usd", "trade", "value")
YEAR, DETAILED = 12, 6
Reports = Literal["exporters", "importers", "file"]


@dataclass(frozen=True)
class Read:
    """rows of one exporter with everyone (a file: of everyone with everyone). reports: whose.
    detailed: whether products are known."""

    rows: Sequence[Row]
    reports: Reports
    detailed: bool


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
    return Read(list(rows), "file", detailed)


def read_exporter(
    warehouse: Warehouse,
    exporter: str,
    importer: str,
    *,
    as_of: date,
    dataset: str | None = None,
    by_product: bool = True,
) -> tuple[Read, Span]:
    """What an exporter sells to everyone: as it reports, or, where it reports fewer years of trade
    with the importer, as the others do. Raises NoAnswer."""
    span = choose(warehouse, as_of, dataset)
    asked: dict[str, Any] = {"dataset": span.dataset, "as_of": as_of, "by_product": by_product}
    own = _rows(warehouse, "X", exporter, **asked)
    others = [] if span.exporters_only else _rows(warehouse, "M", exporter, **asked)
    if not own and not others:
        raise NoAnswer(
            say(
                "{dataset} has no yearly reports of what {exporter} exports. Load them, or name "
                "another dataset",
                dataset=span.dataset,
                exporter=exporter,
            )
        )
    mirrored = _years_with(others, importer) > _years_with(own, importer)
    reports: Reports = "importers" if mirrored else "exporters"
    return Read(others if mirrored else own, reports, by_product), span


def _years_with(rows: Sequence[Row], importer: str) -> int:
    return len({year for _exporter, other, _code, year, _value in rows if other == importer})


def _rows(
    warehouse: Warehouse,
    flow: Literal["X", "M"],
    exporter: str,
    *,
    dataset: str,
    as_of: date,
    by_product: bool,
) -> list[Row]:
    side = {"reporter": exporter} if flow == "X" else {"partner": exporter}
    other = "partner" if flow == "X" else "reporter"
    asked: dict[str, Any] = {**side, "flow": flow, "dataset": dataset, "months": YEAR}
    if by_product:
        table = warehouse.flows(**asked, as_of=as_of)
        columns = (other, "partner_kind", "product", "start", "value_usd")
        found = zip(*(table[name].to_pylist() for name in columns), strict=True)
        return [
            (exporter, country, code, start.year, value)
            for country, kind, code, start, value in found
            if (kind == "country" or flow == "M") and len(code) == DETAILED and code.isdigit()
        ]
    table = warehouse.totals_by_year(**asked, as_of=as_of)
    found = zip(*(table[name].to_pylist() for name in (other, "year", "value_usd")), strict=True)
    return [(exporter, country, "", year, value) for country, year, value in found]
