"""How long does the office take with 100,000 entries in its database?

    PYTHONPATH=src:. python benchmarks/office_storage.py [--entries 100000] [--data FOLDER]

``start``: a process reads the whole chain from the database; ``append``: a change, its answer and
its entry through the services (three signatures, two transactions, rows and search words included);
``list``, ``search``, ``get``: one question at the door. The database is SQLite in a temporary
folder, or what DATABASE_URL names (it must be empty). ``--data`` keeps the folder and takes it up
again.
"""

from __future__ import annotations

import argparse
import gc
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from benchmarks.register import FIRST, SECOND, START, build, measure, milliseconds

from bilat.register.node import Node
from bilat_office.cli import prepare

ROUNDS = 200


def store(node: Node) -> None:
    """Put a chain into an empty database in one go: no benchmark waits for 100,000 transactions."""
    from bilat_office.records.keeper import KEEPER
    from bilat_office.records.models import Entry, Version
    from bilat_office.records.rows import text_of

    entries, versions = [], []
    latest = {name: node.register.state.base(name) for name, _ in node.register.state.records()}
    for entered in node.register.entries:
        place, change = entered.said.place, entered.change.id
        entries.append(
            Entry(place=place, entry=entered.entry.id, change=change, line=entered.entry.line,
                  before_id=entered.said.prev if place > 1 else None, time=entered.said.time)
        )  # fmt: skip
        versions += [
            Version(section=item.section, record=item.id, entry_id=place, change=change,
                    content=text_of(item.content or {}), is_current=latest[item.name] == change)
            for item in entered.proposed.items
        ]  # fmt: skip
    with KEEPER.writing(node.register.founding):
        Entry.objects.bulk_create(entries, batch_size=500)
        Version.objects.bulk_create(versions, batch_size=500)


def taken(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def appended(first: int) -> list[float]:
    """Seconds of a change with its answer and its entry."""
    from bilat_office.records.services.changes import change_countersign, change_propose

    times = []
    for number in range(first, first + ROUNDS):
        at = START + timedelta(minutes=number)
        started = time.perf_counter()
        # The depositary countersigns: its order enters the change at once.
        change = change_propose(new=[measure(number)], reason="Session 13", by=SECOND, at=at)
        assert change_countersign(change=change, by=FIRST, at=at) == "entered"
        times.append(time.perf_counter() - started)
    return times


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=100_000)
    asked.add_argument("--data", type=Path)
    options = asked.parse_args()
    gc.set_threshold(200_000, 50, 100)  # as the command line does
    with tempfile.TemporaryDirectory() as aside:
        prepare(options.data or Path(aside), migrate=True)
        measure_office(options.entries)


def measure_office(entries: int) -> None:
    from django.db import connection

    from bilat_office.records.door import Door
    from bilat_office.records.keeper import KEEPER
    from bilat_office.records.models import Entry
    from bilat_office.records.services.rebuilding import rebuild
    from bilat_office.records.viewer import Viewer

    print(f"Python {platform.python_version()}, {platform.machine()}, {connection.vendor}")
    if not Entry.objects.exists():
        node = build(entries)
        print(f"stored   {taken(lambda: store(node)):.1f} s")
        del node
        KEEPER.forget()
        print(f"rebuild  {taken(rebuild):.1f} s")
        KEEPER.forget()
    door_opened = taken(lambda: Door(Viewer("BLR")))
    print(f"start    {door_opened:.1f} s")
    print(f"append   {milliseconds(appended(Entry.objects.count()))}")
    door = Door(Viewer("BLR"))
    for name, ask in (
        ("list", lambda: door.list("commitments", sort="due", size=50)),
        ("search", lambda: door.search("торгового дома 77")),
        ("get", lambda: door.get("commitments", "measure-7")),
    ):
        times = [taken(ask) for _ in range(20)]
        print(f"{name:8} median {statistics.median(times) * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
