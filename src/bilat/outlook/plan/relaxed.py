"""The plan as a linear or mixed-integer programme whose optimum no plan exceeds.

    max θ   over allowed plans x with  θ ≤ (1/n) Σ_ω [base_ω + slope_ω · a_ω·x]

one row for each point where the hulls of the scenarios' chances (`Law.lines`) were looked at:
Kelley's cutting planes (1960, *J. SIAM* 8) on the concave hull of the chance. A scenario whose hull
is too coarse is cut into pieces [b_i, b_{i+1}) of what the plan adds there, each with its own hull
and a binary λ_i for the piece that holds (the multiple-choice model of Croxton, Gendron and
Magnanti 2003, *Management Science* 49). Where the chance is one step, at the scenario's gap, these
are the binaries z_ω of Luedtke, Ahmed and Nemhauser (2010, *Math. Programming* 122).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.plan.law import Law, Ranges
from bilat.outlook.plan.space import Space

Floats = NDArray[np.float64]
Cuts = Mapping[int, tuple[float, ...]]


def highs() -> Any:
    """The solver's module, imported late: it is large, and most of Bilat does without it."""
    try:
        import highspy
    except ImportError as missing:
        raise NoAnswer(
            say("plans need the solver HiGHS, which is missing here: pip install highspy")
        ) from missing
    return highspy


@dataclass(frozen=True)
class Goal:
    """``chance``: the greatest. ``cost``: the least with a chance of at least ``least``."""

    kind: Literal["chance", "cost"]
    least: float = 0.0

    def worth(self, chance: float, cost: float) -> float:
        """To be made as great as possible; minus infinity where the chance does not suffice."""
        if self.kind == "chance":
            return chance
        return -cost if chance >= self.least - 1e-9 else -np.inf


@dataclass(frozen=True)
class Part:
    """A part of the space: what scenarios can have there (n,), slices (g, 2) of the mean addition
    in groups of scenarios, the pieces of scenarios (inner ends), and the points where hulls are
    looked at.

    fixed: columns y that are decided here. aim: only plans worth more than this are wanted, so
    that the rest may be cut off.
    """

    low: Floats
    high: Floats
    slices: Floats
    pieces: Cuts
    points: tuple[Floats, ...] = ()
    fixed: Mapping[int, float] = field(default_factory=dict)
    aim: float = -np.inf

    def at(self, points: Iterable[Floats]) -> Part:
        return replace(self, points=(*self.points, *points)[-30:])


@dataclass(frozen=True)
class Answer:
    """bound: no plan of the part is worth more; minus infinity where there is none. x: (c,) the
    columns that attain it, None where there are none. cut_short: the solver's time was over."""

    bound: float
    x: Floats | None
    cut_short: bool = False


