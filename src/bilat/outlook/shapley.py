"""How much of a chance is owed to each measure: Shapley values of a game of sets.

The value of a set S of measures is the chance that baseline plus what S adds reaches the level; a
measure works only together with all that it depends on. The Shapley value of k is the mean, over
all orders in which measures may join, of what the chance gains when k joins (Shapley 1953). Exact
over all 2ᵏ sets up to `EXACT` measures; beyond, over random orders and their reverses (antithetic
sampling: Mitchell, Cooper, Frank and Holmes 2022, *JMLR* 23), with a standard error. Either way the
values add up to the chance with all measures less that without any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from bilat.outlook.measures import Measure, in_order

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

EXACT = 12
ORDERS, JOININGS = 256, 20_000
"""Random orders; fewer where they would take more than so many joinings of a measure."""


@dataclass(frozen=True)
class Contributions:
    """value: (k,) what each measure adds to the chance, 0 to 1. error: (k,) standard error of the
    sampled orders, 0 where exact. alone: (k,) the chance gained by the measure without the others.
    last: (k,) the chance lost if only it (and what depends on it) were missing. without,
    with_all: the chance without any and with all."""

    value: Floats
    error: Floats
    alone: Floats
    last: Floats
    without: float
    with_all: float


def contributions(
    measures: Sequence[Measure],
    adds: Singles,
    gap: Floats,
    rng: np.random.Generator,
    *,
    orders: int | None = None,
) -> Contributions:
    """adds: (k, n) additions at the date. gap: (n,) level less baseline. rng, orders: of sampled
    orders.

    Raises NoAnswer for dependencies that are unknown or go round in a ring.
    """
    game = _Game(measures, adds, np.asarray(gap, np.float32))
    k = len(measures)
    whole = np.ones(k, bool)
    without, with_all = game.chance(~whole), game.chance(whole)
    if k <= EXACT:
        value, error = _exact(game, k), np.zeros(k)
    else:
        value, error = _sampled(game, k, rng, orders or min(ORDERS, JOININGS // k))
    alone = np.array([game.chance(_only(k, game.needed(place))) for place in range(k)]) - without
    last = with_all - np.array([game.chance(~_only(k, [place])) for place in range(k)])
    return Contributions(value, error, alone, last, without, with_all)


def _only(k: int, places: Sequence[int]) -> NDArray[np.bool_]:
    chosen = np.zeros(k, bool)
    chosen[list(places)] = True
    return chosen


class _Game:
    """Chances of sets of measures on one set of draws."""

    def __init__(self, measures: Sequence[Measure], adds: Singles, gap: Singles) -> None:
        place = {measure.id: number for number, measure in enumerate(measures)}
        self.adds, self.gap = adds, gap
        self.order = in_order(measures)
        self.before = [[place[name] for name in measure.depends_on] for measure in measures]

    def needed(self, place: int) -> list[int]:
        """The measure and everything that it depends on."""
        found, stack = {place}, [place]
        while stack:
            for other in self.before[stack.pop()]:
                if other not in found:
                    found.add(other)
                    stack.append(other)
        return sorted(found)

    def working(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Those of the chosen that have all that they depend on."""
        working = chosen.copy()
        for place in self.order:
            working[place] &= all(working[other] for other in self.before[place])
        return working

    def starting(self, joined: set[int], working: set[int]) -> list[int]:
        """Those of the joined that can work now; they are added to the working ones."""
        began = []
        for place in self.order:
            if place in joined and place not in working and working.issuperset(self.before[place]):
                working.add(place)
                began.append(place)
        return began

    def chance(self, chosen: NDArray[np.bool_]) -> float:
        total = self.adds[self.working(chosen)].sum(0, dtype=np.float32)
        return self.reached(total)

    def reached(self, total: Singles) -> float:
        return float(np.count_nonzero(total >= self.gap) / len(self.gap))


def _exact(game: _Game, k: int) -> Floats:
    """Σ over sets S without k of |S|!(K − |S| − 1)!/K! · (v(S ∪ k) − v(S))."""
    values = np.empty(1 << k)

    def visit(step: int, mask: int, working: int, total: Singles) -> None:
        if step == k:
            values[mask] = game.reached(total)
            return
        place = game.order[step]
        visit(step + 1, mask, working, total)
        bit = 1 << place
        if all(working >> other & 1 for other in game.before[place]):
            visit(step + 1, mask | bit, working | bit, total + game.adds[place])
        else:
            visit(step + 1, mask | bit, working, total)

    visit(0, 0, 0, np.zeros(len(game.gap), np.float32))
    masks = np.arange(1 << k)
    size = np.array([int(mask).bit_count() for mask in masks])
    weight = np.array([_weight(k, s) for s in range(k)])
    found = np.empty(k)
    for place in range(k):
        lacking = masks[(masks >> place & 1) == 0]
        gain = values[lacking | 1 << place] - values[lacking]
        found[place] = float((weight[size[lacking]] * gain).sum())
    return found


def _weight(k: int, size: int) -> float:
    return 1 / (k * comb(k - 1, size))


def _sampled(game: _Game, k: int, rng: np.random.Generator, orders: int) -> tuple[Floats, Floats]:
    pairs = max(orders // 2, 2)
    found = np.empty((pairs, k))
    for number in range(pairs):
        order = rng.permutation(k)
        found[number] = (_along(game, order) + _along(game, order[::-1])) / 2
    return found.mean(0), found.std(0, ddof=1) / np.sqrt(pairs)


def _along(game: _Game, order: Ints) -> Floats:
    """What the chance gains as each measure joins; one that waits begins when the last joins."""
    gained = np.zeros(len(order))
    joined, working = set[int](), set[int]()
    total = np.zeros(len(game.gap), np.float32)
    before = game.reached(total)
    for place in order.tolist():
        joined.add(place)
        began = game.starting(joined, working)
        if not began:
            continue
        total += game.adds[began].sum(0, dtype=np.float32)
        after = game.reached(total)
        gained[place] = after - before
        before = after
    return gained
