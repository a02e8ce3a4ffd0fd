"""The disk is full, the file locked, the database gone: a clear 503, and nothing lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest
from tests.office.faults.harness import SERVER, Served, Written

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="chooses its databases itself"),
]


def change(id_: str = "late") -> dict[str, Any]:
    content = {"id": id_, "title": "Late " * 4000}
    item = {"section": "commitments", "id": id_, "base": None, "content": content}
    return {"items": [item], "reason": "Session 13"}


def refused(told: tuple[int, Any, dict[str, str]]) -> Any:
    """A 503 that says when to come again; its body."""
    status, body, headers = told
    assert status == 503, told
    assert int(headers["Retry-After"]) > 0
    assert "Traceback" not in str(body)
    return body


@pytest.mark.slow
def test_a_full_disk_refuses_what_it_cannot_keep_and_goes_on_when_there_is_room(
    on_sqlite: Served,
) -> None:
    """The limit of a file's size stands for the end of the disk: SQLite says the same."""
    served = on_sqlite
    written = Written()
    served.start("--no-work")
    served.agree(written)
    assert served.stop() == 0
    size = (served.data / "office.sqlite3").stat().st_size
    _limited(served, size + 40_000)
    side = next(side for side in ("BLR", "KGZ") if side != served.keys["depositary"])
    told = served.call("GET", "/health")
    for number in range(300):
        told = served.call("POST", "/api/v1/changes", change(f"late-{number}"), side)
        if told[0] != 201:
            break
        written.proposed.add(told[1]["id"])
    body = refused(told)
    assert body["code"] == "service_unavailable"
    assert served.call("GET", "/api/v1/commitments", side=side)[0] == 200, "reading goes on"
    served.stop()
    served.check(written)
    served.start("--no-work")
    before = len(written.entered)
    served.agree(written)
    assert len(written.entered) == before + 1
    served.check(written)


def _limited(served: Served, most: int) -> None:
    """Start the office with files that may not grow beyond ``most`` bytes."""
    start = subprocess.Popen

    def limited(command: Any, **options: Any) -> Any:
        shell = f"ulimit -f {most // 1024}; trap '' XFSZ; exec \"$@\""
        return start(["bash", "-c", shell, "office", *command], **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.office.faults.harness.subprocess.Popen", limited)
        served.start("--no-work")


def test_a_file_that_somebody_has_locked_for_long_is_told_as_busy(on_sqlite: Served) -> None:
    served, written = on_sqlite, Written()
    served.settings["DJANGO_SETTINGS_MODULE"] = "tests.office.faults.impatient"
    served.start("--no-work")
    served.agree(written)
    side = next(side for side in ("BLR", "KGZ") if side != served.keys["depositary"])
    with closing(sqlite3.connect(served.data / "office.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(served.call("POST", "/api/v1/changes", change(), side))
        other.execute("ROLLBACK")
    assert served.call("POST", "/api/v1/changes", change(), side)[0] == 201
    served.check(written)


def test_a_database_that_is_gone_is_told_and_found_again(on_postgresql: Served) -> None:
    """The role may not connect and its connections are cut: as when the server is stopped."""
    import psycopg

    served, written = on_postgresql, Written()
    served.start()
    served.agree(written)
    name = served.settings["DATABASE_URL"].rsplit("/", 1)[-1]
    side = served.keys["depositary"]
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"ALTER ROLE {name} NOLOGIN")
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [name]
        )
        refused(served.call("GET", "/api/v1/commitments", side=side))
        refused(served.call("POST", "/api/v1/changes", change(), side))
        page = refused(served.call("GET", "/feeds/" + "x" * 43 + ".ics"))
        assert "does not answer" in str(page)
        assert served.call("GET", "/health")[0] == 200
        server.execute(f"ALTER ROLE {name} LOGIN")
    before = len(written.entered)
    served.agree(written)
    assert len(written.entered) == before + 1, "the first request after it is answered"
    served.check(written)
