"""A forecaster backtests at the terminal, on a panel or on cases of their own."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from tests.core.outlook.flows import made_up_rows

from bilat.cli import backtest
from bilat.errors import NoAnswer

Run = Callable[..., Result]
HEAD = ("exporter", "importer", "year", "value_usd")
LEVELS = ("025", "050", *(f"{tenth}00" for tenth in range(1, 10)), "950", "975")
QUANTILES = [f"q{level}" for level in LEVELS]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """panel.csv, and cases of other countries: their histories, and their levels at origins."""
    folder = tmp_path_factory.mktemp("backtest")
    write(folder / "panel.csv", HEAD, made_up_rows(1))
    cases = made_up_rows(2, names=100)
    write(folder / "histories.csv", HEAD, [row for row in cases if row[2] <= 2012])
    write(folder / "with_truth.csv", HEAD, cases)
    write(folder / "both.csv", HEAD, made_up_rows(1) + cases[: len(cases) // 2])
    levels = [row for row in cases[: len(cases) // 2] if row[2] in (2010, 2012)]
    write(folder / "origins.csv", ("exporter", "importer", "origin", "value_usd"), levels)
    return folder


def write(path: Path, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])


@pytest.fixture
def run(files: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(files)
    return lambda *arguments: CliRunner().invoke(backtest.command, arguments)


def rows_of(path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found


def test_histories_are_forecast_from_each_origin(run: Run) -> None:
    result = run(
        *("--panel", "panel.csv", "--cases", "histories.csv"),
        *("--origins", "2010,2012", "--out", "out.parquet"),
    )
    assert result.exit_code == 0, result.output
    rows = rows_of("out.parquet")
    assert len(rows) == 30 * 29 * 2 * 5
    assert {row["origin"] for row in rows} == {2010, 2012}
    for row in rows[:50]:
        quantiles = [row[name] for name in QUANTILES]
        assert quantiles == sorted(quantiles)
        assert (row["p_2"] is None) == (row["h"] != 5)
    last = rows[4]
    assert 1 > last["p_1_5"] > last["p_2"] > last["p_3"] > 0


def test_without_truth_there_are_no_scores_but_predictions(run: Run) -> None:
    histories = ("--panel", "panel.csv", "--cases", "histories.csv", "--origins", "2012")
    result = run(*histories, "--out", "blind.parquet")
    assert "no scores" in result.output
    assert "blind.parquet: 4,350 rows" in result.output


def test_the_truth_of_the_cases_changes_scores_and_no_prediction(run: Run) -> None:
    for cases in ("histories", "with_truth"):
        given = ("--panel", "panel.csv", "--cases", f"{cases}.csv", "--origins", "2012")
        result = run(*given, "--out", f"{cases}.parquet")
    assert "size third 1" in result.output
    assert "2 times in five years" in result.output
    assert rows_of("histories.parquet") == rows_of("with_truth.parquet")


def test_cases_by_origin_take_their_history_from_the_panel(run: Run) -> None:
    result = run("--panel", "both.csv", "--cases", "origins.csv", "--out", "o.parquet")
    assert result.exit_code == 0, result.output
    rows = rows_of("o.parquet")
    assert {row["origin"] for row in rows} == {2010, 2012}
    assert min(row["exporter"] for row in rows) >= 100


def test_a_panel_is_split_by_country(run: Run) -> None:
    given = ("--panel", "panel.csv", "--origins", "2012", "--splits", "1", "--out", "p.parquet")
    first, second = run(*given), run(*given)
    assert first.output == second.output
    assert "origin 2012" in first.output
    assert len(rows_of("p.parquet")) == 2 * 15 * 14 * 5


def test_countries_are_written_as_the_cases_write_them(run: Run, files: Path) -> None:
    text = [(f"{e:03d}", f"{i:03d}", y, v) for e, i, y, v in made_up_rows(1) if e < 3 and i < 3]
    write(files / "text.csv", HEAD, [("A" + e, "A" + i, y, v) for e, i, y, v in text])
    run(
        *("--panel", "panel.csv", "--cases", "text.csv"),
        *("--origins", "2012", "--out", "text.parquet"),
    )
    assert {row["exporter"] for row in rows_of("text.parquet")} == {"A000", "A001", "A002"}


def test_a_missing_column_is_named(run: Run, files: Path) -> None:
    write(files / "poor.csv", ("exporter", "importer", "value_usd"), [(1, 2, 3.0)])
    result = run("--panel", "poor.csv")
    assert isinstance(result.exception, NoAnswer)
    assert "no column year" in str(result.exception)


def test_a_file_that_is_not_there_is_said(run: Run) -> None:
    result = run("--panel", "nowhere.parquet")
    assert isinstance(result.exception, NoAnswer)
    assert "nowhere.parquet cannot be read" in str(result.exception)


def test_origins_that_are_no_years_are_refused(run: Run) -> None:
    result = run("--panel", "panel.csv", "--origins", "lately")
    assert result.exit_code == 2
    assert "2009,2014" in result.output


def test_the_reliability_is_drawn(run: Run, files: Path) -> None:
    done = run("--panel", "panel.csv", "--splits", "1", "--origins", "2010", "--chart", "r.svg")
    assert done.exit_code == 0, done.output
    assert (files / "r.svg").read_bytes().startswith(b"<svg")


def test_a_picture_of_another_kind_is_refused(run: Run) -> None:
    done = run("--panel", "panel.csv", "--chart", "r.bmp")
    assert done.exit_code == 2
    assert ".svg or .png" in done.output
