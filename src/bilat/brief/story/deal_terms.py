"""The terms of a deal as a table of two columns: only what was stated, and what decides a cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bilat.brief.facts.schedule import ScheduleFacts
from bilat.brief.story.blocks import Column, Number, Table, row
from bilat.brief.story.deal_names import DAY_COUNT, FEE, MOVED, REPAYMENT, ROUNDING, exact, months
from bilat.brief.story.deal_rate_terms import (
    Line,
    a_year,
    rate_lines,
    subsidy_lines,
    tax_value,
)
from bilat.language import Message, say, say_many
from bilat.programme.deal_parts import Fee, Part, Prepayment, Residual
from bilat.programme.deal_terms import DealTerms


def terms_table(facts: ScheduleFacts, *, offer: bool = True) -> Table:
    """Name and value of each stated term, and the ``offer`` from which they came."""
    return Table(
        "terms",
        say("Terms"),
        (Column(say("Term"), wide=True), Column(say("Value"), wide=True)),
        tuple(row(name, value) for name, value in _lines(facts, offer=offer)),
        essential=True,
    )


def _lines(facts: ScheduleFacts, *, offer: bool) -> Iterator[Line]:
    """In the order in which a contract states them."""
    terms = facts.terms
    yield from _what(facts, offer=offer)
    yield from _when(terms)
    yield from _stated_payments(facts)
    yield from _cost(facts)
    yield from _counted(terms)


def _what(facts: ScheduleFacts, *, offer: bool) -> Iterator[Line]:
    terms = facts.terms
    if offer and facts.preset:
        yield (
            say("Offer"),
            say(
                "{title} ({institution})",
                title=facts.preset.title,
                institution=facts.preset.institution,
            ),
        )
    if terms.price:
        yield say("Price of the goods"), terms.price
    if terms.advance:
        yield say("Advance"), _part(facts, terms.advance)
    yield say("Amount financed"), _amount(facts, facts.totals["drawn"])
    if terms.balloon:
        yield say("Due at the end on top"), _part(facts, terms.balloon)
    if terms.residual:
        yield say("Residual value"), _residual(facts, terms.residual)


def _residual(facts: ScheduleFacts, residual: Residual) -> Message:
    part = _part(facts, residual)
    if residual.settled == "returned":
        return say("{part}; the goods go back", part=part)
    return say("{part}, paid with the last payment", part=part)


def _when(terms: DealTerms) -> Iterator[Line]:
    yield say("First drawdown"), terms.start
    if terms.months:
        yield say("Duration"), months(terms.months)
    if terms.maturity:
        yield say("Last day"), terms.maturity
    yield say("Repayment"), REPAYMENT[terms.repayment]
    if terms.every or terms.repayment != "individual":
        yield say("Payments"), _every(terms.every or 1)
    if terms.end_of_month:
        yield say("Payments of a deal from the last day of a month"), say("on the last day of each")
    if terms.principal_every:
        yield say("Payments of principal"), _every(terms.principal_every)
    if terms.in_advance:
        yield say("Payments fall due"), say("at the start of each period")
    if terms.grace.principal:
        yield say("Grace on principal"), months(terms.grace.principal)
    if terms.grace.interest:
        yield say("Grace on interest"), _grace_on_interest(terms)


def _stated_payments(facts: ScheduleFacts) -> Iterator[Line]:
    """What was agreed of single days and payments."""
    terms = facts.terms
    for drawdown in terms.drawdowns:
        yield say("Drawdown on {day}", day=drawdown.day), _part(facts, drawdown)
    if terms.first_payment:
        yield say("First payment"), terms.first_payment
    if terms.payment:
        yield say("Each payment"), _amount(facts, terms.payment)
    for step in terms.steps:
        yield say("Payment from No. {n} on", n=step.number), _part(facts, step)
    if terms.season:
        yield say("Months of principal"), ", ".join(map(str, terms.season))
    for early in terms.prepayments:
        name = say("Early repayment on {day}", day=early.day)
        yield name, _early(facts, early)


def _early(facts: ScheduleFacts, early: Prepayment) -> Message:
    amount = _amount(facts, early.amount)
    if early.effect == "shorter":
        return say("{amount}; the term gets shorter", amount=amount)
    return say("{amount}; the payments get smaller", amount=amount)


def _every(every: int) -> Message:
    if every == 1:
        return say("every month")
    return say_many("every {n} month", "every {n} months", n=every)


def _grace_on_interest(terms: DealTerms) -> Message:
    if terms.grace.interest_then == "capitalised":
        return say("{months}; then it is added to principal", months=months(terms.grace.interest))
    return say("{months}; then it is paid in full", months=months(terms.grace.interest))


def _cost(facts: ScheduleFacts) -> Iterator[Line]:
    terms = facts.terms
    yield from rate_lines(terms.rate)
    for subsidy in terms.subsidies:
        yield from subsidy_lines(subsidy)
    for fee in terms.fees:
        yield fee.title or FEE[fee.kind], _fee(facts, fee)
    for tax in terms.taxes:
        yield tax.title, tax_value(tax)
    if terms.penalty_rate is not None:
        yield say("On what is overdue"), a_year(terms.penalty_rate)
    if terms.misuse_rate is not None:
        yield say("On what was not used as agreed"), a_year(terms.misuse_rate)


def _counted(terms: DealTerms) -> Iterator[Line]:
    yield say("Days of interest"), DAY_COUNT[terms.day_count]
    if terms.moved != "no":
        yield say("A date that is no business day"), MOVED[terms.moved]
        moved = terms.interest_to == "moved"
        day = say("the day to which the date moved") if moved else say("the date as agreed")
        yield say("Interest is counted to"), day
    if terms.calendar != "none":
        yield say("Calendar of business days"), terms.calendar
    if terms.payment_currency:
        yield say("Currency of payment"), terms.payment_currency
    for rate in terms.exchange:
        yield (
            say("Exchange rate from {day}", day=rate.day),
            say(
                "1 {currency} = {rate} {other}",
                currency=terms.currency,
                rate=Number(rate.rate, _places(rate.rate)),
                other=terms.payment_currency,
            ),
        )
    yield say("Rounding"), _rounding(terms)


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _rounding(terms: DealTerms) -> Message:
    rounding = terms.rounding
    if rounding.rule == "none":
        return say("amounts keep every digit")
    return say_many(
        "to {n} decimal, {rule}; the last payment takes up the rest",
        "to {n} decimals, {rule}; the last payment takes up the rest",
        n=rounding.places,
        rule=ROUNDING[rounding.rule],
    )


def _fee(facts: ScheduleFacts, fee: Fee) -> Message:
    part = _part(facts, fee)
    yearly = fee.amount is None  # an amount is due in full with each payment
    when = {
        "start": say("once, at the start"),
        "payment": say("a year, with each payment") if yearly else say("with each payment"),
        "year": say("at the start and at each anniversary"),
    }[fee.due]
    if fee.amount is not None:
        return say("{part}, {when}", part=part, when=when)
    base = {
        "amount": say("of the amount financed"),
        "price": say("of the price"),
        "balance": say("of the balance"),
        "undrawn": say("of what is not drawn"),
    }[fee.on]
    return say("{part} {base}, {when}", part=part, base=base, when=when)


def _part(facts: ScheduleFacts, part: Part) -> Any:
    if part.percent is not None:
        return exact(part.percent)
    return _amount(facts, part.amount)


def _amount(facts: ScheduleFacts, amount: Any) -> Message:
    digits = max(2, facts.terms.rounding.places)
    return say("{amount} {currency}", amount=Number(amount, digits), currency=facts.currency)
