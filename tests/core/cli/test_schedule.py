"""An export-finance officer asks what a deal costs, and takes the annex to the signing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bilat.brief.formats.deal import FORMATS
from bilat.cli import schedule
from bilat.errors import BilatError

DEAL = """\
title: Ten buses
price: {amount: 240000, currency: USD}
advance: {percent: 20}
start: 2026-01-15
months: 24
rate: {percent: 8.5}
"""
LEASE = ("--preset", "by-export-lease", "--price", "240000", "--currency", "USD", "--advance",
         "0.2", "--months", "60", "--from", "2026-01-15")  # fmt: skip
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    Path("buses.yaml").write_text(DEAL)

    def call(*arguments: str, lang: str = "en") -> Result:
        words = [*arguments, "--lang", lang]
        return CliRunner().invoke(schedule.command, words, catch_exceptions=False)

    return call


def told(done: Result) -> str:
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def refused(run: Run, *arguments: str) -> str:
    with pytest.raises(BilatError) as error:
        run(*arguments)
    return str(error.value)


def test_a_file_is_enough(run: Run) -> None:
    text = told(run("buses.yaml"))
    assert "Ten buses" in text
    assert "192,000.00 USD financed" in text
    assert "24 15 Jan 2028" in text
    assert "The lender The supplier the goods 192,000.00" in text
    assert "Interest rate 8.5% a year" in text


def test_options_are_enough(run: Run) -> None:
    text = told(
        run("--amount", "1200", "--currency", "eur", "--months", "12", "--from", "2026-01-31",
            "--rate", "12%", "--repayment", "equal_principal", "--every", "3", "--grace", "3")
    )  # fmt: skip
    assert "1,200.00 EUR financed" in text
    assert "equal parts of principal, decreasing payments" in text
    assert "Grace on principal 3 months" in text


def test_a_preset_and_a_rate_are_enough_for_a_lease(run: Run) -> None:
    text = told(run(*LEASE, "--rate", "8.5%"))
    assert "48,000.00 USD" not in text  # the advance stands in the table, in the currency of all
    assert "The lessee The supplier advance 48,000.00" in text
    assert "International financial leasing of Belarusian goods (Promagroleasing, Minsk)" in text
    assert "Not kept" not in text


def test_a_rate_that_the_preset_does_not_state_is_asked_for(run: Run) -> None:
    said = refused(run, *LEASE)
    assert "states no interest rate: The lessor sets the cost increase" in said
    assert "--rate 8.5%" in said


def test_a_limit_that_is_broken_is_told_and_the_schedule_made(run: Run) -> None:
    text = told(run("buses.yaml", "--preset", "by-export-lease", "--advance", "10%"))
    assert "Not kept: Advance of 15 to 40 % of the value of the leased goods; here 10%" in text
    assert "216,000.00 USD financed" in text


def test_any_term_can_be_set_by_its_name(run: Run) -> None:
    text = told(
        run("buses.yaml", "--set", "grace.principal=6", "--set", "rounding.places=0",
            "--set", "fees=[{kind: insurance, percent: 2, due: start}]")
    )  # fmt: skip
    assert "Grace on principal 6 months" in text
    assert "Insurance premium 2% of the amount financed, once, at the start" in text
    assert "192,000 USD financed" in text


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--advance", "20", "could be a percentage: write 20% or 0.2"),
        ("--rate", "high", "is no share: write 20% or 0.2"),
        ("--price", "much", "is no amount"),
        ("--set", "grace", "sets no term: write grace.interest=3"),
        ("--set", "grace=[3", "cannot be read"),
        ("--formats", "doc", "unknown format doc; known are xlsx, docx"),
    ],
)
def test_an_option_that_cannot_be_read_says_how_to_write_it(
    run: Run, option: str, value: str, said: str
) -> None:
    done = run("buses.yaml", option, value)
    assert done.exit_code == 2
    assert said in " ".join(done.output.replace("│", " ").split())


def test_a_slip_in_the_name_of_a_preset_is_answered(run: Run) -> None:
    assert "Did you mean “by-export-lease”?" in refused(run, "--preset", "by-exportlease")


def test_a_term_that_is_refused_is_named_with_file_line_and_remedy(run: Run) -> None:
    Path("buses.yaml").write_text(DEAL + "maturity: 2028-01-15\n")
    assert refused(run, "buses.yaml") == (
        "buses.yaml:7:11: both “months” and “maturity” are stated. Keep one of them."
    )


def test_what_only_the_schedule_shows_is_named_with_its_line_too(run: Run) -> None:
    Path("buses.yaml").write_text(DEAL + "moved: following\ncalendar: none.yaml\n")
    assert refused(run, "buses.yaml").startswith("buses.yaml:8:11: ")


def test_an_index_of_a_preset_that_nobody_observed_is_asked_for(run: Run) -> None:
    said = refused(run, "buses.yaml", "--preset", "by-466-interest")
    assert said.startswith("by-466-interest: nothing is known of “refinancing-rate”")
    observed = "subsidies.0.observed=[{day: 2026-01-01, percent: 9.5}]"
    text = told(run("buses.yaml", "--preset", "by-466-interest", "--set", observed))
    assert "The budget pays 2/3 of refinancing-rate (Decree 466)" in text


def test_a_file_that_is_not_there_is_said(run: Run) -> None:
    assert "none.yaml: cannot be read" in refused(run, "none.yaml")


def test_a_day_marks_what_is_past(run: Run) -> None:
    text = told(run("buses.yaml", "--as-of", "2027-03-01"))
    assert "principal outstanding on 1 March 2027" in text
    assert "next payment, on 15 March 2027" in text
    assert "in USD, as of 1 March 2027" in text


def test_on_a_narrow_screen_no_amount_is_broken_in_two(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wide table comes in parts below each other, each with the days."""
    monkeypatch.setenv("COLUMNS", "60")
    fees = "fees=[{kind: management, amount: 12345.67, due: payment}]"
    taxes = "taxes=[{title: VAT, percent: 20, on: [interest]}]"
    printed = run("buses.yaml", "--set", fees, "--set", taxes).output
    table = printed.partition("Payments, USD")[2].partition("Who pays whom")[0]
    assert "12,345.67" in table
    assert "48,000.00" in table
    assert table.count("15 Feb 2026") > 1
    assert all(len(line.rstrip()) <= 60 for line in table.splitlines())


