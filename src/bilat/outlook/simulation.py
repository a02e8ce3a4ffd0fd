"""The chance of a target with and without measures, by simulation of baseline and effects.

What measures add comes on top of the baseline, which is the forecast of a flow as flows behave,
with whatever programmes they had. What a measure adds already in the last year of data is in the
baseline, and is not added again; what it displaces is taken off (see `effects`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.effects import Assumptions, additions, additions_at, become, draw
from bilat.outlook.measures import Measure
from bilat.outlook.shapley import Contributions, contributions

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

SHARES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
TAIL = 0.1
"""The tail gap is the mean of this share of the worst draws."""
SHAPLEY_DRAWS = 20_000


@dataclass(frozen=True)
class Gap:
    """What is missing to the level, base unit: the mean over all draws (0 where it is reached), the
    mean of the worst tenth, and the level less the median."""

    expected: float
    tail: float
    median: float


@dataclass(frozen=True)
class Simulated:
    """n draws of t periods.

    edges: (t + 1,) years. level: of the target, base unit a period. chance_without, chance_with:
    (t,). without, with_measures: (7, t) quantiles at `SHARES`. gap_without, gap_with: at the last
    period. adds: (k,) mean addition in the last period. contributions: to the chance in the last
    period, in the order of ``measures``. error: standard error of the chances by simulation.
    """

    measures: tuple[Measure, ...]
    edges: Floats
    level: float
    chance_without: Floats
    chance_with: Floats
    without: Floats
    with_measures: Floats
    gap_without: Gap
    gap_with: Gap
    adds: Floats
    contributions: Contributions
    draws: int
    assumptions: Assumptions

    @property
    def error(self) -> float:
        """Largest standard error that a simulated chance of so many draws can have."""
        return float(0.5 / np.sqrt(self.draws))


def simulate(
    baseline: Floats,
    edges: Sequence[float] | Floats,
    level: float,
    measures: Sequence[Measure],
    *,
    rng: np.random.Generator,
    assumptions: Assumptions | None = None,
) -> Simulated:
    """baseline: (n, t) levels of n draws, base unit a period. edges: (t + 1,) years, so that a
    period may be a year or a month. level: what is to be reached in a period.

    Raises NoAnswer for arrays that do not fit or are not positive, and for measures whose
    dependencies are unknown or go round in a ring.
    """
    believed = assumptions or Assumptions()
    grid = np.asarray(edges, float)
    _refuse(baseline, grid, level)
    luck = draw(measures, baseline[:, -1], believed, rng)
    drawn = become(measures, luck, believed)
    whole = additions(measures, drawn, grid)
    whole += baseline
    last = len(grid) - 2
    adds = additions_at(measures, drawn, grid, last)
    shown = slice(0, SHAPLEY_DRAWS)
    owed = contributions(measures, adds[:, shown], level - baseline[shown, last], rng)
    return Simulated(
        measures=tuple(measures),
        edges=grid,
        level=level,
        chance_without=(baseline >= level).mean(0),
        chance_with=(whole >= np.float32(level)).mean(0),
        without=_quantiles(baseline),
        with_measures=_quantiles(whole),
        gap_without=gap_of(baseline[:, -1], level),
        gap_with=gap_of(whole[:, -1], level),
        adds=adds.mean(1, dtype=float),
        contributions=owed,
        draws=len(baseline),
        assumptions=believed,
    )


def _refuse(baseline: Floats, edges: Floats, level: float) -> None:
    if baseline.ndim != 2 or baseline.shape[1] != len(edges) - 1 or not len(baseline):
        raise NoAnswer(
            say(
                "the baseline is of shape {shape}; it must have a row a draw and {n} columns, one "
                "a period",
                shape=str(baseline.shape),
                n=len(edges) - 1,
            )
        )
    if not (np.diff(edges) > 0).all():
        raise NoAnswer(say("the periods do not follow each other"))
    if not np.isfinite(baseline).all() or (baseline < 0).any() or not level > 0:
        raise NoAnswer(say("levels are negative or missing"))


def _quantiles(levels: NDArray[np.floating]) -> Floats:
    """(7, t)"""
    return np.asarray(np.quantile(levels, SHARES, axis=0), float)


def gap_of(levels: NDArray[np.floating], level: float) -> Gap:
    """levels: (n,) of one period."""
    missing = np.sort(np.maximum(level - levels.astype(float), 0))
    worst = missing[-max(int(len(missing) * TAIL), 1) :]
    return Gap(float(missing.mean()), float(worst.mean()), float(level - np.median(levels)))
