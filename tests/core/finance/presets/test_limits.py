"""A deal is laid beside the conditions of the bank that is to finance it."""

from __future__ import annotations

from typing import Any

import pytest

from bilat.finance.deal import schedule_of
from bilat.finance.presets import Finding, findings, preset_of
from bilat.programme.deal_terms import DealTerms

KEPT: dict[str, Any] = {
    "price": {"amount": 240000, "currency": "USD"},
    "advance": {"percent": 20},
    "start": "2026-01-15",
    "months": 60,
    "rate": {"percent": 6},
    "fees": [{"kind": "insurance", "percent": 2}],
}


def found(preset: str, **changed: Any) -> list[Finding]:
    """What the preset says of the deal with these changes; None takes a term away."""
    terms = {name: value for name, value in {**KEPT, **changed}.items() if value is not None}
    return list(findings(preset_of(preset), schedule_of(DealTerms.model_validate(terms))))


@pytest.mark.parametrize(
    "preset",
    [
        "by-export-lease",
        "by-export-credit",
        "kg-sdb-import",
        "kg-sdb-leasing",
        "kg-rkdf-equipment",
        "oecd-arrangement",
    ],
)
def test_a_deal_within_the_conditions_passes_without_a_word(preset: str) -> None:
    assert found(preset) == []


@pytest.mark.parametrize(
    ("preset", "what", "has", "changed"),
    [
        ("by-export-lease", "advance", "10", {"advance": {"percent": 10}}),
        ("by-export-lease", "advance", "50", {"advance": {"amount": 120000}}),
        ("by-export-lease", "months", "72", {"months": 72}),
        ("by-export-lease", "months", "12", {"months": 12}),
        ("by-export-lease", "months", "61", {"months": None, "maturity": "2031-02-15"}),
        ("by-export-lease", "currency", "KZT", {"price": {"amount": 9000, "currency": "KZT"}}),
        ("by-export-lease", "every", "3", {"every": 3}),
        ("by-export-lease", "repayment", "bullet", {"repayment": "bullet"}),
        ("kg-sdb-import", "grace_principal", "18", {"grace": {"principal": 18}}),
        ("kg-sdb-import", "grace_interest", "10", {"grace": {"principal": 12, "interest": 10}}),
        ("kg-sdb-import", "principal_gap", "60", {"repayment": "bullet"}),
        ("kg-sdb-import", "principal_gap", "12",
         {"repayment": "equal_principal", "every": 6, "principal_every": 12}),
        ("kg-rkdf-equipment", "rate", "7.5", {"rate": {"percent": 7.5}}),
        ("kg-rkdf-equipment", "amount", "8000000",
         {"price": {"amount": 10000000, "currency": "USD"}}),
    ],
)  # fmt: skip
def test_each_condition_that_is_broken_is_told_with_what_the_deal_has(
    preset: str, what: str, has: str, changed: dict[str, Any]
) -> None:
    one = next(one for one in found(preset, **changed) if one.limit.what == what)
    assert one.state == "broken"
    assert str(one.found).removesuffix(".0") == has or float(str(one.found)) == float(has)


def test_over_seven_years_breaks_both_limits_of_the_lessor() -> None:
    assert [one.limit.most for one in found("by-export-lease", months=96)] == [60, 84]


def test_compulsory_insurance_is_missed() -> None:
    assert [one.limit.what for one in found("by-export-credit", fees=None)] == ["insurance"]


def test_principal_twice_a_year_is_often_enough() -> None:
    assert found("kg-sdb-import", repayment="equal_principal", every=6) == []
    assert found("kg-sdb-import", start="2026-08-31", every=6) == []  # to the end of February


def test_a_grace_does_not_count_as_a_gap() -> None:
    assert found("kg-sdb-import", grace={"principal": 12}) == []


def test_without_a_price_the_own_part_cannot_be_checked() -> None:
    amount = {"amount": 192000, "currency": "USD"}
    one = found("oecd-arrangement", price=None, advance=None, amount=amount)[0]
    assert (one.limit.what, one.state) == ("advance", "unknown")


def test_a_limit_in_another_currency_cannot_be_checked() -> None:
    one = found("kg-rkdf-equipment", price={"amount": 1000000, "currency": "EUR"})[0]
    assert (one.limit.what, one.state, one.found) == ("amount", "unknown", "EUR")


def test_the_budget_pays_at_most_two_thirds_of_the_refinancing_rate() -> None:
    index = {"index": "refinancing-rate", "observed": [{"day": "2026-01-01", "percent": 9.5}]}
    assert found("by-466-interest", subsidies=[{**index, "share": "2/3"}]) == []
    more = found("by-466-interest", subsidies=[{**index, "share": "3/4"}])[0]
    assert more.limit.what == "subsidy_share"
    assert more.found == 75


def test_a_finding_names_the_source_that_states_the_limit() -> None:
    index = {"index": "refinancing-rate", "observed": [{"day": "2026-01-01", "percent": 9.5}]}
    one = found("by-466-interest", subsidies=[index], months=72)
    assert {finding.limit.what: finding.source.id for finding in one} == {
        "subsidy_share": "belarusbank",
        "months": "decree",
    }
