"""A loading process of its own, for tests that run several or kill one.

python loader.py WAREHOUSE FIRST COUNT [compact]: loads the files FIRST … FIRST + COUNT - 1,
and compacts after each.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from bilat.sources.report import REPORTS
from bilat.warehouse import Warehouse

ROWS = 3_000


def numbered(number: int) -> pa.Table:
    """File ``number``: the exports of one year; its rows sum up to a value that tells it whole."""
    constants = {
        "reporter": "BLR",
        "partner_kind": "country",
        "flow": "X",
        "start": date(1990 + number, 1, 1),
        "months": 12,
        "classification": "H6",
        "currency": "USD",
        "dataset": "customs",
        "vintage": date(2024, 4, 1),
        "file": f"{number}.csv",
    }
    arrays = {name: pa.array([value] * ROWS) for name, value in constants.items()}
    lines = np.arange(1, ROWS + 1)
    arrays["partner"] = pa.array([("KGZ", "RUS", "UZB")[line % 3] for line in lines])
    arrays["product"] = pa.array([f"{line:06}" for line in lines])
    arrays["value_usd"] = pa.array(lines.astype(float))
    arrays["line"] = pa.array(lines)
    return pa.table(
        [
            arrays[field.name].cast(field.type)
            if field.name in arrays
            else pa.nulls(ROWS, field.type)
            for field in REPORTS
        ],
        schema=REPORTS,
    )


def load(address: Path | str, number: int) -> bool:
    """True when it was there already."""
    return Warehouse(address).load(numbered(number), content_hash=f"file {number}").already


if __name__ == "__main__":
    address, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for number in range(first, first + count):
        load(address, number)
        if "compact" in sys.argv:
            Warehouse(address).compact()
        print(number, flush=True)  # noqa: T201 (the test reads it)
