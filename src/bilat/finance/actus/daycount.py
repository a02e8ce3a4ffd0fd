"""Year fractions by day-count convention, exact rationals as Decimal.

Sources: ISDA 2006 Definitions, section 4.16 (A/A, A/360, A/365, 30/360, 30E/360, 30E/360 ISDA);
ACTUS dictionary (28E/336); Brazilian B/252. The first day is counted, the last is not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from bilat.finance.actus.businessday import BusinessDay
from bilat.finance.actus.moments import counted_day

DayCount = Literal["AA", "A360", "A365", "30E360ISDA", "30E360", "30360", "28E336", "B252"]
YearFraction = Callable[[datetime, datetime], Decimal]

FEBRUARY = 2


def year_fraction(
    convention: DayCount, is_business_day: BusinessDay, maturity: datetime | None = None
) -> YearFraction:
    """The convention as a function of two moments.

    maturity: 30E/360 ISDA does not round the end of a February in which the contract ends.
    """

    def fraction(start: datetime, end: datetime) -> Decimal:
        first, last = counted_day(start).date(), counted_day(end).date()
        if convention == "B252":
            return Decimal(_business_days(first, last, is_business_day)) / 252
        if convention == "30E360ISDA":
            ending = counted_day(maturity).date() if maturity else None
            return _thirty_isda(first, last, ending)
        return PLAIN[convention](first, last)

    return fraction


def _actual_actual(start: date, end: date) -> Decimal:
    """ISDA: the days of each calendar year over that year's length."""
    if end < start:
        return -_actual_actual(end, start)
    total = Decimal(0)
    while start < end:
        until = min(end, date(start.year + 1, 1, 1))
        total += Decimal((until - start).days) / _length(start.year)
        start = until
    return total


def _length(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _actual(basis: int) -> Callable[[date, date], Decimal]:
    return lambda start, end: Decimal((end - start).days) / basis


def _months(start: date, end: date, first: int, last: int, month: int = 30) -> Decimal:
    """Days between day numbers first and last when every month has ``month`` days."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    return Decimal(whole * month + last - first) / (12 * month)


def _thirty_european(start: date, end: date) -> Decimal:
    return _months(start, end, min(start.day, 30), min(end.day, 30))


def _thirty_bond(start: date, end: date) -> Decimal:
    """30/360 of section 4.16(f): the 31st counts as the 30th, at the end only after a 30th."""
    first = min(start.day, 30)
    last = 30 if end.day == 31 and first == 30 else end.day
    return _months(start, end, first, last)


def _thirty_isda(start: date, end: date, maturity: date | None) -> Decimal:
    first = 30 if _ends_month(start) else start.day
    exempt = end == maturity and end.month == FEBRUARY
    last = 30 if _ends_month(end) and not exempt else end.day
    return _months(start, end, first, last)


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _twenty_eight(start: date, end: date) -> Decimal:
    return _months(start, end, min(start.day, 28), min(end.day, 28), month=28)


def _business_days(start: date, end: date, is_business_day: BusinessDay) -> int:
    days = range((end - start).days)
    return sum(is_business_day(start + timedelta(days=day)) for day in days)


PLAIN: dict[str, Callable[[date, date], Decimal]] = {
    "AA": _actual_actual,
    "A360": _actual(360),
    "A365": _actual(365),
    "30E360": _thirty_european,
    "30360": _thirty_bond,
    "28E336": _twenty_eight,
}
