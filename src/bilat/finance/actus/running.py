"""Running a contract: its events one after another, each with what it pays and leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal, localcontext

from bilat.finance.actus.contract import Contract
from bilat.finance.actus.payoffs import payoff
from bilat.finance.actus.schedule import ORDER, Event, Kind
from bilat.finance.actus.states import State, initial_state
from bilat.finance.actus.transitions import transition
from bilat.language import say

DIGITS = 34
"""Significant digits of every step, those of IEEE 754 decimal128; rounded half to even."""


@dataclass(frozen=True)
class Outcome:
    """An event, what it paid, and the state just after it."""

    event: Event
    payoff: Decimal
    state: State

    @property
    def kind(self) -> Kind:
        return self.event.kind

    @property
    def time(self) -> datetime:
        return self.event.time


def run(contract: Contract, to: datetime | None = None) -> list[Outcome]:
    """Every event after the status date, up to and including ``to``.

    After a purchase only the purchase and what follows: what came before was another's. Raises
    ContractInvalid where an index that a rate follows was not observed, or an end is never reached.
    """
    with localcontext(Context(prec=DIGITS)):
        outcomes = _outcomes(contract, to)
    if bought := contract.terms.purchase_date:
        return [one for one in outcomes if one.event.place >= (bought, ORDER["PRD"])]
    return outcomes


def _outcomes(contract: Contract, to: datetime | None) -> list[Outcome]:
    try:
        events = contract.events
    except OverflowError:
        what = say(
            "the contract would have more than 100,000 dates, or dates after the year 9999. "
            "Correct its cycles and days"
        )
        raise contract.terms.invalid("maturityDate", what) from None
    state, outcomes = initial_state(contract), []
    for event in events:
        if to and event.time > to:
            break
        paid = payoff(contract, state, event)
        state = transition(contract, state, event)
        outcomes.append(Outcome(event, paid, state))
    return outcomes
