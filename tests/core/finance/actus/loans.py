"""Loans in the standard's notation, and what their events pay."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from bilat.finance.actus import Contract, Market, Outcome, read_terms, run

LOAN: dict[str, Any] = {
    "contractID": "loan",
    "contractRole": "RPA",
    "statusDate": "2025-12-31",
    "initialExchangeDate": "2026-01-01",
    "notionalPrincipal": "1200",
    "nominalInterestRate": "0.12",
    "dayCountConvention": "30E/360",
}
MONTHLY: dict[str, Any] = {
    "cycleAnchorDateOfPrincipalRedemption": "2026-02-01",
    "cycleOfPrincipalRedemption": "P1ML1",
    "cycleAnchorDateOfInterestPayment": "2026-02-01",
    "cycleOfInterestPayment": "P1ML1",
}


def contract(
    kind: str,
    *,
    observed: dict[str, dict[str, str]] | None = None,
    prepaid: dict[str, str] | None = None,
    places: int | None = None,
    **terms: Any,
) -> Contract:
    """A loan of 1200 at 1 % a month from 1 January 2026, with the terms that the test is about."""
    read, unknown = read_terms({"contractType": kind, **LOAN, **terms})
    assert not unknown
    market = {
        code: [(datetime.fromisoformat(day), Decimal(value)) for day, value in rows.items()]
        for code, rows in (observed or {}).items()
    }
    early = {datetime.fromisoformat(day): Decimal(sum_) for day, sum_ in (prepaid or {}).items()}
    return Contract(read, Market(market), early, places)


def events(kind: str, **given: Any) -> list[Outcome]:
    return run(contract(kind, **given))


def told(outcomes: list[Outcome], *kinds: str) -> list[tuple[str, str, str]]:
    """Day, type and payoff to the cent, of the kinds asked for or of all."""
    return [
        (one.time.date().isoformat(), one.kind, f"{one.payoff:.2f}")
        for one in outcomes
        if not kinds or one.kind in kinds
    ]