def test_the_presets_are_listed_with_source_and_date(run: Run) -> None:
    text = told(run("--presets"))
    assert "kg-sdb-import Imports from Belarus" in text
    assert "Checked: Grace on interest of up to 9 months" in text
    assert "Rate to be stated: The page names no rate" in text
    assert (
        "International leasing, Promagroleasing, without a date, read on 24 November 2026" in text
    )


def test_her_own_presets_are_listed_and_used(run: Run) -> None:
    Path("own").mkdir()
    Path("own/bank.yaml").write_text(
        "id: bank\ntitle: Our bank\ninstitution: Bank\nterms: {rate: {percent: 5}}\n"
        "sources: [{id: a, title: A, publisher: B, consulted: 2026-01-01}]\n"
    )
    assert "bank Our bank" in told(run("--presets", "--presets-from", "own"))
    bare = DEAL.replace("rate: {percent: 8.5}\n", "")
    Path("buses.yaml").write_text(bare)
    text = told(run("buses.yaml", "--preset", "bank", "--presets-from", "own"))
    assert "Interest rate 5% a year" in text
    assert "Interest rate 5% a year" in told(run("buses.yaml", "--preset", "own/bank.yaml"))


def test_the_documents_are_written_in_both_languages(run: Run) -> None:
    done = run("buses.yaml", "--out", "build", "--formats", "json,ics,csv", lang="both")
    assert done.exit_code == 0, done.output
    names = sorted(path.name for path in Path("build").iterdir())
    parts = ["payments.csv", "terms.csv", "transfers.csv"]
    assert names == sorted(
        name
        for lang in ("en", "ru")
        for name in (
            *(f"buses-schedule-{lang}-{part}" for part in parts),
            f"buses-schedule-{lang}.ics",
            f"buses-schedule-{lang}.json",
        )
    )
    one, other = (
        json.loads(Path(f"build/buses-schedule-{lang}.json").read_text(encoding="utf-8"))
        for lang in ("en", "ru")
    )
    assert one["totals"] == other["totals"]


def test_every_format_is_written(run: Run) -> None:
    done = run("buses.yaml", "--out", "build", "--as-of", "2026-06-01", "--formats",
               ",".join(FORMATS))  # fmt: skip
    assert done.exit_code == 0, done.output
    made = {path.suffix.lstrip(".") for path in Path("build").iterdir()}
    assert made == set(FORMATS)
    assert all("2026-06-01" in path.name for path in Path("build").iterdir())


def test_the_contract_is_named_in_the_annex(run: Run) -> None:
    from docx import Document

    Path("contract.yaml").write_text("number: 17\nlender: {name: Lessor}\n")
    arguments = ["--contract", "contract.yaml", "--out", "build", "--formats", "docx"]
    assert run("buses.yaml", *arguments).exit_code == 0
    word = Document("build/buses-schedule-en.docx")
    assert word.paragraphs[1].text.startswith("to Contract No. 17 of ")


