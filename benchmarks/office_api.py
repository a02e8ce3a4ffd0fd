"""What does the API carry with 100,000 commitments: requests a second, and how long each takes?

    PYTHONPATH=src:. python benchmarks/office_api.py [--records N] [--seconds N]

An office in a database of its own on PostgreSQL (``--server``; dropped afterwards, unless
``--keep NAME`` names one to keep and to take up again), served by gunicorn with two workers on
loopback, asked by threads that each keep one connection: nine requests in ten read, one writes.
The client runs on the same processors as the server and the database.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import random
import secrets
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
BEGUN = datetime(2025, 1, 1, 9, 0, tzinfo=UTC)
PASSPHRASE = "the quiet office"  # noqa: S105 (of keys that live as long as this run)
A_CHANGE = 4000
"""Records that one entry brings."""
STATES = ("no_evidence", "not_started", "limited", "substantial", "complete")


def document(number: int) -> dict[str, Any]:
    """A commitment as offices write them: two languages, an owner, a deadline."""
    grade = {"on": "2026-01-15", "grade": STATES[number % 5], "text": f"Seen in report {number}"}
    return {
        "id": f"measure-{number}",
        "title": {"en": f"Open trade house number {number}", "ru": f"Торговый дом {number}"},
        "owners": [f"body-{number % 40}"],
        "due": f"20{26 + number % 5}-{1 + number % 12:02d}",
        "evidence": [grade],
    }


@contextmanager
def database(server: str, keep: str | None) -> Iterator[str]:
    """The address of a database whose owner is no superuser: row security holds for it."""
    import psycopg

    name = keep or f"bilat_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if there.fetchone() is None:
            connection.execute(f"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS")
            connection.execute(f"CREATE DATABASE {name} OWNER {name}")
        host, port = connection.info.host, connection.info.port
        try:
            yield f"postgresql://{name}@{host}:{port}/{name}"
        finally:
            if keep is None:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
                connection.execute(f"DROP ROLE {name}")


def build(records: int) -> dict[str, str]:
    """Found the office, bring the records in, invite a secretary. Gives what the clients need."""
    from bilat_office.people.models import Person
    from bilat_office.people.services.tokens import SCOPES, token_create
    from bilat_office.records.models import Row

    if not Row.objects.filter(section="commitments").exists():
        _fill(records)
    person = Person.objects.filter(side="BLR").first() or _secretary()
    token = token_create(
        person=person,
        name="benchmark",
        scopes=SCOPES,
        days=1,
        secret=secrets.token_urlsafe(32),
        at=datetime.now(UTC),
    )
    key = _key()
    return {"token": token, "key": key}


def _fill(records: int) -> None:
    from benchmarks.office_storage import store

    from bilat.register import orders
    from bilat.register.genesis import found
    from bilat.register.keys import create_key
    from bilat.register.node import Node
    from bilat.register.orders import Actor, New
    from bilat_office.records.services.keys import key_keep, locked

    seeds = {side: secrets.token_bytes(32) for side in ("BLR", "KGZ")}
    actors = [
        Actor("bench", create_key(seed, side=side, holder="bench")) for side, seed in seeds.items()
    ]
    node = Node(
        found("blr-kgz", [a.signer for a in actors], at=BEGUN, nonce=bytes(32), mode="solo")
    )
    bodies: list[New] = [
        (
            ("bodies", f"body-{n}"),
            {"id": f"body-{n}", "party": "BLR", "name": f"Body {n}", "kind": "ministry"},
        )
        for n in range(40)
    ]
    new = [*bodies, *((("commitments", f"measure-{n}"), document(n)) for n in range(records))]
    for first in range(0, len(new), A_CHANGE):
        at = BEGUN + timedelta(minutes=first)
        orders.enter_alone(node, new[first : first + A_CHANGE], "The programme", actors, at)
    store(node)
    for actor in actors:
        pem = locked(seeds[actor.signer.side], PASSPHRASE)
        key_keep(record=actor.signer.record, pem=pem, at=BEGUN)
    _rows()


def _rows() -> None:
    """As `rebuild` does, in few statements: 100,000 single ones would take minutes."""
    from django.db import connection, transaction

    from bilat_office.records.models import Reference, Row, Version
    from bilat_office.records.rows import row_of
    from bilat_office.records.vendor import EVERYTHING, reading_as
    from bilat_office.records.words import words

    with transaction.atomic(), reading_as(EVERYTHING):
        Row.objects.all().delete()  # those of the founding
        rows, named = [], []
        for version in Version.objects.filter(is_current=True).iterator():
            columns, references = row_of(
                version.section, str(version.content), place=version.entry_id or 0, published=False
            )
            rows.append(Row(**columns))
            named.append(references)
        Row.objects.bulk_create(rows, batch_size=1000)
        Reference.objects.bulk_create(
            (
                Reference(row=row, section=to[0], record=to[1], field=name, visibility="joint")
                for row, references in zip(rows, named, strict=True)
                for name, to in references
            ),
            batch_size=2000,
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO records_words (row_id, visibility, words) "
                "VALUES (%s, 'joint', to_tsvector('records_words', %s))",
                [(row.pk, " ".join(words(row.text))) for row in rows],
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _secretary() -> Any:
    from bilat_office.people.services.persons import person_add

    return person_add(
        name="Bench",
        email="bench@example.org",
        side="BLR",
        sides=("BLR", "KGZ"),
        at=BEGUN,
        roles=["secretary"],
    )


def _key() -> str:
    from bilat_office.records.services.keys import keys_kept

    return keys_kept(side="BLR")[0].id


@contextmanager
def serving(environment: dict[str, str], workers: int, threads: int) -> Iterator[int]:
    """gunicorn on a free port of loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "bilat_office.wsgi:application"]
    options = ["-w", str(workers), "--threads", str(threads), "-b", f"127.0.0.1:{port}"]
    quiet = ["--log-level", "warning", "--keep-alive", "30", "--timeout", "300"]
    server = subprocess.Popen([*command, *options, *quiet], env=environment)
    try:
        _await(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _await(port: int) -> None:
    for _turn in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not come up")


@dataclass
class Result:
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[str] = field(default_factory=Counter)


@dataclass
class Client:
    """One connection, its own random numbers, and what it has measured."""

    port: int
    token: str
    ticket: str
    records: int
    number: int
    result: Result = field(default_factory=Result)

    def run(self, until: float) -> None:
        rng = random.Random(self.number)  # noqa: S311 (a mix that repeats)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        turn = 0
        while time.perf_counter() < until:
            turn += 1
            kind, method, path, body = self._next(rng, turn)
            started = time.perf_counter()
            status = self._ask(connection, method, path, body)
            self.result.seconds[kind].append(time.perf_counter() - started)
            if status >= 400:
                self.result.statuses[f"{kind} {status}"] += 1

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: Any
    ) -> int:
        headers = {"Authorization": f"Bearer {self.token}", "X-Bilat-Ticket": self.ticket}
        text = None
        if body is not None:
            text, headers["Content-Type"] = json.dumps(body), "application/json"
        try:
            connection.request(method, f"/api/v1{path}", text, headers)
            answer = connection.getresponse()
            answer.read()
        except OSError:
            connection.close()
            return 599
        return answer.status

    def _next(self, rng: random.Random, turn: int) -> tuple[str, str, str, Any]:
        n, drawn = rng.randrange(self.records), rng.random()
        reads = (
            (0.30, "list", f"/commitments?owner=body-{n % 40}&sort=due&size=50"),
            (0.40, "list all", f"/commitments?page={1 + n % 20}&size=50"),
            (0.75, "get", f"/commitments/measure-{n}"),
            (0.82, "search", f"/search?q=house+{n}"),
            (0.86, "history", f"/commitments/measure-{n}/history"),
            (0.90, "references", f"/commitments/measure-{n}/references"),
        )
        for below, kind, path in reads:
            if drawn < below:
                return kind, "GET", path, None
        return self._write(drawn, f"b{self.number}-{turn}")

    def _write(self, drawn: float, id_: str) -> tuple[str, str, str, Any]:
        content = {"title": f"Trade house {id_}", "owners": ["body-1"], "due": "2027"}
        item = {"section": "commitments", "id": id_, "content": {**content, "id": id_}}
        if drawn < 0.96:
            return "private save", "PUT", f"/private/commitments/{id_}", {"content": content}
        if drawn < 0.99:
            return "draft", "POST", "/drafts", {"items": [item], "reason": "Bench"}
        return "propose", "POST", "/changes", {"items": [{**item, "base": None}], "reason": "Bench"}


