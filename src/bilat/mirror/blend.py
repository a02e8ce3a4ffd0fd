"""From explanations to one answer: value, standard error, weight of each report, intervals.

Explanations (`explain`) are gathered into four groups: no gross error, the exporter's, the
importer's, both wrong. Each group is summed up as a normal of its mean and variance (in logs), and
the level has the mixture of the four. The value is the mean of the likeliest group; the standard
error and the intervals are those of the whole mixture, so that doubt about who slipped shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from bilat.mirror.cells import Flags, Floats32
from bilat.mirror.explain import Explained

LEVELS = (0.025, 0.1, 0.9, 0.975)
POINTS = np.array([-1.959964, -1.281552, 1.281552, 1.959964], dtype=np.float32)
"""Standard normal quantiles of `LEVELS`."""
GROUPS = 4
CERTAIN = 0.999
"""From this probability of one group on, the others move no quantile that anyone reads."""
MOSTLY, NEAR = 0.9, 0.001
ROUNDS = 2
HALVINGS = 12


@dataclass(frozen=True)
class Blend:
    """Logs, relative to the log that the explanation was relative to.

    value, error, weight: (n,). ends: (4, n) at `LEVELS`. group: (n,) the likeliest.
    """

    value: Floats32
    error: Floats32
    weight: Floats32
    ends: Floats32
    group: NDArray[np.intp]


@dataclass(frozen=True)
class Groups:
    """chance, mean, variance, weight: (4, n)."""

    chance: Floats32
    mean: Floats32
    variance: Floats32
    weight: Floats32


def blend_plain(gap: Floats32, ours: Floats32, theirs: Floats32) -> Blend:
    """Both reports sound. gap: (n,) m − x. ours, theirs: (n,) their log variances."""
    weight = theirs / (ours + theirs)
    value = (1 - weight) * gap
    error = np.sqrt(ours * weight)
    return Blend(value, error, weight, value + POINTS[:, None] * error, np.zeros(len(gap), np.intp))


def blend(found: Explained, group_of: NDArray[np.int64]) -> Blend:
    """group_of: (h,) the group of each explanation."""
    groups = gather(found, group_of)
    best, row = groups.chance.argmax(0), np.arange(groups.chance.shape[1])
    value, weight = groups.mean[best, row], groups.weight[best, row]
    middle = (groups.chance * groups.mean).sum(0)
    second = (groups.chance * (groups.variance + (groups.mean - middle) ** 2)).sum(0)
    spread = np.sqrt(groups.variance[best, row])
    ends = value + POINTS[:, None] * spread
    unsure = np.flatnonzero(groups.chance[best, row] < CERTAIN)
    ends[:, unsure] = quantiles(
        groups.chance[:, unsure], groups.mean[:, unsure], np.sqrt(groups.variance[:, unsure])
    )
    return Blend(value, np.sqrt(second), weight, ends, best)


def gather(found: Explained, group_of: NDArray[np.int64]) -> Groups:
    """Probability, mean, variance and mean weight of each group."""
    shape = (GROUPS, found.chance.shape[1])
    parts = tuple(np.zeros(shape, dtype=np.float32) for _ in range(4))
    chance, mean, variance, weight = parts
    for group in range(GROUPS):
        rows = np.flatnonzero(group_of == group)
        if not len(rows):
            variance[group] = 1
            continue
        share = found.chance[rows]
        chance[group] = share.sum(0)
        share = (share + np.float32(1e-30)) / (chance[group] + np.float32(1e-30) * len(rows))
        mean[group] = (share * found.value[rows]).sum(0)
        weight[group] = (share * found.weight[rows]).sum(0)
        apart = (found.value[rows] - mean[group]) ** 2
        variance[group] = (share * (found.variance[rows] + apart)).sum(0)
    return Groups(chance, mean, variance, weight)


def quantiles(chance: Floats32, mean: Floats32, scale: Floats32) -> Floats32:
    """(4, n) quantiles of normal mixtures at `LEVELS`. chance, mean, scale: (k, n).

    Where one component has nearly all, rounds of q = μ + s·Φ⁻¹((α − rest(q))/p) mostly do. Else
    the quantile lies between the smallest and the largest of the components' own: halved down.
    """
    points = np.empty((len(LEVELS), chance.shape[1]), dtype=np.float32)
    good = chance.max(0) > MOSTLY
    rows = np.flatnonzero(good)
    points[:, rows], good[rows] = _by_rounds(chance[:, rows], mean[:, rows], scale[:, rows])
    rows = np.flatnonzero(~good)
    points[:, rows] = _halved(chance[:, rows], mean[:, rows], scale[:, rows])
    return points


def _by_rounds(chance: Floats32, mean: Floats32, scale: Floats32) -> tuple[Floats32, Flags]:
    """The rest of the mixture moves the main component's quantile a little, and again less.

    Gives the quantiles, and where all four came near enough to their levels.
    """
    order = np.argsort(-chance, axis=0)
    chance, mean, scale = (np.take_along_axis(part, order, 0) for part in (chance, mean, scale))
    points = np.empty((len(LEVELS), chance.shape[1]), dtype=np.float32)
    near = np.ones(chance.shape[1], dtype=bool)
    for place, (level, z) in enumerate(zip(LEVELS, POINTS, strict=True)):
        point = mean[0] + z * scale[0]
        for _round in range(ROUNDS):
            rest = _below(point, chance[1:], mean[1:], scale[1:])
            share = np.clip((np.float32(level) - rest) / chance[0], 1e-4, 1 - 1e-4)
            point = mean[0] + scale[0] * ndtri(share)
        points[place] = point
        near &= np.abs(_below(point, chance, mean, scale) - np.float32(level)) < NEAR
    return points, near


def _halved(chance: Floats32, mean: Floats32, scale: Floats32) -> Floats32:
    points = np.empty((len(LEVELS), chance.shape[1]), dtype=np.float32)
    matters = chance > 1e-5
    for place, (level, z) in enumerate(zip(LEVELS, POINTS, strict=True)):
        own = mean + z * scale
        low = np.where(matters, own, np.float32(np.inf)).min(0)
        high = np.where(matters, own, np.float32(-np.inf)).max(0)
        for _halving in range(HALVINGS):
            half = (low + high) / 2
            below = _below(half, chance, mean, scale) < level
            low, high = np.where(below, half, low), np.where(below, high, half)
        points[place] = (low + high) / 2
    return points


def _below(point: Floats32, chance: Floats32, mean: Floats32, scale: Floats32) -> Floats32:
    """(n,) probability of the components (k, n) up to a point (n,)."""
    total = np.zeros_like(point)
    for share, middle, spread in zip(chance, mean, scale, strict=True):
        total += share * _normal((point - middle) / spread)
    return total


def _normal(z: Floats32) -> Floats32:
    """Φ(z) to 3·10⁻⁴ (Page 1977, *Applied Statistics* 26): half of 1 + tanh."""
    inner = np.float32(0.7978846) * z * (1 + np.float32(0.044715) * z * z)
    return np.float32(0.5) * (1 + np.tanh(inner))
