"""Due dates that are no business day, moved: each day of a calendar is looked up once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np

from bilat.finance.calendars import CalendarUnknown, open_calendar
from bilat.finance.deal.dates import moment, shift_of
from bilat.finance.many.days import Days
from bilat.programme.deal_terms import DealTerms


@cache
def opens(calendar: str) -> bool:
    """Whether the calendar comes with Bilat: a deal in memory has no folder to look in."""
    try:
        open_calendar(calendar)
    except CalendarUnknown:
        return False
    return True


def moved(days: Days, terms: Sequence[DealTerms]) -> Days:
    """(m, n): payment by deal; the day on which money moves."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(terms):
        if one.moved != "no":
            groups[one.calendar, one.moved].append(place)
    found = days.copy()
    for places in groups.values():
        found[:, places] = _shifted(days[:, places], terms[places[0]])
    return found


def _shifted(days: Days, terms: DealTerms) -> Days:
    """By the convention and the calendar of these terms."""
    shift = shift_of(terms, open_calendar(terms.calendar).is_business_day)
    once, where = np.unique(days, return_inverse=True)
    table = [shift.paid(moment(day)).date() for day in once.astype(object)]
    return np.array(table, dtype="datetime64[D]")[where].reshape(days.shape)
