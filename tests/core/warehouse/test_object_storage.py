"""The same promises in a bucket: whole loads, one value a vintage, no row lost, whoever dies."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from pyarrow import fs
from tests.core.warehouse import loader
from tests.core.warehouse.declarations import declared, told

from bilat.warehouse import (
    AddressRefused,
    VintageTaken,
    Warehouse,
    WarehouseBusy,
    WarehouseDamaged,
    WarehouseMissing,
    WarehouseUnreachable,
)
from bilat.warehouse.storage import bucket_files
from bilat.warehouse.table import Table
from bilat.warehouse.trouble import Overtaken

pytest.importorskip("moto.server", reason="moto, a local S3, is not installed")

ROOT = Path(__file__).parents[3]
LATER = date(2026, 1, 1)
FILE_SUM = loader.ROWS * (loader.ROWS + 1) / 2


@pytest.fixture(scope="module")
def service() -> Iterator[None]:
    """A local S3, named by the environment as any other."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        host, port = free.getsockname()
    command = [sys.executable, "-m", "moto.server", "-H", host, "-p", str(port)]
    quiet = subprocess.DEVNULL
    local = subprocess.Popen(command, stdout=quiet, stderr=quiet)
    _wait_for(host, port)
    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "reader",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        bucket_files.cache_clear()
        made = fs.S3FileSystem(
            endpoint_override=f"{host}:{port}", scheme="http", allow_bucket_creation=True
        )
        made.create_dir("statistics")
        yield
    bucket_files.cache_clear()
    local.terminate()
    local.wait()


def _wait_for(host: str, port: int) -> None:
    for _attempt in range(200):
        with suppress(OSError), socket.create_connection((host, port)):
            return
        time.sleep(0.1)
    pytest.fail("the local S3 did not start")


@pytest.fixture
def address(service: None, request: pytest.FixtureRequest) -> str:
    return f"s3://statistics/{request.node.name}/my trade"


def objects(address: str) -> list[str]:
    where = fs.FileSelector(address.removeprefix("s3://"), recursive=True, allow_not_found=True)
    found = bucket_files().get_file_info(where)
    return sorted(info.path for info in found if info.path.endswith(".parquet"))


def sums(address: str) -> list[float]:
    """What each file brought, by year."""
    years: dict[int, float] = {}
    for row in Warehouse(address).totals_by_year("BLR", as_of=LATER).to_pylist():
        years[row["year"]] = years.get(row["year"], 0) + row["value_usd"]
    assert list(years) == [1990 + number for number in range(len(years))]
    return list(years.values())


def started(address: str, first: int, count: int, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, loader.__file__, address, str(first), str(count), *more]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), *sys.path])
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE)


def test_an_analyst_loads_revises_and_asks_as_on_a_disk(address: str) -> None:
    warehouse = Warehouse(address)
    assert not warehouse.exists()
    with pytest.raises(WarehouseMissing):
        warehouse.flows(as_of=LATER)
    both = "BLR KGZ X 2023 TOTAL 106.5\nKGZ BLR M 2023 TOTAL 98.2\nBLR RUS X 2023 TOTAL 26000"
    assert warehouse.load(declared(both)).rows == 3
    assert warehouse.load(declared(both)).already
    warehouse.load(declared("BLR KGZ X 2023 TOTAL 107.9", vintage="2024-09-01", file="b.csv"))
    assert told(warehouse.pair("KGZ", "BLR", as_of=LATER)) == [
        "BLR KGZ X 2023 TOTAL 107.9",
        "KGZ BLR M 2023 TOTAL 98.2",
    ]
    before = warehouse.flows("BLR", "KGZ", as_of=date(2024, 8, 31))
    assert told(before) == ["BLR KGZ X 2023 TOTAL 106.5"]
    assert len(warehouse.history()) == 3
    assert warehouse.verify().problems == ()


def test_a_mended_file_adds_what_is_new_and_another_value_is_refused(address: str) -> None:
    warehouse = Warehouse(address)
    warehouse.load(declared("BLR KGZ X 2023 TOTAL 1"))
    grown = warehouse.load(declared("BLR KGZ X 2023 TOTAL 1\nBLR UZB X 2023 TOTAL 2"))
    assert (grown.rows, grown.known) == (1, 1)
    with pytest.raises(VintageTaken, match=r"already, from a\.csv:1"):
        warehouse.load(declared("BLR KGZ X 2023 TOTAL 9\nBLR RUS X 2023 TOTAL 9"))
    assert told(warehouse.flows(as_of=LATER)) == [
        "BLR KGZ X 2023 TOTAL 1",
        "BLR UZB X 2023 TOTAL 2",
    ]
    assert len(objects(address)) == 2
    assert warehouse.verify().problems == ()


def test_compaction_keeps_the_answers_and_deletes_merged_files(
    address: str, tmp_path: Path
) -> None:
    for number in range(4):
        loader.load(address, number)
    warehouse = Warehouse(address)
    before = warehouse.flows(as_of=LATER)
    done = warehouse.compact(keep_days=0)
    assert (done.files_before, done.files_after, done.deleted) == (4, 1, 4)
    assert warehouse.flows(as_of=LATER) == before
    assert len(objects(address)) == 1
    assert warehouse.verify().problems == ()
    assert warehouse.export(tmp_path / "all.parquet") == 4 * loader.ROWS


