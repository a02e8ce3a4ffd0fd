"""A data officer at the terminal loads files and looks after the warehouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bilat import sources
from bilat.cli import load, warehouse
from bilat.errors import BilatError
from bilat.warehouse import Warehouse, WarehouseBusy

BACI = "t,i,j,k,v,q\n2020,112,417,870120,20000,100\n2020,417,112,070110,500,1\n"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("BACI_HS17_Y2020_V202501.csv").write_text(BACI)
    Path("bad.csv").write_text(BACI.replace("2020", "2021").replace("500", "much"))
    Path("mended.csv").write_text(BACI.replace("2020", "2021"))

    def run(command: str, *arguments: str) -> Result:
        chosen = {"load": load.command, "warehouse": warehouse.command}[command]
        return CliRunner().invoke(chosen, arguments)

    return run


def loaded(run: Run, *files: str) -> Result:
    names = files or ("BACI_HS17_Y2020_V202501.csv",)
    return run("load", *names, "--dataset", "cepii-baci-hs17", "--vintage", "2025-01-30")


def test_a_file_is_loaded_once(run: Run) -> None:
    first = loaded(run)
    assert (first.exit_code, first.stdout) == (0, "BACI_HS17_Y2020_V202501.csv: 2 rows loaded\n")
    again = loaded(run)
    assert again.stdout == "BACI_HS17_Y2020_V202501.csv: loaded before, nothing added\n"
    assert Warehouse("warehouse").status().rows == 2


def test_problems_are_told_beside_the_rows_that_were_loaded(run: Run) -> None:
    result = loaded(run, "bad.csv")
    assert result.exit_code == 0
    assert "bad.csv:3" in result.stderr
    assert result.stdout == "bad.csv: rows loaded: 1; there already: 0; problems: 1\n"


def test_a_mended_file_adds_what_was_missing(run: Run) -> None:
    loaded(run, "bad.csv")
    assert loaded(run, "mended.csv").stdout == (
        "mended.csv: rows loaded: 1; there already: 1; problems: 0\n"
    )


def test_strict_loads_nothing_if_any_file_has_a_problem(run: Run) -> None:
    result = loaded(run, "BACI_HS17_Y2020_V202501.csv", "bad.csv", "--strict")
    assert result.exit_code == 2
    assert "bad.csv:3" in result.stderr
    assert "Nothing was loaded, because of --strict" in result.stderr
    assert not Warehouse("warehouse").exists()
    assert loaded(run, "BACI_HS17_Y2020_V202501.csv", "--strict").exit_code == 0


def test_status_and_history(run: Run) -> None:
    loaded(run)
    status = run("warehouse", "status", "warehouse").stdout
    assert "warehouse: version 1; rows: 2; files: 1;" in status
    assert "cepii-baci-hs17" in status
    assert "2020-01 – 2020-01" in status
    history = run("warehouse", "history", "warehouse").stdout.splitlines()
    assert [line.split()[0] for line in history] == ["version", "1", "0"]
    assert "2025-01-30" in history[1]


def test_compact_and_verify(run: Run) -> None:
    loaded(run)
    loaded(run, "bad.csv")
    compacted = run("warehouse", "compact", "warehouse", "--keep-days", "0")
    assert compacted.stdout == "Files before: 2; after: 1; old ones deleted: 2\n"
    verified = run("warehouse", "verify", "warehouse")
    assert verified.exit_code == 0
    assert verified.stdout.splitlines()[-1] == "Everything is as it was written"
    next(Path("warehouse/data").rglob("*.parquet")).unlink()
    damaged = run("warehouse", "verify", "warehouse")
    assert damaged.exit_code == 2
    assert "the file is missing" in damaged.stderr


def test_export_by_the_name_of_the_file(run: Run) -> None:
    loaded(run)
    result = run("warehouse", "export", "warehouse", "out.csv", "--as-of", "2025-02-01")
    assert result.stdout == "2 rows in out.csv\n"
    assert len(Path("out.csv").read_text().splitlines()) == 3
    assert run("warehouse", "export", "warehouse", "before.parquet").stdout.startswith("2 rows")
    assert run("warehouse", "export", "warehouse", "out.ods").exit_code == 2


def test_no_warehouse_is_told(run: Run) -> None:
    result = run("warehouse", "status", "nowhere")
    assert isinstance(result.exception, BilatError)
    assert "nowhere: no warehouse here" in str(result.exception)


def thirteen_years() -> list[str]:
    names = []
    for year in range(2001, 2014):
        names.append(f"BACI_HS17_Y{year}.csv")
        Path(names[-1]).write_text(BACI.replace("2020", str(year)))
    return names


def test_many_loads_are_merged_afterwards_and_it_is_said(run: Run) -> None:
    result = loaded(run, *thirteen_years())
    assert result.exit_code == 0
    assert result.stdout.count("2 rows loaded") == 13
    assert "The files of 13 loads are merged" in result.stderr
    assert "Files before: 13; after: 1; old ones deleted: 0" in result.stderr
    assert Warehouse("warehouse").status().files == 1
    assert Warehouse("warehouse").verify().problems == ()


def test_no_merge_leaves_the_files(run: Run) -> None:
    result = loaded(run, *thirteen_years(), "--no-merge")
    assert "merged" not in result.stderr
    assert Warehouse("warehouse").status().files == 13


def test_a_merge_that_fails_costs_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Warehouse) -> None:
        raise WarehouseBusy(self.address, 600)

    monkeypatch.setattr(Warehouse, "merge_loose", fail)
    result = loaded(run, *thirteen_years())
    assert result.exit_code == 0
    assert "Not merged; what was loaded is whole" in result.stderr
    assert Warehouse("warehouse").status().rows == 26


def test_strict_reads_a_file_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(path: Path, *args: Any, **named: Any) -> Any:
        asked.append(path.name)
        return sources.read(path, *args, **named)

    monkeypatch.setattr(load, "read", counted)
    names = thirteen_years()[:2]
    assert loaded(run, *names, "--strict").exit_code == 0
    assert asked == names
    monkeypatch.setattr(load, "HELD_BYTES", 0)
    more = ["BACI_HS17_Y2020_V202501.csv", "mended.csv"]
    assert loaded(run, *more, "--strict").exit_code == 0
    assert asked[2:] == more * 2
    assert Warehouse("warehouse").status().rows == 8
