"""A portfolio computed at once: every cent is that of the schedule of each deal by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel
from tests.core.finance.many.deals import DAY_COUNTS, deals

from bilat.errors import BilatError
from bilat.finance.deal import TermInvalid, schedule_of
from bilat.finance.many import many_schedules, why_not
from bilat.finance.many.supported import FREE, JUDGED
from bilat.programme.deal_parts import Fee, Grace, Residual, Rounding, Tax
from bilat.programme.deal_rates import DealRate, Subsidy
from bilat.programme.deal_terms import DealTerms


def terms(**stated: Any) -> DealTerms:
    """A loan of 240,000 over three years, with the terms that the test is about."""
    usual: dict[str, Any] = {
        "amount": {"amount": 240_000, "currency": "USD"},
        "start": date(2026, 1, 31),
        "months": 36,
        "rate": {"percent": "8.5"},
    }
    return DealTerms.model_validate(usual | stated)


@pytest.mark.parametrize("seed", range(4))
def test_every_number_of_random_deals_is_that_of_the_exact_path(seed: int) -> None:
    """Not within half a cent, but equal: no number is rounded from a float alone."""
    asked = deals(seed, 120)
    found = many_schedules(asked)
    together = [place for place in range(len(asked)) if place not in found.handed]
    assert len(together) > 90
    for place in together:
        assert found.payments(place) == schedule_of(asked[place]).payments


def test_the_random_deals_use_every_term_that_is_computed_together() -> None:
    asked = [one for seed in range(4) for one in deals(seed, 120) if why_not(one) is None]
    features: dict[str, Callable[[DealTerms], Any]] = {
        "price": lambda one: one.price,
        "advance": lambda one: one.advance,
        "balloon": lambda one: one.balloon,
        "residual": lambda one: one.residual,
        "subsidies": lambda one: len(one.subsidies) > 1,
        "leaves": lambda one: any(part.leaves is not None for part in one.subsidies),
        "taxes": lambda one: len(one.taxes) > 1,
        "payment": lambda one: one.payment,
        "grace": lambda one: one.grace.principal,
        "maturity": lambda one: one.maturity,
        "first payment": lambda one: one.first_payment,
        "end of month": lambda one: one.end_of_month,
        "moved": lambda one: one.moved != "no" and one.interest_to == "due",
        "interest moved": lambda one: one.moved != "no" and one.interest_to == "moved",
        "places": lambda one: one.rounding.places > 2,
        "fee on balance": lambda one: any(fee.on == "balance" for fee in one.fees),
        "fee on price": lambda one: any(fee.on == "price" for fee in one.fees),
        "fee each time": lambda one: any(fee.due == "payment" and fee.amount for fee in one.fees),
        "free": lambda one: one.rate.percent == 0,
    }
    kinds = Counter(part for one in asked for part in (one.repayment, one.day_count))
    counted = {name: sum(map(bool, map(uses, asked))) for name, uses in features.items()}
    assert set(kinds) == {"annuity", "equal_principal", "bullet", *DAY_COUNTS}
    assert {name for name, count in counted.items() if count < 3} == set()


def test_interest_of_exactly_half_a_cent_goes_up_as_in_the_exact_path() -> None:
    """12 % by 30E/360: a month is a hundredth of a balance that ends in half a unit."""
    asked = [
        terms(
            amount={"amount": Decimal(cents) / 100, "currency": "USD"},
            rate={"percent": "12"},
            day_count="30E/360",
            repayment="bullet",
            months=3,
        )
        for cents in range(100_050, 160_050, 100)
    ]
    found = many_schedules(asked)
    assert not found.handed
    for place, one in enumerate(asked):
        assert found.payments(place) == schedule_of(one).payments


@pytest.mark.parametrize(
    ("stated", "named"),
    [
        ({"grace": {"interest": 3, "principal": 3}}, "grace.interest"),
        ({"rate": {"index": "SOFR", "observed": [{"day": "2026-01-01", "percent": 4}]}},
         "rate.index"),
        ({"repayment": "seasonal", "season": [8, 9, 10]}, "season"),
        ({"prepayments": [{"day": "2027-01-15", "amount": 1000}]}, "prepayments"),
        ({"day_count": "B/252", "calendar": "weekends"}, "day_count"),
        ({"in_advance": True}, "in_advance"),
        ({"rounding": {"rule": "none"}}, "rounding.rule"),
        ({"fees": [{"kind": "insurance", "percent": 1, "due": "year"}]}, "fees.due"),
        ({"rate": {"percent": "8.1234567"}}, "amount"),
    ],
)  # fmt: skip
def test_what_is_not_computed_together_is_named_and_computed_alone(
    stated: dict[str, Any], named: str
) -> None:
    one = terms(**stated)
    found = many_schedules([terms(), one])
    assert found.handed == {1: named}
    assert found.payments(1) == schedule_of(one).payments
    assert found.payments(0) == schedule_of(terms()).payments


def test_a_new_term_of_deals_is_weighed_before_it_is_computed_together() -> None:
    """A field of these models that is not listed here is one that nobody has thought of yet.

    Decide in `supported` whether columns can carry it, teach them, and add it to the list.
    """
    only_alone = {"drawdowns", "instalments", "steps", "season", "prepayments", "exchange"}
    assert set(DealTerms.model_fields) == JUDGED | FREE | only_alone
    parts: dict[type[BaseModel], set[str]] = {
        Fee: {"percent", "amount", "kind", "title", "on", "due"},
        Grace: {"principal", "interest", "interest_then"},
        Residual: {"percent", "amount", "settled"},
        Rounding: {"places", "rule"},
        Tax: {"title", "percent", "on"},
        Subsidy: {"points", "index", "share", "observed", "since", "until", "at_most", "leaves",
                  "title"},
        DealRate: {"percent", "index", "share", "margin", "reset_every", "first_reset", "cap",
                   "floor", "period_cap", "period_floor", "observed"},
    }  # fmt: skip
    assert {one: set(one.model_fields) for one in parts} == parts


def test_a_deal_that_allows_no_schedule_is_refused_and_the_others_stand() -> None:
    found = many_schedules([terms(), terms(payment=5), terms()])
    assert list(found.refused) == [1]
    with pytest.raises(TermInvalid, match="does not cover the interest"):
        found.payments(1)
    assert found.payments(2) == found.payments(0)


def test_two_dates_that_move_to_one_monday_are_left_to_the_exact_path() -> None:
    """A Saturday and the Sunday after it; interest to the due date can still tell them apart."""
    weekend: dict[str, Any] = {
        "start": date(2026, 1, 7),
        "months": None,
        "maturity": date(2026, 2, 8),
        "moved": "following",
        "calendar": "weekends",
    }
    stated, moved = (terms(**weekend, interest_to=to) for to in ("due", "moved"))
    found = many_schedules([stated, moved])
    assert found.payments(0) == schedule_of(stated).payments
    with pytest.raises(TermInvalid, match="move to the same business day"):
        found.payments(1)


def test_a_calendar_of_ones_own_is_no_calendar_for_deals_in_memory() -> None:
    found = many_schedules([terms(moved="following", calendar="our.yaml")])
    assert found.handed == {0: "calendar"}
    assert "our.yaml" in str(found.refused[0])


def test_deals_that_contradict_themselves_are_refused_by_the_exact_path() -> None:
    found = many_schedules([terms(months=None)])
    assert isinstance(found.refused[0], BilatError)
    assert "the term is missing" in str(found.refused[0])


def test_totals_are_those_of_the_schedules() -> None:
    asked = [*deals(3, 60), terms(grace={"interest": 3, "principal": 3})]
    found = many_schedules(asked)
    kept = [schedule_of(one) for place, one in enumerate(asked) if place not in found.refused]
    for column in ("interest", "subsidy", "principal", "residual", "tax"):
        assert found.total(column) == sum(schedule.total(column) for schedule in kept)


def test_a_deal_that_was_not_asked_for_has_no_payments() -> None:
    with pytest.raises(IndexError):
        many_schedules([terms()]).payments(1)


def test_nothing_asked_is_nothing_found() -> None:
    found = many_schedules([])
    assert not found.blocks
    assert not found.handed
    assert found.total("interest") == 0
