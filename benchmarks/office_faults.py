"""Does the office lose a change when it is killed in the middle of writing it?

    PYTHONPATH=src:. python benchmarks/office_faults.py [--kills 200] [--postgresql] [--seed 1]

The office is served as it will run (gunicorn with two processes, and the worker). Somebody
proposes and countersigns without a pause. ``--kills`` times something is killed with SIGKILL at a
random moment: everything, gunicorn, one of its processes, or the worker of jobs. After each kill
another process reads the database and verifies it: every change that was acknowledged stands,
none by half, and the chain holds. Every 25th time, and at the end, an export is checked by
``bilat verify``. In the end every job that was asked for must have been done.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests.office.faults.harness import ROOT, Served, postgresql, storm, wait_for_jobs

PART = 25


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--postgresql", action="store_true")
    options = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as aside,
        postgresql() if options.postgresql else nullcontext("") as address,
    ):
        settings = {"DATABASE_URL": address} if address else {}
        measure(Served(Path(aside), settings), options.kills, options.seed)


def measure(served: Served, kills: int, seed: int) -> None:
    started, acknowledged = time.monotonic(), 0
    served.begin()
    served.start()
    try:
        for part in range(0, kills, PART):
            written = storm(served, min(PART, kills - part), seed + part, _say)
            acknowledged += len(written.entered)
            check_export(served)
            _say(f"     after {min(part + PART, kills)} kills: bilat verify finds the export whole")
        jobs = wait_for_jobs(served, 300)
    finally:
        served.stop()
    minutes = (time.monotonic() - started) / 60
    _say(f"{kills} kills, {acknowledged} changes acknowledged, all of them there; jobs {jobs}; "
         f"{minutes:.1f} minutes")  # fmt: skip


def check_export(served: Served) -> None:
    folder = served.data / "out"
    shutil.rmtree(folder, ignore_errors=True)
    status, text = served.command("export", folder, "--joint")
    assert status == 0, text
    done = subprocess.run(
        [sys.executable, "-m", "bilat.cli.main", "verify", str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
