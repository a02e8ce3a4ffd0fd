"""The same stories on PostgreSQL, as a role that is no superuser, under row security."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.office.records.test_postgresql import database

__all__ = ["database"]
ROOT = Path(__file__).parents[3]
STORIES = ("test_records.py", "test_changes.py", "test_own_side.py", "test_exchange.py")
ISOLATION = "test_isolation.py"


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is the inner run")
def test_the_api_is_the_same_on_postgresql(database: str) -> None:
    here = Path(__file__).parent
    chosen = [str(here / name) for name in STORIES]
    chosen.append(f"{here / ISOLATION}::test_what_is_hidden_answers_as_what_is_not_there")
    chosen.append(f"{here / ISOLATION}::test_counts_are_of_what_is_shown")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
