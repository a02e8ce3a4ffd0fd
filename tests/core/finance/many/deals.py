"""Random deals of every term that is computed together, as a user's file states them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from bilat.programme.deal_checks import deal_complaints
from bilat.programme.deal_terms import DealTerms

DAY_COUNTS = ("A/365", "A/360", "A/A", "30E/360", "30/360")
ROUND_RATES = ("0", "6", "12", "9", "8.5")
"""With 30/360 these end in exact half cents every so often."""


class Dice:
    """Draws what a deal is made of."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def whole(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high))

    def number(self, low: int, high: int, scale: int) -> str:
        return str(Decimal(self.whole(low, high)) / scale)

    def one_of(self, *values: Any) -> Any:
        return values[self.whole(0, len(values))]


def deal(dice: Dice) -> dict[str, Any]:
    """Terms that may contradict each other; `deals` keeps those that do not."""
    start = date(2020, 1, 1) + timedelta(days=dice.whole(0, 2500))
    months = dice.whole(1, 120)
    terms: dict[str, Any] = {
        "start": start,
        "every": dice.one_of(1, 1, 1, 2, 3, 6, 12),
        "day_count": dice.one_of(*DAY_COUNTS),
        "repayment": dice.one_of("annuity", "annuity", "equal_principal", "bullet"),
        "rate": {"percent": dice.one_of(*ROUND_RATES, dice.number(0, 2500, 100))},
        "end_of_month": dice.chance(0.5),
    }
    if dice.chance(0.7):
        terms["months"] = months
    else:
        terms["maturity"] = start + timedelta(days=dice.whole(1, 2000))
    if dice.chance(0.2):
        terms["first_payment"] = start + timedelta(days=dice.whole(1, 200))
    if dice.chance(0.3):
        terms["grace"] = {"principal": dice.whole(0, max(months - 1, 1))}
    return terms | money(dice) | extras(dice, terms)


def money(dice: Dice) -> dict[str, Any]:
    price = dice.whole(10_000, 50_000_000)
    found: dict[str, Any] = {"price": {"amount": price, "currency": "USD"}}
    if dice.chance(0.4):
        cents = Decimal(price * 100 + dice.whole(0, 100)) / 100
        found = {"amount": {"amount": cents, "currency": "USD"}}
    elif dice.chance(0.7):
        found["advance"] = {"percent": dice.number(0, 4000, 100)}
    if dice.chance(0.15):
        found["balloon"] = {"percent": dice.number(0, 5000, 100)}
    if dice.chance(0.2):
        found |= {"kind": "lease", "residual": {"percent": dice.number(0, 4000, 100)}}
    return found


def extras(dice: Dice, terms: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"fees": [fee(dice) for _fee in range(dice.whole(0, 3))]}
    if dice.chance(0.4):
        found["subsidies"] = [subsidy(dice) for _one in range(dice.whole(1, 3))]
    if dice.chance(0.3):
        found["taxes"] = [tax(dice) for _one in range(dice.whole(1, 3))]
    if dice.chance(0.1):
        found["rounding"] = {"places": dice.whole(2, 5)}
    if dice.chance(0.3):
        found["moved"] = dice.one_of("following", "modified_following", "preceding")
        found["calendar"] = dice.one_of("weekends", "BLR", "KGZ", "BLR+KGZ")
        found["interest_to"] = dice.one_of("due", "moved")
    if terms["repayment"] == "annuity" and dice.chance(0.1):
        found["payment"] = dice.number(1_000_000, 500_000_000, 100)
    return found


def fee(dice: Dice) -> dict[str, Any]:
    due = dice.one_of("start", "payment")
    on = dice.one_of("amount", "amount", "price", *(["balance", "undrawn"] * (due == "payment")))
    kind = dice.one_of("arrangement", "insurance", "management", "other")
    worth = {"percent": dice.number(1, 300, 100)}
    if dice.chance(0.3):
        worth, on = {"amount": dice.number(1, 50_000, 100)}, "amount"
    return {"kind": kind, "due": due, "on": on, **worth}


def subsidy(dice: Dice) -> dict[str, Any]:
    found = {"points": dice.number(1, 1000, 100)}
    if dice.chance(0.3):
        found["leaves"] = dice.number(0, 500, 100)
    if dice.chance(0.3):
        found["at_most"] = dice.number(0, 500, 100)
    return found


def tax(dice: Dice) -> dict[str, Any]:
    columns = ["advance", "interest", "principal", "residual", "fees"]
    first = dice.whole(0, 5)
    on = columns[first : first + dice.whole(1, 4)]
    return {"title": "VAT", "percent": dice.number(1, 2500, 100), "on": on}


def deals(seed: int, count: int) -> list[DealTerms]:
    """So many deals without a contradiction."""
    dice = Dice(seed)
    found: list[DealTerms] = []
    while len(found) < count:
        terms = DealTerms.model_validate(deal(dice))
        if not any(deal_complaints(terms)):
            found.append(terms)
    return found
