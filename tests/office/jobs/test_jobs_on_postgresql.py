"""The same stories on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.office.faults.harness import ROOT, SERVER


@pytest.fixture
def database() -> Iterator[str]:
    """A role that may make the database of the tests; both are taken away afterwards."""
    psycopg = pytest.importorskip("psycopg")
    name = f"bilat_jobs_{os.getpid()}"
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL to test with: {error}")
    with server:
        server.execute(f"CREATE ROLE {name} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
        try:
            server.execute(f"CREATE DATABASE {name} OWNER {name}")
            yield f"postgresql://{name}@{server.info.host}:{server.info.port}/{name}"
        finally:
            for made in (name, f"test_{name}"):
                server.execute(f"DROP DATABASE IF EXISTS {made} WITH (FORCE)")
            server.execute(f"DROP ROLE {name}")


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is the inner run")
def test_every_story_of_jobs_is_the_same_on_postgresql(database: str) -> None:
    here = Path(__file__).parent
    stories = [str(here / f"test_{name}.py") for name in ("jobs", "letters", "feeds")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *stories],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
