"""What is in the warehouse, how it came there, and whether it is whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pyarrow.parquet as pq

from bilat.errors import Place, Problem
from bilat.language import say
from bilat.sources.report import KEY
from bilat.warehouse import queries
from bilat.warehouse.compacting import portions
from bilat.warehouse.engine import Engine
from bilat.warehouse.parts import sha256_of
from bilat.warehouse.storage import Bucket, Disk
from bilat.warehouse.table import DataFile, Snapshot, Table
from bilat.warehouse.trouble import read_told


@dataclass(frozen=True)
class DatasetStatus:
    """One dataset: how much of it, its vintages, and the periods that begin in it."""

    dataset: str
    rows: int
    vintages: int
    first_vintage: date
    last_vintage: date
    first_start: date
    last_start: date
    reporters: int


@dataclass(frozen=True)
class Status:
    """size: bytes of the files that count; merged files that wait for deletion are not in it."""

    address: str
    version: int
    rows: int
    files: int
    size: int
    datasets: tuple[DatasetStatus, ...]


@dataclass(frozen=True)
class Commit:
    """One line of the history. operation: load, compact, or Delta's own word for it.

    hashes: file → SHA-256 of the files that it added.
    """

    version: int
    when: datetime  # UTC, as Delta noted it
    operation: str
    dataset: str
    vintage: str
    rows: int
    content_hash: str
    bilat: str
    hashes: Mapping[str, str]


@dataclass(frozen=True)
class Verified:
    """What was read, and every problem that was found."""

    version: int
    files: int
    rows: int
    commits: int
    problems: tuple[Problem, ...]


def status(table: Table, engine: Engine) -> Status:
    snapshot = table.snapshot()
    with read_told(table.address):
        found = engine.ask(queries.CONTENT, table.uris(snapshot.files), {}).to_pylist()
    return Status(
        table.address,
        snapshot.version,
        sum(file.rows for file in snapshot.files),
        len(snapshot.files),
        sum(file.size for file in snapshot.files),
        tuple(DatasetStatus(**row) for row in found),
    )


def history(table: Table) -> tuple[Commit, ...]:
    delta = table.delta()
    with read_told(table.address):
        return tuple(_commit(entry) for entry in delta.history())


def _commit(entry: Mapping[str, Any]) -> Commit:
    return Commit(
        int(entry["version"]),
        datetime.fromtimestamp(entry["timestamp"] / 1000, UTC),
        str(entry.get("bilatOperation") or entry["operation"].lower()),
        str(entry.get("dataset", "")),
        str(entry.get("vintage", "")),
        int(entry.get("rows", 0)),
        str(entry.get("contentHash", "")),
        str(entry.get("bilat", "")),
        json.loads(entry.get("files", "{}")),
    )


def verify(table: Table, engine: Engine) -> Verified:
    """See `Warehouse.verify`."""
    commits = history(table)
    snapshot = table.snapshot()
    problems = [*_file_problems(table, snapshot, commits), *_row_problems(table, snapshot, commits)]
    if not problems:  # else not every file can be read
        problems += _key_problems(table, engine, snapshot)
    rows = sum(file.rows for file in snapshot.files)
    files = len(snapshot.files)
    return Verified(snapshot.version, files, rows, len(commits), tuple(problems))


def _file_problems(
    table: Table, snapshot: Snapshot, commits: tuple[Commit, ...]
) -> Iterator[Problem]:
    hashes = {path: digest for commit in commits for path, digest in commit.hashes.items()}
    storage = table.storage
    for file in snapshot.files:
        if what := _defect(storage, file, hashes.get(file.path)):
            yield Problem(
                Place(storage.url(file.path)),
                what,
                say("Bring the file back from a backup, or load into a new warehouse"),
            )
    for path in storage.data_files():
        if path not in hashes:
            yield Problem(
                Place(storage.url(path)),
                say("no commit names this file"),
                say("It is not read. Delete it unless somebody is loading at this moment"),
                severity="warning",
            )


def _defect(storage: Disk | Bucket, file: DataFile, digest: str | None) -> Any:
    try:
        content = storage.opened(file.path)
    except FileNotFoundError:
        return say("the file is missing; it had {rows} rows", rows=file.rows)
    with content:
        if digest is None:
            return say("no commit of Bilat tells the hash of this file")
        if sha256_of(content) != digest:
            return say("the file is not as it was written: its hash differs")
        content.seek(0)
        rows = pq.ParquetFile(content).metadata.num_rows
    if rows != file.rows:
        return say("the file has {rows} rows, the log says {wanted}", rows=rows, wanted=file.rows)
    return None


def _row_problems(
    table: Table, snapshot: Snapshot, commits: tuple[Commit, ...]
) -> Iterator[Problem]:
    """The rows of every commit whose files are all there, and of all loads together."""
    there = {file.path: file.rows for file in snapshot.files}
    counted = Counter[str]()
    for commit in commits:
        if commit.operation == "load":
            counted["loaded"] += commit.rows
        if commit.hashes and all(path in there for path in commit.hashes):
            rows = sum(there[path] for path in commit.hashes)
            if rows != commit.rows:
                yield _rows_differ(table, commit.version, rows, commit.rows)
    rows = sum(there.values())
    if rows != counted["loaded"]:
        yield _rows_differ(table, snapshot.version, rows, counted["loaded"])


def _rows_differ(table: Table, version: int, rows: int, wanted: int) -> Problem:
    return Problem(
        Place(table.address),
        say(
            "version {version} has {rows} rows, its loads had {wanted}",
            version=version,
            rows=rows,
            wanted=wanted,
        ),
        say("Find who else wrote here (bilat warehouse history), or restore a backup"),
    )


def _key_problems(table: Table, engine: Engine, snapshot: Snapshot) -> Iterator[Problem]:
    for portion in portions(table, engine, snapshot):
        query = queries.repeated(portion.asked)
        with read_told(table.address):
            found = engine.ask(query, table.uris(portion.files(snapshot)), portion.asked)
        for row in found.to_pylist():
            yield Problem(
                Place(row["file"], row["line"]),
                say(
                    "{key} has {times} values of vintage {vintage}",
                    key=" ".join(str(row[name]) for name in KEY),
                    times=row["times"],
                    vintage=str(row["vintage"]),
                ),
                say("Keep one of them: load the file into a new warehouse"),
            )
