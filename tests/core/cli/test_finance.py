"""An export-finance officer runs ``bilat finance``: room, breaches, arrears, gaps, documents."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bilat.cli import finance

PROGRAMME = """
sources: [{id: s, title: Agreement, publisher: Bank}]
bodies:
  - {id: farm, name: Farm, party: KGZ, kind: company}
indicators:
  - {id: trade, title: Trade, measures: turnover, unit: million USD}
facilities:
  - id: line
    title: Machine line
    kind: credit
    limit: {amount: 1000000, currency: USD}
    revolving: true
    available: 2025/2027
    eligibility: {barred: ["93"], sources: [s]}
    provisions: {sources: [s], buckets: [{days: 1, share: 5}]}
    sources: [s]
deals:
  - id: tractors
    title: Tractors
    facility: line
    lessee: farm
    products: ["8701"]
    amount: {amount: 600000, currency: USD}
    signed: 2025-01-01
    stage: drawn
    terms: {amount: {amount: 600000, currency: USD}, start: 2025-01-01, months: 12, every: 3,
      repayment: equal_principal, rate: {percent: 0}}
    payments: [{on: 2025-04-01, amount: 150000}, {on: 2025-07-01, amount: 100000}]
    sources: [s]
  - id: harvesters
    title: Harvesters
    facility: line
    products: ["8433"]
    amount: {amount: 700000, currency: USD}
    signed: 2025-11-15
    stage: agreed
    sources: [s]
projects:
  - {id: plant, title: Assembly plant, sources: [s], effect: {indicator: trade, likely: 5, low: 4,
      high: 6, unit: million USD, start: 2026, facility: line, chance: 50,
      finance: {amount: 500000, currency: USD}}}
"""
PRIVATE = """\
- id: secret-deal
  title: Secret rigs
  facility: line
  visibility: BLR
  amount: {amount: 123456, currency: USD}
  signed: 2025-02-01
  stage: signed
  sources: [s]
