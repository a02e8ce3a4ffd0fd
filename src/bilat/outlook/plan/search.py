"""The best plan, and a bound that no plan exceeds, by splitting the space into parts.

For each part: Kelley's cutting planes on the concave hulls; then the least and the greatest that
each scenario can get from a plan of the part that is better than the best known one (bound
tightening: Belotti et al. 2009, *Optimization Methods and Software* 24), which narrows the hulls;
then the mixed-integer programme, whose plans are tried and improved by exchanges. A part whose
bound is still too high is split by the mean addition of its plans, and when that is narrow, by
cutting the hulls of the worst scenarios into pieces; where there are few options, by deciding one
of them. The part with the highest bound comes first.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from bilat.outlook.plan.effort import Effort, Found, Progress, Watch
from bilat.outlook.plan.exchange import Exchange
from bilat.outlook.plan.law import Law
from bilat.outlook.plan.narrowing import excess_of, finer, narrowed, widest
from bilat.outlook.plan.relaxed import Answer, Goal, Part, Programme
from bilat.outlook.plan.space import Space

Floats = NDArray[np.float64]

CLOSE = 0.02
HASTE = 0.2
"""Share of the solver's time for programmes that only propose plans."""
SHIFTS = 3
TINY = 1e-3
"""Of smaller values, the gap is a share of this."""
NEAR = 1e-4
"""The hull at a solution and what the programme believes may differ by this much of a chance."""


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
        if self.best is None:
            return -np.inf
        return self.value + self.effort.gap * max(abs(self.value), TINY)

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
        bounds = []
        for goal in dict.fromkeys((self.goal, Goal("chance"))):
            whole = Programme(self.space, self.law, goal, part, whole=True)
            whole.solver.setOptionValue("time_limit", self.effort.seconds)
            first = whole.solve()
            bounds.append(first.bound)
            if first.x is None and not first.cut_short:
                return
            if first.x is not None:
                self._offer(self.space.scales(first.x))
        if start is not None:
            self._offer(start)
        if self.effort.parts > 0:
            loose = Programme(self.space, self.law, Goal("chance"), part, whole=False)
            part = narrowed(loose, part) or part
        self._push(bounds[0], part)

    def _offer(self, scales: Floats) -> None:
        """A plan that the programme proposes, and what exchanges make of it."""
        if self.space.allows(self.space.columns_of(scales)):
            self._keep(self.exchange.improve(scales, self.effort.rounds))

    def _keep(self, scales: Floats) -> None:
        chance = float(self.law.chance(scales @ self.space.adds).mean())
        value = self.goal.worth(chance, float(scales @ self.space.cost))
        if value > self.value:
            self.best, self.value = scales, value

    def _single(self, part: Part) -> bool:
        """Whether the part is one plan, which is then tried, or no plan."""
        if len(part.fixed) < len(self.space.y):
            return False
        scales = np.array([part.fixed[column] for column in self.space.y.tolist()])
        if (self.space.smallest[scales > 0] < 1).any():
            return False
        if self.space.allows(self.space.columns_of(scales)):
            self._keep(scales)
        return True

    def _look(self, part: Part, bound: float) -> Iterator[tuple[float, Part]]:
        """What remains of the part, with its bounds; nothing where it holds no better plan."""
        if self._single(part):
            return
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
        answer, part = self._integer(part, answer)
        bound = min(bound, answer.bound)
        children = [] if bound <= self._aim() else self._children(part, answer.x)
        if not children:
            self._leave(part, bound)
        yield from ((bound, child) for child in children)

    def _close(self) -> float:
        """Bounds above this are far from the best plan."""
        if self.best is None:
            return np.inf
        return self.value + max(2 * self.effort.gap, CLOSE) * abs(self.value)

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

    def _integer(self, part: Part, answer: Answer) -> tuple[Answer, Part]:
        """answer: of the relaxation. Far from the best plan, integers bring its bound down little:
        they are tried for the cheap plans that they propose, and else left out."""
        near = bool(part.pieces) or self.parts == 1 or answer.bound < self._close()
        if not near and self.goal.kind == "chance":
            return answer, part
        whole = Programme(self.space, self.law, self.goal, part, whole=True)
        whole.solver.setOptionValue("mip_rel_gap", min(self.effort.gap / 5, 1e-3))
        whole.solver.setOptionValue("time_limit", self.effort.seconds * (1 if near else HASTE))
        answer = whole.solve()
        for _ in range(10 if near else 1):
            if answer.x is None or answer.bound <= self._aim():
                break
            scales = self.space.scales(answer.x)
            adds = scales @ self.space.adds
            self._offer(scales)
            part = part.at([adds])
            believed = answer.x[whole.theta]
            exact = believed - whole.cut(adds) - whole.in_pieces(answer.x) < NEAR
            if exact or answer.cut_short or not near:
                break
            answer = whole.solve()
        if answer.x is not None and self.goal.kind == "cost":
            self._reach(whole, answer.x)
        return answer, part

    def _reach(self, whole: Programme, x: Floats) -> None:
        """Hulls flatter plans, so that the cheapest falls short of the chance asked for: asks for
        as much more as the last one fell short, until one suffices."""
        least = self.goal.least
        for _ in range(SHIFTS):
            chance = float(self.law.chance(self.space.scales(x) @ self.space.adds).mean())
            if chance >= self.goal.least:
                return
            least += self.goal.least - chance
            whole.solver.changeColBounds(whole.theta, min(least, 1.0), 1.0)
            answer = whole.solve()
            if answer.x is None:
                return
            x = answer.x
            self._offer(self.space.scales(x))

    def _children(self, part: Part, x: Floats | None) -> list[Part]:
        if (column := self._undecided(part, x)) is not None:
            return [replace(part, fixed={**part.fixed, column: end}) for end in (1.0, 0.0)]
        adds = part.points[-1] if x is None else x[self.space.w] @ self.space.adds
        excess = excess_of(self.law, part, adds)
        group = widest(part, self.space.members, excess)
        if group >= 0 and not excess.concentrated():
            return [self._slice(part, group, end) for end in (0, 1)]
        pieces = finer(self.law, part, excess)
        return [] if pieces == part.pieces else [replace(part, pieces=pieces)]

    def _undecided(self, part: Part, x: Floats | None) -> int | None:
        """Where there are few options, the one to decide next: the least clear, then the greatest;
        None where there are many, or nothing is left to decide."""
        free = [j for j, y in enumerate(self.space.y.tolist()) if y not in part.fixed]
        if len(self.space.y) > self.effort.few or not free:
            return None
        size = self.space.adds.mean(1)[free]
        if x is not None:
            doubt = np.minimum(x[self.space.y[free]], 1 - x[self.space.y[free]])
            size = np.where(doubt > NEAR, doubt + 1, 0) * size.max(initial=0.0) + size
        return int(self.space.y[free[int(size.argmax())]])

    def _slice(self, part: Part, group: int, end: int) -> Part:
        """The lower or the upper half by the mean addition in a group."""
        slices = part.slices.copy()
        slices[group, 1 - end] = slices[group].mean()
        return replace(part, slices=slices)
