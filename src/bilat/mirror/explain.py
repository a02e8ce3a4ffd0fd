"""What happened to a cell: its explanations, each with a probability, a value and a variance.

Explanation h says which fault each side made (`faults`), mostly none. Under it the reports x and m
(logs, corrected for bias and margin) less the faults' shifts measure one level y with variances a
and b, so that with normal errors and a flat prior

    w = b/(a + b),  y_h = w·x + (1 − w)·m,  v_h = a·b/(a + b)        (inverse-variance weights)
    P(h) ∝ rate_h · N(x − m; 0, a + b) · f(y_h)

with f the density of levels (`level`). Where one side is silent: y_h is the other report less its
shift, and P(h) ∝ rate_h·f(y_h).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.mirror.cells import Floats32
from bilat.mirror.faults import KINDS, SOUND, WRONG, Faults
from bilat.mirror.level import Evidence

Sides = tuple[Faults, Faults]

BOTH = np.array(
    [(SOUND, SOUND)]
    + [(kind, SOUND) for kind in range(1, KINDS)]
    + [(SOUND, kind) for kind in range(1, KINDS)]
    + [(WRONG, WRONG)]
)
"""(12, 2) faults of exporter and importer: none, one side, or both wrong."""
GROUP_OF_BOTH = np.array([0] + [1] * 5 + [2] * 5 + [3])
"""Which group an explanation belongs to: none, the exporter's, the importer's, both."""
GROUP_OF_ONE = np.array([0, 1, 2, 1, 2, 3])
"""For one report: none, too high, too low, wrong by an unknown amount."""


@dataclass(frozen=True)
class Explained:
    """chance, value, variance, weight: (h, n); the value is a log, less the exporter's log."""

    chance: Floats32
    value: Floats32
    variance: Floats32
    weight: Floats32


def explain_both(
    x: Floats32, m: Floats32, variances: tuple[Floats32, Floats32], sides: Sides, at: Evidence
) -> Explained:
    """x, m: (n,) corrected logs. Values are relative to x."""
    ours, theirs = BOTH.T
    a = variances[0] + _column(sides[0].variance[ours])
    b = variances[1] + _column(sides[1].variance[theirs])
    first = -_column(sides[0].shift[ours])
    second = (m - x) - _column(sides[1].shift[theirs])
    total = a + b
    weight = b / total
    value = weight * first + (1 - weight) * second
    rate = _column(sides[0].rates[ours] * sides[1].rates[theirs])
    away = first - second
    fit = np.exp(np.float32(-0.5) * away * away / total) / np.sqrt(total)
    chance = rate * fit * at.density(value + x)
    return Explained(_shares(chance), value, a * weight, weight)


def explain_one(report: Floats32, variance: Floats32, faults: Faults, at: Evidence) -> Explained:
    """report: (n,) the only corrected log; values are relative to it. Weights are all 1."""
    value = np.broadcast_to(-_column(faults.shift), (KINDS, len(report)))
    spread = variance + _column(faults.variance)
    chance = _column(faults.rates) * at.density(value + report)
    return Explained(_shares(chance), value, spread, np.ones_like(spread))


def _column(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Floats32:
    return values.astype(np.float32)[:, None]


def _shares(chance: Floats32) -> Floats32:
    """Probabilities; where no explanation is likely at all, the last one (wrong) is taken."""
    total = chance.sum(0)
    lost = total <= 0
    shares = chance / np.where(lost, np.float32(1), total)
    shares[-1] += lost
    return shares
