"""An analyst estimates a gravity equation from the warehouse, with a file about the pairs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from tests.core.warehouse.declarations import declared

from bilat.cli import gravity
from bilat.errors import NoAnswer
from bilat.potential.flows import read_flows
from bilat.potential.gravity import ppml
from bilat.potential.refused import InputRefused
from bilat.potential.world import choose
from bilat.warehouse import Warehouse

Run = Callable[..., Result]
COUNTRIES = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "UZB", "TJK", "POL")
YEARS = (2019, 2020, 2021)
ASKED = ("--warehouse", "w", "--pairs", "pairs.csv")
WAYS = ("--effects", "exporter-year", "--effects", "importer-year")
PLAIN = ("--x", "distance:log", *WAYS)


def made() -> dict[str, Any]:
    """A panel from a seed: two products that make up the trade, and some pairs without any."""
    rng = np.random.default_rng(3)
    t, i, j = (axis.ravel() for axis in np.indices((len(YEARS), 8, 8)))
    far = rng.uniform(300, 4000, (8, 8))
    far = np.round(far + far.T)
    rta = (t >= rng.integers(0, 4, (8, 8))[i, j]).astype(float)
    size = np.exp(rng.normal(0, 1, 8))
    mean = 40 * size[i] * size[j] * (far[i, j] / 2000) ** -0.8 * np.exp(0.4 * rta)
    trade = rng.poisson(mean).astype(float)
    abroad, names = i != j, np.array(COUNTRIES)
    whole = {"exporter": names[i], "importer": names[j], "year": np.array(YEARS)[t]}
    whole |= {"trade": trade, "distance": far[i, j], "rta": rta}
    return {name: column[abroad] for name, column in whole.items()}


def rows(columns: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(columns[name].tolist() for name in names), strict=True))


def pairs(lines: list[tuple[Any, ...]], *names: str) -> None:
    text = [",".join(names), *(",".join(map(str, line)) for line in lines)]
    Path("pairs.csv").write_text("\n".join(text) + "\n", encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    told = [
        f"{exporter} {importer} X {year} {code} {trade / 2}"
        for exporter, importer, year, trade in rows(made(), "exporter", "importer", "year", "trade")
        if trade
        for code in ("870110", "842810")
    ]
    Warehouse("w").load(declared("\n".join(told)))
    distances = dict.fromkeys(rows(made(), "exporter", "importer", "distance"))
    pairs(list(distances), "origin", "destination", "distance")

    def run(*arguments: object) -> Result:
        words = ["estimate", *map(str, arguments), "--as-of", "2025-01-01", "--lang", "en"]
        return CliRunner().invoke(gravity.command, words)

    return run


def told(run: Run, *arguments: object) -> dict[str, Any]:
    done = run(*arguments, "--out", "out", "--formats", "json")
    assert done.exit_code == 0, (done.output, done.exception)
    found: dict[str, Any] = json.loads(Path("out/customs-estimate-en.json").read_text("utf-8"))
    return found


def test_coefficients_are_those_of_the_same_panel_as_a_file(run: Run) -> None:
    columns = made()
    columns["logs"] = np.log(columns["distance"])
    expected = ppml(
        columns, "trade", ["logs"], effects=[("exporter", "year"), ("importer", "year")]
    )
    facts = told(run, *ASKED, *PLAIN)
    (one,) = facts["coefficients"]
    assert one["estimate"] == pytest.approx(expected.coefficient("logs"), abs=1e-8)
    # Trade is in dollars here, in millions there; only the effects know.
    assert one["error"] == pytest.approx(expected.error("logs"), abs=1e-8)
    assert facts["rows"] == 8 * 7 * 3, "a flow that nobody tells is a row without trade"
    assert facts["panel"] == "customs"
    assert [source["id"] for source in facts["sources"]] == ["panel", "pairs.csv"]


def test_agreements_by_year_with_the_usual_three_sets_of_effects(run: Run) -> None:
    columns = made()
    wanted = ("exporter", "importer", "year", "rta")
    pairs(rows(columns, *wanted), "origin", "destination", "year", "rta")
    sides, pair = [("exporter", "year"), ("importer", "year")], ("exporter", "importer")
    expected = ppml(columns, "trade", ["rta"], effects=[*sides, pair])
    (one,) = told(run, *ASKED, "--x", "rta")["coefficients"]
    assert one["estimate"] == pytest.approx(expected.coefficient("rta"), abs=1e-8)


def test_a_pair_that_stands_one_way_counts_both_ways(run: Run) -> None:
    both = told(run, *ASKED, *PLAIN)
    distances = dict.fromkeys(rows(made(), "exporter", "importer", "distance"))
    pairs([one for one in distances if one[0] < one[1]], "origin", "destination", "distance")
    assert told(run, *ASKED, *PLAIN)["coefficients"] == both["coefficients"]


def test_trade_without_a_row_in_the_file_is_left_out_and_counted(run: Run) -> None:
    columns = made()
    distances = dict.fromkeys(rows(columns, "exporter", "importer", "distance"))
    pairs([one for one in distances if "POL" not in one], "origin", "destination", "distance")
    facts = told(run, *ASKED, *PLAIN, "--years", "2019,2021")
    assert facts["rows"] == 7 * 6 * 2
    polish = (columns["exporter"] == "POL") | (columns["importer"] == "POL")
    lost = polish & (columns["trade"] > 0) & (columns["year"] != 2020)
    assert any(f"{lost.sum()} flows with trade were left out" in one for one in facts["method"])


@pytest.mark.parametrize(
    ("text", "more", "sentence"),
    [
        ("origin,destination,km\nBLR,KGZ,3000", (), "there is no column “distance”"),
        ("from,destination,distance\nBLR,KGZ,3000", (), "there is no column “origin”"),
        ("origin,destination,distance\nBLR,KGZ,far", (), "pairs.csv:2: “far” in the column"),
        ("origin,destination,distance\nBLR,KGZ,0", (), "pairs.csv:2: “distance” is 0"),
        ("origin,destination,distance\nBY,KG,3", (), "no pair of it trades in customs"),
        (
            "origin,destination,distance\nBLR,KGZ,3\nBLR,KGZ,4",
            (),
            "pairs.csv:3: BLR to KGZ stands twice. Keep one row a pair",
        ),
        ("origin,destination,distance\nBLR,KGZ,3", ("--effects", "bloc"), "“bloc” of “bloc” is no"),
    ],
)
def test_a_file_of_pairs_that_cannot_be_used(
    run: Run, text: str, more: tuple[str, ...], sentence: str
) -> None:
    Path("pairs.csv").write_text(text + "\n", encoding="utf-8")
    done = run(*ASKED, *PLAIN, *more)
    assert isinstance(done.exception, InputRefused), (done.output, done.exception)
    assert sentence in str(done.exception)


def test_what_is_missing_is_asked_for(run: Run) -> None:
    for words, sentence in (
        (PLAIN, "name a panel, or a warehouse"),
        (("--warehouse", "w", *PLAIN), "the warehouse holds trade only"),
        (("panel.csv", *ASKED, *PLAIN), "a panel has all columns itself"),
    ):
        done = run(*words)
        assert done.exit_code == 2
        assert sentence in " ".join(done.output.replace("│", " ").split())
    done = run(*ASKED, *PLAIN, "--years", "1999")
    assert isinstance(done.exception, NoAnswer)
    assert "customs has no yearly reports by six-digit product of these years" in str(
        done.exception
    )
    done = run(*ASKED, *PLAIN, "--dataset", "baci")
    assert isinstance(done.exception, NoAnswer)


def test_who_is_silent_is_heard_from_its_partners(run: Run) -> None:

    told = "BLR KGZ X 2023 870110 4\nKGZ BLR M 2023 870110 5\nKGZ UZB M 2023 520100 7\n"
    warehouse = Warehouse("both")
    warehouse.load(declared(told + "BLR WLD X 2023 870110 9\nBLR KGZ X 2023 842810 1"))
    flows = read_flows(warehouse, choose(warehouse, date(2025, 1, 1)))
    place = {country: at for at, country in enumerate(flows.countries)}
    (cube,) = flows.by_year()
    assert cube[place["BLR"], place["KGZ"]] == 5e6, "its own word, both products"
    assert cube[place["UZB"], place["KGZ"]] == 7e6, "Uzbekistan reports nothing"
    assert cube.sum() == 12e6, "the world is no country"
