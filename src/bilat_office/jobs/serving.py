"""``bilat-office serve``: the web server and a worker, kept alive together, stopped together.

1. Two processes are started: gunicorn, and the worker.
2. One that ends unasked is started again, after a pause that grows while it keeps ending.
3. SIGTERM or SIGINT: both are told to end; requests and the job under way come to their end.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

GRACE = 30
"""Seconds that requests under way have when the server is stopped."""
STEADY = 30.0
"""Seconds after which a process counts as running well."""
LONGEST_PAUSE = 30.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Serving:
    """address: host:port. workers, threads: of gunicorn; each worker holds the register once."""

    address: str
    workers: int = 2
    threads: int = 4
    with_worker: bool = True

    def commands(self) -> dict[str, list[str]]:
        web = [
            sys.executable, "-m", "gunicorn", "bilat_office.web:application",
            "--bind", self.address,
            "--workers", str(self.workers),
            "--worker-class", "gthread",
            "--threads", str(self.threads),
            "--timeout", "120",
            "--graceful-timeout", str(GRACE),
            "--keep-alive", "5",
            "--worker-tmp-dir", _shared_memory(),
            "--no-control-socket",
            "--log-level", "warning",
        ]  # fmt: skip
        job = [sys.executable, "-m", "bilat_office", "work"]
        return {"web": web, "work": job} if self.with_worker else {"web": web}


@dataclass
class Kept:
    """A process that is started again when it ends."""

    command: Sequence[str]
    process: subprocess.Popen[bytes]
    started: float
    pause: float = field(default=1.0)
    again_at: float | None = None


def serve(serving: Serving, *, environment: Mapping[str, str], told: Callable[[], None]) -> int:
    """Until SIGTERM or SIGINT. told: called once, when both have been started. Exit status."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    kept = [_started(command, environment) for command in serving.commands().values()]
    try:
        told()
        while not stop.wait(0.3):
            for item in kept:
                _keep(item, environment)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _end(kept)
    return 0


def _started(command: Sequence[str], environment: Mapping[str, str]) -> Kept:
    process = subprocess.Popen(
        command,
        env=dict(environment),
        start_new_session=True,  # Ctrl-C comes to us alone, and we tell them
        preexec_fn=_end_with_parent,  # noqa: PLW1509 (no thread runs yet)
    )
    return Kept(command, process, time.monotonic())


def _keep(item: Kept, environment: Mapping[str, str]) -> None:
    moment = time.monotonic()
    if item.process.poll() is None:
        return
    if item.again_at is None:
        steady = moment - item.started > STEADY
        item.pause = 1.0 if steady else min(item.pause * 2, LONGEST_PAUSE)
        item.again_at = moment + item.pause
    elif moment >= item.again_at:
        fresh = _started(item.command, environment)
        item.process, item.started, item.again_at = fresh.process, fresh.started, None


def _end(kept: Sequence[Kept]) -> None:
    for item in kept:
        if item.process.poll() is None:
            item.process.terminate()
    for item in kept:
        try:
            item.process.wait(GRACE + 5)
        except subprocess.TimeoutExpired:  # a job that takes long: its lease passes to another
            item.process.kill()
            item.process.wait()


def _end_with_parent() -> None:
    """Linux tells the child when we are killed; elsewhere the worker notices by itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _shared_memory() -> str:
    """Where gunicorn's workers show that they are alive: a disk may be slow, or full."""
    place = Path("/dev/shm")  # noqa: S108 (gunicorn makes a file of its own in it)
    return str(place) if os.access(place, os.W_OK) else "."
