"""The Delta table: one row a report, each file a range of reporters and partners.

The log keeps each file's smallest and largest value of every key column, and a question opens only
files whose ranges meet it. There are no folders of partitions: no names to spell into paths, no
small files, and other engines prune by the same statistics.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Transaction
from deltalake.exceptions import CommitFailedError, TableNotFoundError
from deltalake.transaction import AddAction, RemoveAction

from bilat.sources.report import REPORTS
from bilat.warehouse.columns import ORDER
from bilat.warehouse.storage import storage_of
from bilat.warehouse.trouble import Overtaken, WarehouseDamaged, WarehouseMissing, read_told

FILE_ROWS = 1_000_000
"""Rows a file: large enough to be few, small enough that a question need not read much."""

_CONFIGURATION = {
    # The log is the history of vintages: it is never thrown away.
    "delta.logRetentionDuration": "interval 5200 weeks",
    "delta.enableExpiredLogCleanup": "false",
    # A list of files says nothing of deletion vectors.
    "delta.enableDeletionVectors": "false",
}

_TURN = "bilat-turn"
"""Every commit without a lock writes this name; of two that do so at once Delta refuses one."""


@dataclass(frozen=True)
class DataFile:
    """One Parquet file of the table; path: as the log has it; low, high: by key column."""

    path: str
    size: int
    rows: int
    low: Mapping[str, Any]
    high: Mapping[str, Any]

    def may_hold(self, ranges: Mapping[str, tuple[Any, Any]]) -> bool:
        """False when no row can lie in all ranges (column → lowest, highest; None is open)."""
        return all(
            (least is None or self.high[name] >= least) and (most is None or self.low[name] <= most)
            for name, (least, most) in ranges.items()
        )

    def stats(self) -> str:
        """As the log of Delta keeps them."""
        return json.dumps(
            {
                "numRecords": self.rows,
                "minValues": {name: _plain(value) for name, value in self.low.items()},
                "maxValues": {name: _plain(value) for name, value in self.high.items()},
                "nullCount": dict.fromkeys(self.low, 0),
            }
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class Snapshot:
    """The table at one version."""

    version: int
    files: tuple[DataFile, ...]

    def touching(self, **ranges: tuple[Any, Any]) -> list[DataFile]:
        return [file for file in self.files if file.may_hold(ranges)]


class Table:
    """A Delta table; re-read only when its log has grown."""

    def __init__(self, address: str, file_rows: int = FILE_ROWS) -> None:
        self.address = address
        self.file_rows = file_rows
        self.storage = storage_of(address)
        self._delta: DeltaTable | None = None
        self._snapshot: Snapshot | None = None

    def exists(self) -> bool:
        storage = self.storage
        with read_told(self.address):
            return bool(DeltaTable.is_deltatable(storage.target, storage.options))

    def create(self) -> None:
        """Make an empty table; one that is there already stays, also a damaged one."""
        storage = self.storage
        if storage.is_begun():
            return
        storage.prepare()
        try:
            DeltaTable.create(
                storage.target,
                REPORTS,
                storage_options=storage.options,
                mode="ignore",
                name="bilat",
                configuration=_CONFIGURATION,
            )
        except CommitFailedError:
            if not self.exists():  # somebody else made it at the same moment
                raise

    def delta(self) -> DeltaTable:
        """The table as it stands now. Raises WarehouseMissing or WarehouseDamaged."""
        storage = self.storage
        with read_told(self.address):
            if not storage.has_log():
                raise WarehouseMissing(self.address)
            try:
                if self._delta is None:
                    self._delta = DeltaTable(storage.target, storage_options=storage.options)
                    self._check_schema(self._delta)
                else:
                    self._delta.update_incremental()
            except TableNotFoundError as error:
                self._delta = None
                raise WarehouseDamaged(self.address, str(error)) from error
        return self._delta

    def _check_schema(self, delta: DeltaTable) -> None:
        columns = [field.name for field in delta.schema().fields]
        if columns != REPORTS.names:
            self._delta = None
            raise WarehouseDamaged(self.address, f"columns {', '.join(columns)}")

    def snapshot(self) -> Snapshot:
        """The files of the newest version."""
        delta = self.delta()
        version = int(delta.version())
        if self._snapshot is None or self._snapshot.version != version:
            with read_told(self.address):
                self._snapshot = Snapshot(version, files_of(delta))
        return self._snapshot

    def uris(self, files: Iterable[DataFile]) -> list[str]:
        return [self.storage.url(file.path) for file in files]

    def commit(
        self,
        actions: Sequence[AddAction | RemoveAction],
        *,
        metadata: Mapping[str, str],
        transaction: str,
        seen: int | None = None,
    ) -> int:
        """Add files in one step; gives back the version. The transaction's name is used once.

        seen: the version that the actions were checked against, for whoever holds no lock; raises
        Overtaken when somebody has committed since.
        """
        delta = self.delta()
        transactions = [Transaction(transaction, 1)]
        if seen is not None:
            if int(delta.version()) != seen:
                raise Overtaken
            transactions.append(Transaction(_TURN, seen + 1))
        try:
            delta.create_write_transaction(
                list(actions),
                "append",
                REPORTS,
                commit_properties=CommitProperties(
                    custom_metadata=dict(metadata), app_transactions=transactions
                ),
            )
        except CommitFailedError as error:
            if seen is not None and "concurrent" in str(error).lower():
                raise Overtaken from error
            raise
        return int(self.delta().version())


def files_of(delta: DeltaTable) -> tuple[DataFile, ...]:
    actions = pa.table(delta.get_add_actions(flatten=True)).to_pylist()
    return tuple(_data_file(action) for action in actions)


def _data_file(action: Mapping[str, Any]) -> DataFile:
    low = {name: _value(action[f"min.{name}"]) for name in ORDER}
    high = {name: _value(action[f"max.{name}"]) for name in ORDER}
    path = unquote(action["path"])
    return DataFile(path, action["size_bytes"], action["num_records"], low, high)


def _value(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value
