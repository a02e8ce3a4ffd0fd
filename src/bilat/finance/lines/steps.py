"""An amount over time that changes on certain days only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

ZERO = Decimal(0)
Change = tuple[date, Decimal]


@dataclass(frozen=True)
class Steps:
    """days: of its changes, rising; levels: the amount from each of them on. Before, it is zero."""

    days: tuple[date, ...] = ()
    levels: tuple[Decimal, ...] = ()

    @classmethod
    def of(cls, changes: Iterable[Change]) -> Steps:
        """From changes in any order; those of one day make one step."""
        by_day: dict[date, Decimal] = {}
        for day, change in changes:
            by_day[day] = by_day.get(day, ZERO) + change
        days = sorted(day for day, change in by_day.items() if change)
        levels, level = [], ZERO
        for day in days:
            level += by_day[day]
            levels.append(level)
        return cls(tuple(days), tuple(levels))

    def on(self, day: date) -> Decimal:
        """At the end of ``day``."""
        place = bisect_right(self.days, day)
        return self.levels[place - 1] if place else ZERO

    def changes(self) -> list[Change]:
        before = (ZERO, *self.levels)
        return [
            (day, after - earlier)
            for day, earlier, after in zip(self.days, before, self.levels, strict=False)
        ]

    def between(self, first: date, last: date) -> list[Decimal]:
        """Every level that it has on a day from ``first`` to ``last``."""
        inside = [
            level for day, level in zip(self.days, self.levels, strict=True) if first < day <= last
        ]
        return [self.on(first), *inside]

    def days_times_level(self, first: date, last: date) -> Decimal:
        """The sum of its levels on all days from ``first`` to ``last``: what a daily fee is of."""
        if last < first:
            return ZERO
        edges = [first, *(day for day in self.days if first < day <= last)]
        edges.append(last + timedelta(days=1))
        return sum((self.on(start) * (end - start).days for start, end in pairwise(edges)), ZERO)


def total(parts: Iterable[Steps]) -> Steps:
    return Steps.of(change for part in parts for change in part.changes())


def less(whole: Steps, part: Steps) -> Steps:
    return Steps.of([*whole.changes(), *((day, -change) for day, change in part.changes())])
