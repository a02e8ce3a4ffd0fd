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

from bilat.mirror.cells import Floats32, Ints, put_rows, some
from bilat.mirror.explain import Explained
from bilat.mirror.mixture import POINTS, Mixtures, quantiles

GROUPS = 4
CERTAIN = 0.999
"""From this probability of one group on, the others move no quantile that anyone reads."""


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

    def mixtures(self, cells: Ints) -> Mixtures:
        scale = np.sqrt(some(self.variance, cells))
        return Mixtures(some(self.chance, cells), some(self.mean, cells), scale)

    def likeliest(self) -> tuple[NDArray[np.intp], Floats32]:
        """(n,) which group it is, the first of equals, and its probability."""
        best, most = np.zeros(self.chance.shape[1], np.intp), self.chance[0]
        for group in range(1, GROUPS):
            np.maximum(best, group * (self.chance[group] > most), out=best)
            most = np.maximum(most, self.chance[group])
        return best, most


def blend_plain(gap: Floats32, ours: Floats32, theirs: Floats32) -> Blend:
    """Both reports sound. gap: (n,) m − x. ours, theirs: (n,) their log variances."""
    weight = theirs / (ours + theirs)
    value = (1 - weight) * gap
    error = np.sqrt(ours * weight)
    return Blend(value, error, weight, value + POINTS[:, None] * error, np.zeros(len(gap), np.intp))


def blend(found: Explained, group_of: NDArray[np.int64]) -> Blend:
    """group_of: (h,) the group of each explanation."""
    groups = gather(found, group_of)
    best, most = groups.likeliest()
    place = best * len(best) + np.arange(len(best))
    value, weight = groups.mean.take(place), groups.weight.take(place)
    middle = (groups.chance * groups.mean).sum(0)
    second = (groups.chance * (groups.variance + (groups.mean - middle) ** 2)).sum(0)
    spread = np.sqrt(groups.variance.take(place))
    ends = value + POINTS[:, None] * spread
    unsure = np.flatnonzero(most < CERTAIN)
    put_rows(ends, unsure, quantiles(groups.mixtures(unsure), some(ends, unsure)))
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
