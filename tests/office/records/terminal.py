"""The command as a person at a terminal runs it: a process of its own, a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "blr-kgz"
PHRASE = "four quiet words"


def office(*arguments: object, data: Path | None = None, **settings: str) -> tuple[int, str]:
    """Exit status and everything that was printed."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"BILAT_PASSPHRASE": PHRASE, "BILAT_LANG": "en", **settings}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    place = [] if data is None else ["--data", str(data)]
    done = subprocess.run(
        [sys.executable, "-m", "bilat_office", *map(str, arguments), *place],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout + done.stderr
