"""One at a time, on a local disk: a lock that the system takes back when its holder dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bilat.warehouse.trouble import WarehouseBusy

FIRST_PAUSE, LONGEST_PAUSE = 0.005, 0.25


@contextmanager
def held(path: Path, *, address: str, patience: float = 600.0) -> Iterator[None]:
    """Hold the lock file at ``path``; others wait, with longer and longer pauses.

    patience: seconds. Raises WarehouseBusy when it is over.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        _wait(file.fileno(), address, patience)
        yield


def _wait(descriptor: int, address: str, patience: float) -> None:
    pause, waited = FIRST_PAUSE, 0.0
    while not taken(descriptor):
        if waited >= patience:
            raise WarehouseBusy(address, patience)
        time.sleep(pause)
        waited += pause
        pause = min(pause * 2, LONGEST_PAUSE)


def taken(descriptor: int) -> bool:
    """Try to take the lock, without waiting."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_dead(path: Path) -> bool:
    """Nobody holds this lock file: the process that made it has ended."""
    try:
        with path.open("a") as file:
            return taken(file.fileno())
    except FileNotFoundError:
        return False


def sync_folder(folder: Path) -> None:
    """The names in ``folder`` reach the disk."""
    with contextlib.suppress(OSError):  # some file systems have no such call
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
