"""What each scenario can have in a part of the space, and where its hull is cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bilat.outlook.plan.law import Law, Ranges
from bilat.outlook.plan.relaxed import Cuts, Part, Programme, highs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FLAT = 1e-4
"""A range over which the chance changes by less than this is not narrowed."""
ROUNDING = 1e-6
WORST = 40
"""Scenarios whose hulls are cut at a time."""


def narrowed(loose: Programme, part: Part) -> Part | None:
    """The part with the ranges that its rows and cuts leave; None where they leave nothing."""
    space = loose.space
    bottom = loose.law.chance(part.low)
    rows = np.flatnonzero(loose.ranges.top - bottom > FLAT)
    mean = space.adds.mean(1)
    columns = [*space.adds[:, rows].T, mean]
    least, most = _ends(loose, columns, "kMinimize"), _ends(loose, columns, "kMaximize")
    loose.aim_for_goal()
    if least is None or most is None:
        return None
    low, high = part.low.copy(), part.high.copy()
    low[rows] = np.maximum(low[rows], least[:-1])
    high[rows] = np.maximum(np.minimum(high[rows], most[:-1]), low[rows])
    ends = max(part.slice[0], float(least[-1])), min(part.slice[1], float(most[-1]))
    return replace(part, low=low, high=high, slice=ends)


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


def finer(law: Law, part: Part, adds: Floats) -> Cuts:
    """More pieces for the scenarios whose hull is furthest above their chance at ``adds`` (n,)."""
    now = _piece(law, part, adds)
    lines = law.lines(now, adds)
    excess = lines.base + lines.slope * adds - law.chance(adds)
    places = law.at[::2]
    above = lines.base[:, None] + lines.slope[:, None] * places - law.value[:, ::2]
    between = (places > np.maximum(lines.left, now.low)[:, None]) & (
        (places <= lines.right[:, None]) & (places < now.high[:, None])
    )
    above[~between] = -np.inf
    best = above.argmax(1)
    far = above[np.arange(len(adds)), best]
    inside = (adds > now.low + ROUNDING) & (adds < now.high - ROUNDING)
    point = np.where((far > 2 * excess) | ~inside, places[best], adds)
    able = (excess > ROUNDING) & (inside | np.isfinite(far))
    worst = np.argsort(-np.where(able, excess, -1.0), kind="stable")[:WORST]
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
