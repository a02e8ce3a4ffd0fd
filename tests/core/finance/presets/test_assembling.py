"""Terms from three hands: the preset's, the deal's file, and the options over both."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bilat.finance.deal import TermsRefused
from bilat.finance.presets import Asked, Preset, assemble, preset_of, read_stated
from bilat.programme.deal_terms import DealTerms

DEAL = """\
price: {amount: 240000, currency: USD}
advance: {percent: 20}
start: 2026-01-15
months: 60
rate: {percent: 8.5}
"""
LEASE = preset_of("by-export-lease")


def stated(
    tmp_path: Path, text: str = DEAL, preset: Preset | None = None, **asked: object
) -> DealTerms:
    path = tmp_path / "deal.yaml"
    path.write_text(text)
    named = {name.replace("__", "."): value for name, value in asked.items()}
    currency = named.pop("currency", None)
    return assemble(preset, read_stated(path), Asked(named, str(currency) if currency else None))


def refused(tmp_path: Path, text: str = DEAL, preset: Preset | None = None, **asked: object) -> str:
    with pytest.raises(TermsRefused) as found:
        stated(tmp_path, text, preset, **asked)
    return str(found.value)


def test_the_file_stands_over_the_preset_and_an_option_over_both(tmp_path: Path) -> None:
    terms = stated(tmp_path, DEAL + "every: 3\n", LEASE, months=48)
    assert terms.kind == "lease"
    assert (terms.every, terms.months) == (3, 48)


def test_a_term_deep_inside_is_set_by_its_path(tmp_path: Path) -> None:
    terms = stated(tmp_path, grace__principal=6, rounding__places=0)
    assert (terms.grace.principal, terms.rounding.places) == (6, 0)


def test_an_entry_of_a_list_is_set_by_its_number(tmp_path: Path) -> None:
    fees = "fees: [{kind: insurance, percent: 1}]\n"
    terms = stated(tmp_path, DEAL + fees, fees__0__percent=2)
    assert terms.fees[0].percent == 2
    assert "“5” leads nowhere" in refused(tmp_path, DEAL + fees, fees__5__percent=2)


def test_the_preset_is_not_changed_by_a_deal(tmp_path: Path) -> None:
    subsidised = preset_of("by-466-interest")
    stated(
        tmp_path,
        DEAL,
        subsidised,
        subsidies__0__share="1/2",
        subsidies__0__observed=[{"day": "2026-01-01", "percent": 9.5}],
    )
    assert subsidised.terms["subsidies"][0]["share"] == "2/3"


def test_an_amount_of_an_option_needs_a_currency(tmp_path: Path) -> None:
    terms = DEAL.splitlines(keepends=True)
    assert "--currency USD" in refused(tmp_path, "".join(terms[1:]), price=Decimal(1000))
    assert stated(tmp_path, price=Decimal(1000)).currency == "USD"  # that of the file's price
    assert stated(tmp_path, price=Decimal(1000), currency="EUR").currency == "EUR"


def test_a_preset_without_a_rate_asks_for_it_and_says_how_it_is_found(tmp_path: Path) -> None:
    said = refused(tmp_path, DEAL.replace("rate: {percent: 8.5}\n", ""), LEASE)
    assert "“by-export-lease” states no interest rate: The lessor sets the cost increase" in said
    assert "--rate 8.5%" in said


def test_everything_that_is_missing_is_asked_for_at_once(tmp_path: Path) -> None:
    said = refused(tmp_path, "kind: loan\n")
    assert [
        option for option in ("--price", "--from", "--months", "--rate") if option not in said
    ] == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("mounths: 60", "deal.yaml:6:1: unknown key “mounths”"),
        ("every: soon", "deal.yaml:6:8: “soon” cannot be read"),
        ("maturity: 2031-01-15", "deal.yaml:6:11: both “months” and “maturity” are stated"),
    ],
)
def test_a_term_that_is_refused_is_named_with_file_and_line(
    tmp_path: Path, line: str, place: str
) -> None:
    assert place in refused(tmp_path, DEAL + line + "\n")


def test_an_option_that_is_refused_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, repayment="anuity").startswith("--repayment: ")
    assert refused(tmp_path, day_count="A/999").startswith("--set day_count: ")


def test_a_preset_that_is_refused_is_named(tmp_path: Path) -> None:
    wrong = LEASE.model_copy(update={"terms": {"kind": "gift"}})
    assert refused(tmp_path, DEAL, wrong).startswith("by-export-lease: “gift”")


@pytest.mark.parametrize("text", ["- a\n- b\n", "price: [1\n"])
def test_a_file_that_holds_no_terms_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text).startswith("deal.yaml:")
