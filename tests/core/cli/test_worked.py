"""A secretary asks whether a measure worked, or whether trade would have grown anyway."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from tests.core.warehouse.declarations import declared

from bilat.cli import worked
from bilat.errors import NoAnswer
from bilat.potential.refused import InputRefused
from bilat.warehouse import Warehouse

Run = Callable[..., Result]
FIRST, START, LAST = 2006, 2019, 2023
BUYERS = (
    "ARM", "AZE", "KAZ", "RUS", "UZB", "TJK", "MDA", "UKR", "POL", "LTU", "LVA", "EST", "DEU",
    "CZE", "SVK", "HUN", "ROU", "BGR", "TUR", "CHN",
)  # fmt: skip

PROGRAMME = """
sources: [{id: s, title: Minutes, publisher: Office}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD, sources: [s]}
  - {id: exports, title: Exports, measures: exports, exporter: BLR, unit: million USD, sources: [s]}
documents:
  - {id: deal, title: Agreement on standards, kind: agreement, in_force: 2019-03-01, sources: [s]}
commitments:
  - id: approval
    title: Recognise type approval of tractors
    evidence: [{on: 2019-03-01, grade: complete, text: In force, sources: [s]}]
    effect: {indicator: exports, likely: 2, unit: million USD, start: 2019, products: ["8701"],
             sources: [s]}
    sources: [s]
  - id: fairs
    title: Hold fairs
    document: deal
    sources: [s]
  - id: cheese
    title: Recognise veterinary papers
    effect: {indicator: exports, likely: 2, unit: million USD, products: ["0406"], sources: [s]}
    sources: [s]
  - {id: idle, title: Meet, sources: [s]}
