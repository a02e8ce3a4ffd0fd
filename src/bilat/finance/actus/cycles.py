"""Cyclic dates: ``P3ML1`` from an anchor to an end, with the stub and the end-of-month rule.

Source: ACTUS Technical Specification, sections 3.1 (schedule) and 3.3 (end of month).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from typing import Literal

EndOfMonth = Literal["SD", "EOM"]

MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12}
DAYS = {"D": 1, "W": 7}
MOST_DATES = 100_000
"""More dates than any contract has: daily for 270 years."""


@dataclass(frozen=True)
class Cycle:
    """A period of whole months or of days, and what becomes of a last, incomplete one."""

    months: int
    days: int
    long_stub: bool
    """True: the last date before an end that is off the cycle is left out (L0)."""

    def step(self, anchor: datetime, count: int, rule: EndOfMonth) -> datetime:
        """The date ``count`` periods after the anchor; counted from it, so nothing drifts.

        Raises OverflowError outside the years 1 to 9999.
        """
        if not self.months:
            return anchor + timedelta(days=self.days * count)
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + self.months * count, 12)
        if not MINYEAR <= year <= MAXYEAR:
            raise OverflowError
        last = calendar.monthrange(year, month + 1)[1]
        ends = anchor.day == calendar.monthrange(anchor.year, anchor.month)[1]
        day = last if rule == "EOM" and ends else min(anchor.day, last)
        return anchor.replace(year=year, month=month + 1, day=day)


def read_cycle(text: str) -> Cycle:
    """``P1ML0``: ISO period of days, weeks, months, quarters, halves or years, then the stub.

    L0 is the long last stub, L1 the short one. Raises ValueError for anything else.
    """
    found = re.fullmatch(r"P(\d+)([DWMQHY])L([01])", text.strip())
    if not found or not int(found[1]):
        raise ValueError(text)
    count, unit = int(found[1]), found[2]
    return Cycle(count * MONTHS.get(unit, 0), count * DAYS.get(unit, 0), found[3] == "0")


def cyclic_dates(
    anchor: datetime, cycle: Cycle | None, end: datetime, rule: EndOfMonth, *, with_end: bool
) -> list[datetime]:
    """Dates from the anchor up to the end; without a cycle only the two.

    with_end: whether the end itself is one of them. Raises OverflowError beyond `MOST_DATES`
    or the year 9999.
    """
    if anchor > end:
        return []
    dates = _before(anchor, cycle, end, rule) if cycle else [anchor][: anchor < end]
    return [*dates, end] if with_end else dates


def _before(anchor: datetime, cycle: Cycle, end: datetime, rule: EndOfMonth) -> list[datetime]:
    dates: list[datetime] = []
    following = anchor
    while following < end:
        dates.append(following)
        if len(dates) > MOST_DATES:
            raise OverflowError
        following = cycle.step(anchor, len(dates), rule)
    # A schedule of one period has no date to give up: its first is the anchor.
    if cycle.long_stub and following != end and len(dates) > 1:
        dates.pop()
    return dates
