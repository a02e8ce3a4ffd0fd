"""Business days: which days they are, and where an event goes that falls on another day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Calendar = Literal["NC", "MF"]
BusinessDay = Callable[[date], bool]
Convention = Literal["NULL", "SCF", "SCMF", "CSF", "CSMF", "SCP", "SCMP", "CSP", "CSMP"]

SATURDAY = 5
CALENDARS: dict[str, BusinessDay] = {
    "NC": lambda _day: True,
    "MF": lambda day: day.weekday() < SATURDAY,
}


@dataclass(frozen=True)
class Shift:
    """A business-day convention over a calendar.

    The letters: S and C in the order of shifting and calculating, M for "stay in the month", and
    F (following) or P (preceding).
    """

    convention: Convention
    is_business_day: BusinessDay

    def paid(self, moment: datetime) -> datetime:
        """When money moves for an event scheduled at this moment."""
        if self.convention == "NULL":
            return moment
        step = 1 if self.convention.endswith("F") else -1
        moved = self._next(moment, step)
        if "M" in self.convention and moved.month != moment.month:
            return self._next(moment, -step)
        return moved

    def calculated(self, moment: datetime) -> datetime:
        """Up to when interest is counted: the shifted moment (SC…) or the scheduled one (CS…)."""
        return self.paid(moment) if self.convention.startswith("SC") else moment

    def _next(self, moment: datetime, step: int) -> datetime:
        while not self.is_business_day(moment.date()):
            moment += timedelta(days=step)
        return moment