"""


def flows(gain: float = 0.0, last: int = LAST) -> list[tuple[str, str, int, str, float]]:
    """Yearly exports of Belarus by product, million dollars. Three movements that all share; the
    pair's tractors are a mix of the first two buyers', and grow by ``gain`` (in logs) from 2019."""
    rng = np.random.default_rng(7)
    years = np.arange(FIRST, last + 1)
    common = np.cumsum(rng.normal(0.03, 0.08, (3, len(years))), axis=1)
    logs = rng.uniform(0, 1, (len(BUYERS), 3)) @ common
    logs = logs + rng.normal(0, 0.02, logs.shape)
    own = 0.6 * logs[0] + 0.4 * logs[1] + rng.normal(0, 0.01, len(years))
    own = own + gain * (years >= START)
    named = {**dict(zip(BUYERS, logs, strict=True)), "KGZ": own}
    found = [
        ("BLR", buyer, int(year), "870110", float(5 * np.exp(value)))
        for buyer, series in named.items()
        for year, value in zip(years, series, strict=True)
    ]
    found += [("BLR", "KGZ", int(year), "040610", 50.0) for year in years if year >= START]
    found += [("RUS", "KGZ", int(year), "870110", 100.0) for year in years]
    return found


@pytest.fixture
def run(folder: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    folder(PROGRAMME)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")

    def run(*arguments: object, as_of: str = "2025-01-01") -> Result:
        words = ["programme", *map(str, arguments), "--as-of", as_of, "--lang", "en"]
        return CliRunner().invoke(worked.command, words)

    return run


def panel(rows: list[tuple[str, str, int, str, float]]) -> str:
    lines = [f"{a},{b},{year},{code},{1e6 * value:.2f}" for a, b, year, code, value in rows]
    text = "\n".join(["exporter,importer,year,product,value_usd", *lines])
    Path("panel.csv").write_text(text + "\n", encoding="utf-8")
    return "panel.csv"


def told(run: Run, *arguments: object, **more: str) -> dict[str, Any]:
    done = run(*arguments, "--out", "out", "--formats", "json", **more)
    assert done.exit_code == 0, (done.output, done.exception)
    (file,) = Path("out").glob("*.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def test_a_jump_that_no_other_buyer_saw_is_an_effect(run: Run) -> None:
    done = run("--measure", "approval", "--panel", panel(flows(gain=0.4)))
    assert done.exit_code == 0, (done.output, done.exception)
    assert "It worked, as far as trade shows: since 2019" in done.output
    assert "Stated: 2,000 thousand USD a year once it works fully; seen:" in done.output
    facts = told(run, "--measure", "approval", "--panel", "panel.csv")
    (way,) = facts["ways"]
    assert way["verdict"] == "more"
    assert way["share"] == pytest.approx(np.exp(0.4) - 1, abs=0.06)  # noise of 2 % a year
    assert way["rank"] == 1
    assert way["since"] == 5


def test_growth_that_others_had_as_well_is_none(run: Run) -> None:
    done = run("--measure", "approval", "--panel", panel(flows()))
    printed = " ".join(done.output.split())
    assert "No effect is seen" in printed
    assert "would not be told from chance here" in printed


def test_trade_that_fell_behind(run: Run) -> None:
    done = run("--measure", "approval", "--panel", panel(flows(gain=-0.4)))
    assert "Trade fell behind: since 2019" in done.output


def test_with_few_other_flows_it_is_too_early_as_well(run: Run) -> None:
    rows = [row for row in flows(gain=0.4) if row[1] in ("KGZ", *BUYERS[:6])]
    done = run("--measure", "approval", "--panel", panel(rows))
    assert "Too early to say: there are 6 flows to compare with, and 9 are needed" in done.output


def test_a_flow_that_moved_as_no_other_has_no_control(run: Run) -> None:
    rows = [
        (a, b, year, code, value * 3 ** (year % 2) if b == "KGZ" and a == "BLR" else value)
        for a, b, year, code, value in flows()
    ]
    done = run("--measure", "approval", "--panel", panel(rows))
    assert "No answer: no mix of other flows moved as this one did before 2019" in done.output


def test_two_years_are_too_early_to_say(run: Run) -> None:
    done = run("--measure", "approval", "--panel", panel(flows(gain=0.4, last=2020)))
    assert "Too early to say: there are 2 years since the start, and 3 are needed" in done.output


def test_a_measure_that_has_not_begun(run: Run) -> None:
    arguments = ("--measure", "approval", "--panel", panel(flows()), "--start", 2026)
    done = run(*arguments)
    assert "Too early to say: it works since 2026, and the data end in 2023" in done.output
    assert "Rank" not in done.output


def test_nothing_after_the_day_is_used(run: Run) -> None:
    facts = told(run, "--measure", "approval", "--panel", panel(flows()), as_of="2022-06-01")
    assert facts["ways"][0]["years"][-1]["year"] == 2021


def test_the_control_is_made_of_flows_that_the_measure_did_not_touch(run: Run) -> None:
    """Not of Russia's tractors in the same market, nor of the cheese of another measure."""
    facts = told(run, "--measure", "approval", "--panel", panel(flows(gain=0.4)))
    (way,) = facts["ways"]
    assert way["donors"] == len(BUYERS)
    assert {one["exporter"] for one in way["weights"]} == {"BLR"}
    assert {one["importer"] for one in way["weights"]} >= {"ARM", "AZE"}
    assert sum(one["weight"] for one in way["weights"]) == pytest.approx(1, abs=0.02)


def test_both_directions_where_the_measure_names_none(run: Run) -> None:
    rows = flows()
    both = rows + [("KGZ", b if b != "KGZ" else "BLR", y, c, v) for _, b, y, c, v in rows]
    both = [row for row in both if row[0] != row[1]]
    facts = told(run, "--measure", "fairs", "--panel", panel(both), "--product", "8701")
    assert [one["exporter"] for one in facts["ways"]] == ["BLR", "KGZ"]
    assert {one["start"] for one in facts["ways"]} == {2019}  # the document's


def test_from_a_warehouse(run: Run) -> None:
    rows = flows(gain=0.4)
    text = "\n".join(f"{a} {b} X {y} {c} {v:.6f}" for a, b, y, c, v in rows)
    Warehouse("w").load(declared(text))
    done = run("--measure", "approval", "--warehouse", "w")
    assert done.exit_code == 0, (done.output, done.exception)
    assert "It worked" in done.output
    assert "Exports of BLR as it reports them" in done.output
    again = told(run, "--measure", "approval", "--panel", panel(rows))
    loaded = told(run, "--measure", "approval", "--warehouse", "w")
    assert loaded["ways"][0]["share"] == pytest.approx(again["ways"][0]["share"], abs=1e-4)


def test_partners_reports_stand_for_a_silent_exporter(run: Run) -> None:
    rows = flows(gain=0.4)
    text = "\n".join(f"{b} {a} M {y} {c} {v:.6f}" for a, b, y, c, v in rows)
    Warehouse("w").load(declared(text))
    done = run("--measure", "approval", "--warehouse", "w")
    assert "as the importers report them (CIF)" in " ".join(done.output.split())
    assert "It worked" in done.output


