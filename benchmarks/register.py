"""How long do 100,000 countersigned changes take: to fold, to verify, and to add one more?

    PYTHONPATH=. python benchmarks/register.py [--entries 100000] [--keep FOLDER]

Every entry is one change of one commitment with three Ed25519 signatures (change, countersignature,
seal). ``fold`` starts from entries that have been read and whose signatures were verified before;
``verify`` starts from the folder and checks everything. ``append`` is a whole round at
one node that holds all entries: propose, countersign, enter, and the other node taking the three
messages.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import platform
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bilat.register.canonical import Document
from bilat.register.chain import Entered
from bilat.register.entering import fold
from bilat.register.genesis import Founding, found
from bilat.register.keys import create_key
from bilat.register.kinds import Name
from bilat.register.node import Node
from bilat.register.orders import Actor, countersign, propose, seal
from bilat.register.store import export
from bilat.register.verify import Verified, verify

START = datetime(2026, 1, 1, tzinfo=UTC)
RECORDS = 20_000
"""Different commitments: each is changed five times."""


def seed(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


FIRST = Actor("Ales", create_key(seed("BLR"), side="BLR", holder="Minsk"))
SECOND = Actor("Aida", create_key(seed("KGZ"), side="KGZ", holder="Bishkek"))


def measure(number: int) -> tuple[Name, Document]:
    """A commitment about as long as those of the example programme."""
    name = f"measure-{number % RECORDS}"
    content = {
        "id": name,
        "title": {"en": f"Open trade house no. {number}", "ru": f"Открыть торговый дом № {number}"},
        "sector": "trade",
        "due": str(2027 + number % 5),
        "depends_on": [f"measure-{number % RECORDS - 1}"] if number % RECORDS else [],
        "note": "As decided by the intergovernmental commission at its thirteenth session.",
    }
    return ("commitments", name), {key: value for key, value in content.items() if value}


def round_of(node: Node, number: int) -> list[bytes]:
    """One change with its answer and its entry; the lines that go to the other side."""
    at = START + timedelta(minutes=number)
    change = propose(node, [measure(number)], "Session 13", FIRST, at)
    answer = countersign(node, change.id, SECOND, at)
    return [message.line for message in (change, answer, *seal(node, FIRST, at))]


def build(entries: int) -> Node:
    founding: Founding = found(
        "blr-kgz", [FIRST.signer, SECOND.signer], at=START, nonce=seed("nonce")
    )
    node = Node(founding)
    for number in range(entries):
        round_of(node, number)
    return node


def folded(node: Node) -> float:
    entries: list[Entered] = node.register.entries
    started = time.perf_counter()
    register = fold(node.register.founding, entries, signatures=False)
    taken = time.perf_counter() - started
    assert register.head == node.register.head
    return taken


def verified(folder: Path) -> float:
    started = time.perf_counter()
    found_whole = verify(folder)
    taken = time.perf_counter() - started
    assert isinstance(found_whole, Verified)
    return taken


def appended(node: Node, first: int, rounds: int = 200) -> tuple[list[float], list[float]]:
    """Seconds a round at the side that enters, and at the side that takes the messages."""
    copy = fold(node.register.founding, node.register.entries, signatures=False)
    other = Node(node.register.founding, copy)
    here, there = [], []
    for number in range(first, first + rounds):
        started = time.perf_counter()
        lines = round_of(node, number)
        between = time.perf_counter()
        codes = [other.receive(line).code for line in lines]
        there.append(time.perf_counter() - between)
        here.append(between - started)
        assert codes == ["accepted"] * 3
    return here, there


def milliseconds(times: list[float]) -> str:
    ordered = sorted(times)
    middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
    return f"median {middle * 1e3:.2f} ms, 99th percentile {late * 1e3:.2f} ms"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=100_000)
    asked.add_argument("--keep", type=Path)
    options = asked.parse_args()
    gc.set_threshold(200_000, 50, 100)  # as the command line does
    print(f"Python {platform.python_version()}, {platform.machine()}")
    started = time.perf_counter()
    node = build(options.entries)
    print(f"built    {options.entries:,} entries in {time.perf_counter() - started:.1f} s")
    print(f"fold     {min(folded(node) for _ in range(3)):.2f} s (best of 3)")
    with tempfile.TemporaryDirectory() as aside:
        folder = options.keep or Path(aside)
        started = time.perf_counter()
        paths = export(node, folder)
        size = sum(path.stat().st_size for path in paths)
        print(f"export   {time.perf_counter() - started:.1f} s, {size / 1e6:.0f} MB")
        print(f"verify   {verified(folder):.1f} s, on one core")
    here, there = appended(node, options.entries)
    print(f"append   {milliseconds(here)}")
    print(f"receive  {milliseconds(there)}")


if __name__ == "__main__":
    main()
