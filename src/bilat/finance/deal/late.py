"""What is due on top when a payment is late, or money was not used as agreed."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal, localcontext

from bilat.finance.actus.daycount import year_fraction
from bilat.finance.actus.running import DIGITS
from bilat.finance.calendars import BusinessCalendar, open_calendar
from bilat.finance.deal.dates import moment
from bilat.finance.deal.faults import invalid
from bilat.finance.deal.making import DAY_COUNTS
from bilat.language import say
from bilat.programme.deal_amounts import rounded
from bilat.programme.deal_terms import DealTerms


def penalty(
    terms: DealTerms,
    amount: Decimal,
    due: date,
    paid: date,
    calendar: BusinessCalendar | None = None,
) -> Decimal:
    """Interest at the penalty rate on an amount paid late; nothing if it was not late.

    calendar: instead of the one that the terms name; only B/252 asks for it. Raises TermInvalid
    where the terms state no such rate.
    """
    return _extra(terms, "penalty_rate", amount, (due, paid), calendar)


def misuse(
    terms: DealTerms,
    amount: Decimal,
    drawn: date,
    repaid: date,
    calendar: BusinessCalendar | None = None,
) -> Decimal:
    """Interest at the misuse rate on an amount that was not used as agreed.

    calendar: as of `penalty`. Raises TermInvalid where the terms state no such rate.
    """
    return _extra(terms, "misuse_rate", amount, (drawn, repaid), calendar)


def _extra(
    terms: DealTerms,
    term: str,
    amount: Decimal,
    span: tuple[date, date],
    calendar: BusinessCalendar | None,
) -> Decimal:
    percent: Decimal | None = getattr(terms, term)
    if percent is None:
        raise invalid(say("the terms state no such rate"), say("Write it, in percent"), term)
    start, end = span
    if end <= start:
        return Decimal(0)
    days = calendar or open_calendar(terms.calendar if terms.day_count == "B/252" else "none")
    fraction = year_fraction(DAY_COUNTS[terms.day_count], days.is_business_day)
    with localcontext(Context(prec=DIGITS)):
        share = fraction(moment(start), moment(end))
        return rounded(amount * percent / 100 * share, terms.rounding)
