"""One load is one commit: written aside, then named in the log; or nothing at all."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pyarrow as pa

from bilat import __version__
from bilat.language import say
from bilat.sources.report import REPORTS
from bilat.warehouse.columns import Gathering
from bilat.warehouse.engine import Engine
from bilat.warehouse.known import new_parts
from bilat.warehouse.parts import Part, add_actions, file_hashes, write_parts
from bilat.warehouse.sending import staging_of
from bilat.warehouse.staging import Staging
from bilat.warehouse.storage import DATA
from bilat.warehouse.table import Table
from bilat.warehouse.trouble import Overtaken, ReportsRefused, told

PORTION_ROWS = 12_000_000
"""So many rows are sorted at once; a longer load becomes several runs of sorted files."""


@dataclass(frozen=True)
class Loaded:
    """version: of the table after it; already: the same content was there, nothing was added.

    rows: that were added. known: rows that had the same values in the same vintage already.
    """

    version: int
    rows: int
    known: int
    already: bool


def load(
    table: Table,
    engine: Engine,
    reports: pa.Table | Iterable[pa.RecordBatch],
    *,
    content_hash: str | None = None,
    patience: float = 600.0,
) -> Loaded:
    """Add the reports in one commit; see `Warehouse.load`."""
    with told(table.address):
        staging = staging_of(table, patience)
        with staging.warehouse_lock():
            table.create()
        if content_hash is not None and (before := _before(table, content_hash)):
            return before
        staging.begin(table)
        try:
            parts = _written(reports, staging, table.file_rows)
            return _committed(table, engine, parts, content_hash or _content_of(parts), staging)
        finally:
            staging.end(table)


def _committed(
    table: Table, engine: Engine, parts: list[Part], content_hash: str, staging: Staging
) -> Loaded:
    ranges = {name: _range(parts, name) for name in ("dataset", "vintage")} if parts else {}
    given = sum(part.file.rows for part in parts)
    for _turn in staging.turns():
        with staging.warehouse_lock():
            if before := _before(table, content_hash):
                return before
            snapshot = table.snapshot()
            if not parts:
                return Loaded(snapshot.version, 0, 0, already=False)
            parts = new_parts(table, snapshot, engine, parts, staging)
            rows = sum(part.file.rows for part in parts)
            staging.settle()
            try:
                version = table.commit(
                    add_actions(parts),
                    metadata=_metadata(parts, content_hash, ranges),
                    transaction=content_hash,
                    seen=None if staging.locked else snapshot.version,
                )
            except Overtaken:
                continue
            staging.committed = True
            return Loaded(version, rows, given - rows, already=False)
    raise AssertionError("turns end with WarehouseBusy")


def _before(table: Table, content_hash: str) -> Loaded | None:
    if table.delta().transaction_version(content_hash) is None:
        return None
    return Loaded(table.snapshot().version, 0, 0, already=True)


def _written(
    reports: pa.Table | Iterable[pa.RecordBatch], staging: Staging, file_rows: int
) -> list[Part]:
    parts: list[Part] = []
    home = f"{DATA}/{staging.id}"
    for gathering in _portions(_batches(reports)):
        columns = gathering.done()
        parts += write_parts(
            columns, staging.folder, home=home, first=len(parts), file_rows=file_rows
        )
    return parts


def _pieces(table: pa.Table) -> Iterator[pa.Table]:
    return (table.slice(first, PORTION_ROWS) for first in range(0, len(table), PORTION_ROWS))


def _batches(reports: pa.Table | Iterable[pa.RecordBatch]) -> Iterator[Any]:
    # A table comes in few large pieces, of which nothing is copied.
    for batch in _pieces(reports) if isinstance(reports, pa.Table) else reports:
        if batch.schema.names != REPORTS.names:
            raise ReportsRefused(
                say("The columns are {found}", found=", ".join(batch.schema.names)),
                say("They must be {wanted}", wanted=", ".join(REPORTS.names)),
            )
        for field in batch.schema:
            _refuse_other_kind(field)
        if batch.num_rows:
            yield batch


def _refuse_other_kind(field: pa.Field) -> None:
    wanted = REPORTS.field(field.name).type
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if kind != wanted:
        raise ReportsRefused(
            say("Column {column} is of type {found}", column=field.name, found=str(field.type)),
            say("It must be {wanted}", wanted=str(wanted)),
        )


def _portions(batches: Iterator[Any]) -> Iterator[Gathering]:
    for first in batches:
        gathering = Gathering()
        for batch in itertools.chain([first], batches):
            gathering.add(batch)
            if gathering.rows >= PORTION_ROWS:
                break
        yield gathering


def _content_of(parts: list[Part]) -> str:
    """A name for content that came without one: the same rows give the same files."""
    return sha256("".join(part.sha256 for part in parts).encode()).hexdigest()


def _metadata(parts: list[Part], content_hash: str, ranges: Mapping[str, str]) -> dict[str, str]:
    return {
        "bilatOperation": "load",
        **ranges,
        "contentHash": content_hash,
        "rows": str(sum(part.file.rows for part in parts)),
        "bilat": __version__,
        "files": file_hashes(parts),
    }


def _range(parts: list[Part], column: str) -> str:
    low = min(part.file.low[column] for part in parts)
    high = max(part.file.high[column] for part in parts)
    return str(low) if low == high else f"{low} … {high}"
