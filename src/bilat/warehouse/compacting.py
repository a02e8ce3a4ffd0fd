"""Merging the files of many loads into few, sorted as one: same rows, fewer files to open.

Portions are ranges of reporters, so that memory does not grow with the warehouse.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deltalake.transaction import AddAction, RemoveAction

from bilat import __version__
from bilat.warehouse import queries
from bilat.warehouse.columns import Gathering
from bilat.warehouse.parts import Part, add_actions, file_hashes, write_parts
from bilat.warehouse.queries import Engine
from bilat.warehouse.staging import DATA, Staging
from bilat.warehouse.table import DataFile, Snapshot, Table
from bilat.warehouse.trouble import WarehouseBusy, read_told, told

PORTION_FILES = 4
"""So many files are sorted at once."""
MEMORY = "1GB"


@dataclass(frozen=True)
class Compacted:
    """version: of the table after it; deleted: merged files that nobody needs any more."""

    version: int
    files_before: int
    files_after: int
    deleted: int


@dataclass(frozen=True)
class Portion:
    """The rows of one dataset whose reporters lie between two, both included."""

    dataset: str
    low: str
    high: str
    rows: int

    @property
    def asked(self) -> dict[str, str]:
        return {"dataset": self.dataset, "low": self.low, "high": self.high}

    def files(self, snapshot: Snapshot) -> list[DataFile]:
        ranges = {"dataset": (self.dataset, self.dataset), "reporter": (self.low, self.high)}
        return snapshot.touching(**ranges)


def portions(table: Table, engine: Engine, snapshot: Snapshot) -> Iterator[Portion]:
    """The table cut into ranges of whole reporters, each of a few files at most if it can be."""
    rows = PORTION_FILES * table.file_rows
    uris = table.uris(snapshot.files)
    with read_told(table.address):
        found = engine.ask(queries.REPORTER_ROWS, uris, {}).to_pylist()
    open_one: Portion | None = None
    for row in found:
        one = Portion(row["dataset"], row["reporter"], row["reporter"], row["rows"])
        if open_one is None:
            open_one = one
        elif open_one.dataset != one.dataset or open_one.rows + one.rows > rows:
            yield open_one
            open_one = one
        else:
            open_one = Portion(one.dataset, open_one.low, one.high, open_one.rows + one.rows)
    if open_one is not None:
        yield open_one


def compact(table: Table, *, keep_days: int, patience: float) -> Compacted:
    """See `Warehouse.compact`."""
    root = table.folder
    before = table.snapshot()
    engine = Engine(memory=MEMORY, scratch=root / "_loading")
    with told(table.address):
        scattered = _scattered(table, engine, before)
        if scattered.files:
            _merge(table, root, engine, scattered, patience)
        deleted = _delete_old(table, root, keep_days, patience)
    after = table.snapshot()
    return Compacted(after.version, len(before.files), len(after.files), deleted)


def _scattered(table: Table, engine: Engine, snapshot: Snapshot) -> Snapshot:
    """The files of datasets that are not sorted as one, or lie in more files than they fill."""
    datasets = {
        portion.dataset
        for portion in portions(table, engine, snapshot)
        if _is_scattered(portion, portion.files(snapshot), table.file_rows)
    }
    files = [file for name in datasets for file in snapshot.touching(dataset=(name, name))]
    return Snapshot(snapshot.version, tuple({file.path: file for file in files}.values()))


def _is_scattered(portion: Portion, files: Sequence[DataFile], file_rows: int) -> bool:
    """What one load or one compaction wrote is sorted as one."""
    homes = {Path(file.path).parent for file in files}
    return len(homes) > 1 or len(files) > max(round(portion.rows / file_rows), 1) + 1


def _merge(table: Table, root: Path, engine: Engine, before: Snapshot, patience: float) -> None:
    staging = Staging(root, table.address, patience)
    staging.begin(table)
    try:
        parts: list[Part] = []
        for portion in portions(table, engine, before):
            parts += _sorted_anew(table, engine, before, portion, staging, len(parts))
        with staging.warehouse_lock():
            _refuse_changed(table, before)
            staging.settle()
            _replace(table, before, parts, staging.id)
            staging.committed = True
    finally:
        staging.end(table)


def _sorted_anew(
    table: Table,
    engine: Engine,
    before: Snapshot,
    portion: Portion,
    staging: Staging,
    first: int,
) -> list[Part]:
    gathering = Gathering()
    uris = table.uris(portion.files(before))
    with read_told(table.address):
        for batch in engine.stream(queries.portion(portion.asked), uris, portion.asked):
            gathering.add(batch)
    home = f"{DATA}/{staging.id}"
    return write_parts(
        gathering.done(), staging.folder, home=home, first=first, file_rows=table.file_rows
    )


def _refuse_changed(table: Table, before: Snapshot) -> None:
    """Loads may come in between, they only add; another compaction may not."""
    there = {file.path for file in table.snapshot().files}
    if not all(file.path in there for file in before.files):
        raise WarehouseBusy(table.address, 0)


def _replace(table: Table, before: Snapshot, parts: Sequence[Part], name: str) -> None:
    rows = sum(file.rows for file in before.files)
    written = sum(part.file.rows for part in parts)
    if rows != written:
        raise AssertionError(f"compaction of {rows} rows wrote {written}")
    modified = max(part.modified for part in parts)
    actions: list[AddAction | RemoveAction] = [
        RemoveAction(file.path, False, modified, file.size, {})  # the rows stay: no data change
        for file in before.files
    ]
    metadata = {
        "bilatOperation": "compact",
        "rows": str(rows),
        "bilat": __version__,
        "files": file_hashes(parts),
    }
    actions += add_actions(parts, data_change=False)
    table.commit(actions, metadata=metadata, transaction=name)


def _delete_old(table: Table, root: Path, keep_days: int, patience: float) -> int:
    """Files that were replaced more than keep_days ago."""
    staging = Staging(root, table.address, patience)
    with staging.warehouse_lock():
        deleted = table.delta().vacuum(
            retention_hours=24 * keep_days, enforce_retention_duration=False, dry_run=False
        )
        for folder in (root / DATA).glob("*"):
            if folder.is_dir() and not any(folder.iterdir()):
                shutil.rmtree(folder)
    return len(deleted)