def test_four_loads_at_once_lose_nothing(address: str) -> None:
    children = [started(address, 2 * n, 2) for n in range(4)]
    assert [child.wait() for child in children if child.communicate()] == [0] * 4
    assert sums(address) == [FILE_SUM] * 8
    assert Warehouse(address).verify().problems == ()


def test_the_same_file_by_three_processes_at_once_is_loaded_once(address: str) -> None:
    children = [started(address, 0, 1) for _ in range(3)]
    assert [child.wait() for child in children if child.communicate()] == [0] * 3
    assert Warehouse(address).status().rows == loader.ROWS
    assert Warehouse(address).verify().problems == ()


def overtaking(monkeypatch: pytest.MonkeyPatch, address: str, text: str, times: int = 1) -> None:
    """Somebody else commits between our look and our commit."""
    commit, left = Table.commit, [times]

    def late(self: Table, *args: object, **named: object) -> int:
        if left[0]:
            left[0] -= 1
            Warehouse(address).load(declared(text, file=f"other{left[0]}.csv"))
        return commit(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Table, "commit", late)


def test_who_is_overtaken_looks_again_before_it_commits(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Warehouse(address).load(declared("BLR RUS X 2023 TOTAL 1"))
    overtaking(monkeypatch, address, "BLR KGZ X 2023 TOTAL 5")
    with pytest.raises(VintageTaken, match=r"from other0\.csv:1"):
        Warehouse(address).load(declared("BLR KGZ X 2023 TOTAL 6\nBLR UZB X 2023 TOTAL 1"))
    overtaking(monkeypatch, address, "BLR ARM X 2023 TOTAL 5")
    assert Warehouse(address).load(declared("BLR KAZ X 2023 TOTAL 6")).rows == 1
    overtaking(monkeypatch, address, "BLR MDA X 2023 TOTAL 5")
    half = Warehouse(address).load(declared("BLR MDA X 2023 TOTAL 5\nBLR UKR X 2023 TOTAL 5"))
    assert (half.rows, half.known) == (1, 1)
    assert Warehouse(address).status().rows == 6
    assert Warehouse(address).verify().problems == ()


def test_two_commits_checked_against_the_same_version_are_never_both_taken(address: str) -> None:
    loader.load(address, 0)
    one, two = Table(address), Table(address)
    seen = one.snapshot().version
    two.snapshot()
    said = {"bilatOperation": "load", "rows": "0", "files": "{}"}
    one.commit([], metadata=said, transaction="one", seen=seen)
    with pytest.raises(Overtaken):
        two.commit([], metadata=said, transaction="two", seen=seen)


def test_who_is_always_overtaken_gives_up_and_leaves_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Warehouse(address).load(declared("BLR RUS X 2023 TOTAL 1"))

    def never(*_args: object, **_named: object) -> int:
        raise Overtaken

    monkeypatch.setattr(Table, "commit", never)
    with pytest.raises(WarehouseBusy):
        Warehouse(address).load(declared("BLR KGZ X 2023 TOTAL 6"), patience=0.02)
    assert len(objects(address)) == 1


def test_kill_9_at_any_moment_leaves_whole_loads_and_they_go_on(address: str) -> None:
    moments, there = random.Random(3), 0  # noqa: S311
    for round_ in range(5):
        child = started(address, max(there - 1, 0), 40, *["compact"] * (round_ % 2))
        assert child.stdout
        child.stdout.readline()  # it is at work
        time.sleep(moments.uniform(0, 0.3))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        found = sums(address)
        assert set(found) == {FILE_SUM}
        assert len(found) >= there
        there = len(found)
    assert loader.load(address, 0)
    loader.load(address, there)
    problems = Warehouse(address).verify().problems
    assert all(problem.severity == "warning" for problem in problems)  # files nobody names
    assert sums(address) == [FILE_SUM] * (there + 1)


def test_a_damaged_or_missing_object_is_told(address: str) -> None:
    loader.load(address, 0)
    (path,) = objects(address)
    with bucket_files().open_output_stream(path) as out:
        out.write(b"PAR1 no more")
    (problem,) = Warehouse(address).verify().problems
    assert "its hash differs" in str(problem.what)
    bucket_files().delete_file(path)
    (problem,) = Warehouse(address).verify().problems
    assert "the file is missing" in str(problem.what)
    with pytest.raises(WarehouseDamaged):
        Warehouse(address).flows(as_of=LATER)


def test_a_service_that_does_not_answer_is_told_with_what_to_look_at(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WarehouseUnreachable, match="AWS_ENDPOINT_URL"):
        Warehouse("s3://no-such-bucket/trade").load(declared("BLR KGZ X 2023 TOTAL 1"))
    with pytest.raises(AddressRefused, match="s3://BUCKET/PATH"):
        Warehouse("s3://bucket-alone")
