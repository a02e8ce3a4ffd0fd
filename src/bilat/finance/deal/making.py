"""From terms to schedule: the events in order, then the checks that it adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, localcontext
from functools import cache, partial
from pathlib import Path

from bilat.finance.actus.cycles import Cycle, cyclic_dates
from bilat.finance.actus.daycount import DayCount, year_fraction
from bilat.finance.actus.market import NOTHING_OBSERVED, Market
from bilat.finance.actus.running import DIGITS
from bilat.finance.calendars import BusinessCalendar, CalendarUnknown, open_calendar
from bilat.finance.deal.account import Account, tranches
from bilat.finance.deal.dates import Due, due_dates, end_of, moment, rule_of, shift_of
from bilat.finance.deal.faults import TermInvalid, invalid
from bilat.finance.deal.ledger import Ledger
from bilat.finance.deal.notes import notes_of
from bilat.finance.deal.rates import Rates, rates_of
from bilat.finance.deal.repayment import repayment_of
from bilat.finance.deal.schedule import Schedule
from bilat.finance.deal.sums import check_sums
from bilat.language import say
from bilat.programme.deal_amounts import advance_of
from bilat.programme.deal_checks import deal_complaints
from bilat.programme.deal_terms import DealTerms

DAY_COUNTS: dict[str, DayCount] = {
    "A/A": "AA",
    "A/360": "A360",
    "A/365": "A365",
    "30E/360": "30E360",
    "30E/360 ISDA": "30E360ISDA",
    "30/360": "30360",
    "B/252": "B252",
}

FIRST, DUE, PREPAID, RESET, DRAWN, YEARLY, CLOSING = range(7)
"""The order of what happens at one moment."""


@dataclass(frozen=True)
class Event:
    """Something to do with the account at a moment."""

    when: datetime
    order: int
    do: Callable[[], None]


def schedule_of(
    terms: DealTerms,
    market: Market = NOTHING_OBSERVED,
    *,
    calendar: BusinessCalendar | None = None,
    folder: Path | None = None,
) -> Schedule:
    """The schedule of a deal, its sums checked.

    market: what was observed of indexes that the terms do not state, as fractions of one a year.
    calendar: instead of the one that the terms name. folder: where calendar files are looked for;
    without it none is read.
    Raises TermInvalid, naming the term, where the terms allow no schedule.
    """
    for complaint in deal_complaints(terms):
        raise TermInvalid(complaint)
    calendar = calendar or _calendar(terms, folder)
    with localcontext(Context(prec=DIGITS)):
        dues = due_dates(terms, calendar.is_business_day)
        _check_drawn(terms, dues)
        rates = rates_of(terms, market, end_of(terms))
        account = _account(terms, market, rates, dues, calendar)
        _run(account, dues, calendar)
        payments = account.ledger.payments(terms)
        notes = notes_of(terms, payments, rates, calendar)
        schedule = Schedule(terms, terms.currency, payments, notes)
        check_sums(schedule)
    return schedule


def _check_drawn(terms: DealTerms, dues: list[Due]) -> None:
    """What is drawn after the last regular payment would never be repaid by one."""
    for place, drawdown in enumerate(terms.drawdowns):
        if moment(drawdown.day) >= min(dues[-1].until, dues[-1].paid):
            what = say("the last payment, due on {day}, is before it", day=dues[-1].stated.date())
            raise invalid(what, say("Write an earlier day"), "drawdowns", place, "day")


def _calendar(terms: DealTerms, folder: Path | None) -> BusinessCalendar:
    try:
        return open_calendar(terms.calendar, folder)
    except CalendarUnknown as unknown:
        raise invalid(unknown.message, say("See docs/methods/schedules.md"), "calendar") from None


def _account(
    terms: DealTerms,
    market: Market,
    rates: Rates,
    dues: list[Due],
    calendar: BusinessCalendar,
) -> Account:
    counted = DAY_COUNTS[terms.day_count]
    # Kept for this schedule: an annuity that is computed anew asks for the same spans again.
    fraction = cache(year_fraction(counted, calendar.is_business_day, end_of(terms)))
    repayment = repayment_of(terms, dues, fraction)
    return Account(terms, market, rates, fraction, repayment, Ledger(), moment(terms.start))


def _run(account: Account, dues: list[Due], calendar: BusinessCalendar) -> None:
    events = [*_payments(account, dues, calendar), *_others(account, dues, calendar)]
    events.sort(key=lambda event: (event.when, event.order))
    for event in events:
        if account.done and event.order not in (FIRST, PREPAID):
            continue
        event.do()
    if account.balance > account.target and not _has_term(account.terms):
        what = say("payments of {payment} never repay the debt", payment=account.terms.payment)
        raise invalid(what, say("Write a higher payment, or the term"), "payment")


def _has_term(terms: DealTerms) -> bool:
    return bool(terms.months or terms.maturity or terms.instalments)


def _payments(account: Account, dues: list[Due], calendar: BusinessCalendar) -> Iterator[Event]:
    ends = _has_term(account.terms)
    for due in dues:
        last = due is dues[-1] and ends
        yield Event(due.until, DUE, partial(account.pay, due, last=last))
    if account.target:
        end, shift = end_of(account.terms), shift_of(account.terms, calendar.is_business_day)
        closing = Due(end, shift.paid(end), shift.calculated(end))
        apart = closing.stated != dues[-1].stated
        yield Event(closing.until, CLOSING, partial(account.close, closing, apart=apart))


def _others(account: Account, dues: list[Due], calendar: BusinessCalendar) -> Iterator[Event]:
    terms, start = account.terms, moment(account.terms.start)
    for place, (day, amount) in enumerate(tranches(terms)):
        when = moment(day)
        order = DRAWN if place else FIRST
        yield Event(when, order, partial(account.draw, when, amount))
    yield Event(start, FIRST, partial(_start, account, start))
    for place, prepayment in enumerate(terms.prepayments):
        when = moment(prepayment.day)
        yield Event(when, PREPAID, partial(account.prepay, place, when, prepayment.amount))
    for when in _changes(account, dues):
        yield Event(when, RESET, partial(account.reset, when))
    if any(fee.due == "year" for fee in terms.fees):
        shift = shift_of(terms, calendar.is_business_day)
        year = Cycle(12, 0, long_stub=False)
        for day in cyclic_dates(start, year, end_of(terms), rule_of(terms), with_end=False):
            paid = day if day == start else shift.paid(day)
            yield Event(day, YEARLY, partial(account.charge, day, paid, "year"))


def _start(account: Account, start: datetime) -> None:
    account.ledger.add(start, start, account.balance, advance=advance_of(account.terms))
    account.charge(start, start, "start")


def _changes(account: Account, dues: list[Due]) -> set[datetime]:
    """When rate or subsidy may change: at resets, and for a subsidy with each period."""
    changes = set(account.rates.changes)
    for subsidy in account.terms.subsidies:
        changes |= {moment(day) for day in (subsidy.since, subsidy.until) if day}
        if subsidy.index:
            changes |= {due.until for due in dues}
    return {when for when in changes if when.date() > account.terms.start}
