"""How each event changes the state.

Source: ACTUS Technical Specification, state transition functions STF of PAM, LAM, NAM and ANN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from bilat.finance.actus.contract import Contract
from bilat.finance.actus.payoffs import redemption
from bilat.finance.actus.schedule import Event, Kind, fixing_day
from bilat.finance.actus.states import ZERO, State, exchanged, with_annuity
from bilat.language import say

Transition = Callable[[Contract, State, Event], State]


def transition(contract: Contract, state: State, event: Event) -> State:
    """The state just after the event."""
    return TRANSITIONS[event.kind](contract, state, event)


def _moved(contract: Contract, state: State, event: Event) -> State:
    return state.moved(contract, event.until)


def _exchange(contract: Contract, state: State, event: Event) -> State:
    """A cycle of interest that starts before the exchange has earned interest since its start."""
    terms = contract.terms
    state = replace(exchanged(terms, state), until=event.until)
    start = terms.repeats["InterestPayment"].anchor
    if terms.accrued_interest is not None:
        state = replace(state, accrued=terms.sign * terms.accrued_interest)
    elif start and start < event.until:
        earned = contract.fraction(start, event.until) * state.notional * state.rate
        state = replace(state, accrued=earned)
    fixing = fixing_day(terms)
    if fixing and fixing < terms.initial_exchange_date:
        return with_annuity(contract, state, first_now=True)
    return state


def _rebased(contract: Contract, state: State, notional: Decimal) -> State:
    """Another notional; interest follows it unless its base is agreed otherwise."""
    terms = contract.terms
    follows = not terms.amortizes or terms.interest_calculation_base == "NT"
    return replace(state, notional=notional, base=notional if follows else state.base)


def _principal(contract: Contract, state: State, event: Event) -> State:
    paid = redemption(contract, state, event)
    return _rebased(contract, _moved(contract, state, event), state.notional - paid)


def _interest(contract: Contract, state: State, event: Event) -> State:
    return replace(_moved(contract, state, event), accrued=ZERO)


def _capitalization(contract: Contract, state: State, event: Event) -> State:
    moved = _moved(contract, state, event)
    notional = state.notional + contract.due(moved.accrued)
    return _rebased(contract, replace(moved, accrued=ZERO), notional)


def _prepayment(contract: Contract, state: State, event: Event) -> State:
    """Effect A lowers the payments that remain, M keeps them and so ends the debt earlier."""
    terms, amount = contract.terms, contract.prepaid[event.scheduled]
    if amount > abs(state.notional):
        what = say("a prepayment of {amount} is above the principal outstanding", amount=amount)
        raise terms.invalid("eventsObserved", what)
    left = state.notional - terms.sign * amount
    after = _rebased(contract, _moved(contract, state, event), left)
    if terms.prepayment_effect != "A" or not after.payment or not state.notional:
        return after
    if terms.contract_type == "ANN":
        return with_annuity(contract, after)
    return replace(after, payment=contract.due(after.payment * left / state.notional))


def _reset(contract: Contract, state: State, event: Event) -> State:
    """Index × multiplier + spread; within the caps of one step, then of the whole life.

    The period's floor is the largest fall, whichever sign it is written with.
    """
    terms = contract.terms
    code = terms.market_object_code_of_rate_reset or ""
    index = contract.observed("marketObjectCodeOfRateReset", code, event)
    step = index * terms.rate_multiplier + terms.rate_spread - state.rate
    if terms.period_floor is not None:
        step = max(step, -abs(terms.period_floor))
    if terms.period_cap is not None:
        step = min(step, terms.period_cap)
    rate = state.rate + step
    if terms.life_floor is not None:
        rate = max(rate, terms.life_floor)
    if terms.life_cap is not None:
        rate = min(rate, terms.life_cap)
    return replace(_moved(contract, state, event), rate=rate)


def _fixed_reset(contract: Contract, state: State, event: Event) -> State:
    rate = contract.terms.next_reset_rate or ZERO
    return replace(_moved(contract, state, event), rate=rate)


def _payment_fixing(contract: Contract, state: State, event: Event) -> State:
    return with_annuity(contract, _moved(contract, state, event))


def _fee(contract: Contract, state: State, event: Event) -> State:
    return replace(_moved(contract, state, event), fees=ZERO)


def _scaling(contract: Contract, state: State, event: Event) -> State:
    terms = contract.terms
    code = terms.market_object_code_of_scaling_index
    index = contract.observed("marketObjectCodeOfScalingIndex", code, event)
    scale = index / (terms.scaling_index_at_contract_deal_date or Decimal(1))
    return replace(
        _moved(contract, state, event),
        interest_scale=scale if "I" in terms.scaling_effect else state.interest_scale,
        notional_scale=scale if "N" in terms.scaling_effect else state.notional_scale,
    )


def _base(contract: Contract, state: State, event: Event) -> State:
    return replace(_moved(contract, state, event), base=state.notional)


def _end(_contract: Contract, state: State, event: Event) -> State:
    return replace(state, notional=ZERO, base=ZERO, accrued=ZERO, fees=ZERO, until=event.until)


TRANSITIONS: dict[Kind, Transition] = {
    "IED": _exchange,
    "PR": _principal,
    "IP": _interest,
    "IPCI": _capitalization,
    "PP": _prepayment,
    "PY": _moved,
    "RR": _reset,
    "RRF": _fixed_reset,
    "PRF": _payment_fixing,
    "FP": _fee,
    "SC": _scaling,
    "IPCB": _base,
    "PRD": _moved,
    "TD": _end,
    "MD": _end,
}
