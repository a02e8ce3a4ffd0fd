"""The notation of an analyst's warehouse: ``BLR KGZ X 2023 8701 60 30``.

Reporter, partner, flow, period (2023, 2023-05, 2023-Q2), product, value in million dollars and, if
it is known, net weight in tonnes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from bilat.sources.report import REPORTS, TOTAL, WORLD
from bilat.trade import PairStatistics
from bilat.trade.products import ProductView
from bilat.warehouse import Warehouse

MILLION, TONNE = 1_000_000, 1000

# Two invented years of customs declarations. Belarus's exports to Kyrgyzstan, in million dollars:
# tractors 40 → 60 (price 2 → 2 a tonne, 20 → 30 tonnes), milk powder 20 → 20, bricks lost (10),
# lifts new (15), and 5 of it confidential in 2023. Kyrgyzstan counts its imports from Belarus.
CUSTOMS = """
BLR KGZ X 2022 TOTAL 70
BLR KGZ X 2022 870110 40 20000
BLR KGZ X 2022 040210 20 8000
BLR KGZ X 2022 690410 10 1000
BLR KGZ X 2023 TOTAL 100
BLR KGZ X 2023 870110 60 30000
BLR KGZ X 2023 040210 20 4000
BLR KGZ X 2023 842810 15
BLR KGZ X 2023 XXXXXX 5
BLR WLD X 2023 TOTAL 40000
BLR KGZ RX 2023 TOTAL 8
KGZ BLR M 2022 TOTAL 73
KGZ BLR M 2022 870110 42
KGZ BLR M 2022 040210 21
KGZ BLR M 2022 690410 10
KGZ BLR M 2023 TOTAL 117
KGZ BLR M 2023 870110 66
KGZ BLR M 2023 040210 36
KGZ BLR M 2023 842810 15
KGZ WLD M 2023 TOTAL 11700
KGZ BLR X 2023 TOTAL 30
KGZ BLR X 2023 070110 30
"""


def declared(
    text: str, *, vintage: str = "2024-04-01", dataset: str = "customs", edition: str = "H6"
) -> pa.Table:
    rows = [
        _row(line.split(), number, dataset, date.fromisoformat(vintage), edition)
        for number, line in enumerate(text.strip().splitlines(), start=1)
    ]
    return pa.Table.from_pylist(rows, schema=REPORTS)


def warehouse(folder: Path, *loads: pa.Table) -> Warehouse:
    found = Warehouse(folder / "warehouse")
    for table in loads:
        found.load(table)
    return found


def _row(words: list[str], line: int, dataset: str, vintage: date, edition: str) -> dict[str, Any]:
    reporter, partner, flow, period, product, value, *weight = words
    year, _, part = period.partition("-")
    month, months = _span(part)
    return {
        "reporter": reporter,
        "partner": partner,
        "partner_kind": "world" if partner == WORLD else "country",
        "flow": flow,
        "start": date(int(year), month, 1),
        "months": months,
        "classification": "" if product == TOTAL else edition,
        "product": product,
        "value_usd": float(value) * MILLION,
        "currency": "USD",
        "net_kg": float(weight[0]) * TONNE if weight else None,
        "valuation": {"X": "FOB", "M": "CIF"}.get(flow),
        "dataset": dataset,
        "vintage": vintage,
        "file": f"{dataset}.csv",
        "line": line,
    }


def _span(part: str) -> tuple[int, int]:
    """First month and length."""
    if not part:
        return 1, 12
    return (3 * int(part[1:]) - 2, 3) if part.startswith("Q") else (int(part), 1)


def of(statistics: PairStatistics, exporter: str, reporter: str) -> ProductView:
    """One direction by product, as one side reports it."""
    (found,) = [
        view for view in statistics.views if (view.exporter, view.reporter) == (exporter, reporter)
    ]
    return found


def told(statistics: PairStatistics, reporter: str, exporter: str = "BLR") -> dict[str, float]:
    """Period → million dollars of one direction, as one side reports it."""
    return {
        str(item.period): round(item.value / MILLION, 6)
        for item in statistics.reported
        if (item.reporter, item.exporter) == (reporter, exporter)
    }
