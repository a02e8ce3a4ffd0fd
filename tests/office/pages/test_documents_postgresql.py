"""The stories of documents and their files on PostgreSQL: the same search, and row security."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.office.records.test_postgresql import ROOT, database

HERE = Path(__file__).parent
__all__ = ["database"]


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is the inner run")
def test_every_story_of_files_is_the_same_on_postgresql(database: str) -> None:
    stories = ("test_documents_files.py", "test_documents_coming_back.py", "test_documents.py")
    files = [str(HERE / name) for name in stories]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
