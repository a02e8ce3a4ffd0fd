"""What does the API carry with 100,000 commitments: requests a second, and how long each takes?

    PYTHONPATH=src:. python benchmarks/office_api.py [--records N] [--seconds N]

An office in a database of its own on PostgreSQL (``--server``; dropped afterwards, unless
``--keep NAME`` names one to keep and to take up again), served by gunicorn with two workers on
loopback, asked by threads that each keep one connection: nine requests in ten read, one writes.
The client runs on the same processors as the server and the database.
"""

from __future__ import annotations

import argparse
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
from pathlib import Path
from typing import Any

from benchmarks.office_api_world import PASSPHRASE, build, database

SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


@contextmanager
def serving(
    environment: dict[str, str],
    workers: int,
    threads: int,
    application: str = "bilat_office.wsgi:application",
) -> Iterator[int]:
    """gunicorn on a free port of loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application]
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


class Connection:
    """HTTP/1.1 as this server speaks it, and no more: the client shares the server's processors,
    so that what it spends on reading headers would be taken from what is measured."""

    def __init__(self, port: int) -> None:
        self._address = ("127.0.0.1", port)
        self._socket: socket.socket | None = None

    def ask(
        self, method: str, path: str, token: str, ticket: str, body: object
    ) -> tuple[int, bytes]:
        """Status and body. Raises OSError, and ValueError for what is no answer."""
        if self._socket is None:
            self._socket = socket.create_connection(self._address, 300)
        text = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {token}\r\nX-Bilat-Ticket: {ticket}\r\n"
        )
        if text:
            head += f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\n"
        self._socket.sendall(head.encode() + b"\r\n" + text)
        return self._answer(self._socket)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _answer(self, end: socket.socket) -> tuple[int, bytes]:
        got = b""
        while b"\r\n\r\n" not in got:
            part = end.recv(65536)
            if not part:
                raise ValueError("the server has closed the connection")
            got += part
        head, _blank, rest = got.partition(b"\r\n\r\n")
        fields = head.lower()
        length = int(fields.partition(b"content-length:")[2].partition(b"\r\n")[0])
        parts, missing = [rest], length - len(rest)
        while missing > 0:
            part = end.recv(65536)
            if not part:
                raise ValueError("the answer stops half way")
            parts.append(part)
            missing -= len(part)
        if b"connection: close" in fields:
            self.close()
        return int(head[9:12]), b"".join(parts)


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
        connection = Connection(self.port)
        turn = 0
        while time.perf_counter() < until:
            turn += 1
            kind, method, path, body = self._next(rng, turn)
            started = time.perf_counter()
            status = self._ask(connection, method, path, body)
            self.result.seconds[kind].append(time.perf_counter() - started)
            if status >= 400:
                self.result.statuses[f"{kind} {status}"] += 1

    def _ask(self, connection: Connection, method: str, path: str, body: Any) -> int:
        try:
            return connection.ask(method, path, self.token, self.ticket, body)[0]
        except (OSError, ValueError):
            connection.close()
            return 599

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
        connection = Connection(port)
        assert client._ask(connection, "GET", "/programme", None) == 200  # noqa: SLF001
        connection.close()
    body = {"key": key, "passphrase": PASSPHRASE, "minutes": 60}
    _status, text = Connection(port).ask("POST", "/sittings", token, "", body)
    return str(json.loads(text)["ticket"])


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


def processes(port: int, base: str) -> dict[str, list[int]]:
    """Process numbers of the server's workers and of the database's sessions."""
    done = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True)
    found: dict[str, list[int]] = {"server": [], "database": []}
    for line in done.stdout.splitlines()[1:]:
        number, _space, text = line.strip().partition(" ")
        if f"127.0.0.1:{port}" in text:
            found["server"].append(int(number))
        elif text.startswith("postgres:") and base in text:
            found["database"].append(int(number))
    return found


def spent(numbers: Sequence[int]) -> float:
    """Processor seconds that these processes have used until now."""
    ticks = 0
    for number in numbers:
        try:
            text = Path(f"/proc/{number}/stat").read_text(encoding="ascii")
        except OSError:
            continue
        fields = text.rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(numbers: Sequence[int]) -> list[int]:
    """Resident MiB of each process."""
    page = os.sysconf("SC_PAGE_SIZE")
    sizes = [Path(f"/proc/{n}/statm").read_text(encoding="ascii").split()[1] for n in numbers]
    return sorted((int(size) * page // 2**20 for size in sizes), reverse=True)


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
            mine = processes(port, address.rpartition("/")[2])
            before = {kind: spent(numbers) for kind, numbers in mine.items()}
            took = load(clients, asked.seconds)
            report(clients, took)
            count = sum(len(s) for c in clients for s in c.result.seconds.values())
            for kind, numbers in mine.items():
                used = (spent(numbers) - before[kind]) / count * 1000
                print(f"{kind}: {used:.1f} ms of a processor for each request")
            print(f"resident memory of the server's processes: {memory(mine['server'])} MiB")
            print(f"load of the machine meanwhile: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
