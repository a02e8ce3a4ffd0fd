"""An analyst at the terminal: where can trade grow, why, how good is the growth, and then what."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.core.potential.customs import BOTH, RECONCILED, world, years

from bilat.cli import potential
from bilat.errors import BilatError, NoAnswer
from bilat.programme import load

PROGRAMME = """
indicators:
  - {id: x-blr, title: Exports, measures: exports, exporter: BLR, unit: thousand USD}
"""
NAMES = "code,description\n842810,Lifts and skip hoists\n870110,Tractors\n"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    world(tmp_path / "made", years(RECONCILED, 2022, 2023))
    world(tmp_path / "both", years(BOTH, 2022, 2023))
    Path("names.csv").write_text(NAMES)

    def run(*arguments: object, warehouse: str = "made", pair: str = "BLR KGZ") -> Result:
        words = [*pair.split(), "--warehouse", warehouse, *map(str, arguments)]
        return CliRunner().invoke(
            potential.command, [*words, "--as-of", "2025-01-01", "--lang", "en"]
        )

    return run


def facts(run: Run, *arguments: object, stem: str = "potential", **where: str) -> dict[str, Any]:
    done = run(*arguments, "--out", "out", "--formats", "json", **where)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(Path(f"out/blr-kgz-{stem}-2025-01-01-en.json").read_text())
    return found


def test_both_directions_with_their_largest_products_first(run: Run) -> None:
    done = run("--names", "names.csv")
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    lifts = next(line for line in lines if "842810" in line)
    assert "Lifts and skip hoists" in lifts
    # 1,857.1 thousand dollars: by hand in tests/core/potential/test_opportunities.py.
    assert "1,857.1" in lifts
    assert "20,000.0" in lifts
    assert any("Kyrgyzstan to Belarus" in line for line in lines)
    assert "customs: one figure a flow, under the exporter, as known on 1 Jan" in done.output
    assert "There are no intervals" in done.output


def test_the_same_numbers_in_files(run: Run) -> None:
    done = run("--out", "out", "--formats", "csv", "--formats", "xlsx", "--formats", "html")
    assert done.exit_code == 0, done.output
    with Path("out/blr-kgz-potential-2025-01-01-en-potential-BLR.csv").open(
        encoding="utf-8-sig"
    ) as file:
        rows = list(csv.DictReader(file))
    told = facts(run)
    assert float(rows[0]["Unrealised"]) == pytest.approx(
        told["ways"][0]["products"][0]["unrealised"] / 1000
    )
    assert "842810" in Path("out/blr-kgz-potential-2025-01-01-en.html").read_text()


def test_intervals_where_both_sides_report(run: Run) -> None:
    told = facts(run, warehouse="both")
    lifts = told["ways"][0]["products"][0]
    assert lifts["product"] == "842810"
    assert lifts["low"] < lifts["unrealised"] < lifts["high"]
    assert any("reconciled product by product" in line for line in told["method"])


def test_a_picture_of_trade_and_what_is_unrealised(run: Run) -> None:
    done = run("--out", "out", "--formats", "png", warehouse="both")
    assert done.exit_code == 0, done.output
    picture = Path("out/blr-kgz-potential-2025-01-01-en-potential-BLR.png")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_one_sector_only(run: Run) -> None:
    told = facts(run, "--sector", "mechanical engineering", stem="potential-mechanical-engineering")
    products = [[one["product"] for one in way["products"]] for way in told["ways"]]
    assert products == [["842810", "870110"], []]
    listed = run("--sectors")
    assert "housing (what one side needs)" in listed.output


def test_why_a_product_is_an_opportunity(run: Run) -> None:
    done = run("--product", "870110", "--explain")
    assert done.exit_code == 0, done.output
    assert "Who supplies Kyrgyzstan now: the largest of 2" in done.output
    assert "60.0%" in done.output
    told = facts(run, "--product", "8701", "--explain", stem="potential-8701")
    assert told["why"][0]["rivals"][0] == {
        "country": "RUS", "value": 6e6, "share": 0.6, "growth": 0.0, "unit_value": None
    }  # fmt: skip


def test_customs_rates_and_growth_that_are_stated(run: Run) -> None:
    Path("rates.csv").write_text("exporter,importer,code,rate,mfn\nBLR,KGZ,8428,0,10\n")
    Path("growth.csv").write_text("country,supply,demand\nKGZ,1,1.5\n")
    plain = facts(run)["ways"][0]["products"][0]
    told = facts(run, "--tariffs", "rates.csv", "--growth", "growth.csv")
    moved = told["ways"][0]["products"][0]
    assert moved["potential"] == pytest.approx(plain["potential"] * 1.1 * 1.5)
    assert moved["rates"] == {"pair": 0.0, "mfn": 10.0}
    assert any("growth.csv" in line for line in told["method"])


def test_how_good_the_growth_is(run: Run) -> None:
    done = run("--quality")
    assert done.exit_code == 0, done.output
    assert "Belarus to Kyrgyzstan: quality of growth by year" in done.output
    told = facts(run, "--quality", stem="potential-quality")["quality"]
    assert [year["concentration"] for year in told["directions"][0]["years"]] == [1, 1]


def test_an_opportunity_becomes_a_draft_and_enters_the_programme(
    run: Run, folder: Callable[..., Path]
) -> None:
    programme = folder(PROGRAMME)
    done = run("--draft", "842810", "--names", "names.csv", warehouse="both")
    assert done.exit_code == 0, done.output
    text = done.stdout
    drafted = yaml.safe_load(text)["commitments"][0]
    assert drafted["assumption"]
    assert drafted["author"] == "bilat potential"
    assert drafted["effect"]["products"] == ["842810"]
    assert drafted["effect"]["low"] < drafted["effect"]["likely"] < drafted["effect"]["high"]

    added = run(
        "--draft", "842810", "--programme", programme, "--add", "--author", "A. Ivanova",
        warehouse="both",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    loaded = load(programme)
    assert not loaded.errors
    assert loaded.programme is not None
    (commitment,) = loaded.programme.commitments
    assert commitment.effect is not None
    assert commitment.effect.indicator == "x-blr"
    assert commitment.author == "A. Ivanova"
    again = run("--draft", "842810", "--programme", programme, "--add", warehouse="both")
    assert isinstance(again.exception, NoAnswer)
    assert "potential-blr-kgz-842810 already" in str(again.exception)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--explain"], "--product and --explain go together"),
        (["--draft", "84281"], "is no product"),
        (["--draft", "842810", "--add"], "--add needs --draft and --programme"),
        (["--draft", "842810", "--from", "RUS"], "--from is one of BLR, KGZ"),
    ],
)
def test_options_that_do_not_fit_are_refused(run: Run, arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_what_cannot_be_answered_says_what_to_load(run: Run) -> None:
    for arguments, said in (
        (["--product", "999999", "--explain"], "neither side exports it"),
        (["--year", "1999"], "no yearly reports by six-digit product of 1999"),
        (["--dataset", "baci"], "Load it, or name one of: customs"),
        (["--sector", "ships"], "is no sector"),
    ):
        done = run(*arguments)
        assert isinstance(done.exception, BilatError), done.output
        assert said in str(done.exception)
    same = run(pair="BLR BLR")
    assert "name two different countries" in same.output
    nobody = run(pair="BLR XYZ")
    assert "“XYZ” is not a country code" in nobody.output
