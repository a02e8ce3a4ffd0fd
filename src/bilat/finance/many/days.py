"""Due dates of many contracts, and the days between them by convention, as whole numbers.

Days are counted from 1970-01-01 (numpy's datetime64[D]), months from January 1970.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bilat.finance.many.integers import Flags, Ints

Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Calendar:
    """The parts of days, as arrays of one shape."""

    year: Ints
    month: Ints
    day: Ints

    @classmethod
    def of(cls, days: Days) -> Calendar:
        months = days.astype("datetime64[M]")
        index = months.astype(np.int64)
        return cls(1970 + index // 12, index % 12 + 1, (days - months).astype(np.int64) + 1)


def stepped(anchor: Days, months: Ints, end_of_month: Flags) -> Days:
    """So many months after the anchor; a day that the month lacks becomes its last.

    end_of_month: from the last day of a month to the last day.
    """
    first = anchor.astype("datetime64[M]")
    offset = (anchor - first).astype(np.int64)
    begin = np.asarray(first + months, dtype="datetime64[M]")
    last = _length(begin) - 1
    ends = end_of_month & (offset == _length(first) - 1)
    days = np.where(ends, last, np.minimum(offset, last))
    return np.asarray(begin.astype("datetime64[D]") + days)


def _length(month: NDArray[np.datetime64]) -> Ints:
    """Days of the months."""
    begin, after = (one.astype("datetime64[D]") for one in (month, month + 1))
    return np.asarray((after - begin).astype(np.int64))


def counts(start: Days, end: Days, every: Ints, end_of_month: Flags) -> Ints:
    """How many due dates there are: those before the end, and the end."""
    months = (end.astype("datetime64[M]") - start.astype("datetime64[M]")).astype(np.int64)
    before = months // every
    before -= (stepped(start, before * every, end_of_month) >= end).astype(np.int64)
    return np.asarray(before + 1)


def _actual(start: Days, end: Days) -> Ints:
    return np.asarray((end - start).astype(np.int64))


def _actual_actual(start: Days, end: Days) -> Ints:
    """By ISDA, over 365 × 366: each year's days over its length."""
    return _through_year(end) - _through_year(start)


def _through_year(days: Days) -> Ints:
    """Years and the share of the last one that has passed, over 365 × 366."""
    begin = days.astype("datetime64[Y]")
    passed = (days - begin.astype("datetime64[D]")).astype(np.int64)
    following = (begin + 1).astype("datetime64[D]")
    length = (following - begin.astype("datetime64[D]")).astype(np.int64)
    whole = begin.astype(np.int64) * 365 * 366
    return np.asarray(whole + passed * np.where(length == 366, 365, 366))


def _thirty_european(start: Days, end: Days) -> Ints:
    first, last = Calendar.of(start), Calendar.of(end)
    return _months(first, last, np.minimum(first.day, 30), np.minimum(last.day, 30))


def _thirty_bond(start: Days, end: Days) -> Ints:
    first, last = Calendar.of(start), Calendar.of(end)
    day = np.minimum(first.day, 30)
    return _months(first, last, day, np.where((last.day == 31) & (day == 30), 30, last.day))


def _months(first: Calendar, last: Calendar, from_day: Ints, to_day: Ints) -> Ints:
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole * 30 + to_day - from_day


@dataclass(frozen=True)
class Convention:
    """Year fraction = days(start, end) / basis."""

    days: Callable[[Days, Days], Ints]
    basis: int


CONVENTIONS: Mapping[str, Convention] = {
    "A/365": Convention(_actual, 365),
    "A/360": Convention(_actual, 360),
    "A/A": Convention(_actual_actual, 365 * 366),
    "30E/360": Convention(_thirty_european, 360),
    "30/360": Convention(_thirty_bond, 360),
}
