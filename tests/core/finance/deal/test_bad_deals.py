"""Terms that allow no schedule: each is refused by name, with what to do."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from tests.core.finance.deal.deals import schedule, terms

from bilat.finance.deal import TermInvalid

USD = "USD"
TRANCHE = {"day": "2026-01-01", "percent": 50}
BAD: list[tuple[dict[str, Any], str]] = [
    ({"amount": None}, "amount: neither “price” nor “amount” is stated"),
    (
        {"price": {"amount": 9, "currency": "EUR"}},
        "amount.currency: price and amount are in different currencies",
    ),
    ({"advance": {"percent": 15}}, "advance: an advance is part of a price, but no price"),
    (
        {"price": {"amount": 900, "currency": USD}, "advance": {"amount": 901}},
        "advance: the advance of 901 is above the price of 900",
    ),
    (
        {"price": {"amount": 2000, "currency": USD}, "advance": {"percent": 20}},
        "amount: the amount is 1,200, but price less advance is 1,600",
    ),
    ({"amount": {"amount": 0, "currency": USD}}, "amount: nothing is financed"),
    (
        {"amount": {"amount": "10.001", "currency": USD}},
        "amount: 10.001 has more than 2 decimal places",
    ),
    ({"maturity": "2027-01-01"}, "maturity: both “months” and “maturity” are stated"),
    ({"months": None}, "months: the term is missing"),
    ({"months": None, "maturity": "2026-01-01"}, "maturity: it is not after the start"),
    (
        {"first_payment": "2026-01-01"},
        "first_payment: the first payment is not after the first dra",
    ),
    ({"first_payment": "2026-03-01", "in_advance": True}, "first_payment: payments in advance"),
    (
        {"months": None, "maturity": "2026-02-01", "first_payment": "2026-02-15"},
        "first_payment: the first payment is after the maturity",
    ),
    (
        {"drawdowns": [TRANCHE, {"day": "2026-02-01", "amount": 601}]},
        "drawdowns: the drawdowns add up to 1,201, the amount financed is 1,200",
    ),
    (
        {"drawdowns": [TRANCHE, {"day": "2025-12-01", "percent": 50}]},
        "drawdowns[1].day: this drawdown lies outside the term",
    ),
    (
        {"drawdowns": [{"day": "2026-02-01", "percent": 100}]},
        "start: the start is 1 January 2026, but nothing is drawn",
    ),
    ({"grace": {"principal": 12}}, "grace.principal: a grace of 12 months leaves no payment"),
    ({"grace": {"principal": 2, "interest": 3}}, "grace.interest: level payments hold interest"),
    ({"repayment": "individual"}, "instalments: “instalments” is missing"),
    ({"season": [9]}, "season: “season” belongs to a repayment that is seasonal"),
    (
        {"repayment": "seasonal", "season": [2], "every": 6},
        "season: no payment falls in these months",
    ),
    (
        {"repayment": "bullet", "payment": 100},
        "payment: a stated payment belongs to an annuity",
    ),
    (
        {"repayment": "equal_principal", "every": 2, "principal_every": 3},
        "principal_every: 3 is no multiple",
    ),
    ({"principal_every": 3}, "principal_every: “principal_every” belongs to equal parts"),
    (
        {"repayment": "step", "steps": [{"number": 3, "percent": 90}, {"number": 2, "percent": 9}]},
        "steps: the steps are not in order",
    ),
    (
        {"repayment": "step", "steps": [{"number": 2, "amount": 90}]},
        "steps: steps by amount state every payment from the first",
    ),
    (
        {"repayment": "individual", "instalments": [{"day": "2026-06-01", "percent": 99}]},
        "instalments: the instalments add up to 1,188, the principal to repay is 1,200",
    ),
    (
        {"repayment": "individual", "instalments": [{"day": "2028-06-01", "percent": 100}]},
        "instalments[0].day: this instalment lies outside the term",
    ),
    ({"residual": {"percent": 5}}, "residual: a residual value belongs to a lease"),
    (
        {
            "kind": "lease",
            "price": {"amount": 1200, "currency": USD},
            "residual": {"amount": 1300},
        },
        "residual: the residual value of 1,300 is above the price of 1,200",
    ),
    ({"balloon": {"amount": 1201}}, "balloon: more is left to the end than the 1,200 financed"),
    ({"repayment": "bullet", "balloon": {"percent": 5}}, "balloon: a balloon does not go with"),
    ({"rate": {}}, "rate: neither a fixed “percent” nor an “index” is stated"),
    ({"rate": {"percent": 8, "reset_every": 3}}, "rate.reset_every: “reset_every” belongs to"),
    ({"rate": {"percent": 8, "cap": 5, "floor": 6}}, "rate.cap: the cap of 5 % is below the floor"),
    (
        {"rate": {"index": "X", "percent": 8, "first_reset": "2026-01-01"}},
        "rate.first_reset: the first reset is not after the start",
    ),
    (
        {"rate": {"index": "X", "observed": [{"day": "2025-01-01", "percent": -3}]}},
        "rate.floor: the rate would be -3 % on a reset",
    ),
    ({"subsidies": [{}]}, "subsidies[0]: a subsidy is either “points” or a share of an “index”"),
    (
        {"subsidies": [{"points": 2, "since": "2026-05-01", "until": "2026-05-01"}]},
        "subsidies[0].until: it ends before it begins",
    ),
    (
        {"prepayments": [{"day": "2026-05-16", "amount": 1199}]},
        "prepayments[0].amount: 1,199 is more than the 815.8",
    ),
    (
        {"prepayments": [{"day": "2025-05-16", "amount": 10}]},
        "prepayments[0].day: this prepayment lies outside the term",
    ),
    (
        {"fees": [{"kind": "other", "percent": 1, "on": "price"}]},
        "fees[0].on: a fee on the price, but no price is stated",
    ),
    (
        {"fees": [{"kind": "other", "percent": 1, "on": "undrawn"}]},
        "fees[0].on: a fee that is due once is on the amount or the price",
    ),
    ({"payment_currency": USD}, "payment_currency: payments are in the deal's own currency"),
    (
        {"payment_currency": "KGS", "exchange": [{"day": "2026-02-01", "rate": 87}]},
        "payment_currency: no rate from USD to KGS on 1 January 2026 is stated",
    ),
    ({"exchange": [{"day": "2026-01-01", "rate": 87}]}, "exchange: rates are stated, but no"),
    ({"moved": "following"}, "calendar: due dates move to business days, but no calendar is named"),
    ({"day_count": "B/252"}, "calendar: B/252 counts business days"),
    ({"calendar": "ATL"}, "calendar: there is no calendar “ATL”. Write one of none, weekends, BLR"),
    ({"calendar": "days.yaml"}, "calendar: the calendar file “days.yaml” can only be used by a"),
    (
        {
            "in_advance": True,
            "drawdowns": [TRANCHE, {"day": "2026-12-05", "percent": 50}],
        },
        "drawdowns[1].day: the last payment, due on 1 December 2026, is before it",
    ),
    (
        {"months": None, "payment": 12},
        "payment: payments of 12 never repay the debt. Write a higher payment",
    ),
    (
        {"months": None, "payment": 11},
        "payment: the payment of 11 due on 1 February 2026 does not cover the interest of 12",
    ),
    (
        {"first_payment": "2026-12-01", "months": 36},
        "repayment: the payment of 57.85 due on 1 December 2026 does not cover",
    ),
    (
        {"months": 480, "day_count": "A/365", "rate": {"percent": 13.57}},
        "repayment: the payment of 13.64 due on 1 February 2026 does not cover the interest",
    ),
    (
        {"repayment": "step", "steps": [{"number": 13, "percent": 110}]},
        "steps[0].number: there are only 12 payments of principal",
    ),
    ({"rate": {"percent": 8, "margin": 2}}, "rate.margin: “margin” belongs to a rate that follows"),
    ({"rate": {"percent": 3, "floor": 5}}, "rate.floor: “floor” belongs to a rate that follows"),
    ({"rate": {"percent": 3, "share": "2/3"}}, "rate.share: “share” belongs to a rate"),
    (
        {"rate": {"percent": 3, "index": "X", "observed": [{"day": "2026-01-01", "percent": 9}]}},
        "rate.index: the rate never follows “X”",
    ),
    (
        {
            "rate": {
                "index": "X",
                "observed": [
                    {"day": "2026-01-01", "percent": 9},
                    {"day": "2026-01-01", "percent": 3},
                ],
            }
        },
        "rate.observed[1].day: 1 January 2026 has two figures: 9 and 3",
    ),
    ({"subsidies": [{"points": 3, "share": "2/3"}]}, "subsidies[0].share: “share” belongs to a"),
    (
        {
            "payment_currency": "BYN",
            "exchange": [{"day": "2026-01-01", "rate": 3}, {"day": "2026-01-01", "rate": 4}],
        },
        "exchange[1].day: 1 January 2026 has two figures: 3 and 4",
    ),
    (
        {
            "months": None,
            "maturity": "2026-09-01",
            "instalments": [
                {"day": "2026-08-29", "percent": 50},
                {"day": "2026-08-30", "percent": 50},
            ],
            "repayment": "individual",
            "calendar": "weekends",
            "moved": "following",
            "interest_to": "moved",
        },
        "moved: the payments due on 29 August 2026 and 30 August 2026 move to the same",
    ),
]


@pytest.mark.parametrize(("given", "told"), BAD, ids=[told[:40] for _given, told in BAD])
def test_a_contradiction_is_refused_by_name(given: dict[str, Any], told: str) -> None:
    with pytest.raises(TermInvalid) as refused:
        schedule(**given)
    assert str(refused.value).startswith(told)


MISWRITTEN: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"rate": {"percent": 400}}, ("rate", "percent"), "less_than_equal"),
    ({"rate": {"percent": -1}}, ("rate", "percent"), "greater_than_equal"),
    ({"start": "2026-02-30"}, ("start",), "date_from_datetime_parsing"),
    ({"start": "9999-12-31"}, ("start",), "less_than_equal"),
    ({"amount": {"amount": -5, "currency": "USD"}}, ("amount", "amount"), "greater_than_equal"),
    ({"amount": {"amount": 5, "currency": "XXZ"}}, ("amount", "currency"), "unreadable"),
    ({"months": 601}, ("months",), "less_than_equal"),
    ({"months": 0}, ("months",), "greater_than_equal"),
    ({"months": True}, ("months",), "int_parsing"),
    ({"grace": {"principal": True}}, ("grace", "principal"), "int_parsing"),
    ({"advance": {}}, ("advance",), "unreadable"),
    ({"advance": {"percent": 1, "amount": 1}}, ("advance",), "unreadable"),
    ({"season": [13]}, ("season", 0), "less_than_equal"),
    ({"rate": {"index": "X", "share": "2/0"}}, ("rate", "share"), "unreadable"),
    ({"rate": {"index": "X", "share": "two"}}, ("rate", "share"), "unreadable"),
    ({"repaymnt": "bullet"}, ("repaymnt",), "extra_forbidden"),
    ({"instalments": [{"day": "2026-01-01", "percent": 1}] * 601}, ("instalments",), "too_long"),
]


@pytest.mark.parametrize(("given", "where", "kind"), MISWRITTEN)
def test_what_is_miswritten_is_refused_where_it_stands(
    given: dict[str, Any], where: tuple[str | int, ...], kind: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        terms(**given)
    assert [(error["loc"], error["type"]) for error in refused.value.errors()] == [(where, kind)]


def test_more_payments_than_there_may_be() -> None:
    with pytest.raises(TermInvalid, match=r"^months: 1,080 payments are more than 600"):
        schedule(months=None, maturity="2116-01-01")
