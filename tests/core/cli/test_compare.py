"""An officer compares a bank's offer with a lessor's, at the terminal and in files."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bilat.cli import compare
from bilat.errors import BilatError

BANK = """
title: Development bank
price: {amount: 300000, currency: USD}
advance: {percent: 20}
start: 2026-03-01
months: 36
rate: {percent: 8.5}
subsidies: [{points: 3}]
fees: [{kind: arrangement, percent: 1}]
"""
LESSOR = """
title: Leasing company
kind: lease
price: {amount: 300000, currency: USD}
advance: {percent: 15}
start: 2026-03-10
months: 48
every: 3
repayment: equal_principal
residual: {percent: 5}
rate: {percent: 11}
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "180")
    Path("bank.yaml").write_text(BANK)
    Path("lessor.yaml").write_text(LESSOR)

    def run(*arguments: object) -> Result:
        words = [*map(str, arguments), "--as-of", "2026-11-24", "--lang", "en"]
        return CliRunner().invoke(compare.command, words)

    return run


def offers(run: Run, *arguments: object) -> list[dict[str, object]]:
    done = run("bank.yaml", "lessor.yaml", *arguments, "--out", "out", "--formats", "json")
    assert done.exit_code == 0, done.output
    facts = json.loads(Path("out/offers-2026-11-24-en.json").read_text())
    found: list[dict[str, object]] = facts["offers"]
    return found


def test_two_offers_stand_side_by_side_with_their_difference(run: Run) -> None:
    done = run("bank.yaml", "lessor.yaml", "--party", "lessee")
    assert done.exit_code == 0, done.output
    text = " ".join(done.output.split())
    assert "Development bank Leasing company Second less first" in text
    assert "Advance 60,000.00 45,000.00 -15,000.00" in text
    assert "Effective cost a year" in text
    assert "Who pays the interest" not in text  # a heading of documents
    assert "Development bank: interest by year, USD" in text


def test_the_lender_sees_a_yield_and_no_advance(run: Run) -> None:
    done = run("bank.yaml", "lessor.yaml", "--party", "lender")
    assert "Effective yield a year" in done.output
    assert "Received in total" in done.output
    assert "Advance" not in done.output


def test_every_figure_of_the_facts_adds_up(run: Run) -> None:
    bank, _lessor = offers(run)
    amount = {name: float(str(bank[name])) for name in ("total", "advance", "financed", "extra")}
    assert amount["total"] == pytest.approx(
        amount["advance"] + amount["financed"] + amount["extra"]
    )
    assert amount["extra"] == pytest.approx(
        float(str(bank["interest"])) + float(str(bank["fees"])), abs=0.005
    )
    paid = bank["paid"]
    assert isinstance(paid, list)
    assert paid[-1] == {"day": "2029-03-01", "amount": bank["total"]}


def test_a_higher_discount_makes_later_payments_worth_less(run: Run) -> None:
    low = float(str(offers(run, "--discount", "2%")[0]["present_value"]))
    high = float(str(offers(run, "--discount", "0.2")[0]["present_value"]))
    assert high < low


def test_offers_in_two_currencies_need_a_rate(run: Run) -> None:
    Path("lessor.yaml").write_text(LESSOR.replace("USD", "EUR"))
    done = run("bank.yaml", "lessor.yaml")
    assert isinstance(done.exception, BilatError)
    said = "lessor.yaml is in EUR, the comparison in USD. Say what one EUR is worth in USD:"
    assert str(done.exception) == f"{said} --rate EUR=…"
    assert offers(run, "--rate", "EUR=1.08")[1]["advance"] == "48600.00"
    done = run("bank.yaml", "lessor.yaml", "--rate", "USD=0.9", "--in", "EUR")
    assert "1 USD is taken as 0.9 EUR on every day" in " ".join(done.output.split())


