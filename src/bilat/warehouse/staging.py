"""Where a load's files lie while it works, and how a killed load is told from a living one.

While a load writes, its files lie in ``_loading/ID`` and it holds the lock ``_loading/ID.lock``.
To commit it takes the warehouse's lock, moves the folder to ``data/ID`` and names its files in the
log. The system gives the locks of a dead process back, so whoever comes next can tell what a kill
left behind, and removes it.
"""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bilat.warehouse import lock
from bilat.warehouse.storage import DATA
from bilat.warehouse.table import Table
from bilat.warehouse.trouble import WarehouseBusy

LOADING = "_loading"


class Staging:
    """A load's own folder while it writes; another process can tell whether it still lives.

    locked: whoever holds the warehouse's lock is alone to commit.
    """

    locked = True

    def __init__(self, root: Path, address: str, patience: float) -> None:
        self.root = root
        self.address = address
        self.patience = patience
        self.id = uuid.uuid4().hex
        self.folder = root / LOADING / self.id
        self.home = root / DATA / self.id
        self.committed = False
        self._held = ExitStack()

    def begin(self, table: Table) -> None:
        with self.warehouse_lock():
            sweep(self.root, table)
            alive = self.root / LOADING / f"{self.id}.lock"
            self._held.enter_context(lock.held(alive, address=self.address))
            self.folder.mkdir()

    def warehouse_lock(self) -> ExitStack:
        stack = ExitStack()
        path = self.root / LOADING / "commit.lock"
        stack.enter_context(lock.held(path, address=self.address, patience=self.patience))
        return stack

    def turns(self) -> Iterator[None]:
        """Attempts to commit, with longer and longer pauses; raises WarehouseBusy at their end."""
        pause, waited = lock.FIRST_PAUSE, 0.0
        while True:
            yield
            if waited >= self.patience:
                raise WarehouseBusy(self.address, self.patience)
            some = pause * (1 + int(self.id[:4], 16) / 0xFFFF)  # each load another one
            time.sleep(some)
            waited += some
            pause = min(pause * 2, lock.LONGEST_PAUSE)

    def settle(self) -> None:
        """Move the files to where the log will name them."""
        lock.sync_folder(self.folder)
        self.home.parent.mkdir(exist_ok=True)
        self.folder.rename(self.home)
        lock.sync_folder(self.home.parent)

    def end(self, table: Table) -> None:
        """Clean up. After a failure the log is asked whether it names the files or not."""
        try:
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.committed and self.home.exists() and not _is_named(table, self.id):
                shutil.rmtree(self.home, ignore_errors=True)
            (self.root / LOADING / f"{self.id}.lock").unlink(missing_ok=True)
        finally:
            self._held.close()  # a lock file that stays behind is the next sweep's affair


def sweep(root: Path, table: Table) -> None:
    """Remove what killed loads left. Only for the holder of the warehouse's lock."""
    for alive in (root / LOADING).glob("*.lock"):
        if alive.stem == "commit" or not lock.is_dead(alive):
            continue
        shutil.rmtree(root / LOADING / alive.stem, ignore_errors=True)
        home = root / DATA / alive.stem
        if home.exists() and not _is_named(table, alive.stem):
            shutil.rmtree(home)
        alive.unlink(missing_ok=True)


def _is_named(table: Table, load: str) -> bool:
    return any(path.startswith(f"{DATA}/{load}/") for path in named_files(table))


def named_files(table: Table) -> set[str]:
    """The files that the newest version consists of."""
    return {file.path for file in table.snapshot().files}
