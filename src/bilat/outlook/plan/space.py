"""The plans that are allowed, as rows of numbers: what is chosen, at which scale, under limits.

Each option has a column y (1 where it is chosen), and one that can be carried out in part a second
column w, its scale: smallest·y ≤ w ≤ y. For all others w is y. Every row reads Σ aᵢ·xᵢ ≤ top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bilat.outlook.measures import Measure
from bilat.outlook.plan.limits import Limit, Limits, Purse
from bilat.outlook.plan.options import Option, Options

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Row = dict[int, float]

GROUPS = 4


@dataclass(frozen=True)
class Space:
    """y, w: (j,) column of each option. smallest: (j,). cost: (j,) in the plan's currency. adds:
    (j, n). rows: (r, c), top: (r,). limits: for some rows the limit that they stand for."""

    options: Options
    y: Ints
    w: Ints
    smallest: Floats
    cost: Floats
    adds: Floats
    rows: Floats
    top: Floats
    limits: Mapping[int, Limit]

    @property
    def columns(self) -> int:
        return int(self.rows.shape[1])

    @cached_property
    def money(self) -> Floats:
        """(c,) cost of each column."""
        found = np.zeros(self.columns)
        found[self.w] = self.cost
        return found

    @cached_property
    def members(self) -> Floats:
        """(g, n) weights of the scenarios in groups: first all, then a few of equal luck, by what
        all options together add."""
        n = self.adds.shape[1]
        order = np.argsort(self.adds.sum(0), kind="stable")
        found = np.zeros((1 + GROUPS, n))
        found[0] = 1 / n
        for group, rows in enumerate(np.array_split(order, GROUPS), start=1):
            found[group, rows] = 1 / max(len(rows), 1)
        return found

    @cached_property
    def groups(self) -> Floats:
        """(g, j) what each option adds in the mean of each group."""
        return self.members @ self.adds.T

    def scales(self, x: Floats) -> Floats:
        """(j,) scale of each option in the solution x (c,), cleared of rounding."""
        chosen = x[self.y] > 0.5
        return np.where(chosen, np.clip(x[self.w], self.smallest, 1.0), 0.0)

    def columns_of(self, scales: Floats) -> Floats:
        """(c,) the inverse of `scales`."""
        x = np.zeros(self.columns)
        x[self.y] = scales > 0
        x[self.w] = scales
        return x

    def allows(self, x: Floats) -> bool:
        return bool((self.rows @ x <= self.top + slack(self.top)).all())

    def without(self, limit: Limit) -> Space:
        """The same where this limit does not hold."""
        return self.raised(limit, np.inf)

    def raised(self, limit: Limit, by: float) -> Space:
        """The same with this limit raised."""
        top = self.top.copy()
        for row, known in self.limits.items():
            if known == limit:
                top[row] = min(top[row] + by, 1e15)
        return replace(self, top=top)


def slack(top: Floats) -> Floats:
    """How far a row may be exceeded by rounding."""
    return 1e-6 * np.maximum(1.0, np.abs(top))


def space_of(options: Options, limits: Limits, purse: Purse) -> Space:
    """Raises NoAnswer for money in a currency without a rate."""
    kept = _worth_having(options, limits)
    measures = kept.measures
    smallest = np.array([_smallest(measures, option) for option in kept.options])
    count = len(kept)
    w = np.arange(count)
    y = w.copy()
    y[smallest < 1] = count + np.arange((smallest < 1).sum())
    cost = np.array([_cost(measures, option, purse) for option in kept.options])
    builder = _Rows(kept, limits, purse, y, w, smallest, cost)
    rows = list(builder.rows())
    table = np.zeros((len(rows), count + int((smallest < 1).sum())))
    for number, (row, _, _) in enumerate(rows):
        table[number, list(row)] = list(row.values())
    top = np.array([top for _, top, _ in rows])
    named = {number: limit for number, (_, _, limit) in enumerate(rows) if limit is not None}
    return Space(kept, y, w, smallest, cost, kept.adds.astype(float), table, top, named)


def _smallest(measures: Sequence[Measure], option: Option) -> float:
    return 1.0 if option.begun else max(measures[option.measure].smallest, 1e-3)


def _cost(measures: Sequence[Measure], option: Option, purse: Purse) -> float:
    measure = measures[option.measure]
    return 0.0 if option.begun else purse.value(measure.cost, measure.title)


@dataclass(frozen=True)
class _Rows:
    options: Options
    limits: Limits
    purse: Purse
    y: Ints
    w: Ints
    smallest: Floats
    cost: Floats

    def rows(self) -> Iterator[tuple[Row, float, Limit | None]]:
        for row, top in [*self.scale(), *self.once(), *self.turns(), *self.exclusions()]:
            yield row, top, None
        for limit, row in [*self.budgets(), *self.lines(), *self.starts()]:
            yield row, limit.amount, limit

    @cached_property
    def by_measure(self) -> dict[int, list[int]]:
        found = defaultdict(list)
        for number, option in enumerate(self.options.options):
            found[option.measure].append(number)
        return dict(found)

    def chosen(self, places: Sequence[int]) -> Row:
        return {int(self.y[j]): 1.0 for place in places for j in self.by_measure.get(place, ())}

    def scale(self) -> Iterator[tuple[Row, float]]:
        for y, w, smallest in zip(self.y, self.w, self.smallest, strict=True):
            if y != w:
                yield {int(w): 1.0, int(y): -1.0}, 0.0
                yield {int(w): -1.0, int(y): float(smallest)}, 0.0

    def once(self) -> Iterator[tuple[Row, float]]:
        """At most one start; what has begun, with all that it needs, goes on."""
        measures, needs = self.options.measures, self.options.needs
        for place in self.by_measure:
            yield self.chosen([place]), 1.0
            if all(measures[other].begun for other in (place, *needs[place])):
                yield dict.fromkeys(self.chosen([place]), -1.0), -1.0

    def turns(self) -> Iterator[tuple[Row, float]]:
        """An option needs its dependencies in the very years for which it was reckoned."""
        options = self.options.options
        for numbers in self.by_measure.values():
            waiting = defaultdict(list)
            for number in numbers:
                for need in options[number].years:
                    waiting[need].append(number)
            for (place, year), those in waiting.items():
                row: Row = {int(self.y[number]): 1.0 for number in those}
                for number in self.by_measure.get(place, ()):
                    if options[number].year == year:
                        row[int(self.y[number])] = -1.0
                yield row, 0.0

    def exclusions(self) -> Iterator[tuple[Row, float]]:
        measures = self.options.measures
        place = {measure.id: number for number, measure in enumerate(measures)}
        pairs = {
            tuple(sorted((number, place[name])))
            for number, measure in enumerate(measures)
            for name in measure.excludes
            if name in place and not (measure.begun and measures[place[name]].begun)
        }
        for pair in sorted(pairs):
            yield self.chosen(pair), 1.0

    def budgets(self) -> Iterator[tuple[Limit, Row]]:
        options = self.options.options
        if self.limits.budget is not None:
            amount = self.purse.value(self.limits.budget, "budget")
            yield Limit("budget", amount), dict(enumerate(self.cost.tolist()))
        for year, money in sorted(self.limits.by_year.items()):
            costs = zip(options, self.cost.tolist(), strict=True)
            row = {j: cost for j, (option, cost) in enumerate(costs) if option.year == year}
            yield Limit("budget_year", self.purse.value(money, "budget"), year=year), row

    def lines(self) -> Iterator[tuple[Limit, Row]]:
        for name, money in sorted(self.limits.facilities.items()):
            yield Limit("facility", self.purse.value(money, name), name), self.drawn(name, None)
        for (name, year), money in sorted(self.limits.facilities_by_year.items()):
            limit = Limit("facility_year", self.purse.value(money, name), name, year)
            yield limit, self.drawn(name, year)

    def drawn(self, line: str, year: int | None) -> Row:
        """Finance is drawn in the year of the start, in proportion to the scale."""
        found: Row = {}
        for number, option in enumerate(self.options.options):
            measure = self.options.measures[option.measure]
            if measure.facility != line or option.begun or year not in (None, option.year):
                continue
            found[number] = self.purse.value(measure.finance, measure.title)
        return found

    def starts(self) -> Iterator[tuple[Limit, Row]]:
        found: dict[tuple[str, int], Row] = defaultdict(dict)
        for number, option in enumerate(self.options.options):
            for owner in () if option.begun else self.options.measures[option.measure].owners:
                found[owner, option.year][int(self.y[number])] = 1.0
        for (owner, year), row in sorted(found.items()):
            most = self.limits.starts_for(owner)
            if most is not None:
                yield Limit("starts", most, owner, year), row


def _worth_having(options: Options, limits: Limits) -> Options:
    """Leaves out an option that adds nothing, or whose earlier sister adds at least as much in
    every scenario and comes under no limit that the later one escapes."""
    by_measure = defaultdict(list)
    for number, option in enumerate(options.options):
        by_measure[option.measure].append(number)
    needed = {other for needs in options.needs for other in needs}
    kept = [
        number
        for number, option in enumerate(options.options)
        if option.measure in needed
        or option.begun
        or (
            options.adds[number].any()
            and not any(_beats(options, o, number, limits) for o in by_measure[option.measure])
        )
    ]
    chosen = tuple(options.options[number] for number in kept)
    return replace(options, options=chosen, adds=options.adds[kept])


def _beats(options: Options, one: int, other: int, limits: Limits) -> bool:
    first, second = options.options[one], options.options[other]
    if one == other or first.years != second.years or first.year > second.year:
        return False
    tied = _tied_to_years(options.measures[first.measure], first.year, limits)
    return not tied and bool((options.adds[one] >= options.adds[other]).all())


def _tied_to_years(measure: Measure, year: int, limits: Limits) -> bool:
    return (
        (measure.cost is not None and year in limits.by_year)
        or (measure.facility, year) in limits.facilities_by_year
        or any(limits.starts_for(owner) is not None for owner in measure.owners)
    )
