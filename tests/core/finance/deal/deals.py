"""Deals in the words of a finance officer, and what their payments are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bilat.finance.deal import Schedule, schedule_of
from bilat.programme.deal_terms import DealTerms

CENT = Decimal("0.01")

LOAN: dict[str, Any] = {
    "amount": {"amount": 1200, "currency": "USD"},
    "start": "2026-01-01",
    "months": 12,
    "rate": {"percent": 12},
    "day_count": "30E/360",
}
"""1200 at 1 % a month from 1 January 2026, for a year."""


def terms(**given: Any) -> DealTerms:
    """The loan above, with the terms that the test is about."""
    return DealTerms.model_validate({**LOAN, **given})


def schedule(**given: Any) -> Schedule:
    return schedule_of(terms(**given))


def column(made: Schedule, name: str) -> list[Decimal]:
    """One column of the numbered payments."""
    return [getattr(payment, name) for payment in made.instalments]


def on(made: Schedule, day: str) -> dict[str, Decimal]:
    """What is not zero on a day, by column."""
    payment = next(one for one in made.payments if one.day == date.fromisoformat(day))
    names = ("drawn", "interest", "subsidy", "capitalised", "principal", "residual", "fee", "tax")
    return {name: getattr(payment, name) for name in names if getattr(payment, name)}


def amounts(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]
