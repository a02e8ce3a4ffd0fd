"""The stories of reading on PostgreSQL, where rows of the other side are not even seen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from tests.office.faults.harness import ROOT, SERVER
from tests.office.pages.conftest import Desk
from tests.office.pages.reader_desk import read

from bilat_office.people.doorway import viewer_of
from bilat_office.readings.models import Finding, Reading
from bilat_office.readings.selectors import texts_waiting
from bilat_office.records.rowsecurity import every_row, rows_of

pytestmark = pytest.mark.django_db
IS_INNER = "DATABASE_URL" in os.environ


@pytest.fixture
def database() -> Iterator[str]:
    """A role that may make the database of the tests; both are taken away afterwards."""
    psycopg = pytest.importorskip("psycopg")
    name = f"bilat_reader_{os.getpid()}"
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


@pytest.mark.skipif(IS_INNER, reason="this is the inner run")
def test_every_story_of_reading_is_the_same_on_postgresql(database: str) -> None:
    here = Path(__file__).parent
    stories = [str(here / f"test_reader{name}.py") for name in ("", "_deciding", "_on_postgresql")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *stories],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_each_side_finds_its_own_texts_that_wait(office: Desk) -> None:
    number = read(office.browser())
    own, other = (viewer_of(office.world.people[side, "secretary"]) for side in ("BLR", "KGZ"))
    with every_row():
        waiting = Finding.objects.filter(reading_id=number).count()
    assert texts_waiting(own) == [(number, "Talks in Bishkek", waiting)]
    assert texts_waiting(other) == []


@pytest.mark.skipif(not IS_INNER, reason="SQLite has no row security")
def test_a_query_without_a_side_sees_no_row(office: Desk) -> None:
    """Also where a query forgets to ask for the own side."""
    assert connection.vendor == "postgresql"
    number = read(office.browser())
    viewers = [viewer_of(office.world.people[side, "secretary"]) for side in ("BLR", "KGZ")]
    seen = []
    for viewer in viewers:
        with rows_of(viewer):
            seen.append((Reading.objects.filter(pk=number).count(), Finding.objects.count() > 0))
    assert seen == [(1, True), (0, False)]
    assert Reading.objects.count() == 0