def test_rules_are_checked_with_what_the_user_knows(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")  # every sentence on one line
    Path("indices.csv").write_text("index,day,percent\nrefinancing rate,2026-01-01,9.5\n")
    done = run(
        *("bank.yaml", "lessor.yaml", "--rules", "oecd", "--rules", "belarus", "--category", "II"),
        *("--local-costs", "20%", "--index", "CIRR=4.52", "--indices", "indices.csv"),
    )
    assert done.exit_code == 0, done.output
    text = " ".join(done.output.split())
    assert "20 % of the price is paid up to 1 Mar 2026; at least 15 % is asked" in text
    assert "The borrower pays 5.5 % a year; at least 4.52 % is asked (CIRR)" in text
    assert "The budget pays up to 3 points; at most 6.33 are allowed (2/3 × refinancing" in text
    assert "[7] Decree of the President of Belarus 466" in text


def test_what_is_known_for_checks_is_not_left_unheard(run: Run) -> None:
    done = run("bank.yaml", "lessor.yaml", "--category", "II")
    assert done.exit_code == 2
    assert "--category needs --checks" in done.output


def test_tables_and_chart_become_files(run: Run) -> None:
    formats = ("xlsx", "csv", "html", "png")
    options = [part for name in formats for part in ("--formats", name)]
    done = run("bank.yaml", "lessor.yaml", "--checks", "--out", "out", *options)
    assert done.exit_code == 0, done.output
    with Path("out/offers-2026-11-24-en-offers.csv").open(encoding="utf-8-sig") as file:
        rows = {line["Figure"]: line for line in csv.DictReader(file)}
    assert rows["Advance"]["Second less first"] == "-15000.0"
    assert 0.05 < float(rows["Effective cost a year"]["Development bank"]) < 0.08
    assert Path("out/offers-2026-11-24-en-payments-offers.png").read_bytes()[:4] == b"\x89PNG"
    page = Path("out/offers-2026-11-24-en.html").read_text()
    assert "What the rules say" in page
    assert "<svg" in page
    assert Path("out/offers-2026-11-24-en.xlsx").stat().st_size > 5_000


def test_three_offers_are_each_set_against_the_first(run: Run) -> None:
    Path("third.yaml").write_text(BANK.replace("Development bank", "Third").replace("8.5", "9"))
    done = run("bank.yaml", "lessor.yaml", "third.yaml")
    assert done.exit_code == 0, done.output
    assert "Leasing company less" in done.output
    assert "Third less" in done.output


def test_one_offer_cannot_be_compared(run: Run) -> None:
    done = run("bank.yaml")
    assert done.exit_code == 2
    assert "name at least two offers" in done.output


def test_an_offer_in_which_nothing_is_paid_is_refused(run: Run) -> None:
    nothing = {"rate: {percent: 11}": "rate: {percent: 0}", "percent: 15": "percent: 0"}
    terms = LESSOR.replace("{percent: 5}", "{percent: 100, settled: returned}")
    for old, new in nothing.items():
        terms = terms.replace(old, new)
    Path("lessor.yaml").write_text(terms)
    done = run("bank.yaml", "lessor.yaml")
    assert isinstance(done.exception, BilatError)
    assert "lessor.yaml: in this offer nothing is ever paid" in str(done.exception)


def test_a_wrong_file_is_told_with_its_line(run: Run) -> None:
    Path("bank.yaml").write_text(BANK.replace("8.5", "eight"))
    done = run("bank.yaml", "lessor.yaml")
    assert isinstance(done.exception, BilatError)
    assert "bank.yaml:7:" in str(done.exception)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--rate", "EUR"), "write EUR=1.08"),
        (("--rate", "EUR=-1"), "write EUR=1.08"),
        (("--rate", "EUR=1.1", "--rate", "EUR=1.2"), "EUR has two rates, 1.1 and 1.2: keep one"),
        (("--rate", "EUR=1.1", "--rate", "USD=2"), "amounts are in USD: a rate is that of another"),
        (("--discount", "5"), "could be a percentage"),
        (("--discount", "much"), "is no share"),
    ],
)
def test_an_option_that_cannot_be_read_says_how_to_write_it(
    run: Run, option: tuple[str, str], said: str
) -> None:
    done = run("bank.yaml", "lessor.yaml", *option)
    assert done.exit_code == 2
    assert said in done.output
