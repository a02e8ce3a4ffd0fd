"""An analyst at the terminal: where can trade grow, why, how good is the growth, and then what."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from click.testing import CliRunner, Result
from openpyxl import load_workbook
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


def test_pictures_of_how_good_the_growth_is(run: Run) -> None:
    done = run("--quality", "--out", "out", "--formats", "png", "--formats", "html")
    assert done.exit_code == 0, done.output
    drawn = {path.name.split("-en-")[1] for path in Path("out").glob("*.png")}
    assert "quality-BLR-technology.png" in drawn
    assert "quality-BLR-processed.png" in drawn
    assert "quality-intra.png" in drawn
    page = Path("out/blr-kgz-potential-quality-2025-01-01-en.html").read_text()
    assert "share of medium and high technology – 100.0% in 2022, 100.0% in 2023: as before" in page
    assert "Signs of quality: 5, of which better: 0, worse: 0" in page


def test_where_there_is_nothing_to_draw_a_picture_is_refused(run: Run) -> None:
    done = run("--product", "870110", "--explain", "--out", "out", "--formats", "png")
    assert isinstance(done.exception, BilatError)
    assert "has no chart to draw" in str(done.exception)
    assert not Path("out").exists()


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


def test_how_much_technology_is_in_what_is_sold(run: Run) -> None:
    done = run("--quality", "--out", "out", "--formats", "csv", "--formats", "xlsx")
    assert done.exit_code == 0, done.output
    told = " ".join(done.output.split())
    assert (
        "Of what Belarus sold Kyrgyzstan in 2023, 100.0% was of medium or high technology, after "
        "100.0% in 2022; 0.0% is not classified."
    ) in told
    with Path("out/blr-kgz-potential-quality-2025-01-01-en-technology-KGZ.csv").open(
        encoding="utf-8-sig"
    ) as file:
        rows = {row["Category"]: row for row in csv.DictReader(file)}
    assert float(rows["Primary products"]["2023"]) == 1, "cotton"
    assert len(rows) == 11
    book = load_workbook("out/blr-kgz-potential-quality-2025-01-01-en.xlsx")
    assert {"Technology BLR", "Technology KGZ"} <= set(book.sheetnames)
    years = facts(run, "--quality", stem="potential-quality")["quality"]["directions"][0]["years"]
    assert years[1]["technology"]["MT3"] == 1, "tractors"


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


# Gravity


def many() -> None:
    """Twelve countries that all trade two products by size and distance; Belarus sells Kyrgyzstan
    half of what everybody else's trade suggests, and buys twice as much."""
    rng = np.random.default_rng(4)
    codes = ("BLR", "KGZ", "RUS", "KAZ", "UZB", "TJK", "POL", "DEU", "FRA", "ITA", "CHN", "TUR")
    size = np.exp(rng.normal(3, 1, len(codes)))
    far = rng.uniform(500, 6000, (len(codes), len(codes)))
    trade, distances = [], ["origin,destination,distance"]
    for i, one in enumerate(codes):
        for j, other in enumerate(codes):
            if i == j:
                continue
            km = far[min(i, j), max(i, j)]
            distances.append(f"{one},{other},{km:.6f}")
            ratio = {"BLRKGZ": 0.5, "KGZBLR": 2}.get(one + other, 1)
            value = ratio * size[i] * size[j] / km
            trade += [
                f"{one} {other} X 2023 870110 {value}",
                f"{one} {other} X 2023 842810 {value}",
            ]
    Path("pairs.csv").write_text("\n".join(distances), encoding="utf-8")
    world(Path("many"), "\n".join(trade))


GRAVITY = ("--second-opinion", "--pairs", "pairs.csv", "--x", "distance:log")


def test_gravity_knows_how_far_the_pair_is_from_what_the_world_was_made_with(run: Run) -> None:
    many()
    there, back = facts(run, *GRAVITY, warehouse="many")["ways"]
    # The world has no noise: what is left are the digits of distances, and Newton's last step.
    assert there["gravity"]["ratio"] == pytest.approx(0.5, rel=1e-5)
    assert back["gravity"]["ratio"] == pytest.approx(2, rel=1e-5)
    assert (there["gravity"]["verdict"], back["gravity"]["verdict"]) == (-1, 1)
    assert {round(exp(one["beyond"]), 4) for one in there["products"]} == {0.5}
    printed = " ".join(run(*GRAVITY, warehouse="many").output.split())
    assert "they trade 0.50 times that (80 % interval 0.50 to 0.50)" in printed
    assert "what pairs.csv says of pairs" in printed


def test_gravity_is_asked_for_and_says_where_it_knows_too_little(run: Run) -> None:
    plain = facts(run)
    assert [way["gravity"] for way in plain["ways"]] == [None, None]
    asked = facts(run, "--second-opinion")
    assert [way["gravity"] for way in asked["ways"]] == [None, None]
    silent = [line for line in asked["method"] if "Gravity has no opinion on exports of" in line]
    assert len(silent) == 2, "four countries only"
    assert any("Distances were not given" in line for line in asked["method"])


def test_what_gravity_needs_is_asked_for(run: Run) -> None:
    many()
    for words, sentence in (
        (("--second-opinion", "--pairs", "pairs.csv"), "--pairs and --x go together"),
        (("--pairs", "pairs.csv", "--x", "distance"), "--pairs is for --second-opinion"),
        (("--second-opinion", "--quality"), "is not for --quality or --draft"),
    ):
        done = run(*words)
        assert done.exit_code == 2
        assert sentence in done.output
    done = run("--second-opinion", "--pairs", "pairs.csv", "--x", "km", warehouse="many")
    assert "there is no column “km”" in str(done.exception)
