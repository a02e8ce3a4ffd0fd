"""The same office on either engine; PostgreSQL where a server answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.office.faults.harness import Served, postgresql


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """An office on SQLite with its people; tests work on copies."""
    office = Served(tmp_path_factory.mktemp("faults") / "data")
    office.begin()
    return office


@pytest.fixture
def on_sqlite(begun: Served, tmp_path: Path) -> Iterator[Served]:
    data = Path(shutil.copytree(begun.data, tmp_path / "data"))
    yield from _ended(Served(data, keys=begun.keys))


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Iterator[Served]:
    psycopg = pytest.importorskip("psycopg")
    try:
        with postgresql() as address:
            office = Served(tmp_path / "data", {"DATABASE_URL": address})
            office.begin()
            yield from _ended(office)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL to test with: {error}")


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: Any) -> Served:
    office: Served = request.getfixturevalue(f"on_{request.param}")
    return office


def _ended(office: Served) -> Iterator[Served]:
    try:
        yield office
    finally:
        if office.process is not None and office.process.poll() is None:
            office.stop()
