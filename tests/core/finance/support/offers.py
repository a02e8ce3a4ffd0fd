"""Deals in the notation of their file, and their schedules."""

from __future__ import annotations

from typing import Any

from bilat.finance.deal import Schedule, schedule_of
from bilat.programme.deal_terms import DealTerms


def schedule(**stated: Any) -> Schedule:
    """A loan of 240,000 for a price of 300,000, half-yearly over five years, otherwise as told."""
    usual: dict[str, Any] = {
        "price": {"amount": 300_000, "currency": "USD"},
        "advance": {"percent": 20},
        "start": "2026-03-01",
        "months": 60,
        "every": 6,
        "repayment": "equal_principal",
        "rate": {"percent": "8.5"},
    }
    return schedule_of(DealTerms.model_validate(usual | stated))
