"""The best plan, and a bound that no plan exceeds, by splitting the space into parts.

For each part: Kelley's cutting planes on the concave hulls; then the least and the greatest that
each scenario can get from a plan of the part that is better than the best known one (bound
tightening: Belotti et al. 2009, *Optimization Methods and Software* 24), which narrows the hulls;
then the mixed-integer programme, whose plans are tried and improved by exchanges. A part whose
bound is still too high is split by the mean addition of its plans, and when that is narrow, by
cutting the hulls of the worst scenarios into pieces. The part with the highest bound comes first.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from bilat.outlook.plan.exchange import Exchange
from bilat.outlook.plan.law import Law
from bilat.outlook.plan.narrowing import excess_of, finer, narrowed, widest
from bilat.outlook.plan.relaxed import Answer, Goal, Part, Programme
from bilat.outlook.plan.space import Space

Floats = NDArray[np.float64]

CLOSE = 0.02
NEAR = 1e-4
"""The hull at a solution and what the programme believes may differ by this much of a chance."""


@dataclass(frozen=True)
class Effort:
    """gap: relative to the best value, at which the search may stop. parts: most that are looked
    into. seconds: for one mixed-integer programme. rounds: of exchanges from one plan."""

    gap: float = 0.01
    parts: int = 200
    seconds: float = 10.0
    rounds: int = 40


@dataclass(frozen=True)
class Progress:
    """How far a search is. best, bound: chances, or costs."""

    parts: int
    open: int
    best: float
    bound: float


Watch = Callable[[Progress], bool]
"""Is told after each part; True ends the search, with the bound reached."""


@dataclass(frozen=True)
class Found:
    """scales: (j,), None where no plan suffices. chance: of the scenarios. bound: on the chance
    from above or on the cost from below. parts: looked into. closed: the gap was reached."""

    scales: Floats | None
    chance: float
    cost: float
    bound: float
    parts: int
    closed: bool


def search(
    space: Space,
    law: Law,
    goal: Goal,
    effort: Effort,
    start: Floats | None = None,
    watch: Watch | None = None,
) -> Found:
    """start: (j,) scales of a plan to begin with."""
    return _Search(space, law, goal, effort, watch or (lambda progress: False)).run(start)


@dataclass(order=True)
class _Open:
    rank: tuple[float, int]
    part: Part = field(compare=False)


class _Search:
    def __init__(self, space: Space, law: Law, goal: Goal, effort: Effort, watch: Watch) -> None:
        self.space, self.law, self.goal, self.effort, self.watch = space, law, goal, effort, watch
        self.exchange = Exchange(space, law, goal)
        self.best: Floats | None = None
        self.value = -np.inf
        self.heap: list[_Open] = []
        self.pruned = -np.inf
        self.parts = 0

    def run(self, start: Floats | None) -> Found:
        self._begin(start)
        stopped = False
        while self.heap and not stopped and self.parts < self.effort.parts:
            if -self.heap[0].rank[0] <= self._aim():
                break
            item = heapq.heappop(self.heap)
            self.parts += 1
            for bound, part in list(self._look(item.part, -item.rank[0])):
                self._push(bound, part)
            stopped = self.watch(self._progress())
        bound = self._bound()
        closed = bound <= self._aim() + 1e-12
        if self.best is None:
            return Found(None, np.nan, np.nan, self._shown(bound), self.parts, closed)
        chance = float(self.law.chance(self.best @ self.space.adds).mean())
        cost = float(self.best @ self.space.cost)
        return Found(self.best, chance, cost, self._shown(bound), self.parts, closed)

    def _bound(self) -> float:
        """Nothing is worth more: neither in what is open nor in what was left as not better."""
        return max(self.value, self.pruned, *(-item.rank[0] for item in self.heap[:1]))

    def _shown(self, bound: float) -> float:
        return min(bound, 1.0) if self.goal.kind == "chance" else max(-bound, 0.0)

    def _progress(self) -> Progress:
        bound = self._shown(self._bound())
        return Progress(self.parts, len(self.heap), self._shown(self.value), bound)

    def _aim(self) -> float:
        """A plan must be worth more than this to be looked for."""
        return self.value + self.effort.gap * abs(self.value) if self.best is not None else -np.inf

    def _push(self, bound: float, part: Part) -> None:
        if bound <= self._aim():
            self.pruned = max(self.pruned, bound)
        else:
            heapq.heappush(self.heap, _Open((-bound, self.parts), part))

    def _begin(self, start: Floats | None) -> None:
        n = self.space.adds.shape[1]
        most = np.full(n, self.space.adds.sum(0).max() + 1.0)
        everywhere = np.tile([-np.inf, np.inf], (len(self.space.members), 1))
        part = Part(np.zeros(n), most, everywhere, {})
        for goal in dict.fromkeys((self.goal, Goal("chance"))):
            first = Programme(self.space, self.law, goal, part, whole=True).solve()
            if first.x is None:
                return
            self._offer(self.space.scales(first.x))
        if start is not None:
            self._offer(start)
        if self.effort.parts == 0:
            return
        loose = Programme(self.space, self.law, Goal("chance"), part, whole=False)
        whole = narrowed(loose, part)
        if whole is not None:
            top = 1.0 if self.goal.kind == "chance" else 0.0
            heapq.heappush(self.heap, _Open((-top, 0), whole))

    def _offer(self, scales: Floats) -> None:
        """A plan that the programme proposes, and what exchanges make of it."""
        if not self.space.allows(self.space.columns_of(scales)):
            return
        scales = self.exchange.improve(scales, self.effort.rounds)
        chance = float(self.law.chance(scales @ self.space.adds).mean())
        value = self.goal.worth(chance, float(scales @ self.space.cost))
        if value > self.value:
            self.best, self.value = scales, value

    def _look(self, part: Part, bound: float) -> Iterator[tuple[float, Part]]:
        """What remains of the part, with its bounds; nothing where it holds no better plan."""
        part = replace(part, aim=self._aim())
        answer = Answer(bound, None)
        for _ in range(0 if part.pieces else 2):
            loose = Programme(self.space, self.law, self.goal, part, whole=False)
            answer, part = self._kelley(loose, part)
            if answer.bound <= self._aim():
                return self._leave(part, answer.bound)
            narrower = narrowed(loose, part, answer.x)
            if narrower is None:
                return self._leave(part, -np.inf)
            part = narrower
        if part.pieces or self.parts == 1 or answer.bound - self.value < self._close():
            answer, part = self._integer(part)
        bound = min(bound, answer.bound)
        children = [] if bound <= self._aim() else self._children(part, answer.x)
        if not children:
            self._leave(part, bound)
        yield from ((bound, child) for child in children)

    def _close(self) -> float:
        """Bounds further from the best plan are rather brought down by splitting than by integers,
        which bring little."""
        return max(2 * self.effort.gap, CLOSE) * abs(self.value)

    def _leave(self, part: Part, bound: float) -> None:
        """No plan of the part is worth more than this, or than what it was looked for."""
        self.pruned = max(self.pruned, part.aim, bound)

    def _kelley(self, loose: Programme, part: Part) -> tuple[Answer, Part]:
        answer = loose.solve()
        for _ in range(40):
            if answer.x is None or answer.bound <= self._aim():
                break
            adds = answer.x[self.space.w] @ self.space.adds
            hull = loose.cut(adds)
            part = part.at([adds])
            if answer.x[loose.theta] - hull < NEAR:
                break
            answer = loose.solve()
        return answer, part

    def _integer(self, part: Part) -> tuple[Answer, Part]:
        whole = Programme(self.space, self.law, self.goal, part, whole=True)
        whole.solver.setOptionValue("mip_rel_gap", min(self.effort.gap / 5, 1e-3))
        whole.solver.setOptionValue("time_limit", self.effort.seconds)
        answer = whole.solve()
        for _ in range(10):
            if answer.x is None or answer.bound <= self._aim():
                break
            scales = self.space.scales(answer.x)
            adds = scales @ self.space.adds
            self._offer(scales)
            part = part.at([adds])
            believed = answer.x[whole.theta]
            if believed - whole.cut(adds) - whole.in_pieces(answer.x) < NEAR:
                break
            if answer.cut_short:
                break
            answer = whole.solve()
        return answer, part

    def _children(self, part: Part, x: Floats | None) -> list[Part]:
        adds = part.points[-1] if x is None else x[self.space.w] @ self.space.adds
        excess = excess_of(self.law, part, adds)
        group = widest(part, self.space.members, excess)
        if group >= 0 and not excess.concentrated():
            return [self._slice(part, group, end) for end in (0, 1)]
        pieces = finer(self.law, part, excess)
        return [] if pieces == part.pieces else [replace(part, pieces=pieces)]

    def _slice(self, part: Part, group: int, end: int) -> Part:
        """The lower or the upper half by the mean addition in a group."""
        slices = part.slices.copy()
        slices[group, 1 - end] = slices[group].mean()
        return replace(part, slices=slices)
