"""Merging the files of many loads into few, sorted as one: same rows, fewer files to open.

Portions are ranges of reporters, so that memory does not grow with the warehouse.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from deltalake.transaction import AddAction, RemoveAction

from bilat import __version__
from bilat.warehouse import queries
from bilat.warehouse.columns import Gathering
from bilat.warehouse.engine import DuckEngine, Engine
from bilat.warehouse.parts import Part, add_actions, file_hashes, write_parts
from bilat.warehouse.sending import staging_of
from bilat.warehouse.staging import LOADING, Staging
from bilat.warehouse.storage import DATA, Disk
from bilat.warehouse.table import DataFile, Snapshot, Table
from bilat.warehouse.trouble import Overtaken, WarehouseBusy, read_told, told

PORTION_FILES = 4
"""So many files are sorted at once."""
MEMORY = "1GB"
LOOSE = 12
"""Loads of one dataset that may lie apart; each makes every question open one or two files more."""


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
    before = table.snapshot()
    with told(table.address), closing(_engine(table)) as engine:
        scattered = _scattered(table, engine, before)
        if scattered.files:
            _merge(table, engine, scattered, patience)
        deleted = _delete_old(table, keep_days, patience)
    after = table.snapshot()
    return Compacted(after.version, len(before.files), len(after.files), deleted)


def loose_loads(table: Table) -> int:
    """See `Warehouse.loose_loads`."""
    files = loose(table)
    return len({_home(file) for file in files.files}) if files else 0


def loose(table: Table) -> Snapshot | None:
    """The files of the loads that `merge_loose` would put together; None when few lie apart.

    The log alone is asked, so this costs nothing.
    """
    snapshot = table.snapshot()
    homes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for file in snapshot.files:
        if file.low["dataset"] == file.high["dataset"]:
            homes[file.low["dataset"]][_home(file)] += file.rows
    chosen = {(name, home) for name, rows in homes.items() for home in small_ones(rows)}
    files = [file for file in snapshot.files if (file.low["dataset"], _home(file)) in chosen]
    return Snapshot(snapshot.version, tuple(files)) if files else None


def _home(file: DataFile) -> str:
    """What one load or one compaction wrote stands in one folder."""
    return str(Path(file.path).parent)


def small_ones(rows: Mapping[str, int]) -> list[str]:
    """Of more than LOOSE homes those that are not much larger than the smaller ones together.

    So a large sorted home is not written anew for a few small loads; and at least half of the
    homes become one, so that the next time is far away.
    """
    if len(rows) <= LOOSE:
        return []
    ordered = sorted(rows, key=lambda home: (rows[home], home))
    chosen, together = ordered[: len(ordered) // 2], 0
    for number, home in enumerate(ordered):
        if number >= len(chosen) and rows[home] > 2 * together:
            break
        together += rows[home]
        chosen = ordered[: max(len(chosen), number + 1)]
    return chosen


def merge_loose(table: Table, *, keep_days: int, patience: float) -> Compacted:
    """See `Warehouse.merge_loose`."""
    before = len(table.snapshot().files)
    with told(table.address), closing(_engine(table)) as engine:
        if (files := loose(table)) is not None:
            _merge(table, engine, files, patience)
        deleted = _delete_old(table, keep_days, patience)
    after = table.snapshot()
    return Compacted(after.version, before, len(after.files), deleted)


def _engine(table: Table) -> DuckEngine:
    storage = table.storage
    folder = storage.folder / LOADING if isinstance(storage, Disk) else Path(tempfile.gettempdir())
    return DuckEngine(memory=MEMORY, scratch=folder)


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
    homes = {_home(file) for file in files}
    return len(homes) > 1 or len(files) > max(round(portion.rows / file_rows), 1) + 1


def _merge(table: Table, engine: Engine, before: Snapshot, patience: float) -> None:
    staging = staging_of(table, patience)
    staging.begin(table)
    try:
        parts: list[Part] = []
        for portion in portions(table, engine, before):
            parts += _sorted_anew(table, engine, before, portion, staging, len(parts))
        _put_in_place(table, before, parts, staging)
    finally:
        staging.end(table)


def _put_in_place(table: Table, before: Snapshot, parts: Sequence[Part], staging: Staging) -> None:
    for _turn in staging.turns():
        with staging.warehouse_lock():
            now = _refuse_changed(table, before)
            staging.settle()
            try:
                _replace(table, before, parts, staging, now.version)
            except Overtaken:
                continue
            staging.committed = True
            return


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


def _refuse_changed(table: Table, before: Snapshot) -> Snapshot:
    """Loads may come in between, they only add; another compaction may not."""
    now = table.snapshot()
    there = {file.path for file in now.files}
    if not all(file.path in there for file in before.files):
        raise WarehouseBusy(table.address, 0)
    return now


def _replace(
    table: Table, before: Snapshot, parts: Sequence[Part], staging: Staging, version: int
) -> None:
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
    seen = None if staging.locked else version
    table.commit(actions, metadata=metadata, transaction=staging.id, seen=seen)


def _delete_old(table: Table, keep_days: int, patience: float) -> int:
    """Files that were replaced more than keep_days ago."""
    storage = table.storage
    with staging_of(table, patience).warehouse_lock():
        deleted = table.delta().vacuum(
            retention_hours=24 * keep_days, enforce_retention_duration=False, dry_run=False
        )
        if isinstance(storage, Disk):
            for folder in (storage.folder / DATA).glob("*"):
                if folder.is_dir() and not any(folder.iterdir()):
                    shutil.rmtree(folder)
    return len(deleted)
