"""What each event pays: positive is received by the creator of the record.

Source: ACTUS Technical Specification, payoff functions POF of PAM, LAM and NAM.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from bilat.finance.actus.contract import Contract
from bilat.finance.actus.schedule import Event, Kind
from bilat.finance.actus.states import ZERO, State

Payoff = Callable[[Contract, State, Event], Decimal]


def payoff(contract: Contract, state: State, event: Event) -> Decimal:
    """The event's cash flow, from the state just before it, in the currency of settlement."""
    pays = PAYOFFS.get(event.kind)
    if pays is None:
        return ZERO
    amount = contract.due(pays(contract, state, event))
    terms = contract.terms
    if terms.settlement_currency in ("", terms.currency):
        return amount
    pair = f"{terms.currency}/{terms.settlement_currency}"
    return contract.due(amount * contract.observed("settlementCurrency", pair, event))


def redemption(contract: Contract, state: State, event: Event) -> Decimal:
    """Principal repaid by a PR event: never more than is outstanding.

    LAM: the payment. NAM, ANN: the payment less interest; below zero the debt grows.
    """
    payment = state.payment
    if contract.terms.contract_type != "LAM":
        payment -= contract.due(state.accrued_at(contract, event.until))
    sign = contract.terms.sign
    return sign * min(sign * contract.due(payment), sign * state.notional)


def _exchange(contract: Contract, _state: State, _event: Event) -> Decimal:
    terms = contract.terms
    return -terms.sign * (terms.notional_principal + terms.premium_discount_at_ied)


def _maturity(_contract: Contract, state: State, _event: Event) -> Decimal:
    return state.notional_scale * state.notional + state.interest_scale * state.accrued + state.fees


def _principal(contract: Contract, state: State, event: Event) -> Decimal:
    return state.notional_scale * redemption(contract, state, event)


def _interest(contract: Contract, state: State, event: Event) -> Decimal:
    return state.interest_scale * state.accrued_at(contract, event.until)


def _fee(contract: Contract, state: State, event: Event) -> Decimal:
    terms = contract.terms
    if terms.fee_basis == "A":
        return terms.sign * (terms.fee_rate or ZERO)
    return state.fees_at(contract, event.until)


def _purchase(contract: Contract, state: State, event: Event) -> Decimal:
    price = contract.terms.price_at_purchase_date or ZERO
    return -contract.terms.sign * (price + state.accrued_at(contract, event.until))


def _termination(contract: Contract, state: State, event: Event) -> Decimal:
    price = contract.terms.price_at_termination_date or ZERO
    return contract.terms.sign * (price + state.accrued_at(contract, event.until))


def _prepayment(contract: Contract, _state: State, event: Event) -> Decimal:
    return contract.terms.sign * contract.prepaid[event.scheduled]


def _penalty(contract: Contract, state: State, event: Event) -> Decimal:
    terms = contract.terms
    if terms.penalty_type == "A":
        return terms.sign * terms.penalty_rate
    share = contract.fraction(state.until, event.until) * state.notional
    if terms.penalty_type == "R":
        return share * terms.penalty_rate
    code = terms.market_object_code_of_rate_reset or ""
    market = contract.observed("marketObjectCodeOfRateReset", code, event)
    return share * max(ZERO, state.rate - market)


PAYOFFS: dict[Kind, Payoff] = {
    "IED": _exchange,
    "MD": _maturity,
    "PR": _principal,
    "IP": _interest,
    "FP": _fee,
    "PRD": _purchase,
    "TD": _termination,
    "PP": _prepayment,
    "PY": _penalty,
}
"""Event types that pay. The others change the state only."""
