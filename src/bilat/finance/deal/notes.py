"""What a reader of a schedule should know of the rules that were applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilat.finance.calendars import BusinessCalendar
from bilat.finance.deal.rates import Rates, assumed
from bilat.finance.deal.schedule import Payment
from bilat.language import Message, say, say_many
from bilat.programme.deal_terms import DealTerms


def notes_of(
    terms: DealTerms, payments: Sequence[Payment], rates: Rates, calendar: BusinessCalendar
) -> tuple[Message, ...]:
    """The notes, most important first."""
    return (*assumed(terms, rates), *_moved(payments, calendar), *_last(terms, payments))


def _moved(payments: Sequence[Payment], calendar: BusinessCalendar) -> Iterator[Message]:
    moved = [payment for payment in payments if payment.day != payment.due]
    if moved:
        yield say_many(
            "{n} due date is no business day ({calendar}) and moves: {due} to {day}",
            "{n} due dates are no business days ({calendar}) and move, the first {due} to {day}",
            n=len(moved),
            calendar=calendar.name,
            due=moved[0].due,
            day=moved[0].day,
        )
    beyond = [payment.due for payment in payments if not calendar.covers(payment.due)]
    if beyond and calendar.files:
        yield say(
            "The calendar {calendar} was not checked for days such as {day}",
            calendar=calendar.name,
            day=beyond[0],
        )


def _last(terms: DealTerms, payments: Sequence[Payment]) -> Iterator[Message]:
    numbered = [payment for payment in payments if payment.number]
    if terms.payment and numbered and numbered[-1].instalment > terms.payment:
        yield say(
            "The last payment of {amount} takes what the stated payments of {payment} leave",
            amount=numbered[-1].instalment,
            payment=terms.payment,
        )
