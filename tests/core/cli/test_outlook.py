"""A vice-premier's adviser asks at the terminal: shall we make it, and what would help?"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bilat.cli import outlook
from bilat.programme import open_programme

PROGRAMME = """
sources: [{id: s, title: Table, publisher: Office}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}
  - {id: students, title: Students, measures: count, unit: students}
targets:
  - id: goal
    title: 150 million of trade
    indicator: turnover
    value: 150
    unit: million USD
    sources: [s]
    statements: [{side: BLR, announced: 2024-11, by: 2028}]
  - id: youth
    title: A thousand students
    indicator: students
    value: 1000
    unit: students
    sources: [s]
    statements: [{side: KGZ, announced: 2024-11, by: 2028}]
projects:
  - id: plant
    title: Assembly plant
    stage: preparing
    sources: [s]
    effect: {indicator: turnover, likely: 30, low: 20, high: 40, unit: million USD, start: 2026}
  - {id: vague, title: Vague plan, sources: [s], effect: {indicator: turnover, likely: 5,
     unit: million USD}}
observations:
"""
Run = Callable[..., Result]


def observed(indicator: str, year: int, value: float, unit: str) -> str:
    return (
        f"  - {{indicator: {indicator}, period: {year}, reporter: BLR, value: {value}, "
        f"unit: {unit}, vintage: {year + 1}-03-01, sources: [s]}}\n"
    )


@pytest.fixture
def root(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "160")
    seen = [
        observed("turnover", year, 60 + 8 * (year - 2018), "million USD")
        for year in range(2018, 2025)
    ]
    return folder(PROGRAMME + "".join(seen) + observed("students", 2024, 400, "students"))


@pytest.fixture
def run(root: Path) -> Run:
    def call(*options: str) -> Result:
        return CliRunner().invoke(
            outlook.command, [str(root), "--as-of", "2025-10-01", *options], catch_exceptions=False
        )

    return call


def test_the_answer_comes_first_and_the_measures_after_it(run: Run) -> None:
    done = run("--target", "goal")
    assert done.exit_code == 0
    text = done.output
    assert "Are we on track to 150 million USD?" in text
    assert text.index("on track") < text.index("Assembly plant")
    assert "students" not in text


def test_the_files_hold_the_same_chance_as_the_screen(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("--target", "goal", "--out", str(out), "--formats", "json", "--formats", "csv")
    assert done.exit_code == 0
    (document,) = out.glob("*.json")
    target = json.loads(document.read_text())["targets"][0]
    (chance,) = target["announcements"][0]["chances"]
    (table,) = out.glob("*-chance-goal.csv")
    with table.open(encoding="utf-8-sig") as file:
        (row,) = list(csv.DictReader(file))
    assert float(row["Chance"]) == pytest.approx(chance["chance"])


def test_a_measure_that_cannot_be_counted_is_told(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("--target", "goal", "--out", str(out), "--formats", "json")
    (document,) = out.glob("*.json")
    target = json.loads(document.read_text())["targets"][0]
    assert [item["id"] for item in target["left_out"]] == ["projects/vague"]
    assert "add “start”" in target["left_out"][0]["why"]


def test_parts_of_the_chance_add_up_to_the_gain(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("--target", "goal", "--out", str(out), "--formats", "json")
    (document,) = out.glob("*.json")
    (chance,) = json.loads(document.read_text())["targets"][0]["announcements"][0]["chances"]
    done = chance["with_measures"]
    parts = sum(item["chance"] for item in done["contributions"])
    assert parts > 0
    assert parts == pytest.approx(done["chance_with"] - done["chance_without"], abs=1e-9)


def test_one_observation_still_gives_an_answer(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("--target", "youth", "--out", str(out), "--formats", "json")
    assert done.exit_code == 0
    (document,) = out.glob("*.json")
    (chance,) = json.loads(document.read_text())["targets"][0]["announcements"][0]["chances"]
    assert 0 < chance["chance"] < 0.5


def test_an_unknown_target_is_refused_with_those_there_are(root: Path) -> None:
    done = CliRunner().invoke(outlook.command, [str(root), "--target", "gaol"])
    assert done.exit_code == 2
    assert "no target “gaol”; there are: goal, youth" in done.output


def test_a_kept_outlook_is_judged_in_later_years(root: Path, run: Run, tmp_path: Path) -> None:
    assert "1 outlook kept" in run("--target", "goal", "--keep").output
    (kept,) = open_programme(root).outlooks
    assert (kept.origin, kept.deadline, kept.statistics) == (2024, 2028, "BLR")
    again = run("--target", "goal", "--keep")
    assert "is kept already" in again.output
    assert open_programme(root).outlooks == (kept,)
    text = (root / "programme.yaml").read_text()
    later = observed("turnover", 2025, 110, "million USD")
    (root / "programme.yaml").write_text(text.replace("observations:\n", "observations:\n" + later))
    out = tmp_path / "out"
    done = CliRunner().invoke(
        outlook.command,
        [str(root), "--as-of", "2026-06-01", "--out", str(out), "--formats", "csv"],
    )
    assert done.exit_code == 0, done.output
    (table,) = out.glob("*-track.csv")
    with table.open(encoding="utf-8-sig") as file:
        (row,) = list(csv.DictReader(file))
    assert (row["Year"], row["Came true"]) == ("2025", "110.0")


def test_the_same_seed_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    made = []
    for number in range(2):
        out = tmp_path / str(number)
        run("--out", str(out), "--formats", "json", "--seed", "3")
        (document,) = out.glob("*.json")
        made.append(document.read_bytes())
    assert made[0] == made[1]


def test_each_year_until_the_date_has_its_chance(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("--target", "goal", "--out", str(out), "--formats", "csv")
    (table,) = out.glob("*-years-goal.csv")
    with table.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["Year"] for row in rows] == ["2025", "2026", "2027", "2028"]
    assert all(float(row["Chance with"]) >= float(row["Chance without"]) for row in rows)
