"""A co-chair has a budget, and asks what to start with."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bilat.cli import plan
from bilat.errors import NoAnswer

PROGRAMME = """
headline_target: goal
sources: [{id: s, title: Table, publisher: Office}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}
targets:
  - id: goal
    title: 150 million of trade
    indicator: turnover
    value: 150
    unit: million USD
    sources: [s]
    statements: [{side: BLR, announced: 2024-11, by: 2028}]
projects:
  - id: plant
    title: Assembly plant
    sources: [s]
    effect: {indicator: turnover, likely: 40, low: 30, high: 50, unit: million USD, start: 2026,
      chance: 90, cost: {amount: 8000000, currency: USD}}
  - id: forum
    title: Forum
    sources: [s]
    effect: {indicator: turnover, likely: 2, low: 1, high: 3, unit: million USD, start: 2026,
      chance: 90, cost: {amount: 1000000, currency: USD}}
observations:
"""
Run = Callable[..., Result]


@pytest.fixture
def root(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "160")
    seen = "".join(
        f"  - {{indicator: turnover, period: {2018 + step}, reporter: BLR, value: {60 + 8 * step}, "
        f"unit: million USD, vintage: {2019 + step}-03-01, sources: [s]}}\n"
        for step in range(7)
    )
    return folder(PROGRAMME + seen)


@pytest.fixture
def run(root: Path) -> Run:
    def call(*options: str) -> Result:
        arguments = [str(root), "--as-of", "2025-10-01", *options]
        return CliRunner().invoke(plan.command, arguments, catch_exceptions=False)

    return call


def table(folder: Path, name: str) -> list[dict[str, str]]:
    (found,) = folder.glob(f"*-{name}.csv")
    with found.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_a_budget_for_one_of_two_takes_the_one_that_helps_most(run: Run, tmp_path: Path) -> None:
    done = run("--budget", "8e6", "--out", str(tmp_path / "out"), "--formats", "csv")
    assert done.exit_code == 0
    assert [row["Measure"] for row in table(tmp_path / "out", "plan")] == ["Assembly plant"]


def test_more_money_never_lowers_the_chance_of_the_scenarios(run: Run, tmp_path: Path) -> None:
    run("--budget", "9e6", "--out", str(tmp_path / "out"), "--formats", "csv")
    rows = table(tmp_path / "out", "frontier")
    chances = [float(row["Chance in the scenarios"]) for row in rows]
    assert chances == sorted(chances)
    assert chances[-1] > chances[0]


def test_a_chance_that_can_be_had_is_had_at_least_cost(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("--out", str(out), "--formats", "json")
    (whole,) = out.glob("*.json")
    best = json.loads(whole.read_text())["planning"]["plan"]["scenarios"]
    out = tmp_path / "cheap"
    run("--chance", str(best - 0.05), "--out", str(out), "--formats", "json")
    (cheap,) = out.glob("*.json")
    found = json.loads(cheap.read_text())["planning"]
    assert found["shortfall"] is None
    assert [step["id"] for step in found["plan"]["steps"]] == ["projects/plant"]
    assert found["plan"]["cost"] == pytest.approx(8e6)


def test_a_chance_out_of_reach_is_told_with_the_nearest_plan(run: Run) -> None:
    done = run("--chance", "0.99", "--budget", "20e6")
    assert done.exit_code == 0
    assert "out of reach" in done.output
    assert "Assembly plant" in done.output


def test_no_effect_no_plan(folder: Callable[..., Path]) -> None:
    text = PROGRAMME[: PROGRAMME.index("projects:")]
    with pytest.raises(NoAnswer, match="no measure or project states an effect"):
        CliRunner().invoke(plan.command, [str(folder(text))], catch_exceptions=False)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--budget", "much"), "“much” is no amount"),
        (("--rate", "EUR:1"), "“EUR:1” is no rate"),
        (("--target", "gaol"), "no target “gaol”; there are: goal"),
        (("--chance", "2"), "2"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Run, options: tuple[str, ...], told: str) -> None:
    done = run(*options)
    assert done.exit_code == 2
    assert told in done.output


def test_an_unknown_date_is_told(run: Run) -> None:
    with pytest.raises(NoAnswer, match="no forecast for 2031"):
        run("--by", "2031")
