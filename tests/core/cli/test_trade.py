"""An analyst at the terminal: from two customs services' files to tables, charts and a brief."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bilat.cli import brief, load, trade
from bilat.errors import BilatError

DATASET = """
id: two-customs
title: Declarations of both services
publisher: Customs of both countries
licence: open
address: https://example.org
kind: table
reporter: {columns: reporter, by: alpha3}
partner: {columns: partner, by: alpha3}
flow: {column: flow, values: {X: X, M: M}}
period: {column: year}
product: {column: product, classification: H6}
values: [{column: usd}]
amounts: {weight: kg}
valuation: {X: FOB, M: CIF}
rows: {least: 1}
"""
DECLARED = """
reporter,partner,flow,year,product,usd,kg
BLR,KGZ,X,2022,870110,40000,20
BLR,KGZ,X,2023,870110,60000,30
KGZ,BLR,M,2022,870110,42000,20
KGZ,BLR,M,2023,870110,66000,30
"""
PROGRAMME = """
indicators:
  - {id: x-blr, title: Exports, measures: exports, exporter: BLR, unit: thousand USD}
"""
Run = Callable[..., Result]


@pytest.fixture
def root(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme folder whose own warehouse was loaded from a file."""
    found = folder(PROGRAMME)
    monkeypatch.chdir(found.parent)
    monkeypatch.setenv("COLUMNS", "160")
    Path("two-customs.yaml").write_text(DATASET)
    Path("declared.csv").write_text(DECLARED.lstrip())
    arguments = ["declared.csv", "--dataset", "two-customs.yaml", "--vintage", "2024-04-01"]
    warehouse = str(found / "warehouse")
    done = CliRunner().invoke(load.command, [*arguments, "--warehouse", warehouse])
    assert done.exit_code == 0, done.output
    return found


@pytest.fixture
def run() -> Run:
    def run(name: str, *arguments: object) -> Result:
        command = {"trade": trade.command, "brief": brief.command}[name]
        words = [*map(str, arguments), "--as-of", "2025-01-01", "--lang", "en"]
        return CliRunner().invoke(command, words)

    return run


def test_the_folders_own_warehouse_is_found(root: Path, run: Run) -> None:
    done = run("trade", root)
    assert done.exit_code == 0, done.output
    text = " ".join(done.output.split())
    assert "what the change to 2023 is made of, by the report of Belarus" in text
    assert "freight and insurance" in text
    assert "two-customs" in done.output


def test_the_tables_become_csv_and_parquet_files(root: Path, run: Run) -> None:
    done = run("trade", root, "--out", "out", "--formats", "csv", "--formats", "parquet")
    assert done.exit_code == 0, done.output
    stem = "out/blr-kgz-trade-2025-01-01-en-products-BLR-by-BLR"
    with Path(f"{stem}.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["2022"], line["2023"], line["Sources"]) == (
        "40.0",
        "60.0",
        "two-customs-2024-04-01",
    )
    assert Path(f"{stem}.parquet").exists()


def test_names_year_and_digits_are_taken(root: Path, run: Run) -> None:
    Path("names.csv").write_text("code,description\n87,Vehicles\n")
    done = run("trade", root, "--names", "names.csv", "--digits", "2", "--year", "2022")
    assert done.exit_code == 0, done.output
    assert "Vehicles" in done.output
    assert "by product, 2022" in done.output


def test_a_brief_takes_the_warehouse_that_is_named(
    root: Path, run: Run, folder: Callable[..., Path]
) -> None:
    (root / "warehouse").rename(root.parent / "elsewhere")
    done = run(
        *("brief", root, "--warehouse", "elsewhere", "--formats", "json", "--quiet", "--out", "o")
    )
    assert done.exit_code == 0, done.output
    facts = json.loads(Path("o/blr-kgz-brief-2025-01-01-en.json").read_text())
    (flow,) = facts["trade"]["flows"]
    assert {level["side"]: level["value"] for level in flow["rows"][0]["levels"]} == {
        "BLR": "60000.0",
        "KGZ": "66000.0",
    }
    assert facts["trade"]["pair"]["views"][0]["dataset"] == "two-customs"


def test_a_dataset_that_is_not_there_is_said(root: Path, run: Run) -> None:
    done = run("trade", root, "--dataset", "eurostat")
    assert isinstance(done.exception, BilatError)
    assert "name one of: two-customs" in str(done.exception)


@pytest.mark.parametrize("option", [("--dataset", "x"), ("--year", "2023"), ("--names", "n.csv")])
def test_what_is_asked_of_no_warehouse_is_refused(
    folder: Callable[..., Path], run: Run, option: tuple[str, str]
) -> None:
    done = run("trade", folder(PROGRAMME), *option)
    assert done.exit_code == 2
    assert f"{option[0]} needs a warehouse" in done.output


def test_an_address_without_a_warehouse_is_said(
    folder: Callable[..., Path], run: Run, tmp_path: Path
) -> None:
    done = run("trade", folder(PROGRAMME), "--warehouse", tmp_path / "nowhere")
    assert isinstance(done.exception, BilatError)
    assert "no warehouse here" in str(done.exception)