class Programme:
    """One part as a programme in the solver, to which rows can be added."""

    def __init__(self, space: Space, law: Law, goal: Goal, part: Part, *, whole: bool) -> None:
        """whole: with the integers, and the pieces; else the linear relaxation without them."""
        self.space, self.law, self.goal, self.part = space, law, goal, part
        self.ranges = law.ranges(part.low, part.high)
        self.pieces = part.pieces if whole else {}
        # The solver's core: the class on top of it prints a banner before it can be told not to.
        self.solver = highs().Highs.__base__()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
            self.solver.setOptionValue(name, value)
        self.theta = space.columns
        self._columns(whole=whole)
        self._rows()
        self.inner = {row: self._split(row) for row in self.pieces}
        for point in part.points:
            self.cut(point)

    def _columns(self, *, whole: bool) -> None:
        for column in range(self.space.columns):
            self.solver.addVar(*(self.part.fixed.get(column, end) for end in (0.0, 1.0)))
        self.solver.addVar(0.0, 1.0)
        if whole:
            integer = highs().HighsVarType.kInteger
            for column in self.space.y.tolist():
                self.solver.changeColIntegrality(column, integer)
        self.aim_for_goal()

    def aim_for_goal(self) -> None:
        """The objective and the ends of θ: set at first, and again after other objectives."""
        columns = np.arange(self.theta + 1, dtype=np.int32)
        wanted = np.zeros(self.theta + 1)
        if self.goal.kind == "chance":
            wanted[self.theta] = 1.0
            least = max(self.part.aim, 0.0)
        else:
            wanted[:-1] = -self.space.money
            least = self.goal.least
        self.solver.changeColsCost(len(columns), columns, wanted)
        self.solver.changeColBounds(self.theta, min(least, 1.0), 1.0)
        self.solver.changeObjectiveSense(highs().ObjSense.kMaximize)

    def _rows(self) -> None:
        for row, top in zip(self.space.rows, self.space.top, strict=True):
            self.row(row, -np.inf, top)
        for group, (low, high) in zip(self.space.groups, self.part.slices, strict=True):
            if np.isfinite(low) or np.isfinite(high):
                mean = np.zeros(self.space.columns)
                mean[self.space.w] = group
                self.row(mean, low, high)
        if self.goal.kind == "cost" and np.isfinite(self.part.aim):
            self.row(self.space.money, -np.inf, -self.part.aim)

    def row(self, dense: Floats, low: float, top: float) -> None:
        columns = np.flatnonzero(dense).astype(np.int32)
        infinity = highs().kHighsInf
        self.solver.addRow(
            max(low, -infinity), min(top, infinity), len(columns), columns, dense[columns]
        )

    def _split(self, scenario: int) -> int:
        """Columns and rows of one scenario in pieces; the column of its chance."""
        inner = self.pieces[scenario]
        low, high = float(self.part.low[scenario]), float(self.part.high[scenario])
        ends = np.array([low, *(b for b in inner if low < b < high), high])
        first = self.solver.getNumCol()
        count = len(ends) - 1
        integer = highs().HighsVarType.kInteger
        for number in range(count):
            self.solver.addVar(0.0, 1.0)
            self.solver.changeColIntegrality(first + number, integer)
        for _ in range(2 * count):
            self.solver.addVar(0.0, highs().kHighsInf)
        lam, s, chance = (first + np.arange(count) + count * k for k in range(3))
        self._wide(dict.fromkeys(lam.tolist(), 1.0), 1.0, 1.0)
        total = dict.fromkeys(s.tolist(), 1.0)
        adds = self.space.adds[:, scenario]
        total.update(zip(self.space.w.tolist(), (-adds).tolist(), strict=True))
        self._wide(total, -np.inf, 0.0)
        tops = self.law.before(ends[1:], np.full(count, scenario))
        tops[-1] = self.ranges.top[scenario]
        for k in range(count):
            self._wide({s[k]: 1.0, lam[k]: -ends[k]}, 0.0, np.inf)
            self._wide({s[k]: 1.0, lam[k]: -ends[k + 1]}, -np.inf, 0.0)
            left, right = np.full(5, ends[k]), np.full(5, ends[k + 1])
            piece = Ranges(np.full(5, scenario), left, right, np.full(5, tops[k]))
            lines = self.law.lines(piece, np.linspace(ends[k], ends[k + 1], 5))
            for base, slope in sorted(set(zip(lines.base, lines.slope, strict=True))):
                self._wide({chance[k]: 1.0, s[k]: -slope, lam[k]: -base}, -np.inf, 0.0)
        total_chance = self.solver.getNumCol()
        self.solver.addVar(0.0, 1.0)
        row = dict.fromkeys(chance.tolist(), -1.0)
        row[total_chance] = 1.0
        self._wide(row, -np.inf, 0.0)
        return int(total_chance)

    def _wide(self, row: Mapping[Any, float], low: float, top: float) -> None:
        infinity = highs().kHighsInf
        columns = np.array(list(row), dtype=np.int32)
        self.solver.addRow(
            max(low, -infinity), min(top, infinity), len(row), columns, np.array(list(row.values()))
        )

    def cut(self, adds: Floats) -> float:
        """Adds the row of the hulls looked at where scenarios get ``adds`` (n,); the mean of the
        hulls there, without scenarios in pieces."""
        n = len(adds)
        free = np.ones(n, bool)
        free[list(self.inner)] = False
        lines = self.law.lines(self.ranges.only(free), adds[free])
        row: dict[int, float] = {self.theta: 1.0}
        slope = self.space.adds[:, free] @ lines.slope / n
        row.update(zip(self.space.w.tolist(), (-slope).tolist(), strict=True))
        row.update((column, -1 / n) for column in self.inner.values())
        self._wide(row, -np.inf, float(lines.base.sum()) / n)
        return float((lines.base + lines.slope * adds[free]).sum()) / n

    def in_pieces(self, x: Floats) -> float:
        """What x believes of the scenarios in pieces, as a part of the chance."""
        believed = x[list(self.inner.values())]
        return float(believed.sum()) / len(self.part.low)

    def solve(self) -> Answer:
        self.solver.run()
        status, info = self.solver.getModelStatus(), self.solver.getInfo()
        names = highs().HighsModelStatus
        if status == names.kInfeasible:
            return Answer(-np.inf, None)
        integral = info.mip_node_count >= 0
        bound = info.mip_dual_bound if integral else info.objective_function_value
        late = status == names.kTimeLimit
        if info.primal_solution_status != 2:
            return Answer(bound, None, late)
        return Answer(bound, np.array(self.solver.getSolution().col_value), late)
