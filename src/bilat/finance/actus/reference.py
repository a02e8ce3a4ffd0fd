"""Reference contracts: run, and compared with the events that are expected of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bilat.finance.actus.contract import Contract
from bilat.finance.actus.faults import ContractInvalid
from bilat.finance.actus.layout import Case, Expected
from bilat.finance.actus.reading import read_terms
from bilat.finance.actus.running import Outcome, run
from bilat.language import Message, say

TOLERANCE = Decimal("1e-8")
"""Relative to the expected figure, which is a binary floating-point number of about 15 digits."""

NOISE = Decimal("1e-12")
"""Of the principal: what floating-point sums leave of an amount that is exactly zero."""


@dataclass(frozen=True)
class Difference:
    """One figure of one event that is not what was expected of it."""

    contract: str
    event: str
    term: str
    expected: str
    found: str


@dataclass(frozen=True)
class Comparison:
    """One contract run and compared. ``unknown``: names in its terms that no term has."""

    contract: str
    events: int
    differences: tuple[Difference, ...] = ()
    problem: Message | None = None
    unknown: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        return not self.differences and self.problem is None


def compare(name: str, case: Case) -> Comparison:
    """Run the case and compare every event; a contract that cannot run comes back as a problem."""
    try:
        # The case's own name is the one that is unique in its file.
        terms, unknown = read_terms({**case.terms, "contractID": name})
        contract = Contract(terms, case.market(), _prepaid(name, case))
        outcomes = run(contract, case.to)
    except ContractInvalid as error:
        return Comparison(name, len(case.results), problem=error.message)
    noise = NOISE * terms.notional_principal
    differences = tuple(_differences(name, case, outcomes, noise))
    return Comparison(name, len(case.results), differences, unknown=unknown)


def _prepaid(name: str, case: Case) -> dict[datetime, Decimal]:
    found: dict[datetime, Decimal] = {}
    for event in case.events:
        if event.kind != "PP":
            what = say("{kind} cannot be run; only PP, a prepayment, can", kind=event.kind)
            raise ContractInvalid(name, "eventsObserved", what)
        found[event.time] = found.get(event.time, Decimal(0)) + abs(event.value)
    return found


def _differences(
    name: str, case: Case, outcomes: list[Outcome], noise: Decimal
) -> Iterator[Difference]:
    """Events are matched by place: one too many or too few is a difference of its own."""
    for place in range(max(len(case.results), len(outcomes))):
        row = case.results[place] if place < len(case.results) else None
        one = outcomes[place] if place < len(outcomes) else None
        wanted = f"{row.time.isoformat()} {row.kind}" if row else "—"
        got = f"{one.time.isoformat()} {one.kind}" if one else "—"
        if row and one and wanted == got:
            yield from _figures(name, wanted, row, one, noise)
        else:
            yield Difference(name, wanted if row else got, "event", wanted, got)


def _figures(
    name: str, event: str, row: Expected, one: Outcome, noise: Decimal
) -> Iterator[Difference]:
    figures = {
        "payoff": (row.payoff, one.payoff),
        "notionalPrincipal": (row.notional, one.state.notional),
        "nominalInterestRate": (row.rate, one.state.rate),
        "accruedInterest": (row.accrued, one.state.accrued),
    }
    for term, (expected, found) in figures.items():
        if expected is not None and not _equal(expected, found, noise):
            yield Difference(name, event, term, str(expected), f"{found:.12f}")


def _equal(expected: Decimal, found: Decimal, noise: Decimal) -> bool:
    both_zero = max(abs(expected), abs(found)) <= noise
    return both_zero or abs(found - expected) <= TOLERANCE * abs(expected)
