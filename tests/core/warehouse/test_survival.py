"""Power cuts, kills, crowds and full disks: the last complete state stays readable."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from tests.core.warehouse import loader
from tests.core.warehouse.declarations import declared, told

from bilat.warehouse import (
    DiskFull,
    Warehouse,
    WarehouseBusy,
    WarehouseDamaged,
    WarehouseUnwritable,
    lock,
    parts,
)
from bilat.warehouse.table import Table

ROOT = Path(__file__).parents[3]
LATER = date(2025, 1, 1)
FILE_SUM = loader.ROWS * (loader.ROWS + 1) / 2


def started(address: Path, first: int, count: int, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, loader.__file__, str(address), str(first), str(count), *more]
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE)


def years(address: Path) -> dict[int, float]:
    """File number → the sum of what it brought."""
    rows = Warehouse(address).totals_by_year("BLR", as_of=LATER).to_pylist()
    sums: dict[int, float] = {}
    for row in rows:
        number = row["year"] - 1990
        sums[number] = sums.get(number, 0) + row["value_usd"]
    return sums


def test_kill_9_at_any_moment_leaves_whole_loads_and_the_rest_can_be_resumed(
    tmp_path: Path,
) -> None:
    address, moments = tmp_path / "trade", random.Random(7)  # noqa: S311
    before: set[int] = set()
    for round_ in range(8):
        resume = max(len(before) - 1, 0)  # the last one that is there, once more
        child = started(address, resume, 40, *["compact"] * (round_ % 2))
        assert child.stdout
        child.stdout.readline()  # it is at work
        time.sleep(moments.uniform(0, 0.12))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        found = years(address)
        assert set(found.values()) == {FILE_SUM}
        assert before <= set(found)
        assert set(found) == set(range(len(found)))
        before = set(found)
    assert loader.load(address, 0)
    loader.load(address, len(before))
    assert [path.name for path in (address / "_loading").iterdir()] == ["commit.lock"]
    verified = Warehouse(address).verify()
    assert verified.problems == ()
    assert verified.rows == loader.ROWS * (len(before) + 1)


def test_a_kill_between_moving_the_files_and_naming_them_is_swept(tmp_path: Path) -> None:
    loader.load(tmp_path, 0)
    alive = tmp_path / "_loading" / "0123.lock"
    alive.touch()
    (tmp_path / "_loading" / "0123").mkdir()
    orphan = tmp_path / "data" / "0123"
    shutil.copytree(next((tmp_path / "data").iterdir()), orphan)
    (problem,) = Warehouse(tmp_path).verify().problems
    assert (problem.severity, str(problem.place)) == ("warning", str(orphan / "part-00000.parquet"))
    loader.load(tmp_path, 1)
    assert not orphan.exists()
    assert not alive.exists()
    assert years(tmp_path) == {0: FILE_SUM, 1: FILE_SUM}


def test_a_kill_just_after_the_commit_keeps_the_load(tmp_path: Path) -> None:
    loader.load(tmp_path, 0)
    home = next((tmp_path / "data").iterdir())
    (tmp_path / "_loading" / f"{home.name}.lock").touch()
    loader.load(tmp_path, 1)
    assert years(tmp_path) == {0: FILE_SUM, 1: FILE_SUM}


@pytest.mark.parametrize("writers", [2, 4])
def test_loads_at_once_lose_nothing(tmp_path: Path, writers: int) -> None:
    address = tmp_path / "trade"
    children = [started(address, 4 * n, 4) for n in range(writers)]
    assert [child.wait() for child in children if child.communicate()] == [0] * writers
    assert years(address) == dict.fromkeys(range(4 * writers), FILE_SUM)
    assert Warehouse(address).verify().problems == ()


def test_the_same_file_by_four_processes_at_once_is_loaded_once(tmp_path: Path) -> None:
    children = [started(tmp_path, 0, 1) for _ in range(4)]
    assert [child.wait() for child in children if child.communicate()] == [0] * 4
    assert Warehouse(tmp_path).status().rows == loader.ROWS
    assert Warehouse(tmp_path).verify().problems == ()


def test_a_load_waits_for_another_and_says_so_when_it_gives_up(tmp_path: Path) -> None:
    loader.load(tmp_path, 0)
    guard = tmp_path / "_loading" / "commit.lock"
    with (
        lock.held(guard, address="elsewhere"),
        pytest.raises(WarehouseBusy, match=r"still at work after 0.02 seconds. Try again"),
    ):
        Warehouse(tmp_path).load(declared("BLR KGZ X 2023 TOTAL 1"), patience=0.02)
    assert years(tmp_path) == {0: FILE_SUM}


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def test_a_full_disk_ends_in_a_clear_error_and_room_makes_it_go_on(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk"):
        address = tmp_path / "disk" / "trade"
        loader.load(address, 0)
        ballast = address.parent / "ballast"
        fill(ballast)
        with pytest.raises(DiskFull, match=r"the disk is full. Make room and try again"):
            loader.load(address, 1)
        assert years(address) == {0: FILE_SUM}
        ballast.unlink()
        assert not loader.load(address, 1)
        assert years(address) == {0: FILE_SUM, 1: FILE_SUM}
        assert Warehouse(address).verify().problems == ()


Fault = Callable[..., None]


@pytest.mark.parametrize(
    ("fault", "told_as"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
        (OSError(errno.EACCES, "Permission denied"), WarehouseUnwritable),
    ],
)
@pytest.mark.parametrize("step", [(parts, "sha256_of"), (Table, "commit")])
def test_whatever_step_fails_nothing_of_the_load_stays(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: OSError,
    told_as: type[Exception],
    step: tuple[object, str],
) -> None:
    loader.load(tmp_path, 0)

    def fail(*_args: object, **_named: object) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(step[0], step[1], fail)
        with pytest.raises(told_as):
            loader.load(tmp_path, 1)
    assert len(list((tmp_path / "data").iterdir())) == 1
    assert [path.name for path in (tmp_path / "_loading").iterdir()] == ["commit.lock"]
    assert not loader.load(tmp_path, 1)


def test_a_failure_after_the_commit_does_not_take_the_files_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader.load(tmp_path, 0)
    commit = Table.commit

    def commit_and_fail(self: Table, *args: object, **named: object) -> int:
        commit(self, *args, **named)  # type: ignore[arg-type]
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(Table, "commit", commit_and_fail)
        with pytest.raises(WarehouseUnwritable):
            loader.load(tmp_path, 1)
    assert years(tmp_path) == {0: FILE_SUM, 1: FILE_SUM}
    assert loader.load(tmp_path, 1)


def damaged_log(address: Path) -> None:
    (address / "_delta_log" / "00000000000000000001.json").write_bytes(b'{"add": {"path": 1')


def lost_log(address: Path) -> None:
    for path in (address / "_delta_log").iterdir():
        path.unlink()


def binary_log(address: Path) -> None:
    (address / "_delta_log" / "00000000000000000000.json").write_bytes(os.urandom(100))


@pytest.mark.parametrize("damage", [damaged_log, lost_log, binary_log])
def test_a_damaged_log_is_told_and_never_written_over(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    loader.load(tmp_path, 0)
    damage(tmp_path)
    for question in (
        lambda: years(tmp_path),
        lambda: Warehouse(tmp_path).history(),
        lambda: loader.load(tmp_path, 1),
    ):
        with pytest.raises(WarehouseDamaged, match=r"cannot be read \(.*from a backup"):
            question()
    assert len(list((tmp_path / "data").rglob("*.parquet"))) == 1


def test_a_damaged_file_is_found_by_verify_and_told_by_a_question(tmp_path: Path) -> None:
    loader.load(tmp_path, 0)
    loader.load(tmp_path, 1)
    first, second = sorted((tmp_path / "data").rglob("*.parquet"))
    content = bytearray(first.read_bytes())
    content[len(content) // 2] ^= 1
    first.write_bytes(content)
    second.unlink()
    problems = Warehouse(tmp_path).verify().problems
    assert {str(problem.place) for problem in problems} == {str(first), str(second)}
    assert {str(problem.what).partition(";")[0] for problem in problems} == {
        "the file is not as it was written: its hash differs",
        "the file is missing",
    }
    with pytest.raises(WarehouseDamaged):
        Warehouse(tmp_path).flows(as_of=LATER)


def test_a_reader_sees_loads_that_came_after_it_opened(tmp_path: Path) -> None:
    loader.load(tmp_path, 0)
    reader = Warehouse(tmp_path)
    assert reader.status().rows == loader.ROWS
    loader.load(tmp_path, 1)
    assert reader.status().rows == 2 * loader.ROWS
    Warehouse(tmp_path).load(declared("BLR KGZ X 2023 TOTAL 1"))
    assert told(reader.flows(product="TOTAL", as_of=LATER)) == ["BLR KGZ X 2023 TOTAL 1"]
