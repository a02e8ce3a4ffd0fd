"""Customs declarations in the notation of the tests: ``BLR KGZ X 2023 TOTAL 106.5``.

Reporter, partner, flow, period (2023, 2023-05), product (``H6/870120``: with its classification),
value in million dollars.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from bilat.sources.report import CONFIDENTIAL, REPORTS, TOTAL

MILLION = 1_000_000


def declared(
    text: str, *, vintage: str = "2024-04-01", dataset: str = "customs", file: str = "a.csv"
) -> pa.Table:
    rows = [
        _row(line.split(), number, dataset, date.fromisoformat(vintage), file)
        for number, line in enumerate(text.strip().splitlines(), start=1)
    ]
    return pa.Table.from_pylist(rows, schema=REPORTS)


def _row(words: list[str], line: int, dataset: str, vintage: date, file: str) -> dict[str, Any]:
    reporter, partner, flow, period, product, value = words
    classification, _, code = product.rpartition("/")
    if not classification and code not in (TOTAL, CONFIDENTIAL):
        classification = "H6"
    year, _, month = period.partition("-")
    return {
        "reporter": reporter,
        "partner": partner,
        "partner_kind": "world" if partner == "WLD" else "country",
        "flow": flow,
        "start": date(int(year), int(month or 1), 1),
        "months": 1 if month else 12,
        "classification": classification,
        "product": code,
        "value_usd": float(value) * MILLION,
        "value_original": float(value) * MILLION,
        "currency": "USD",
        "rate": 1.0,
        "net_kg": None,
        "quantity": 3.0 if code.startswith("87") else None,
        "quantity_unit": "pieces" if code.startswith("87") else None,
        "valuation": {"X": "FOB", "M": "CIF"}.get(flow),
        "dataset": dataset,
        "vintage": vintage,
        "file": file,
        "line": line,
    }


def told(table: pa.Table) -> list[str]:
    """The rows of an answer, in the same notation."""
    return [
        f"{row['reporter']} {row['partner']} {row['flow']} {_period(row)} {row['product']} "
        f"{row['value_usd'] / MILLION:g}"
        for row in table.to_pylist()
    ]


def _period(row: dict[str, Any]) -> str:
    start: date = row["start"]
    return str(start.year) if row["months"] == 12 else f"{start:%Y-%m}"