def test_a_mistake_in_the_contract_is_named_with_its_line(run: Run) -> None:
    Path("contract.yaml").write_text("number: 17\nlendor: {name: Lessor}\n")
    said = refused(run, "buses.yaml", "--contract", "contract.yaml")
    assert "contract.yaml:2:1: unknown key “lendor”. Did you mean “lender”?" in said


def test_the_calendar_reminds_when_it_is_asked_to(run: Run) -> None:
    run("buses.yaml", "--out", "build", "--formats", "ics", "--remind", "30")
    text = Path("build/buses-schedule-en.ics").read_text(encoding="utf-8")
    assert text.count("TRIGGER:-P30D") == text.count("BEGIN:VEVENT") == 25


PROGRAMME = """\
id: isl-nzl
title: Iceland and New Zealand
parties: [{code: ISL}, {code: NZL}]
bodies:
  - {id: bank, name: Export bank, party: ISL, kind: bank}
  - {id: drillers, name: Drilling company, party: NZL, kind: company}
facilities: [{id: pump-line, title: Pumps, kind: credit, lender: bank}]
deals:
  - id: first-lot
    title: First lot of pumps
    facility: pump-line
    lessee: drillers
    amount: {amount: 1200, currency: USD}
    terms:
      amount: {amount: 1200, currency: USD}
      start: 2026-01-15
      months: 12
      repayment: equal_principal
      rate: {percent: 8.5}
  - {id: bare, title: Bare, facility: pump-line, amount: {amount: 5, currency: USD}}
  - id: own
    title: For our eyes
    facility: pump-line
    visibility: NZL
    amount: {amount: 100, currency: USD}
    terms: {amount: {amount: 100, currency: USD}, start: 2026-01-15, months: 2, rate: {percent: 9}}
"""


@pytest.fixture
def folder(run: Run) -> str:
    Path("pumps").mkdir()
    Path("pumps/programme.yaml").write_text(PROGRAMME)
    return "pumps"


def test_a_deal_of_a_programme_is_named_by_its_id(run: Run, folder: str) -> None:
    text = told(run(folder, "--deal", "first-lot"))
    assert "First lot of pumps" in text
    assert "1,200.00 USD financed" in text
    assert "12 15 Jan 2027" in text


def test_another_rate_is_tried_on_a_recorded_deal(run: Run, folder: str) -> None:
    assert "Interest rate 8.5% a year" in told(run(folder, "--deal", "first-lot"))
    text = told(run(folder, "--deal", "first-lot", "--rate", "9%", "--months", "24"))
    assert "Interest rate 9% a year" in text
    assert "24 15 Jan 2028" in text
    assert Path("pumps/programme.yaml").read_text() == PROGRAMME


def test_the_annex_names_the_bodies_of_the_deal(run: Run, folder: str) -> None:
    from docx import Document

    told(run(folder, "--deal", "first-lot", "--out", "out", "--formats", "docx"))
    text = "\n".join(line.text for line in Document("out/first-lot-schedule-en.docx").paragraphs)
    assert "Export bank" in text
    assert "Drilling company" in text


def test_a_private_deal_is_found_for_its_own_side_alone(run: Run, folder: str) -> None:
    assert "For our eyes" in told(run(folder, "--deal", "own", "--for", "nzl"))
    for side in ((), ("--for", "ISL")):
        said = refused(run, folder, "--deal", "own", *side)
        assert "“own” is no deal of this programme" in said
        assert "For our eyes" not in said
    assert "is no party" in run(folder, "--deal", "own", "--for", "FRA").output


def test_deals_that_make_no_schedule_say_why(run: Run, folder: str) -> None:
    assert "Did you mean “first-lot”?" in refused(run, folder, "--deal", "first-lit")
    assert "The terms of Bare are not recorded" in refused(run, folder, "--deal", "bare")
    said = refused(run, folder, "--deal", "first-lot", "--set", "grace.principal=24")
    assert "grace" in said


def test_a_folder_needs_a_deal_and_a_deal_a_folder(run: Run, folder: str) -> None:
    for words, said in (
        ((folder,), "is a folder: name one of its deals with --deal"),
        (("--deal", "first-lot"), "name the folder of the programme"),
        ((folder, "--for", "NZL"), "--for needs --deal"),
    ):
        done = run(*words)
        assert done.exit_code == 2
        assert said in " ".join(done.output.split())
