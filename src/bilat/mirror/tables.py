"""From a table of reports to a table of flows: what ``bilat mirror`` does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bilat.mirror.arrow import known_numbers, numbers, words
from bilat.mirror.flows import Flows
from bilat.mirror.given import CONFIDENTIAL, SEED, TOTAL, given
from bilat.mirror.methods import NAMES, places
from bilat.mirror.strata import BLOCK, Strata, all_flows, in_turn, learn_strata
from bilat.mirror.verdicts import expected_batches
from bilat.mirror.writing import Words, named, put
from bilat.warehouse.pairing import Paired, pair_reports

METHODS = words(NAMES)


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


def mirror(reports: Path | pa.Table, geo: Path | pa.Table | None = None) -> Mirrored:
    """reports: reporter, partner, flow (X or M), period, product, value_usd. geo: a, b,
    distance_km, contiguous. With a column net_weight_kg in the reports, goods of like unit value
    have like margins. Raises BilatError for tables that are not so, NoAnswer for empty ones.
    """
    table = _learned(pair_reports(reports, geo))
    return Mirrored(all_flows(table.strata), table.countries, table.products, table.periods)


def mirror_to_file(
    reports: Path | pa.Table,
    geo: Path | pa.Table | None,
    out: Path,
    told: Callable[[int, int], None] = lambda done, of: None,
    *,
    expected: Path | None = None,
) -> int:
    """As `mirror` and `write_flows`, but the flows are written as they are made, so that a large
    table needs little more memory than its reports. told: hears how many of how many cells are
    done. expected: where `expected_table` is written, if anywhere. Gives the number of flows.
    Raises OutputRefused as well."""
    paired = pair_reports(reports, geo)
    if expected is not None:
        put(expected_batches(paired), expected)
    table = _learned(paired)
    cells = len(table.strata.cells)
    told(0, cells)

    def made() -> Iterator[pa.RecordBatch]:
        done, names = 0, _names(table)
        for flows in in_turn(table.strata.answer, table.strata.blocks()):
            yield _batch(flows, names)
            done += len(flows)
            told(min(done, cells), cells)

    return put(made(), out)


def _learned(paired: Paired) -> _Table:
    table = given(paired)
    strata = learn_strata(
        table.cells,
        table.geography,
        total=table.code(TOTAL),
        confidential=table.code(CONFIDENTIAL),
        rng=np.random.default_rng(SEED),
        unit_values=table.unit_values,
    )
    return _Table(strata, paired.countries, table.products, paired.periods)


def batches(done: Mirrored) -> Iterator[pa.RecordBatch]:
    """The flows as Arrow, a row group at a time."""
    names = _names(done)
    for start in range(0, len(done), BLOCK):
        yield _batch(done.flows.take(slice(start, start + BLOCK)), names)


def _names(table: Mirrored | _Table) -> Words:
    return Words.of(table.countries, table.products, table.periods)


def _batch(flows: Flows, names: Words) -> pa.RecordBatch:
    cells, *ends = flows.cells, *(numbers(end) for end in flows.ends)
    columns = {
        **names.columns(cells),
        "value_fob_usd": numbers(flows.value),
        "se_log": numbers(flows.error),
        "lo80": ends[1],
        "hi80": ends[2],
        "lo95": ends[0],
        "hi95": ends[3],
        "exporter_weight": known_numbers(flows.weight),
        "x_reported": known_numbers(cells.x),
        "m_reported": known_numbers(cells.m),
        "cif_margin": known_numbers(flows.margin),
        "method": named(places(flows.method), METHODS),
    }
    return pa.RecordBatch.from_pydict(columns)


def as_table(done: Mirrored) -> pa.Table:
    return pa.Table.from_batches(list(batches(done)))


def write_flows(done: Mirrored, out: Path) -> None:
    """Parquet; nothing partial is left if it fails. Raises OutputRefused."""
    put(batches(done), out)
