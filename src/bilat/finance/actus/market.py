"""What was observed of indexes and rates: the step function through the observations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal


class Market:
    """Observations by market object code."""

    def __init__(self, observed: Mapping[str, Iterable[tuple[datetime, Decimal]]]) -> None:
        self._observed = {code: sorted(rows) for code, rows in observed.items()}

    def at(self, code: str, scheduled: datetime, shifted: datetime) -> Decimal | None:
        """The observation of the scheduled moment, else the latest up to the shifted one.

        None where there is no observation so early.
        """
        rows = self._observed.get(code, [])
        times = [time for time, _value in rows]
        position = bisect_right(times, scheduled)
        if position and times[position - 1] == scheduled:
            return rows[position - 1][1]
        position = bisect_right(times, shifted)
        return rows[position - 1][1] if position else None


NOTHING_OBSERVED = Market({})
