"""An office that is served as it will run, somebody who keeps writing, and a hand that kills.

The writer notes only what the office has acknowledged. After every kill the database is read by
another process: the chain must verify, hold every acknowledged change, and no half of one.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.office.faults.scripts import BEGIN, LOOK

ROOT = Path(__file__).parents[3]
SERVER = os.environ.get("BILAT_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
PHRASE = "four quiet words"
PROGRAMME = """\
id: blr-kgz
title: Belarus and Kyrgyzstan
parties: [{code: BLR}, {code: KGZ}]
keys: two
"""


@dataclass
class Written:
    """What the office has acknowledged: changes by id."""

    proposed: set[str] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    """Answers that were neither success nor a 503: there should be none."""


@dataclass
class Served:
    """A data folder, or a database on PostgreSQL, and the office that is served from it."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    keys: dict[str, Any] = field(default_factory=dict)
    number: int = 0

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return {
            **kept,
            "BILAT_DATA": str(self.data),
            "BILAT_PASSPHRASE": PHRASE,
            "BILAT_LANG": "en",
            "BILAT_LETTERS_HOUR": "24",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            **self.settings,
        }

    def command(self, *arguments: object) -> tuple[int, str]:
        return self._run("-m", "bilat_office", *map(str, arguments))

    def script(self, text: str) -> Any:
        status, printed = self._run("-c", text)
        assert status == 0, printed
        return json.loads(printed.strip().splitlines()[-1])

    def _run(self, *arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode, done.stdout + done.stderr

    def begin(self) -> None:
        folder = self.data / "programme"
        folder.mkdir(parents=True)
        (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
        status, text = self.command("init", folder, "--two")
        assert status == 0, text
        self.keys = self.script(BEGIN)

    def start(self, *options: str) -> None:
        self.port = self.port or _free_port()
        arguments = ["-m", "bilat_office", "serve", "--port", str(self.port), *options]
        with (self.data / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments], env=self.environment, stdout=log, stderr=log
            )
        self.wait_until_it_answers()

    def wait_until_it_answers(self, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.call("GET", "/health")[0] == 200:
                return
            time.sleep(0.05)
        raise AssertionError((self.data / "serve.log").read_text(errors="replace")[-3000:])

    def stop(self) -> int:
        """Gracefully, as a service manager does it."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(60)

    def kill(self, victim: str) -> None:
        """kill -9 of a part that this test has started: ``all``, ``web``, ``server``, ``work``;
        ``self`` is what keeps the others alive.
        """
        assert self.process is not None
        web, work, servers = self._parts()
        chosen = {
            "self": [self.process.pid],
            "all": [self.process.pid, *web, *work, *servers],
            "web": web,
            "server": servers[:1],
            "work": work,
        }[victim]
        for pid in chosen:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue  # it has just ended by itself
        if victim in ("all", "self"):
            self.process.wait()
        if victim == "all":
            while any(Path(f"/proc/{pid}").exists() and not _is_zombie(pid) for pid in chosen):
                time.sleep(0.01)

    def _parts(self) -> tuple[list[int], list[int], list[int]]:
        """Process ids: gunicorn's master, the worker of jobs, gunicorn's servers."""
        assert self.process is not None
        web: list[int] = []
        work: list[int] = []
        for pid in _children(self.process.pid):
            (web if b"gunicorn" in _command_line(pid) else work).append(pid)
        return web, work, [child for pid in web for child in _children(pid)]

    def call(
        self, method: str, path: str, body: Any = None, side: str | None = None
    ) -> tuple[int, Any, dict[str, str]]:
        """Status, JSON (or text), headers; status 0 where nobody answered."""
        headers = {"Content-Type": "application/json"}
        if side is not None:
            headers["Authorization"] = f"Bearer {self.keys[side]['token']}"
            headers["X-Bilat-Ticket"] = self.keys[side]["ticket"]
        data = None if body is None else json.dumps(body).encode()
        request = Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, headers=headers, method=method
        )
        try:
            with urlopen(request, timeout=60) as answer:  # noqa: S310
                return answer.status, _read(answer.read()), dict(answer.headers)
        except HTTPError as error:
            return error.code, _read(error.read()), dict(error.headers)
        except (URLError, OSError, http.client.HTTPException):
            return 0, None, {}

    def agree(self, written: Written) -> None:
        """One change of two records is proposed, countersigned and entered."""
        self.number += 1
        theirs = next(side for side in ("BLR", "KGZ") if side != self.keys["depositary"])
        ids = [f"measure-{self.number}-{part}" for part in "ab"]
        items = [
            {
                "section": "commitments",
                "id": id_,
                "base": None,
                "content": {"id": id_, "title": id_},
            }
            for id_ in ids
        ]
        asked = {"items": items, "reason": "Session 13"}
        status, told, _ = self.call("POST", "/api/v1/changes", asked, theirs)
        if status != 201:
            return _note(written, status, told)
        written.proposed.add(told["id"])
        path = f"/api/v1/changes/{told['id']}/countersign"
        status, told, _ = self.call("POST", path, {}, self.keys["depositary"])
        if status != 200:
            return _note(written, status, told)
        assert told["status"] == "entered", told
        return written.entered.add(told["id"])

    @contextmanager
    def writing(self, written: Written) -> Iterator[None]:
        """Somebody writes all the while, whoever is killed meanwhile."""
        over = threading.Event()

        def write() -> None:
            while not over.is_set():
                self.agree(written)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            yield
        finally:
            over.set()
            writer.join()

    def check(self, written: Written) -> dict[str, Any]:
        """Nothing acknowledged is lost, nothing is there by half. Gives what was found."""
        found: dict[str, Any] = self.script(LOOK)
        assert found["whole"], "the chain does not verify"
        entered, known = set(found["entered"]), {*found["entered"], *found["under_way"]}
        assert written.entered <= entered, "an acknowledged entry is lost"
        assert written.proposed <= known, "an acknowledged proposal is lost"
        numbers = [id_.rsplit("-", 1)[0] for id_ in found["records"]]
        assert all(numbers.count(number) == 2 for number in set(numbers)), "half a change"
        assert found["rows"] == found["records"], "rows and documents differ"
        assert not written.refused, written.refused[:3]
        return found


def _note(written: Written, status: int, told: Any) -> None:
    if status in (0, 503):
        time.sleep(0.02)
    else:
        written.refused.append(f"{status}: {told}")


def storm(served: Served, kills: int, seed: int, report: Callable[[str], None]) -> Written:
    """Kill something ``kills`` times while somebody writes; look at the database after each."""
    chance, written = random.Random(seed), Written()  # noqa: S311 (a story that can be repeated)
    for turn in range(1, kills + 1):
        victim = chance.choice(("all", "web", "server", "work"))
        with served.writing(written):
            wait_for_one_more(written)
            time.sleep(chance.uniform(0.0, 0.5))
            served.kill(victim)
            if victim != "all":
                time.sleep(chance.uniform(0.0, 0.3))
            else:
                time.sleep(0.05)
        found = served.check(written)
        report(
            f"{turn:4} killed {victim:6}  acknowledged {len(written.entered):5}  "
            f"entered {len(found['entered']):5}  jobs {found['jobs']}"
        )
        if victim == "all":
            served.start()
        else:
            served.wait_until_it_answers()
    return written


def wait_for_one_more(written: Written) -> None:
    """So that the kill falls into the writing, not into the start."""
    before, end = len(written.entered), time.monotonic() + 30
    while len(written.entered) == before and time.monotonic() < end:
        time.sleep(0.005)


def wait_for_jobs(served: Served, seconds: float) -> dict[str, int]:
    """Until every job has ended; how many ended how. One more is asked for at each look."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        jobs: dict[str, int] = served.script(LOOK)["jobs"]
        if jobs.get("queued", 0) + jobs.get("running", 0) <= 1:
            return jobs
        time.sleep(1)
    raise AssertionError(f"jobs are left: {jobs}")


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a fresh database of a role without rights; both are taken away afterwards.

    Raises psycopg.OperationalError where no server answers.
    """
    import psycopg

    name = f"bilat_faults_{os.getpid()}"
    with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as server:
        server.execute(f"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS")
        try:
            server.execute(f"CREATE DATABASE {name} OWNER {name}")
            yield f"postgresql://{name}@{server.info.host}:{server.info.port}/{name}"
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"DROP ROLE {name}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(item) for item in text.split()]


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _is_zombie(pid: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return True


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