def warm(port: int, token: str, key: str, workers: int) -> str:
    """Every worker reads its chain once; a key is opened. Gives its ticket."""
    ticket = ""
    for _turn in range(workers * 6):
        client = Client(port, token, ticket, 1, 0)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        assert client._ask(connection, "GET", "/programme", None) == 200  # noqa: SLF001
        connection.close()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    body = json.dumps({"key": key, "passphrase": PASSPHRASE, "minutes": 60})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/sittings", body, headers)
    answer = json.loads(connection.getresponse().read())
    return str(answer["ticket"])


def load(clients: Sequence[Client], seconds: float) -> float:
    """All at once. Gives the seconds that it took."""
    started = time.perf_counter()
    threads = [threading.Thread(target=c.run, args=(started + seconds,)) for c in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


def report(clients: Sequence[Client], took: float) -> None:
    every: dict[str, list[float]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    for client in clients:
        wrong.update(client.result.statuses)
        for kind, seconds in client.result.seconds.items():
            every[kind] += seconds
    everything = [second for seconds in every.values() for second in seconds]
    print(f"{len(everything) / took:8.1f} requests/s   {len(everything)} in {took:.0f} s")
    for kind, seconds in [("all", everything), *sorted(every.items())]:
        print(f"{kind:14} {len(seconds):7}  {_quantiles(seconds)}")
    print(f"errors: {dict(wrong) or 0}")


def _quantiles(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return "–"
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return "  ".join(f"p{p} {cuts[p - 1] * 1000:7.1f} ms" for p in (50, 95, 99))


def memory(workers: int) -> None:
    """Resident memory of the server's processes."""
    done = subprocess.run(
        ["ps", "-eo", "rss,args", "--sort=-rss"], capture_output=True, text=True, check=True
    )
    found = [line for line in done.stdout.splitlines() if "bilat_office.wsgi" in line]
    for line in found[:workers]:
        print(f"worker: {int(line.split()[0]) / 1024:.0f} MiB")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--clients", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--server", default=SERVER)
    parser.add_argument("--keep")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    with database(asked.server, asked.keep) as address:
        os.environ.update(DATABASE_URL=address, BILAT_SECRET_KEY=secrets.token_urlsafe(50))
        from bilat_office.cli import prepare

        prepare(None, migrate=True)
        started = time.perf_counter()
        given = build(asked.records)
        print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors")
        print(f"{asked.records} commitments, built in {time.perf_counter() - started:.0f} s")
        with serving({**os.environ}, asked.workers, asked.threads) as port:
            ticket = warm(port, given["token"], given["key"], asked.workers)
            clients = [
                Client(port, given["token"], ticket, asked.records, number)
                for number in range(asked.clients)
            ]
            report(clients, load(clients, asked.seconds))
            memory(asked.workers)


if __name__ == "__main__":
    main()
