"""A deal in the terms of the ACTUS standard, where it has such terms."""

from __future__ import annotations

import calendar
from datetime import timedelta
from decimal import Decimal

from bilat.errors import NoAnswer
from bilat.finance.actus.businessday import CALENDARS, BusinessDay
from bilat.finance.actus.contract import Contract
from bilat.finance.actus.cycles import Cycle
from bilat.finance.actus.market import NOTHING_OBSERVED, Market
from bilat.finance.actus.terms import ContractType, Repeat, Subject, Terms
from bilat.finance.deal.dates import Due, due_dates, end_of, moment, rule_of, shift_of
from bilat.finance.deal.making import DAY_COUNTS
from bilat.finance.deal.rates import rates_of
from bilat.language import Message, say
from bilat.programme.deal_amounts import financed_of
from bilat.programme.deal_terms import DealTerms

TYPES: dict[str, ContractType] = {"annuity": "ANN", "equal_principal": "LAM", "bullet": "PAM"}
NAMES = {"none": "NC", "weekends": "MF"}
SAFE_DAY = 28
"""Up to it every month has the day, so a cycle may start anywhere."""


def as_actus(terms: DealTerms, market: Market = NOTHING_OBSERVED) -> Contract:
    """The deal as a contract of type ANN, LAM or PAM, seen by the lender (role RPA).

    Raises NoAnswer where the standard, or our part of it, has no term for something in the deal.
    Fees, taxes, subsidies and currencies of payment are not part of it and do not hinder.
    """
    for what in _without_term(terms):
        raise NoAnswer(say("not in the terms of ACTUS: {what}", what=what))
    first = due_dates(terms, _business_days(terms))
    observed = _observations(terms, market)
    end = end_of(terms)
    rate = terms.rate
    return Contract(
        Terms(
            contract_id="deal",
            contract_type=TYPES[terms.repayment],
            contract_role="RPA",
            status_date=moment(terms.start) - timedelta(days=1),
            initial_exchange_date=moment(terms.start),
            notional_principal=financed_of(terms),
            repeats=_repeats(terms, first),
            currency=terms.currency,
            maturity_date=first[-1].stated,
            nominal_interest_rate=rates_of(terms, market, end).values[0],
            day_count_convention=DAY_COUNTS[terms.day_count],
            business_day_convention=shift_of(terms, _business_days(terms)).convention,
            end_of_month_convention=rule_of(terms),
            calendar=NAMES[terms.calendar],
            market_object_code_of_rate_reset=rate.index,
            rate_spread=rate.margin / 100,
            rate_multiplier=rate.share.value,
            life_cap=_fraction(rate.cap),
            life_floor=_fraction(rate.floor),
            period_cap=_fraction(rate.period_cap),
            period_floor=_fraction(rate.period_floor),
        ),
        observed,
        places=None if terms.rounding.rule == "none" else terms.rounding.places,
    )


def _without_term(terms: DealTerms) -> list[Message]:
    """Only the first is told; the list keeps the conditions on one page."""
    first = terms.first_payment or terms.start
    ends_month = first.day == calendar.monthrange(first.year, first.month)[1]
    stated = (
        (terms.repayment not in TYPES, say("repayment: {kind}", kind=terms.repayment)),
        (len(terms.drawdowns) > 1, say("drawdowns")),
        (bool(terms.grace.interest), say("a grace on interest")),
        (bool(terms.balloon or terms.residual), say("balloon and residual value")),
        (bool(terms.prepayments), say("prepayments with interest paid on the day")),
        (bool(terms.payment), say("a stated payment")),
        (bool(terms.principal_every), say("principal_every")),
        (terms.rounding.rule not in ("half_up", "none"), say("rounding other than half up")),
        (terms.calendar not in NAMES, say("calendar: {name}", name=terms.calendar)),
        (
            first.day > SAFE_DAY and not (terms.end_of_month and ends_month),
            say("days of the month after the 28th"),
        ),
    )
    return [what for wrong, what in stated if wrong]


def _business_days(terms: DealTerms) -> BusinessDay:
    return CALENDARS[NAMES[terms.calendar]]


def _repeats(terms: DealTerms, dues: list[Due]) -> dict[Subject, Repeat]:
    cycle = Cycle(terms.every or 1, 0, long_stub=False)
    repaying = next(due.stated for due in dues if due.principal)
    none = Repeat()
    repeats: dict[Subject, Repeat] = {
        "InterestPayment": Repeat(dues[0].stated, cycle),
        "PrincipalRedemption": none if terms.repayment == "bullet" else Repeat(repaying, cycle),
        "RateReset": none,
        "Fee": none,
        "ScalingIndex": none,
        "InterestCalculationBase": none,
    }
    rate = terms.rate
    if rate.index and (rate.reset_every or rate.first_reset):
        every = Cycle(rate.reset_every, 0, long_stub=False) if rate.reset_every else None
        anchor = moment(rate.first_reset) if rate.first_reset else None
        repeats["RateReset"] = Repeat(anchor, every)
    return repeats


def _observations(terms: DealTerms, market: Market) -> Market:
    if not terms.rate.index or not terms.rate.observed:
        return market
    rows = [(moment(one.day), one.percent / 100) for one in terms.rate.observed]
    return Market({terms.rate.index: rows})


def _fraction(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100
