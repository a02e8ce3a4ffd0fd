"""The same office on either engine; PostgreSQL where a server answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.office.faults.harness import Served, postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: Any, tmp_path: Path) -> Iterator[Served]:
    if request.param == "sqlite":
        yield from _served(Served(tmp_path / "data"))
        return
    psycopg = pytest.importorskip("psycopg")
    try:
        with postgresql() as address:
            yield from _served(Served(tmp_path / "data", {"DATABASE_URL": address}))
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL to test with: {error}")


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Served]:
    yield from _served(Served(tmp_path / "data"))


def _served(office: Served) -> Iterator[Served]:
    office.begin()
    try:
        yield office
    finally:
        if office.process is not None and office.process.poll() is None:
            office.stop()