def test_all_goods_by_published_totals(run: Run) -> None:
    rows = [row for row in flows(gain=0.4) if row[3] == "870110"]
    rows += [("BLR", "WLD", year, "870110", 500.0) for year in range(FIRST, LAST + 1)]
    text = "\n".join(f"{a} {b} X {y} TOTAL {v:.6f}" for a, b, y, _, v in rows)
    Warehouse("w").load(declared(text))
    arguments = ("--measure", "approval", "--warehouse", "w", "--all-products")
    facts = told(run, *arguments)
    assert facts["ways"][0]["verdict"] == "more"
    assert facts["ways"][0]["donors"] == len(BUYERS)
    assert any("all goods are looked at" in one for one in facts["method"])


def test_a_warehouse_that_knows_nothing_of_the_exporter(run: Run) -> None:
    Warehouse("w").load(declared("RUS KAZ X 2020 870110 5"))
    done = run("--measure", "approval", "--warehouse", "w", "--product", "8701")
    assert isinstance(done.exception, NoAnswer), (done.output, done.exception)
    assert "has no yearly reports of what BLR exports" in str(done.exception)


def test_documents_show_trade_beside_the_control(run: Run) -> None:
    arguments = ("--measure", "approval", "--panel", panel(flows(gain=0.4)))
    done = run(*arguments, "--out", "out", "--formats", "html", "--formats", "png")
    assert done.exit_code == 0, (done.output, done.exception)
    page = Path("out/blr-kgz-worked-approval-2025-01-01-en.html").read_text(encoding="utf-8")
    assert "It worked" in page
    assert "start 2019" in page
    assert (Path("out") / "blr-kgz-worked-approval-2025-01-01-en-control-BLR.png").stat().st_size


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--measure", "aproval"], "Did you mean “approval”?"),
        (["--measure", "idle"], "nothing says since when it works. Add “start” to its effect"),
        (["--measure", "approval", "--start", "2008"], "2 years with trade before its start"),
        (["--measure", "approval", "--product", "9999"], "exports none of its products to KGZ"),
        (["--measure", "approval", "--product", "0406"], "0 years with trade before its start"),
    ],
)
def test_questions_without_an_answer(run: Run, arguments: list[str], sentence: str) -> None:
    done = run(*arguments, "--panel", panel(flows()))
    assert isinstance(done.exception, NoAnswer), done.output
    assert sentence in str(done.exception)


def test_a_year_without_trade_since_the_start(run: Run) -> None:
    rows = [row for row in flows() if row[1:4] != ("KGZ", 2021, "870110")]
    done = run("--measure", "approval", "--panel", panel(rows))
    assert isinstance(done.exception, NoAnswer)
    assert "nothing of it was traded from BLR to KGZ in 2021" in str(done.exception)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "name where the trade is"),
        (["--panel", "panel.csv", "--warehouse", "w"], "exclude each other"),
        (["--panel", "panel.csv", "--product", "87x"], "“87x” is no product"),
        (["--panel", "panel.csv", "--exporter", "RUS"], "--exporter is one of BLR, KGZ"),
        (["--panel", "panel.csv", "--product", "87", "--all-products"], "exclude each other"),
    ],
)
def test_what_cannot_be_asked(run: Run, arguments: list[str], sentence: str) -> None:
    panel(flows())
    done = run("--measure", "approval", *arguments)
    assert done.exit_code == 2
    assert sentence in done.output


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "exporter,importer,product,value_usd\nBLR,KGZ,870110,1\n",
            "panel.csv:1: there is no column “year”",
        ),
        ("exporter,importer,year,value_usd\nBLR,KGZ,2019,1\n", "no column “product”"),
        (
            "exporter,importer,year,product,value_usd\nBLR,KGZ,2019,870110,many\n",
            "panel.csv:2: “many” in the column “value_usd” is no number",
        ),
        (
            "exporter,importer,year,product,value_usd\nBLR,KGZ,2019,870110,-4\n",
            "panel.csv:2: value_usd is -4. Trade is not negative",
        ),
    ],
)
def test_a_panel_that_cannot_be_used(run: Run, text: str, sentence: str) -> None:
    Path("panel.csv").write_text(text, encoding="utf-8")
    done = run("--measure", "approval", "--panel", "panel.csv")
    assert isinstance(done.exception, InputRefused), (done.output, done.exception)
    assert sentence in str(done.exception)
