"""An analyst asks how complex countries and products are, and what lies nearest to Belarus."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from tests.core.potential.customs import LATER, RECONCILED, world, years

from bilat.cli import complexity
from bilat.errors import NoAnswer
from bilat.potential.complexity import complexity as worked_out
from bilat.potential.world import read_exports
from bilat.warehouse import Warehouse

Run = Callable[..., Result]
pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    world(tmp_path / "w", years(RECONCILED, 2022, 2023))

    def run(*arguments: object) -> Result:
        words = ["--warehouse", "w", *map(str, arguments), "--as-of", "2025-01-01", "--lang", "en"]
        return CliRunner().invoke(complexity.command, words)

    return run


def test_every_country_by_rank(run: Run) -> None:
    done = run()
    assert done.exit_code == 0, done.output
    assert "Countries, the most complex first, 2023" in done.output
    exports = read_exports(Warehouse("w"), as_of=LATER)
    expected = worked_out(exports.values)
    told = json.loads(written(run, "json"))
    eci = {one["code"]: one["eci"] for one in told["countries"]}
    for place, code in enumerate(exports.countries):
        assert eci[code] == pytest.approx(expected.eci[place])
    ranked = [one["eci"] for one in told["countries"]]
    assert ranked == sorted(ranked, reverse=True)


def written(run: Run, ending: str, *arguments: object, stem: str = "complexity-2023") -> str:
    done = run(*arguments, "--out", "out", "--formats", ending)
    assert done.exit_code == 0, done.output
    return Path(f"out/{stem}-2025-01-01-en.{ending}").read_text()


def test_products_alone(run: Run) -> None:
    told = json.loads(written(run, "json", "--products", "--digits", "4"))
    assert told["countries"] == []
    assert {one["code"] for one in told["products"]} == {"0406", "2709", "5201", "8428", "8701"}


def test_what_lies_nearest_to_a_country_that_lacks_it(run: Run) -> None:
    told = json.loads(written(run, "json", "--country", "blr", stem="complexity-blr-2023"))
    (belarus,) = told["countries"]
    assert belarus["code"] == "BLR"
    scores = [one["score"] for one in told["near"]]
    assert scores == sorted(scores, reverse=True)
    assert all(one["advantage"] < 1 for one in told["near"])
    assert np.all([0 <= one["density"] <= 1 for one in told["near"]])


def test_a_country_or_year_that_is_not_there(run: Run) -> None:
    for arguments, said in (
        (["--country", "MEX"], "has no exports of MEX in 2023"),
        (["--year", "1999"], "of 1999"),
    ):
        done = run(*arguments)
        assert isinstance(done.exception, NoAnswer), done.output
        assert said in str(done.exception)


@pytest.mark.parametrize(
    ("asked", "picture"),
    [
        ((), "complexity-2023-2025-01-01-en-complexity-countries.png"),
        (("--products",), "complexity-2023-2025-01-01-en-complexity-products.png"),
        (("--country", "BLR"), "complexity-blr-2023-2025-01-01-en-complexity-near.png"),
    ],
)
def test_a_picture_of_each(run: Run, asked: tuple[str, ...], picture: str) -> None:
    done = run(*asked, "--out", "out", "--formats", "png")
    assert done.exit_code == 0, done.output
    assert [path.name for path in Path("out").iterdir()] == [picture]
    assert (Path("out") / picture).read_bytes().startswith(b"\x89PNG")


def test_several_editions_of_codes_are_told_and_brought_together(run: Run, tmp_path: Path) -> None:
    mixed = years(RECONCILED, 2023).replace("UZB BLR X 2023 520100", "UZB BLR X 2023 H5/520101")
    mixed += "UZB BLR X 2023 H5/870110 1"
    world(tmp_path / "mixed", mixed, vintage="2024-05-01")
    done = run("--products", "--warehouse", "mixed")
    assert done.exit_code == 0, done.output
    told = " ".join(done.output.split())
    assert "customs is in several editions of the HS (H5: 2023; H6: 2023)" in told
    assert "--concordance FILE" in told
    Path("un.csv").write_text(
        "code.after,code.before,Relationship,adjustment\n"
        + "".join(
            f"{code},{old},1:1,2022 to 2017\n"
            for code, old in (("520100", "520101"), ("870110", "870110"), ("842810", "842810"),
                              ("270900", "270900"), ("40610", "40610"))
        )
    )  # fmt: skip
    done = run("--products", "--warehouse", "mixed", "--concordance", "un.csv")
    told = " ".join(done.output.split())
    assert "All codes were brought to H5" in told
    assert "520101" in told
    assert "What is not compared" not in told
