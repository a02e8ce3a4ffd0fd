"""How does an offer stand to the rules of support? Kept, not kept, or cannot be told and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.core.finance.support.offers import schedule

from bilat.finance.support import (
    Case,
    Indices,
    Quote,
    check,
    read_indices,
    rule_book,
    rule_books,
    stated,
)
from bilat.finance.support.rulebook import RuleBookInvalid, RuleBookUnknown, parse

OECD = {
    "oecd-down-payment",
    "oecd-term-category-2-2023",
    "oecd-equal-principal",
    "oecd-principal-interval",
    "oecd-first-principal",
    "oecd-local-costs-category-2",
    "oecd-minimum-rate",
}


def states(book: str = "oecd", case: dict[str, Any] | None = None, **terms: Any) -> dict[str, str]:
    """Rule → state, for a buyer of category II."""
    made = Case(schedule(**terms), **({"category": "II"} | (case or {})))
    return {one.rule.id: one.state for one in check(made, rule_book(book))}


def why(rule: str, book: str = "oecd", case: dict[str, Any] | None = None, **terms: Any) -> str:
    made = Case(schedule(**terms), **({"category": "II"} | (case or {})))
    return next(str(one.why) for one in check(made, rule_book(book)) if one.rule.id == rule)


def test_a_standard_export_credit_keeps_every_rule_that_can_be_told() -> None:
    known = {"local_costs": Decimal(30), "indices": stated({"CIRR": Decimal("4.5")})}
    assert states(case=known) == dict.fromkeys(OECD, "ok")


@pytest.mark.parametrize(
    ("terms", "rule"),
    [
        ({"advance": {"percent": "14.99"}}, "oecd-down-payment"),
        ({"months": 186}, "oecd-term-category-2-2023"),
        ({"repayment": "annuity"}, "oecd-equal-principal"),
        ({"every": 12}, "oecd-principal-interval"),
        ({"grace": {"principal": 12}}, "oecd-first-principal"),
        ({"repayment": "bullet"}, "oecd-principal-interval"),
        ({"rate": {"percent": 4}}, "oecd-minimum-rate"),
        ({"subsidies": [{"points": "4.01"}]}, "oecd-minimum-rate"),
    ],
)
def test_what_an_offer_does_not_keep_is_found(terms: dict[str, Any], rule: str) -> None:
    found = states(case={"indices": stated({"CIRR": Decimal("4.5")})}, **terms)
    assert found[rule] == "not"


@pytest.mark.parametrize("price", [300_000, Decimal("100.03")])
def test_fifteen_percent_in_advance_are_enough_also_when_rounded_to_cents(price: Any) -> None:
    """15 % of 100.03 are 15.0045, paid as 15.00."""
    found = states(price={"amount": price, "currency": "USD"}, advance={"percent": 15})
    assert found["oecd-down-payment"] == "ok"


def test_a_subsidy_down_to_cirr_is_kept_although_interest_is_paid_in_cents() -> None:
    known = {"indices": stated({"CIRR": Decimal("4.5")})}
    assert states(case=known, subsidies=[{"points": 4}])["oecd-minimum-rate"] == "ok"


def test_a_lease_may_have_equal_payments_of_principal_and_interest_together() -> None:
    loan: dict[str, Any] = {"repayment": "annuity", "day_count": "30E/360"}
    assert states(**loan)["oecd-equal-principal"] == "not"
    assert states(**loan, kind="lease")["oecd-equal-principal"] == "ok"


def test_small_loans_are_judged_by_their_rate_and_not_by_its_cents() -> None:
    """The last payments of a loan of 300 bear a few cents of interest."""
    known = {"indices": stated({"CIRR": Decimal("4.5")})}
    small: dict[str, Any] = {
        "price": {"amount": 300, "currency": "USD"},
        "subsidies": [{"points": 4}],
    }
    assert states(case=known, **small, every=1)["oecd-minimum-rate"] == "ok"


def test_a_floating_rate_has_no_minimum() -> None:
    rate = {
        "index": "SOFR",
        "reset_every": 6,
        "observed": [{"day": "2026-01-01", "percent": "1.5"}],
    }
    assert why("oecd-minimum-rate", rate=rate) == "The rate floats: no minimum is asked"


def test_what_nobody_stated_is_unknown_and_said() -> None:
    found = states()
    assert found["oecd-local-costs-category-2"] == "unknown"
    assert why("oecd-minimum-rate") == "Not stated: CIRR on 1 March 2026"


def test_without_a_category_both_are_told_as_unknown() -> None:
    found = states(case={"category": None})
    assert found["oecd-term-category-1-2023"] == found["oecd-term-category-2-2023"] == "unknown"


def test_the_edition_in_force_at_the_start_counts() -> None:
    """Ten years for category II until July 2023, fifteen from then on."""
    before = states(start="2023-07-14", months=126)
    after = states(start="2023-07-15", months=126)
    assert before["oecd-term-category-2"] == "not"
    assert after["oecd-term-category-2-2023"] == "ok"
    assert "oecd-term-category-2" not in after


def test_local_costs_have_no_rule_before_the_amendment_that_set_it() -> None:
    assert "oecd-local-costs-category-2" not in states(start="2021-04-19")
    kept = states(case={"local_costs": Decimal("50.01")})
    assert kept["oecd-local-costs-category-2"] == "not"


def test_the_decree_on_subsidies_allows_two_thirds_of_the_refinancing_rate() -> None:
    known = {"indices": stated({"refinancing rate": Decimal(9)})}
    allowed = {"subsidies": [{"points": 6}]}
    beyond = {"subsidies": [{"points": "6.02"}]}
    assert states("belarus", known, **allowed)["decree-466-subsidy"] == "ok"
    assert states("belarus", known, **beyond)["decree-466-subsidy"] == "not"
    told = why("decree-466-subsidy", "belarus", known, **beyond)
    assert (
        told == "The budget pays up to 6.02 points; at most 6 are allowed (2/3 × refinancing rate)"
    )


def test_the_deals_own_figures_of_an_index_are_known_too() -> None:
    subsidy = {
        "index": "refinancing rate",
        "share": "2/3",
        "observed": [{"day": "2026-01-01", "percent": 9}],
    }
    assert states("belarus", subsidies=[subsidy])["decree-466-subsidy"] == "ok"


def test_roubles_are_lent_at_two_thirds_of_the_key_rate_and_dollars_at_cirr() -> None:
    known = {"indices": stated({"CBR key rate": Decimal(15), "CIRR": Decimal("4.5")})}
    roubles = {"price": {"amount": 300_000, "currency": "RUB"}, "rate": {"percent": 10}}
    assert states("belarus", known, **roubles)["decree-534-rub"] == "ok"
    assert "decree-534-cirr" not in states("belarus", known, **roubles)
    assert states("belarus", known, rate={"percent": "4.5"})["decree-534-cirr"] == "ok"
    assert states("belarus", known)["decree-534-cirr"] == "not"


def test_an_index_counts_from_its_day_and_by_currency(tmp_path: Any) -> None:
    table = tmp_path / "indices.csv"
    table.write_text(
        "index,currency,day,percent,source\n"
        "CIRR,,2026-01-15,4.10,OECD\n"
        "CIRR,USD,2026-02-15,4.31,OECD\n"
        "CIRR,USD,2026-03-15,4.90,OECD\n"
    )
    found = read_indices(table)
    assert found.on("CIRR", "USD", date(2026, 3, 1)) == Decimal("4.31")
    assert found.on("CIRR", "EUR", date(2026, 3, 1)) == Decimal("4.10")
    assert found.on("CIRR", "EUR", date(2026, 1, 14)) is None
    assert Indices((Quote("X", date(2026, 1, 1), Decimal(1)),)).on("CIRR", "USD", date.max) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("index,day\nCIRR,2026-01-01\n", "the column percent is missing"),
        ("index,day,percent\nCIRR,January,4\n", "indices.csv:2: a day such as 2026-01-31"),
        ("index,day,percent\nCIRR,2026-01-01,NaN\n", "indices.csv:2: a day such as 2026-01-31"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Any, text: str, said: str
) -> None:
    from bilat.errors import NoAnswer

    table = tmp_path / "indices.csv"
    table.write_text(text)
    with pytest.raises(NoAnswer, match=said):
        read_indices(table)


def test_every_rule_that_comes_with_bilat_has_a_source_a_day_and_a_limit() -> None:
    for book in rule_books():
        assert len({rule.id for rule in book.rules}) == len(book.rules)
        for rule in book.rules:
            assert rule.source.address
            assert rule.source.seen >= rule.since
            limited = rule.at_least or rule.at_most or rule.index
            assert limited or rule.asks == "equal_principal"


def test_rules_of_ones_own_are_checked_like_those_that_come_with_bilat() -> None:
    book = parse(
        """
id: own
title: Our fund
rules:
  - id: own-advance
    title: A third in advance
    asks: down_payment
    at_least: 33
    since: 2020-01-01
    source: {title: Rules of the fund, seen: 2026-01-01}
""",
        "own.yaml",
    )
    (found,) = check(Case(schedule()), book)
    assert (found.state, found.rule.id) == ("not", "own-advance")


def test_a_wrong_rule_is_told_with_its_line() -> None:
    with pytest.raises(RuleBookInvalid, match=r"own\.yaml:4:5: the key “title” is missing"):
        parse("id: own\ntitle: T\nrules:\n  - id: a\n    asks: favours\n", "own.yaml")
    with pytest.raises(RuleBookUnknown, match="oecd"):
        rule_book("oced")
