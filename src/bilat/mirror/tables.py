"""From a table of reports to a table of flows: what ``bilat mirror`` does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bilat.errors import NoAnswer, OutputRefused
from bilat.language import say
from bilat.mirror.cells import Cells, Geography, Ints
from bilat.mirror.methods import NAMES, places
from bilat.mirror.reconcile import Flows
from bilat.mirror.strata import BLOCK, Strata, all_flows, in_turn, learn_strata
from bilat.sources.report import CONFIDENTIAL, TOTAL
from bilat.warehouse.pairing import Paired, pair_reports

REPEATED = ["exporter", "importer", "period", "product", "method"]
"""Columns whose values recur, so that the file holds them as a dictionary."""
DENSE = ["value_fob_usd", "lo80", "hi80", "lo95", "hi95", "x_reported", "m_reported"]
"""Columns of digits that hardly recur: pressing them would take a third of the time of writing and
make the file 5 % smaller."""
UNSORTED = ["product", "method"]
"""Columns whose least and greatest are the same in every row group: telling them helps no reader."""
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


@dataclass(frozen=True)
class _Table:
    """Everything is learned; the flows are yet to be made."""

    strata: Strata
    countries: Sequence[str]
    products: Sequence[str]
    periods: Sequence[Any]

    def batch(self, block: slice) -> pa.RecordBatch:
        return _batch(self.strata.answer(block), _words(self))


def mirror(reports: Path | pa.Table, geo: Path | pa.Table | None = None) -> Mirrored:
    """reports: reporter, partner, flow (X or M), period, product, value_usd. geo: a, b,
    distance_km, contiguous. Raises BilatError for tables that are not so, NoAnswer for empty ones.
    """
    table = _learned(pair_reports(reports, geo))
    return Mirrored(all_flows(table.strata), table.countries, table.products, table.periods)


def mirror_to_file(
    reports: Path | pa.Table,
    geo: Path | pa.Table | None,
    out: Path,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> int:
    """As `mirror` and `write_flows`, but the flows are written as they are made, so that a large
    table needs little more memory than its reports. told: hears how many of how many cells are
    done. Gives the number of flows. Raises OutputRefused as well."""
    table = _learned(pair_reports(reports, geo))
    cells = len(table.strata.cells)
    told(0, cells)

    def made() -> Iterator[pa.RecordBatch]:
        done = 0
        for batch in in_turn(table.batch, table.strata.blocks()):
            yield batch
            done += len(batch)
            told(min(done, cells), cells)

    return _put(made(), out)


def _learned(paired: Paired) -> _Table:
    if not paired.countries:
        raise NoAnswer(say("no report to reconcile: the table has no rows"))
    if not len(paired):
        raise NoAnswer(say("no report to reconcile: every value is zero"))
    products = list(paired.products)
    if TOTAL in products and CONFIDENTIAL not in products:
        # A code for residuals, last, so that no other code changes.
        products.append(CONFIDENTIAL)
    sizes = (len(paired.countries), len(products), len(paired.periods))
    codes = (paired.exporter, paired.importer, paired.product, paired.period)
    strata = learn_strata(
        Cells(*codes, paired.x, paired.m, *sizes, steps(paired.periods)),
        Geography(paired.distance_km, paired.contiguous),
        total=products.index(TOTAL) if TOTAL in products else None,
        confidential=products.index(CONFIDENTIAL) if CONFIDENTIAL in products else None,
        rng=np.random.default_rng(SEED),
    )
    return _Table(strata, paired.countries, products, paired.periods)


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
    words = _words(done)
    for start in range(0, len(done), BLOCK):
        yield _batch(done.flows.take(slice(start, start + BLOCK)), words)


def _words(table: Mirrored | _Table) -> tuple[pa.Array, ...]:
    """Names of countries, countries, products, methods; periods."""
    countries = pa.array(table.countries, pa.string())
    products, methods = pa.array(table.products, pa.string()), pa.array(NAMES, pa.string())
    return countries, countries, products, methods, pa.array(list(table.periods))


def _batch(flows: Flows, words: tuple[pa.Array, ...]) -> pa.RecordBatch:
    cells, *ends = flows.cells, *(pa.array(end.astype(np.float32)) for end in flows.ends)
    codes = (cells.exporter, cells.importer, cells.product, places(flows.method))
    exporter, importer, product, method = (
        pa.DictionaryArray.from_arrays(pa.array(code), word)
        for code, word in zip(codes, words[:4], strict=True)
    )
    columns = {
        "exporter": exporter,
        "importer": importer,
        "period": words[4].take(pa.array(cells.period)),
        "product": product,
        "value_fob_usd": pa.array(flows.value),
        "se_log": pa.array(flows.error),
        "lo80": ends[1],
        "hi80": ends[2],
        "lo95": ends[0],
        "hi95": ends[3],
        "exporter_weight": pa.array(flows.weight, from_pandas=True),
        "x_reported": pa.array(cells.x, from_pandas=True),
        "m_reported": pa.array(cells.m, from_pandas=True),
        "cif_margin": pa.array(flows.margin, from_pandas=True),
        "method": method,
    }
    return pa.RecordBatch.from_pydict(columns)


def as_table(done: Mirrored) -> pa.Table:
    return pa.Table.from_batches(list(batches(done)))


def write_flows(done: Mirrored, out: Path) -> None:
    """Parquet; nothing partial is left if it fails. Raises OutputRefused."""
    _put(batches(done), out)


def _put(groups: Iterator[pa.RecordBatch], out: Path) -> int:
    partial = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            rows = _write(groups, partial)
            partial.replace(out)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputRefused(
            say("{where}: not written: {reason}", where=out, reason=reason)
        ) from error
    return rows


def _write(groups: Iterator[pa.RecordBatch], path: Path) -> int:
    first = next(groups)
    rows = 0
    with pq.ParquetWriter(path, first.schema, **_options(first.schema.names)) as file:
        for group in chain([first], groups):
            file.write_batch(group)
            rows += len(group)
    return rows


def _options(columns: list[str]) -> dict[str, Any]:
    pressed = [name for name in columns if name not in DENSE]
    return {
        "use_dictionary": REPEATED,
        "compression": {name: "zstd" if name in pressed else "none" for name in columns},
        "compression_level": dict.fromkeys(pressed, 1),
        "write_statistics": [name for name in columns if name not in UNSORTED],
    }
