"""An administrator starts the office with one command, and stops it without breaking anything."""

from __future__ import annotations

import os
import sys
import time

import pytest
from tests.office.faults.harness import Served, Written, wait_for_jobs, wait_for_one_more

from bilat_office.jobs.peer import Peer
from bilat_office.records.refusals import OfficeRefused

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="chooses its databases itself"),
]


def test_it_says_where_it_answers_works_and_stops_in_order(on_sqlite: Served) -> None:
    served, written = on_sqlite, Written()
    served.start()
    log = (served.data / "serve.log").read_text(encoding="utf-8")
    assert f"The office answers at http://127.0.0.1:{served.port}/" in log
    with served.writing(written):
        wait_for_one_more(written)
        started = time.monotonic()
        assert served.stop() == 0
    assert time.monotonic() - started < 30
    assert written.entered
    assert served.call("GET", "/health")[0] == 0
    served.check(written)
    log = (served.data / "serve.log").read_text(encoding="utf-8")
    assert "Traceback" not in log


def test_the_other_office_exchanges_with_it_by_a_token(on_sqlite: Served) -> None:
    """What the tests' double of an office pretends is what the API does."""
    served, written = on_sqlite, Written()
    served.start()
    served.agree(written)
    address, token = f"http://127.0.0.1:{served.port}", served.keys["KGZ"]["token"]
    peer = Peer(address, token)
    lines = list(peer.outbox())
    assert len(lines) >= 2
    assert set(peer.bring(lines)) == {"known"}
    with pytest.raises(OfficeRefused, match="401"):
        list(Peer(address, token + "x").outbox())
    assert wait_for_jobs(served, 30)


@pytest.mark.slow
def test_its_parts_do_not_outlive_it(on_sqlite: Served) -> None:
    served = on_sqlite
    served.start()
    served.kill("self")
    end = time.monotonic() + 60
    while served.call("GET", "/health")[0] != 0:
        assert time.monotonic() < end, "the web server is still there"
        time.sleep(0.1)
    served.start()
    assert served.call("GET", "/health")[0] == 200
