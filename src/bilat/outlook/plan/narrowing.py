"""What each scenario can have in a part of the space, and where its hull is cut."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bilat.outlook.plan.law import Law, Lines, Ranges
from bilat.outlook.plan.relaxed import Cuts, Part, Programme, highs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FLAT = 1e-4
"""A range over which the chance changes by less than this is not narrowed."""
NEARLY = 0.97
ROUNDING = 1e-6
NARROW = 0.01
"""A mean addition is not split below this share of itself; single scenarios are, instead."""
WORST = 40
"""Scenarios whose hulls are cut at a time."""


def narrowed(loose: Programme, part: Part, x: Floats | None = None) -> Part | None:
    """The part with the ranges that its rows and cuts leave; None where they leave nothing.

    x: (c,) a solution of the programme: only scenarios that matter there are narrowed.
    """
    space = loose.space
    rows = _mattering(loose, x)
    columns = [*space.adds[:, rows].T, *space.groups]
    least, most = _ends(loose, columns, "kMinimize"), _ends(loose, columns, "kMaximize")
    loose.aim_for_goal()
    if least is None or most is None:
        return None
    low, high, count = part.low.copy(), part.high.copy(), len(rows)
    low[rows] = np.maximum(low[rows], least[:count])
    high[rows] = np.maximum(np.minimum(high[rows], most[:count]), low[rows])
    slices = np.column_stack(
        [
            np.maximum(part.slices[:, 0], least[count:]),
            np.minimum(part.slices[:, 1], most[count:]),
        ]
    )
    return replace(part, low=low, high=high, slices=slices)


def _mattering(loose: Programme, x: Floats | None) -> Ints:
    """Scenarios whose chance is not the same all over; with x, those that make up nearly all by
    which hulls there exceed the chance."""
    space, ranges = loose.space, loose.ranges
    rows = np.flatnonzero(ranges.top - loose.law.chance(ranges.low) > FLAT)
    if x is None:
        return rows
    adds = x[space.w] @ space.adds
    lines = loose.law.lines(ranges, adds)
    excess = np.maximum(lines.base + lines.slope * adds - loose.law.chance(adds), 0)[rows]
    order = np.argsort(-excess, kind="stable")
    covered = np.cumsum(excess[order])
    needed = int(np.searchsorted(covered, NEARLY * excess.sum())) + 1
    return np.sort(rows[order[:needed]])


def _ends(loose: Programme, columns: list[Floats], sense: str) -> Floats | None:
    """The optimum of each objective, moved outwards by what rounding may do."""
    solver, names = loose.solver, highs().HighsModelStatus
    solver.changeObjectiveSense(getattr(highs().ObjSense, sense))
    everything = np.arange(loose.theta + 1, dtype=np.int32)
    solver.changeColsCost(len(everything), everything, np.zeros(len(everything)))
    own = loose.space.w.astype(np.int32)
    found = np.empty(len(columns))
    for number, column in enumerate(columns):
        solver.changeColsCost(len(own), own, column)
        solver.run()
        if solver.getModelStatus() != names.kOptimal:
            return None
        found[number] = solver.getInfo().objective_function_value
    outwards = -1 if sense == "kMinimize" else 1
    return found + outwards * ROUNDING * (1 + np.abs(found))


@dataclass(frozen=True)
class Excess:
    """By how much hulls exceed the chance where scenarios get ``adds`` (n,): in all, and by
    scenario, each in the piece where it is."""

    adds: Floats
    now: Ranges
    lines: Lines
    value: Floats

    def concentrated(self) -> bool:
        """A few scenarios make up nearly all of it: to cut their hulls is enough."""
        ordered = np.cumsum(np.sort(self.value)[::-1])
        return bool(np.searchsorted(ordered, 0.9 * ordered[-1]) < WORST)


def excess_of(law: Law, part: Part, adds: Floats) -> Excess:
    now = _piece(law, part, adds)
    lines = law.lines(now, adds)
    above = lines.base + lines.slope * adds - law.chance(adds)
    return Excess(adds, now, lines, np.maximum(above, 0))


def widest(part: Part, members: Floats, excess: Excess) -> int:
    """The group of scenarios to split by: all, as long as their mean is not narrow; then the one
    with the greatest excess among those not narrow; −1 for none."""
    low, high = part.slices[:, 0], part.slices[:, 1]
    wide = (high - low) / np.maximum(high, 1e-9)
    if wide[0] > NARROW:
        return 0
    able = (wide > NARROW) & (members @ excess.value > ROUNDING)
    return int(np.where(able, members @ excess.value, -1.0).argmax()) if able.any() else -1


def finer(law: Law, part: Part, excess: Excess) -> Cuts:
    """More pieces for the scenarios with the greatest excess, where the hull is furthest above
    the chance, or, where that is about here, just here."""
    adds, now, lines = excess.adds, excess.now, excess.lines
    places = law.at[::2]
    above = lines.base[:, None] + lines.slope[:, None] * places - law.value[:, ::2]
    between = (places > np.maximum(lines.left, now.low)[:, None]) & (
        (places <= lines.right[:, None]) & (places < now.high[:, None])
    )
    above[~between] = -np.inf
    best = above.argmax(1)
    far = above[np.arange(len(adds)), best]
    inside = (adds > now.low + ROUNDING) & (adds < now.high - ROUNDING)
    point = np.where((far > 2 * excess.value) | ~inside, places[best], adds)
    able = (excess.value > ROUNDING) & (inside | np.isfinite(far))
    worst = np.argsort(-np.where(able, excess.value, -1.0), kind="stable")[:WORST]
    pieces = dict(part.pieces)
    for row in worst[able[worst]].tolist():
        pieces[row] = tuple(sorted({*pieces.get(row, ()), float(point[row])}))
    return pieces


def _piece(law: Law, part: Part, adds: Floats) -> Ranges:
    """The piece of each scenario in which ``adds`` is."""
    whole = law.ranges(part.low, part.high)
    low, high, top = whole.low.copy(), whole.high.copy(), whole.top.copy()
    for row, inner in part.pieces.items():
        below = [b for b in inner if b <= adds[row] and b > low[row]]
        above = [b for b in inner if b > adds[row] and b < high[row]]
        low[row] = max(below, default=low[row])
        if above:
            high[row] = min(above)
            top[row] = law.before(high[row : row + 1], np.array([row]))[0]
    return Ranges(whole.rows, low, high, top)
