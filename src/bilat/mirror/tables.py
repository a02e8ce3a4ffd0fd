"""From a table of reports to a table of flows: what ``bilat mirror`` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bilat.errors import NoAnswer, OutputRefused
from bilat.language import say
from bilat.mirror.cells import Cells, Geography, Ints
from bilat.mirror.methods import names
from bilat.mirror.reconcile import Flows
from bilat.mirror.strata import reconcile_strata
from bilat.sources.report import CONFIDENTIAL, TOTAL
from bilat.warehouse.pairing import Paired, pair_reports

BATCH = 1_000_000
"""Rows of a row group of the written file."""
REPEATED = ["exporter", "importer", "period", "product", "method"]
REPEATED += ["exporter_weight", "cif_margin"]
"""Columns whose values recur, so that the file holds them as a dictionary."""
SEED = 0
"""The sample that reliability is learned from is drawn with it: the same input, the same flows."""


@dataclass(frozen=True)
class Mirrored:
    """flows: with the names of their codes."""

    flows: Flows
    countries: Sequence[str]
    products: Sequence[str]
    periods: Sequence[Any]

    def __len__(self) -> int:
        return len(self.flows.value)


def mirror(reports: Path | pa.Table, geo: Path | pa.Table | None = None) -> Mirrored:
    """reports: reporter, partner, flow (X or M), period, product, value_usd. geo: a, b,
    distance_km, contiguous. Raises BilatError for tables that are not so, NoAnswer for empty ones.
    """
    return from_paired(pair_reports(reports, geo))


def from_paired(paired: Paired) -> Mirrored:
    if not len(paired.key):
        raise NoAnswer(say("no report to reconcile: the table has no rows"))
    reported = (paired.x > 0) | (paired.m > 0)
    if not reported.all():
        kept = (paired.key[reported], paired.x[reported], paired.m[reported])
        paired = Paired(*kept, *_names(paired), paired.distance_km, paired.contiguous)
    if not len(paired.key):
        raise NoAnswer(say("no report to reconcile: every value is zero"))
    products = list(paired.products)
    has_total = TOTAL in products
    cells = _cells(paired)
    if has_total and CONFIDENTIAL not in products:
        cells, products = _with_confidential(cells, products)
    flows = reconcile_strata(
        cells,
        Geography(paired.distance_km, paired.contiguous),
        total=products.index(TOTAL) if has_total else None,
        confidential=products.index(CONFIDENTIAL) if CONFIDENTIAL in products else None,
        rng=np.random.default_rng(SEED),
    )
    return Mirrored(flows, paired.countries, products, paired.periods)


def _names(paired: Paired) -> tuple[list[str], list[str], list[Any]]:
    return paired.countries, paired.products, paired.periods


def _cells(paired: Paired) -> Cells:
    sizes = (len(paired.countries), len(paired.products), len(paired.periods))
    rest, period = _apart(paired.key, sizes[2])
    rest, product = _apart(rest, sizes[1])
    exporter, importer = _apart(rest, sizes[0])
    codes = (exporter.astype(np.int32), importer, product, period)
    return Cells(*codes, paired.x, paired.m, *sizes, steps(paired.periods))


def _apart(key: Ints, size: int) -> tuple[Ints, Any]:
    rest = key // size
    return rest, (key - rest * size).astype(np.int32)


def _with_confidential(cells: Cells, products: list[str]) -> tuple[Cells, list[str]]:
    """A code for residuals, last, so that no other code changes."""
    sizes = (cells.countries, len(products) + 1, cells.periods)
    columns = (cells.exporter, cells.importer, cells.product, cells.period, cells.x, cells.m)
    return Cells(*columns, *sizes, cells.steps), [*products, CONFIDENTIAL]


def steps(periods: Sequence[Any]) -> Ints:
    """Where periods stand in time: years by their number, months (202401, 2024-01 or the first
    day) by theirs; what cannot be read counts as one apart."""
    return np.array([_step(period, place) for place, period in enumerate(periods)], dtype=np.int64)


def _step(period: Any, place: int) -> int:
    if isinstance(period, date):
        return 12 * period.year + period.month
    digits = str(period).replace("-", "")
    if not digits.isdecimal() or len(digits) not in (4, 6):
        return place
    return int(digits) if len(digits) == 4 else 12 * int(digits[:4]) + int(digits[4:])


def batches(done: Mirrored) -> Iterator[pa.RecordBatch]:
    """The flows as Arrow, a row group at a time."""
    columns = (
        pa.array(done.countries, pa.string()),
        pa.array(done.countries, pa.string()),
        pa.array(done.products, pa.string()),
        pa.array(list(done.periods)),
        pa.array(names(), pa.string()),
    )
    for start in range(0, len(done), BATCH):
        yield _batch(done.flows, slice(start, start + BATCH), columns)


def _batch(flows: Flows, rows: slice, words: tuple[pa.Array, ...]) -> pa.RecordBatch:
    cells = flows.cells
    ends = [pa.array(end[rows].astype(np.float32)) for end in flows.ends]
    codes = (cells.exporter, cells.importer, cells.product, flows.method.astype(np.int32))
    named = [
        pa.DictionaryArray.from_arrays(pa.array(code[rows]), word)
        for code, word in zip(codes, (*words[:3], words[4]), strict=True)
    ]
    columns = {
        "exporter": named[0],
        "importer": named[1],
        "period": words[3].take(pa.array(cells.period[rows])),
        "product": named[2],
        "value_fob_usd": pa.array(flows.value[rows]),
        "se_log": pa.array(flows.error[rows]),
        "lo80": ends[1],
        "hi80": ends[2],
        "lo95": ends[0],
        "hi95": ends[3],
        "exporter_weight": pa.array(flows.weight[rows], from_pandas=True),
        "x_reported": pa.array(cells.x[rows], from_pandas=True),
        "m_reported": pa.array(cells.m[rows], from_pandas=True),
        "cif_margin": pa.array(flows.margin[rows], from_pandas=True),
        "method": named[3],
    }
    return pa.RecordBatch.from_pydict(columns)


def as_table(done: Mirrored) -> pa.Table:
    return pa.Table.from_batches(list(batches(done)))


def write_flows(done: Mirrored, out: Path) -> None:
    """Parquet, zstd; nothing partial is left if it fails. Raises OutputRefused."""
    partial = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _write(done, partial)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise OutputRefused(
            say("{where}: not written: {reason}", where=out, reason=reason)
        ) from error


def _write(done: Mirrored, path: Path) -> None:
    groups = batches(done)
    first = next(groups)
    options = {"compression": "zstd", "compression_level": 1}
    with pq.ParquetWriter(path, first.schema, use_dictionary=REPEATED, **options) as file:
        file.write_batch(first)
        for group in groups:
            file.write_batch(group)
