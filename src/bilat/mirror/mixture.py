"""Quantiles of mixtures of normals, for many cells at a time.

The quantile q at α solves F(q) = Σ p_k·Φ((q − μ_k)/s_k) = α. Newton's steps are taken in log odds,
ln(F/(1 − F)), which is nearly straight where F itself is flat; q lies between the smallest and the
largest of the components' own quantiles, and a step that leaves these bounds is a halving instead.

A step δ leaves F wrong by about ½·|F''|·δ², and |F''| ≤ 0.242·Σ p_k/s_k², so that after a short
step nothing needs to be looked up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from bilat.mirror.cells import Flags, Floats32, Ints, put_rows, some

LEVELS = (0.025, 0.1, 0.9, 0.975)
POINTS = np.array([-1.959964, -1.281552, 1.281552, 1.959964], dtype=np.float32)
"""Standard normal quantiles of `LEVELS`."""
NEAR = np.float32(0.001)
"""How wrong the probability below a quantile may be."""
BENT = np.float32(0.121)
"""Half of the largest slope of the normal density."""
COUNTS = np.float32(1e-4)
"""Components of less probability have no say in the bounds."""
ROUNDS = 20
ROWS = 2048
"""Cells whose components, levels and all, stay in a processor's cache."""

_LEVEL = np.array(LEVELS, dtype=np.float32)[:, None]
_ODDS = np.log(_LEVEL / (1 - _LEVEL))


@dataclass(frozen=True)
class Mixtures:
    """chance, mean, scale: (k, n)."""

    chance: Floats32
    mean: Floats32
    scale: Floats32

    def take(self, cells: Ints | slice) -> Mixtures:
        return Mixtures(some(self.chance, cells), some(self.mean, cells), some(self.scale, cells))

    def below(self, point: Floats32) -> tuple[Floats32, Floats32]:
        """Probability up to (4, n) points, and the density there.

        Φ(z) = ½ + ½·tanh(0.7988·z + 0.03528·z³) to 1.5·10⁻⁴ (Bowling, Khasawneh, Kaewkuekool and
        Cho 2009, *Journal of Industrial Engineering and Management* 2).
        """
        z = point - self.mean[:, None]
        z /= self.scale[:, None]
        slope = z * z
        slope *= np.float32(0.03528)
        slope += np.float32(0.7988)
        z *= slope
        sign = np.tanh(z, out=z)
        slope *= 3
        slope -= np.float32(2 * 0.7988)
        slope *= 1 - sign * sign
        half = self.chance[:, None] / 2
        slope *= half / self.scale[:, None]
        sign += 1
        sign *= half
        return reduce(np.add, sign), reduce(np.add, slope)

    def bounds(self) -> tuple[Floats32, Floats32]:
        """(4, n) the smallest and the largest of the components' own quantiles."""
        own = self.mean[:, None] + POINTS[:, None] * self.scale[:, None]
        counts = self.chance[:, None] > COUNTS
        least = np.where(counts, own, np.float32(np.inf))
        most = np.where(counts, own, np.float32(-np.inf))
        return reduce(np.minimum, least), reduce(np.maximum, most)

    def short(self) -> Floats32:
        """(n,) the longest step after which `NEAR` is kept."""
        bent = reduce(np.add, self.chance / (self.scale * self.scale))
        return np.asarray(np.sqrt(NEAR / (BENT * bent)))


def quantiles(mixtures: Mixtures, start: Floats32) -> Floats32:
    """(4, n) quantiles at `LEVELS`. start: (4, n) first guesses."""
    points, short = np.empty_like(start), mixtures.short()
    far = np.zeros(start.shape[1], dtype=bool)
    for first in range(0, len(far), ROWS):
        these = slice(first, first + ROWS)
        move = _step(*mixtures.take(these).below(start[:, these]))
        points[:, these] = start[:, these] + move
        far[these] = reduce(np.maximum, np.abs(move)) > short[these]
    left = np.flatnonzero(far)
    if len(left):
        found = _between(mixtures.take(left), some(points, left), short.take(left))
        put_rows(points, left, found)
    return points


def _step(below: Floats32, density: Floats32) -> Floats32:
    """Newton's, in log odds."""
    below = np.clip(below, np.float32(1e-6), np.float32(1 - 1e-6))
    rest = 1 - below
    gap = _ODDS - np.log(below / rest)
    return np.asarray(gap * below * rest / np.maximum(density, np.float32(1e-20)))


def _between(mixtures: Mixtures, point: Floats32, short: Floats32) -> Floats32:
    """The quantiles that one step does not reach: within bounds that close in on them."""
    low, high = mixtures.bounds()
    point = np.clip(point, low, high)
    points, left = np.empty_like(point), np.arange(point.shape[1])
    for turn in range(ROUNDS):
        below, density = mixtures.below(point)
        low = np.where(below < _LEVEL, point, low)
        high = np.where(below < _LEVEL, high, point)
        move = _step(below, density)
        there = np.abs(below - _LEVEL) <= NEAR
        inside = (point + move >= low) & (point + move <= high)
        good = inside & (np.abs(move) <= short)
        # Two components far apart make steps that swing between them: every third is a halving.
        moved = np.where(good if turn % 3 == 2 else inside, point + move, (low + high) / 2)
        point = np.where(there, point, moved)
        put_rows(points, left, point)
        go = _any_open(there | good)
        if not len(go):
            break
        left, short, mixtures = left.take(go), short.take(go), mixtures.take(go)
        point, low, high = some(point, go), some(low, go), some(high, go)
    return points


def _any_open(done: Flags) -> Ints:
    """Cells of which some level is not done."""
    return np.flatnonzero(~reduce(np.logical_and, done))
