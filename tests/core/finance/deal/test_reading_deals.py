"""A deal.yaml as a finance officer writes it, and what Bilat says of its slips."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from bilat.finance.deal import TermInvalid, TermsRefused, open_deal, read_deal, schedule_of
from bilat.language import Words

DEAL = """\
    kind: lease
    title: {en: Two elevators, ru: Два лифта}
    price: {amount: 120000, currency: USD}
    advance: {percent: 15}
    start: 2026-03-20
    months: 36
    rate: {percent: 7.5}
    subsidies:
      - {points: 2, until: 2028-03-20, title: Decree}
    fees:
      - {kind: insurance, percent: 0.8, on: balance, due: year}
    moved: following
    calendar: BLR+KGZ
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "deal.yaml"
    path.write_text(dedent(DEAL), encoding="utf-8")
    return path


def problems(path: Path, text: str) -> list[str]:
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    with pytest.raises(TermsRefused) as refused:
        read_deal(path)
    return [problem.in_words(Words("en")) for problem in refused.value.problems]


def test_a_deal_is_read_and_its_schedule_adds_up(written: Path) -> None:
    made = schedule_of(read_deal(written))
    assert made.currency == "USD"
    assert made.total("principal") == 102000
    assert len(made.instalments) == 36
    moved = [payment for payment in made.payments if payment.day != payment.due]
    assert str(made.notes[0]).startswith(
        f"{len(moved)} due dates are no business days (BLR+KGZ) and move, the first "
    )


def test_slips_are_told_with_their_lines(written: Path) -> None:
    found = problems(
        written,
        """
        amount: {amount: 1000, currency: USD}
        start: 2026-02-30
        rates: {percent: 8}
        months: 12
        rate: {percent: 400}
        """,
    )
    assert found == [
        "deal.yaml:2:8: “2026-02-30” cannot be read. Write a day as 2024-11-28.",
        "deal.yaml:3:1: unknown key “rates”. Did you mean “rate”?",
        "deal.yaml:5:17: 400 is too large. The greatest possible is 100.",
    ]


def test_contradictions_are_told_with_their_lines(written: Path) -> None:
    found = problems(
        written,
        """
        amount: {amount: 1000, currency: USD}
        start: 2026-02-20
        months: 12
        first_payment: 2026-02-20
        rate: {percent: 8}
        grace:
          principal: 12
        """,
    )
    assert [line.partition(". ")[0] for line in found] == [
        "deal.yaml:4:16: the first payment is not after the first drawdown of 20 February 2026",
        "deal.yaml:7:14: a grace of 12 months leaves no payment within the term of 12 months",
    ]


def test_what_only_the_schedule_shows_is_placed_too(written: Path) -> None:
    text = dedent(DEAL) + "prepayments:\n- {day: 2026-05-01, amount: 102001}\n"
    written.write_text(text, encoding="utf-8")
    deal = open_deal(written)
    with pytest.raises(TermInvalid) as refused:
        schedule_of(deal.terms)
    told = deal.problem(refused.value)
    assert (told.place.line, told.subject) == (15, "prepayments[0].amount")


@pytest.mark.parametrize("text", ["", "- a list", "only a word"])
def test_what_is_no_deal_is_said(written: Path, text: str) -> None:
    (found,) = problems(written, text)
    assert found.startswith("deal.yaml:1: this is no deal: a group of keys is expected.")


def test_broken_yaml_and_missing_files_are_said(tmp_path: Path) -> None:
    (broken,) = problems(tmp_path / "broken.yaml", "start: [2026")
    assert broken.startswith("broken.yaml:")
    with pytest.raises(TermsRefused, match=r"nowhere\.yaml: the file cannot be read"):
        read_deal(tmp_path / "nowhere.yaml")


def test_a_file_that_is_not_utf8_is_said(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_bytes("title: Лифты".encode("cp1251"))
    with pytest.raises(TermsRefused) as refused:
        read_deal(path)
    assert "UTF-8" in str(refused.value.problems[0].what)


def test_a_calendar_of_ones_own_stands_beside_the_deal(written: Path) -> None:
    own = "title: Bank\nholidays: [{name: Founding day, day: 04-20}]\nsources: [The bank]\n"
    (written.parent / "bank.yaml").write_text(own, encoding="utf-8")
    text = dedent(DEAL).replace("BLR+KGZ", "bank.yaml")
    written.write_text(text, encoding="utf-8")
    made = schedule_of(read_deal(written), folder=written.parent)
    first = made.instalments[0]
    assert (first.due.isoformat(), first.day.isoformat()) == ("2026-04-20", "2026-04-21")
