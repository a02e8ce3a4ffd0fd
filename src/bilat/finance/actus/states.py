"""The state of a contract between events, and its state at the status date.

Source: ACTUS Technical Specification, states of PAM, LAM, NAM and ANN; its symbols in brackets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bilat.finance.actus.annuity import annuity_payment
from bilat.finance.actus.contract import Contract
from bilat.finance.actus.schedule import fixing_day, interest_dates
from bilat.finance.actus.terms import Terms

ZERO = Decimal(0)


@dataclass(frozen=True)
class State:
    """Amounts are positive where the creator of the record is owed, negative where it owes."""

    until: datetime
    """Up to when interest is counted (Sd)."""
    notional: Decimal = ZERO
    """Principal outstanding (Nt)."""
    rate: Decimal = ZERO
    """A year (Ipnr)."""
    accrued: Decimal = ZERO
    """Interest earned and neither paid nor capitalised (Ipac)."""
    base: Decimal = ZERO
    """What interest is counted on (Ipcb); of PAM always the notional."""
    fees: Decimal = ZERO
    """Fees earned and not paid (Feac)."""
    payment: Decimal = ZERO
    """The next regular payment (Prnxt); zero until it is fixed."""
    notional_scale: Decimal = Decimal(1)
    interest_scale: Decimal = Decimal(1)

    def accrued_at(self, contract: Contract, moment: datetime) -> Decimal:
        return self.accrued + contract.fraction(self.until, moment) * self.rate * self.base

    def fees_at(self, contract: Contract, moment: datetime) -> Decimal:
        """Of a fee that is a share of the principal; one that is an amount does not accrue."""
        terms = contract.terms
        if not terms.fee_rate or terms.fee_basis != "N":
            return self.fees
        return self.fees + contract.fraction(self.until, moment) * self.notional * terms.fee_rate

    def moved(self, contract: Contract, moment: datetime) -> State:
        """Interest and fees counted up to the moment, nothing else changed."""
        return replace(
            self,
            accrued=self.accrued_at(contract, moment),
            fees=self.fees_at(contract, moment),
            until=moment,
        )


def initial_state(contract: Contract) -> State:
    """The state at the status date."""
    terms = contract.terms
    state = State(
        until=terms.status_date,
        payment=_payment(contract),
        notional_scale=terms.notional_scaling_multiplier,
        interest_scale=terms.interest_scaling_multiplier,
    )
    if terms.initial_exchange_date > terms.status_date:
        return state
    state = exchanged(terms, state)
    state = replace(state, accrued=_accrued(contract, state), fees=_fees(contract, state))
    day = fixing_day(terms)
    if day and day <= terms.status_date:
        return with_annuity(contract, state)
    return state


def exchanged(terms: Terms, state: State) -> State:
    """The state with principal, rate and interest base as when the principal is paid out."""
    notional = terms.sign * terms.notional_principal
    amount = terms.interest_calculation_base_amount
    own_base = terms.amortizes and terms.interest_calculation_base != "NT"
    base = terms.sign * amount if own_base and amount is not None else notional
    rate = terms.nominal_interest_rate or ZERO
    return replace(state, notional=notional, rate=rate, base=base)


def with_annuity(contract: Contract, state: State, *, first_now: bool = False) -> State:
    """The state with its regular payment computed anew.

    first_now: a payment at this very moment is still to come.
    """
    terms = contract.terms
    horizon = terms.amortization_date or contract.end
    days = terms.dates("PrincipalRedemption", horizon, with_end=True)
    dates = [terms.shift.calculated(day) for day in days]
    left = [day for day in dates if day > state.until or (first_now and day == state.until)]
    payment = annuity_payment(
        state.notional, state.accrued, state.rate, state.until, left, contract.fraction
    )
    return replace(state, payment=contract.due(payment))


def _payment(contract: Contract) -> Decimal:
    """LAM without a stated payment: equal shares, the last of them at maturity."""
    terms = contract.terms
    if terms.next_principal_redemption_payment is not None:
        return terms.sign * terms.next_principal_redemption_payment
    if terms.contract_type != "LAM":
        return ZERO
    days = terms.dates("PrincipalRedemption", contract.end, with_end=True)
    left = sum(day > terms.status_date for day in days)
    return contract.due(terms.sign * terms.notional_principal / max(left, 1))


def _accrued(contract: Contract, state: State) -> Decimal:
    """As stated, else since the latest interest date; before the first of them nothing."""
    terms = contract.terms
    if terms.nominal_interest_rate is None:
        return ZERO
    if terms.accrued_interest is not None:
        return terms.sign * terms.accrued_interest
    days = [day for day in interest_dates(terms, contract.end) if day < terms.status_date]
    if not days:
        return ZERO
    since = contract.fraction(terms.shift.calculated(days[-1]), terms.status_date)
    return since * state.base * state.rate


def _fees(contract: Contract, state: State) -> Decimal:
    terms = contract.terms
    if terms.fee_accrued is not None:
        return terms.sign * terms.fee_accrued
    if not terms.fee_rate or terms.fee_basis != "N":
        return ZERO
    fees = terms.dates("Fee", contract.end, with_end=True)
    days = [day for day in fees if day < terms.status_date]
    if not days:
        return ZERO
    since = contract.fraction(terms.shift.calculated(days[-1]), terms.status_date)
    return since * state.notional * terms.fee_rate
