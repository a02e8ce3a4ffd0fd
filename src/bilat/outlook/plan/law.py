"""The chance of the target in one scenario, as a function of what the plan adds there.

A scenario is one luck of all measures, with the common luck F (see `effects`). The baseline is not
drawn with it: given F, its normal score is N(κF, 1 − κ²), so with γ = level − baseline and its
distribution function H over all draws of the baseline,

    G(s)  =  P(baseline + s ≥ level | F)  =  Φ((κF + Φ⁻¹(H(s))) / √(1 − κ²))

This is conditional Monte Carlo (Asmussen and Glynn 2007, *Stochastic Simulation*, V.4): its mean is
that of 0 or 1 per draw, with less noise. G is kept at `NODES` points with its jumps, and is linear
between them: where there are fewer draws of the baseline than that, or it is certain, it is the
exact staircase.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from bilat.outlook.effects import Assumptions

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NODES = 120
TURNS = 60
"""An edge of a hull is found in far fewer turns; the line is valid whenever it stops."""


@dataclass(frozen=True)
class Ranges:
    """Additions that scenarios ``rows`` can have: low to high, with the chance ``top`` at high."""

    rows: Ints
    low: Floats
    high: Floats
    top: Floats

    def only(self, chosen: NDArray[np.bool_]) -> Ranges:
        return Ranges(self.rows[chosen], self.low[chosen], self.high[chosen], self.top[chosen])


@dataclass(frozen=True)
class Lines:
    """(r,) straight lines ``base + slope·s`` that no chance in its range exceeds, and the two
    points where each touches it."""

    base: Floats
    slope: Floats
    left: Floats
    right: Floats


@dataclass(frozen=True)
class Law:
    """at: (m,) additions, rising, each twice: just before it, and from it on.
    value: (n, m) chance there in each scenario."""

    at: Floats
    value: Floats

    def chance(self, adds: Floats) -> Floats:
        """adds: (…, n). To reach the level is enough: the last of equal points counts."""
        return self._read(adds, np.arange(len(self.value)), "right")

    def before(self, adds: Floats, rows: Ints) -> Floats:
        """(…, r) chance in some scenarios just below these additions."""
        return self._read(adds, rows, "left")

    def _read(self, adds: Floats, rows: Ints, side: str) -> Floats:
        after = np.searchsorted(self.at, adds, side=side)  # type: ignore[call-overload]
        low, high = np.maximum(after - 1, 0), np.minimum(after, len(self.at) - 1)
        width = self.at[high] - self.at[low]
        part = np.where(width > 0, (adds - self.at[low]) / np.where(width > 0, width, 1), 0.0)
        first, second = self.value[rows, low], self.value[rows, high]
        return np.asarray(first + np.clip(part, 0, 1) * (second - first))

    def ranges(self, low: Floats, high: Floats) -> Ranges:
        """Of all scenarios; low, high: (n,)."""
        return Ranges(np.arange(len(low)), low, high, self.chance(high))

    def lines(self, ranges: Ranges, adds: Floats) -> Lines:
        """The edge above ``adds`` (r,) of the concave hull of each chance over its range.

        Begins with the chord from end to end, and moves one end to the point furthest above it
        until there is none.
        """
        rows = np.arange(len(ranges.rows))
        bottom = self._read(ranges.low, ranges.rows, "right")
        points = np.column_stack([ranges.low, np.tile(self.at, (len(rows), 1)), ranges.high])
        values = np.column_stack([bottom, self.value[ranges.rows], ranges.top])
        inside = (points > ranges.low[:, None]) & (points < ranges.high[:, None])
        inside[:, 0] = inside[:, -1] = True
        values[~inside] = -np.inf
        left, right = np.zeros(len(rows), int), np.full(len(rows), points.shape[1] - 1)
        slope = np.zeros(len(rows))
        base = ranges.top
        for _ in range(TURNS):
            slope = _slope(points, values, rows, left, right)
            above = values - slope[:, None] * points
            best = above.argmax(1)
            base = above[rows, best]
            higher = base > above[rows, right] + 1e-12
            if not higher.any():
                break
            leftwards = points[rows, best] <= adds
            left = np.where(higher & leftwards, best, left)
            right = np.where(higher & ~leftwards, best, right)
        return Lines(base, slope, points[rows, left], points[rows, right])


def _slope(points: Floats, values: Floats, rows: Ints, left: Ints, right: Ints) -> Floats:
    width = points[rows, right] - points[rows, left]
    rise = values[rows, right] - values[rows, left]
    return np.where(width > 0, rise / np.where(width > 0, width, 1), 0.0)


def law_of(gap: Floats, luck: Floats, most: float, assumptions: Assumptions) -> Law:
    """gap: (N,) level less baseline, of every draw. luck: (n,) F of the scenarios. most: greatest
    addition that there can be."""
    ordered = np.sort(gap)
    within = ordered[(ordered > 0) & (ordered <= most)]
    points = np.array([0.0, most])
    if len(within):
        chosen = np.quantile(within, np.linspace(0, 1, NODES), method="nearest")
        points = np.unique(np.concatenate([points, chosen]))
    below = np.searchsorted(ordered, points, side="left") / len(ordered)
    upto = np.searchsorted(ordered, points, side="right") / len(ordered)
    score = ndtri(np.stack([below, upto], axis=1).ravel())
    kappa = assumptions.with_baseline
    spread = max((1 - kappa**2) ** 0.5, 1e-6)
    value = ndtr((kappa * np.asarray(luck, float)[:, None] + score[None, :]) / spread)
    return Law(np.repeat(points, 2), value)