"""
EUROS = PROGRAMME.replace("amount: 700000, currency: USD", "amount: 700000, currency: EUR")
Run = Callable[..., Result]


@pytest.fixture
def run(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "200")

    def call(*options: str, text: str = PROGRAMME, **files: str) -> Result:
        arguments = [str(folder(text, **files)), "--as-of", "2025-09-01", *options]
        return CliRunner().invoke(finance.command, arguments, standalone_mode=False)

    return call


def table(folder: Path, name: str) -> list[dict[str, str]]:
    (found,) = folder.glob(f"*-{name}.csv")
    with found.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_the_screen_says_what_to_act_on(run: Run) -> None:
    """350,000 are owed, 50,000 of it since July. On 1 October 150,000 fall due: with the 700,000 of
    November 900,000 of 1,000,000 are used."""
    done = run()
    assert done.exception is None
    assert done.return_value == 0
    assert "Tractors: 50,000 USD past due for 62 days." in done.output
    assert "To set aside: 17,500 USD (5% of the balance)" in done.output
    assert "2026: 500,000 USD of finance are missing. No room for “Assembly plant”." in done.output
    assert "will be exceeded" not in done.output


def test_a_limit_that_will_be_exceeded_is_told_with_day_and_deal(run: Run) -> None:
    done = run(text=PROGRAMME.replace("amount: 700000", "amount: 900000"))
    told = "Machine line: will be exceeded by 100,000 USD on 15 November 2025, by “Harvesters”."
    assert told in done.output


def test_every_table_is_a_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("--out", str(out), "--formats", "csv")
    (line,) = table(out, "facilities")
    assert (line["Balance"], line["Free"], line["Used"]) == ("350000.0", "650000.0", "0.35")
    rows = {row["Year"]: row for row in table(out, "use-by-year")}
    assert (rows["2025"]["Drawn"], rows["2025"]["Repaid"]) == ("600000.0", "400000.0")
    assert rows["2026"]["Free at the end"] == "250000.0"  # 50,000 late, 700,000 agreed
    (need,) = [row for row in table(out, "need-by-year") if row["Year"] == "2026"]
    assert (need["Need"], need["Need, by chance"]) == ("500000.0", "250000.0")
    assert (need["Offer"], need["Missing"]) == ("250000.0", "500000.0")


def test_json_holds_the_facts(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("--out", str(out), "--formats", "json")
    (file,) = out.glob("*.json")
    found = json.loads(file.read_text())["finance"]
    assert found["lines"][0]["use"]["used"] == "350000.00"
    assert found["deals"][0]["dues"][0]["total"] == "50000.00"
    assert found["problems"] == []


def test_every_document_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    formats = ("html", "docx", "xlsx", "png", "ics")
    done = run("--out", str(out), *(part for name in formats for part in ("--formats", name)))
    assert done.exception is None
    endings = sorted(path.suffix for path in out.iterdir())
    assert endings == [".docx", ".html", ".ics", ".png", ".png", ".xlsx"]
    (calendar,) = out.glob("*.ics")
    text = calendar.read_bytes().decode().replace("\r\n ", "")
    assert "SUMMARY:Payment due: 150\\,000 USD\\, Tractors" in text
    assert "DTSTART;VALUE=DATE:20251001" in text


def test_a_private_deal_is_for_its_side_only(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    every = ("--out", str(out), "--formats", "csv", "--formats", "json", "--formats", "ics")
    joint = run(*every, **{"deals.yaml": PRIVATE})
    other = run(*every, "--for", "KGZ", **{"deals.yaml": PRIVATE})
    assert joint.exception is None
    texts = [path.read_text(encoding="utf-8") for path in out.iterdir()]
    assert texts
    for text in (joint.output, other.output, *texts):
        assert "Secret rigs" not in text
        assert "123456" not in text.replace(",", "")
    own = run("--for", "BLR", **{"deals.yaml": PRIVATE})
    assert "Secret rigs" in own.output
    assert "with the private records of Belarus" in own.output


def test_a_deal_in_another_currency_is_a_problem_until_a_rate_is_named(run: Run) -> None:
    bare = run(text=EUROS)
    assert bare.return_value == 1
    assert "Harvesters is in EUR, its line in USD, and it is not counted" in bare.output
    assert "up to 650,000" in bare.output  # free, as far as is known
    assert "more than 35.0%" in bare.output
    rated = run("--rate", "EUR=1.08", text=EUROS)
    assert "up to" not in rated.output
    assert rated.return_value == 0
    assert "not counted" not in rated.output


def test_a_list_of_barred_goods_refuses_a_deal(run: Run, tmp_path: Path) -> None:
    listing = tmp_path / "barred.csv"
    listing.write_text("code,facility,reason\n8433,line,Financed elsewhere\n")
    done = run("--lists", str(listing))
    assert "Harvesters breaks a rule of its line" in done.output
    assert "HS 8433 is barred by barred.csv: Financed elsewhere" in done.output


def test_a_list_with_a_bad_row_is_refused_with_its_line(run: Run, tmp_path: Path) -> None:
    listing = tmp_path / "barred.csv"
    listing.write_text("code\n84x3\n")
    done = run("--lists", str(listing))
    assert "Mend the list" in str(done.exception)
    assert "barred.csv:2: “84x3” is no code of goods" in done.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--rate", "EUR:1"), "“EUR:1” is no rate"),
        (("--rate", "EUR=0"), "“EUR=0” is no rate"),
        (("--rate", "EUT=1.08"), "unknown currency “EUT”; did you mean EUR?"),
        (("--currency", "USB"), "unknown currency “USB”; did you mean USD?"),
        (("--for", "XYZ"), "“XYZ” is no party; the parties are BLR and KGZ"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Run, options: tuple[str, ...], told: str) -> None:
    assert told in str(run(*options).exception)


def test_with_a_plan_only_its_measures_need_finance(run: Run, tmp_path: Path) -> None:
    """What starts after the target's date helps it nothing, and is not in the plan."""
    pytest.importorskip("highspy")
    seen = "".join(
        f"  - {{indicator: trade, period: {2018 + step}, reporter: BLR, value: {60 + 8 * step}, "
        f"unit: million USD, vintage: {2019 + step}-03-01, sources: [s]}}\n"
        for step in range(7)
    )
    later = PROGRAMME[PROGRAMME.index("  - {id: plant") :].replace("id: plant", "id: shop")
    later = later.replace("Assembly plant", "Shop").replace("start: 2026", "start: 2030")
    target = (
        "targets:\n  - {id: goal, title: 150 million, indicator: trade, value: 150, unit: million "
        "USD, sources: [s], statements: [{side: BLR, announced: 2024-11, by: 2028}]}\n"
    )
    text = f"{PROGRAMME}{later}{target}observations:\n{seen}"
    every, planned = tmp_path / "every", tmp_path / "planned"
    run("--out", str(every), "--formats", "csv", text=text)
    assert [row["Measure"] for row in table(every, "need")] == ["Assembly plant", "Shop"]
    done = run("--plan", "--out", str(planned), "--formats", "csv", text=text)
    assert [row["Measure"] for row in table(planned, "need")] == ["Assembly plant"]
    assert "The needs are those of the plan" in done.output


def test_lines_without_limits_say_what_is_missing(run: Run) -> None:
    bare = PROGRAMME.replace("    limit: {amount: 1000000, currency: USD}\n", "")
    done = run(text=bare)
    assert "nobody has stated its limit" in done.output
    assert "need 500,000 USD of lines without a stated limit" in done.output


def test_a_programme_without_lines_says_how_to_start(run: Run) -> None:
    done = run(text="sources: []\n")
    assert "Add one under “facilities”" in done.output
