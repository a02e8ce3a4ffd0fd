"""Is the figure that the other side published in line? Every report beside what was to be expected.

Totals and products are judged apart. Confidential rows are left out: they hide different goods.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from bilat.mirror.arrow import numbers, words
from bilat.mirror.cells import Ints
from bilat.mirror.expected import EXPORTER, IMPORTER, Expected, expected_reports
from bilat.mirror.given import CONFIDENTIAL, SEED, TOTAL, Given, given
from bilat.mirror.writing import Words, named
from bilat.warehouse.pairing import Paired, pair_reports

SIDES = words(["X", "M"])
"""By `EXPORTER`, `IMPORTER`."""
VERDICTS = words(["in", "out"])
ROWS = 1 << 18


def expected_table(reports: Path | pa.Table, geo: Path | pa.Table | None = None) -> pa.Table:
    """One row per report that the other side's report lets expect, published or not.

    exporter, importer, period, product; side (``X`` or ``M``: whose report is expected); expected
    (the median) and lo80, hi80, lo95, hi95, dollars as that side declares (X in FOB, M in CIF);
    reported, null where that side is silent; verdict: ``in`` or ``out`` of the 95 % interval, null
    where nothing is reported. Takes and raises what `mirror` does.
    """
    return pa.Table.from_batches(list(expected_batches(pair_reports(reports, geo))))


def expected_batches(paired: Paired) -> Iterator[pa.RecordBatch]:
    table = given(paired)
    names = Words.of(paired.countries, table.products, paired.periods)
    for rows in _kinds(table):
        for side in (EXPORTER, IMPORTER):
            done = expected_reports(
                table.cells.take(rows),
                table.geography,
                side=side,
                rng=np.random.default_rng(SEED),
                unit_values=table.unit_values,
            )
            there = np.flatnonzero(~np.isnan(done.value))
            for start in range(0, max(len(there), 1), ROWS):
                yield _batch(done, there[start : start + ROWS], side, names)


def _kinds(table: Given) -> list[Ints]:
    """Rows of products and rows of totals, those that there are."""
    total, hidden = table.code(TOTAL), table.code(CONFIDENTIAL)
    product = table.cells.product
    sums = product == (-1 if total is None else total)
    plain = ~sums & (product != (-1 if hidden is None else hidden))
    kinds = [np.flatnonzero(plain), np.flatnonzero(sums)]
    return [rows for rows in kinds if len(rows)] or kinds[:1]


def _batch(done: Expected, rows: Ints, side: int, names: Words) -> pa.RecordBatch:
    cells = done.cells.take(rows)
    low95, low80, high80, high95 = done.ends[:, rows]
    reported = cells.x if side == EXPORTER else cells.m
    silent = ~(reported > 0)
    out = (reported < low95) | (reported > high95)
    columns = {
        **names.columns(cells),
        "side": named(np.full(len(rows), side, np.int32), SIDES),
        "expected": numbers(done.value[rows]),
        "lo80": numbers(low80),
        "hi80": numbers(high80),
        "lo95": numbers(low95),
        "hi95": numbers(high95),
        "reported": numbers(reported, silent),
        "verdict": pa.DictionaryArray.from_arrays(numbers(out.astype(np.int32), silent), VERDICTS),
    }
    return pa.RecordBatch.from_pydict(columns)
