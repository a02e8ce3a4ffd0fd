"""An analyst estimates what agreements do, and asks what one more would do to everybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from scipy.optimize import root

from bilat.cli import gravity
from bilat.errors import NoAnswer
from bilat.potential.gravity import corrected, ppml
from bilat.potential.refused import InputRefused

Run = Callable[..., Result]
GUIDE = Path(__file__).parents[4] / "shared" / "data" / "agtpa_applications.parquet"
COUNTRIES = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "UZB", "TJK", "POL")
YEARS = range(2015, 2021)
SHOCK = """\
title: Standards recognised
changes:
  - {pair: [BLR, KGZ], cost_percent: -5}
"""


def table(*, home: bool = True) -> dict[str, Any]:
    """Made from a seed: trade with an agreement, a distance, and sales at home."""
    rng = np.random.default_rng(2)
    i, j, t = (axis.ravel() for axis in np.indices((8, 8, len(YEARS))))
    far = rng.uniform(300, 4000, (8, 8))
    far = far + far.T
    agreed = (t >= rng.integers(1, 9, (8, 8))[i, j]).astype(float) * (i != j)
    size = np.exp(rng.normal(0, 1, 8))
    mean = 400 * size[i] * size[j] * (far[i, j] / 2000) ** -0.8 * np.exp(0.4 * agreed)
    trade = np.where(i == j, 3000 * size[i] ** 2, rng.poisson(mean)).astype(float)
    kept = slice(None) if home else i != j
    names = np.array(COUNTRIES)
    found = {"from": names[i], "to": names[j], "year": t + YEARS[0], "dist": far[i, j]}
    return {n: c[kept] for n, c in {**found, "rta": agreed, "value": trade}.items()}


def write(columns: dict[str, Any], name: str = "panel.csv") -> str:
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    lines = [",".join(columns), *(",".join(map(str, row)) for row in rows)]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


NAMED = ("--trade", "value", "--exporter", "from", "--importer", "to")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    Path("shock.yaml").write_text(SHOCK, encoding="utf-8")

    def run(*arguments: object) -> Result:
        words = [*map(str, arguments), "--as-of", "2025-01-01", "--lang", "en"]
        return CliRunner().invoke(gravity.command, words)

    return run


def told(run: Run, *arguments: object) -> dict[str, Any]:
    done = run(*arguments, "--out", "out", "--formats", "json")
    assert done.exit_code == 0, (done.output, done.exception)
    file = Path(done.output.splitlines()[-1])
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def simulated(run: Run, *more: object, panel: str = "panel.csv") -> dict[str, Any]:
    asked = ("--year", 2020, "--shock", "shock.yaml", "--sigma", 5, "--pair", "BLR", "KGZ")
    return told(run, "simulate", panel, *NAMED, *asked, *more)


# Estimates


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_coefficients_are_those_of_the_estimator(run: Run, ending: str) -> None:
    columns = table()
    panel = f"panel.{ending}"
    if ending == "csv":
        write(columns)
    else:
        pyarrow = pytest.importorskip("pyarrow")
        pytest.importorskip("pyarrow.parquet").write_table(pyarrow.table(columns), panel)
    facts = told(
        run, "estimate", panel, *NAMED, "--x", "rta", "--cluster", "pair",
        "--small-sample", "fixest", "--correct",
    )  # fmt: skip
    sides, pair = [("from", "year"), ("to", "year")], ("from", "to")
    expected = ppml(
        columns, "value", ["rta"], effects=[*sides, pair], cluster=[pair], small_sample="fixest"
    )
    better = corrected(expected, time="year")
    assert better.errors is not None
    (one,) = facts["coefficients"]
    assert one["estimate"] == pytest.approx(expected.coefficient("rta"), abs=1e-9)
    assert one["error"] == pytest.approx(expected.error("rta"), abs=1e-9)
    assert one["corrected"] == pytest.approx(better.coefficients[0], abs=1e-9)
    assert one["corrected_error"] == pytest.approx(better.errors[0], abs=1e-9)
    assert one["effect"] == pytest.approx(np.exp(better.coefficients[0]) - 1)
    assert facts["observations"] == expected.observations
    assert facts["clusters"] == {"from^to": expected.groups[0]}


def test_the_table_says_what_was_left_out_and_how(run: Run) -> None:
    columns = table()
    never = (columns["from"] == "ARM") & (columns["to"] == "TJK")
    columns["value"] = np.where(never, 0.0, columns["value"])
    columns["always"] = np.ones(len(never))
    done = run("estimate", write(columns), *NAMED, "--x", "rta", "--x", "always")
    printed = " ".join(done.output.split())
    assert "Coefficients from 378 of 384 rows" in printed
    assert "6 rows were left out: an effect of theirs never has any trade" in printed
    assert "always: left out, as the effects and the other regressors explain it" in printed
    assert "fixed effects of from^year, to^year, from^to; errors robust row by row" in printed


def test_logarithms_years_and_trade_abroad_only(run: Run) -> None:
    write(table())
    chosen = ("--years", "2015-2019:2", "--abroad", "--effects", "exporter-year", "--effects", "to")
    facts = told(run, "estimate", "panel.csv", *NAMED, "--x", "dist:log", "--x", "rta", *chosen)
    assert facts["years"] == [2015, 2017, 2019]
    assert facts["rows"] == 3 * 8 * 7
    assert facts["effects"] == ["from^year", "to"]
    distance, agreement = facts["coefficients"]
    assert distance["name"] == "log dist"
    assert distance["effect"] is None
    assert distance["estimate"] == pytest.approx(-0.8, abs=0.1)  # what the world was made with
    assert agreement["estimate"] == pytest.approx(0.4, abs=0.2)


def test_every_document_of_an_estimate(run: Run) -> None:
    formats = ("json", "csv", "xlsx", "html", "docx")
    asked = [word for ending in formats for word in ("--formats", ending)]
    done = run("estimate", write(table()), *NAMED, "--x", "rta", "--out", "out", *asked)
    assert done.exit_code == 0, (done.output, done.exception)
    endings = {path.suffix.removeprefix(".") for path in Path("out").iterdir()}
    assert endings == set(formats)
    assert "rta" in Path("out/panel-estimate-en.html").read_text(encoding="utf-8")


def broken(**values: object) -> str:
    """The panel with something else in its third row, line 4 of the file."""
    columns = {name: column.astype(object) for name, column in table().items()}
    for name, value in values.items():
        columns[name][2] = value
    return write(columns)


@pytest.mark.parametrize(
    ("values", "more", "sentence"),
    [
        ({"value": "n/a"}, (), "panel.csv:4: “n/a” in the column “value” is no number. Write"),
        ({"value": ""}, (), "panel.csv:4: “value” is empty. Fill it, or take the row out"),
        ({"value": -3}, (), "panel.csv:4: value is -3. Trade is not negative"),
        ({"to": " "}, (), "panel.csv:4: “to” is empty"),
        ({"year": 2015.5}, (), "panel.csv:4: “year” is 2015.5, which is no year"),
        ({"dist": 0}, ("--x", "dist:log"), "panel.csv:4: “dist” is 0: it has no logarithm"),
        ({}, ("--x", "rtas"), "panel.csv:1: there is no column “rtas”. Did you mean “rta”?"),
        ({}, ("--effects", "exporter-sector"), "“sector” of “exporter-sector” is no column"),
    ],
)
def test_a_panel_that_cannot_be_used(
    run: Run, values: dict[str, object], more: tuple[str, ...], sentence: str
) -> None:
    done = run("estimate", broken(**values), *NAMED, "--x", "rta", *more)
    assert isinstance(done.exception, InputRefused), (done.output, done.exception)
    assert sentence in str(done.exception)


def test_a_file_that_is_no_table(run: Run) -> None:
    Path("panel.parquet").write_text("no parquet", encoding="utf-8")
    for name in ("panel.parquet", "missing.csv"):
        done = run("estimate", name, "--x", "rta")
        assert isinstance(done.exception, InputRefused), done.output
        assert f"{name}: it cannot be read" in str(done.exception)


def test_years_without_rows_and_years_that_are_none(run: Run) -> None:
    done = run("estimate", write(table()), *NAMED, "--x", "rta", "--years", "1990")
    assert isinstance(done.exception, NoAnswer)
    done = run("estimate", "panel.csv", *NAMED, "--x", "rta", "--years", "long ago")
    assert "“long ago” is no years" in done.output


# Simulations


@pytest.mark.parametrize("scope", ["conditional", "full"])
def test_without_a_shock_nothing_changes(run: Run, scope: str) -> None:
    write(table())
    Path("shock.yaml").write_text(SHOCK.replace("-5", "0"), encoding="utf-8")
    facts = simulated(run, "--scope", scope)
    for one in facts["countries"]:
        changes = [value for name, value in one.items() if name != "code"]
        assert changes == pytest.approx([0] * 6, abs=1e-9)
    for way in facts["ways"]:
        assert way["after"] == pytest.approx(way["before"], rel=1e-9)


def test_cheaper_trade_helps_both(run: Run) -> None:
    write(table())
    facts = simulated(run)
    there, back = facts["ways"]
    assert there["direct"] == back["direct"] == pytest.approx(0.95**-4 - 1)
    assert 0 < there["change"] < there["direct"]
    belarus, kyrgyzstan, *others = facts["countries"]
    assert (belarus["code"], kyrgyzstan["code"]) == ("BLR", "KGZ")
    assert min(belarus["welfare"], kyrgyzstan["welfare"]) > 0
    sizes = [abs(one["welfare"]) for one in others]
    assert sizes == sorted(sizes, reverse=True)


def test_an_estimate_goes_into_a_shock(run: Run) -> None:
    write(table())
    estimated = told(run, "estimate", "panel.csv", *NAMED, "--x", "rta", "--correct")
    Path("shock.yaml").write_text(
        "title: Agreement\nchanges:\n"
        "  - {pair: [BLR, KGZ], coefficient: rta, estimate: out/panel-estimate-en.json}\n",
        encoding="utf-8",
    )
    facts = simulated(run)
    beta = estimated["coefficients"][0]["corrected"]
    assert facts["changes"][0]["beta"] == pytest.approx(beta)
    assert facts["ways"][0]["direct"] == pytest.approx(np.exp(beta) - 1)


def test_what_was_assumed_is_said(run: Run) -> None:
    write(table())
    done = run(
        "simulate", "panel.csv", *NAMED, "--year", 2020, "--shock", "shock.yaml", "--sigma", 5,
        "--pair", "BLR", "KGZ", "--reference", "KGZ", "--scope", "conditional",
    )  # fmt: skip
    printed = " ".join(done.output.split())
    assert "σ = 5, as given: it is not estimated" in printed
    assert "production and spending stay as they were" in printed
    assert "consumer prices of Kyrgyzstan" in printed
    assert "Sales at home: as the panel gives them for 8 countries" in printed


def test_without_sales_at_home_there_is_no_answer_but_with_production(run: Run) -> None:
    columns = table()
    write(columns)
    expected = simulated(run)
    write(table(home=False), "abroad.csv")
    asked = ("--year", 2020, "--shock", "shock.yaml", "--sigma", 5, "--pair", "BLR", "KGZ")
    done = run("simulate", "abroad.csv", *NAMED, *asked)
    assert isinstance(done.exception, InputRefused)
    assert "8 countries have no sales at home" in str(done.exception)
    assert "--internal FILE (country, production)" in str(done.exception)

    last = columns["year"] == 2020
    made = [columns["value"][last & (columns["from"] == code)].sum() for code in COUNTRIES]
    write({"country": np.array(COUNTRIES), "production": np.array(made)}, "made.csv")
    facts = simulated(run, "--internal", "made.csv", panel="abroad.csv")
    for ours, theirs in zip(facts["countries"], expected["countries"], strict=True):
        assert ours.pop("code") == theirs.pop("code")
        assert ours == pytest.approx(theirs, abs=1e-9)  # what the solver leaves open
    assert any("made up as production by made.csv less exports" in one for one in facts["method"])


def test_production_of_the_year_where_the_table_has_years(run: Run) -> None:
    write(table(home=False))
    both = {
        "country": np.array(COUNTRIES * 2),
        "production": np.array([1e6] * 8 + [1.0] * 8),
        "year": np.array([2020] * 8 + [2019] * 8),
    }
    write(both, "made.csv")
    facts = simulated(run, "--internal", "made.csv")
    assert len(facts["countries"]) == 8


def test_where_nothing_is_traded_cheaper_trade_starts_none(run: Run) -> None:
    columns = table()
    pair = np.isin(columns["from"], ["BLR", "KGZ"]) & np.isin(columns["to"], ["BLR", "KGZ"])
    abroad = columns["from"] != columns["to"]
    columns["value"] = np.where(pair & abroad, 0.0, columns["value"])
    write(columns)
    asked = ("--year", 2020, "--shock", "shock.yaml", "--sigma", 5, "--pair", "BLR", "KGZ")
    printed = " ".join(run("simulate", "panel.csv", *NAMED, *asked).output.split())
    assert "cheaper trade starts none in this model" in printed
    assert "2 flows without trade" in printed


def test_one_way_and_group_shocks_are_told(run: Run) -> None:
    write(table())
    Path("shock.yaml").write_text(
        "title: Roads\ngroups: {north: [ARM, RUS]}\nchanges:\n"
        "  - {group: north, cost_percent: -1}\n"
        "  - {exporter: BLR, importer: north, cost_percent: -1}\n"
        "  - {exporter: KGZ, cost_percent: -1}\n"
        "  - {importer: POL, cost_percent: 1}\n",
        encoding="utf-8",
    )
    told_changes = simulated(run)["changes"]
    assert [(one["whom"], one["flows"]) for one in told_changes] == [
        ("among the members of north", 2),
        ("Belarus to north", 2),
        ("Kyrgyzstan to everyone", 7),
        ("everyone to Poland", 7),
    ]


def test_semicolons_and_a_byte_order_mark(run: Run) -> None:
    expected = told(run, "estimate", write(table()), *NAMED, "--x", "rta")
    text = Path("panel.csv").read_text(encoding="utf-8").replace(",", ";")
    Path("other.csv").write_text(text, encoding="utf-8-sig")
    facts = told(run, "estimate", "other.csv", *NAMED, "--x", "rta")
    assert facts["coefficients"] == expected["coefficients"]


def test_production_below_exports_is_refused_with_its_line(run: Run) -> None:
    write(table(home=False))
    write({"country": np.array(COUNTRIES), "production": np.full(8, 1.0)}, "made.csv")
    asked = ("--year", 2020, "--shock", "shock.yaml", "--sigma", 5, "--pair", "BLR", "KGZ")
    done = run("simulate", "panel.csv", *NAMED, *asked, "--internal", "made.csv")
    assert isinstance(done.exception, InputRefused)
    assert "made.csv:2: ARM: production of 1 is not above its exports" in str(done.exception)


def test_countries_without_sales_at_home_may_be_left_out(run: Run) -> None:
    columns = table()
    home = (columns["from"] == "POL") & (columns["to"] == "POL")
    write({name: column[~home] for name, column in columns.items()})
    facts = simulated(run, "--complete-only")
    assert "POL" not in {one["code"] for one in facts["countries"]}
    assert any("Left out" in one and "POL" in one for one in facts["method"])
    done = run(
        "simulate", "panel.csv", *NAMED, "--year", 2020, "--shock", "shock.yaml", "--sigma", 5,
        "--pair", "BLR", "POL", "--complete-only",
    )  # fmt: skip
    assert "POL was left out: it has no sales at home" in done.output


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--sigma", 1), "the elasticity of substitution is above 1"),
        (("--sigma", "nan"), "the elasticity of substitution is above 1"),
        (("--pair", "BLR", "KGX"), "“KGX” is no country of the panel in 2020"),
        (("--pair", "BLR", "BLR"), "--pair takes two different countries"),
        (("--reference", "USA"), "“USA” is no country of the panel"),
    ],
)
def test_what_cannot_be_asked(run: Run, more: tuple[object, ...], sentence: str) -> None:
    asked = ("--year", 2020, "--shock", "shock.yaml", "--sigma", 5, "--pair", "BLR", "KGZ")
    done = run("simulate", write(table()), *NAMED, *asked, *more)
    assert done.exit_code == 2
    assert sentence in done.output


def test_a_year_that_is_not_there_and_a_flow_that_stands_twice(run: Run) -> None:
    columns = table()
    asked = ("--shock", "shock.yaml", "--sigma", 5, "--pair", "BLR", "KGZ")
    done = run("simulate", write(columns), *NAMED, *asked, "--year", 1990)
    assert "there is no row of 1990. The years are 2015 to 2020" in str(done.exception)
    twice = {name: np.append(column, column[-1]) for name, column in columns.items()}
    done = run("simulate", write(twice), *NAMED, *asked, "--year", 2020)
    assert "panel.csv:386: POL to POL stands twice in this year" in str(done.exception)


def test_the_documents_show_the_chart(run: Run) -> None:
    write(table())
    asked = ("--year", 2020, "--shock", "shock.yaml", "--sigma", 5, "--pair", "BLR", "KGZ")
    formats = ("--out", "out", "--formats", "html", "--formats", "xlsx")
    done = run("simulate", "panel.csv", *NAMED, *asked, *formats, "--unit", "million USD")
    assert done.exit_code == 0, (done.output, done.exception)
    page = Path("out/shock-blr-kgz-2020-en.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "Trade between the two, million USD" in page


# The guide's world


@pytest.fixture
def guide() -> str:
    pytest.importorskip("pyarrow.parquet")
    if not GUIDE.is_file():
        pytest.skip(f"{GUIDE} is not here")
    return str(GUIDE)


def test_the_published_gravity_estimates(run: Run, guide: str) -> None:
    """*Advanced Guide to Trade Policy Analysis*: four decimals are printed, so 5e-5."""
    every = ("--years", "1986-2006:4", "--cluster", "pair_id")
    sides = ("--effects", "exporter-year", "--effects", "importer-year")
    facts = told(
        run, "estimate", guide, "--x", "dist:log", "--x", "cntg", "--x", "lang", "--x", "clny",
        *sides, *every, "--abroad",
    )  # fmt: skip
    estimates = [one["estimate"] for one in facts["coefficients"]]
    errors = [one["error"] for one in facts["coefficients"]]
    assert estimates == pytest.approx([-0.8409, 0.4374, 0.2475, -0.2225], abs=5e-5)
    assert errors == pytest.approx([0.0317, 0.0831, 0.0765, 0.1162], abs=5e-5)
    facts = told(run, "estimate", guide, "--x", "rta", *sides, "--effects", "pair_id", *every)
    (agreement,) = facts["coefficients"]
    assert agreement["estimate"] == pytest.approx(0.5572, abs=5e-5)
    assert agreement["error"] == pytest.approx(0.1022, abs=5e-5)


@pytest.mark.parametrize("scope", ["conditional", "full"])
def test_an_agreement_among_69_countries(run: Run, guide: str, scope: str) -> None:
    """Against the levels of the guide's system, by scipy's hybrid method: resistances Π and P (and
    prices) as unknowns, with costs out of the baseline. 1e-7 is what that method reaches."""
    Path("shock.yaml").write_text(
        "title: Agreement\nchanges:\n  - {pair: [KOR, MEX], coefficient: rta, value: 0.5572}\n",
        encoding="utf-8",
    )
    asked = ("--year", 2006, "--shock", "shock.yaml", "--sigma", 7, "--pair", "KOR", "MEX")
    facts = told(run, "simulate", guide, *asked, "--scope", scope, "--reference", "DEU")
    flows, names = square(guide, 2006)
    costs = np.ones_like(flows)
    one, other = names.index("KOR"), names.index("MEX")
    costs[one, other] = costs[other, one] = np.exp(0.5572 / -6)
    welfare, price = by_levels(flows, costs, 7.0, names.index("DEU"), full=scope == "full")
    for country in facts["countries"]:
        place = names.index(country["code"])
        assert country["welfare"] == pytest.approx(welfare[place] - 1, abs=1e-7)
        assert country["price"] == pytest.approx(price[place] - 1, abs=1e-7)


def square(path: str, year: int) -> tuple[Any, list[str]]:
    rows = pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()
    rows = [row for row in rows if row["year"] == year]
    names = sorted({row["exporter"] for row in rows})
    flows = np.zeros((len(names), len(names)))
    for row in rows:
        flows[names.index(row["exporter"]), names.index(row["importer"])] = row["trade"]
    return flows, names


def by_levels(
    flows: Any, costs: Any, sigma: float, reference: int, *, full: bool
) -> tuple[Any, Any]:
    """Welfare and producers' prices, as ratios, from the system in levels."""
    n = len(flows)
    made, spent = flows.sum(axis=1), flows.sum(axis=0)
    barriers = flows / np.outer(made, spent) * made.sum() * costs ** (1 - sigma)

    def world(logs: Any) -> tuple[Any, ...]:
        inward, price = np.exp(logs[:n]), np.append(1.0, np.exp(logs[n:]))
        earned = made * price
        wished = spent * price * (earned.sum() / (spent * price).sum())
        outward = barriers @ (wished / earned.sum() / inward)
        return inward, price, earned, wished, outward

    def unmet(logs: Any) -> Any:
        inward, price, earned, _wished, outward = world(logs)
        share = made / made.sum() * price ** (1 - sigma)
        if not full:  # output stays: the weight of an exporter is Y/Π instead
            share = earned / earned.sum() / outward
        rest = barriers.T @ share / inward - 1
        if not full:
            return rest
        cleared = price**sigma * made.sum() / earned.sum() / outward - 1
        return np.concatenate([rest, cleared[1:] - cleared[0]])

    size = 2 * n - 1 if full else n
    solved = root(unmet, np.zeros(size), tol=1e-14)
    logs = solved.x if full else np.concatenate([solved.x, np.zeros(n - 1)])
    assert np.abs(unmet(solved.x)).max() < 1e-9
    inward, price, _earned, wished, _outward = world(logs)
    prices = inward ** (1 / (1 - sigma))
    if not full:
        return prices[reference] / prices, np.ones(n)
    return wished / spent / prices, price / prices[reference]
