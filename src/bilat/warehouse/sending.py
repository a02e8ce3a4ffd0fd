"""A load's files on their way to object storage, where there are no locks.

They are written on the own disk, sent, and named in the log. Each commit says which version it was
checked against; Delta refuses it when another one came in between, and the load looks again at what
is there. So commits take turns, as on a disk.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from bilat.warehouse.staging import Staging, named_files
from bilat.warehouse.storage import DATA, Bucket
from bilat.warehouse.table import Table


class Sending(Staging):
    """Where a load to object storage keeps its files; see `Staging`."""

    locked = False

    def __init__(self, bucket: Bucket, address: str, patience: float) -> None:
        super().__init__(Path(tempfile.gettempdir()), address, patience)
        self.bucket = bucket
        self._sent: set[str] = set()

    def begin(self, table: Table) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bilat-"))

    def warehouse_lock(self) -> ExitStack:
        return ExitStack()

    def settle(self) -> None:
        """Send the files that are not there yet."""
        for file in sorted(self.folder.iterdir()):
            path = f"{DATA}/{self.id}/{file.name}"
            if path not in self._sent:
                self._sent.add(path)
                self.bucket.send(file, path)

    def end(self, table: Table) -> None:
        """Remove what the log does not name."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if not self._sent:
            return
        named = named_files(table)
        for path in sorted(self._sent - named):
            with suppress(OSError):  # `verify` tells of files that stay
                self.bucket.remove(path)


def staging_of(table: Table, patience: float) -> Staging:
    """For a load into this table."""
    if isinstance(table.storage, Bucket):
        return Sending(table.storage, table.address, patience)
    return Staging(table.storage.folder, table.address, patience)
