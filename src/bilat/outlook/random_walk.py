"""A plain forecast of a yearly level: a log random walk with a drift that is shrunk to zero.

With y the log level, yearly steps are y_t − y_{t−1} ~ N(μ, σ²); over a gap of g years N(gμ, gσ²).
Prior (normal–inverse-gamma): μ | σ² ~ N(0, σ²/k), σ² ~ IG(ν₀/2, ν₀s₀²/2). With steps r over gaps
g, G = Σg and μ̂ = Σr/G, the posterior is

    k' = k + G,  m = Σr/k',  ν = ν₀ + n,
    νs² = ν₀s₀² + Σ(r − gμ̂)²/g + μ̂²·G·k/k'

and the level after h years has a Student t distribution in logs,

    y_h ~ t_ν(y_0 + h·m,  s²·(h + h²/k')).

(Conjugate updating as in Gelman et al., *Bayesian Data Analysis*, 3rd ed., section 3.3.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from bilat.errors import NoAnswer
from bilat.language import Message, say

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """What is believed before a series is seen; weights are counted in years of data.

    The values were chosen by ``benchmarks/random_walk.py`` on yearly imports between 59 countries,
    origins 2005–2014: heavy shrinking of the drift did best there, because past booms do not last.
    """

    drift_weight: float = 80.0
    step: float = 0.2
    step_weight: float = 4.0


METHOD: Message = say(
    "log random walk with drift, the drift shrunk to zero (a simple method: it knows nothing "
    "of measures, projects or other countries)"
)


@dataclass(frozen=True)
class Forecast:
    """The distribution of a positive level, h years after its last value.

    start: the last level, in the unit of the series. drift: log a year. scale: log, of one step.
    drift_weight: years of data behind the drift. degrees: of freedom. start_error: log standard
    deviation of the last level itself, 0 when it is a full year's statistic.
    """

    start: float
    drift: float
    scale: float
    drift_weight: float
    degrees: float
    start_error: float = 0.0

    def quantile(self, shares: Sequence[float], horizon: float) -> Array:
        """(len(shares),) levels that are not exceeded with the given probabilities."""
        points = stdtrit(self.degrees, np.asarray(shares, dtype=float))
        return np.asarray(np.exp(self._centre(horizon) + self._spread(horizon) * points))

    def chance_of(self, level: float, horizon: float) -> float:
        """Probability that the level after ``horizon`` years is at least ``level``."""
        distance = (np.log(level) - self._centre(horizon)) / self._spread(horizon)
        return float(stdtr(self.degrees, -distance))

    def paths(self, rng: np.random.Generator, draws: int, years: int) -> Array:
        """(draws, years) levels of the years ahead: drift and scale from their posterior, then a
        walk. Each year has the distribution of `quantile`, but for ``start_error``, which is drawn
        as a normal."""
        scale = self.scale * np.sqrt(self.degrees / rng.chisquare(self.degrees, (draws, 1)))
        drift = self.drift + scale / np.sqrt(self.drift_weight) * rng.standard_normal((draws, 1))
        steps = drift + scale * rng.standard_normal((draws, years))
        first = np.log(self.start) + self.start_error * rng.standard_normal((draws, 1))
        return np.asarray(np.exp(first + steps.cumsum(1)))

    def _centre(self, horizon: float) -> float:
        return float(np.log(self.start) + horizon * self.drift)

    def _spread(self, horizon: float) -> float:
        walk = self.scale**2 * (horizon + horizon**2 / self.drift_weight)
        return float(np.sqrt(walk + self.start_error**2))


def forecast(
    years: Sequence[float],
    levels: Sequence[float],
    *,
    start_error: float = 0.0,
    prior: Prior | None = None,
) -> Forecast:
    """Fit the walk to yearly levels.

    years: (n,) increasing, gaps allowed. levels: (n,) positive, one unit. One level alone is
    forecast by the prior. Raises NoAnswer when there is no positive level at the end.
    """
    belief = prior or Prior()
    known = [(year, level) for year, level in zip(years, levels, strict=True) if level > 0]
    if not known or levels[-1] <= 0:
        raise NoAnswer(say("no positive level to forecast from"))
    when, logs = np.array([year for year, _ in known]), np.log([level for _, level in known])
    gaps, steps = np.diff(when), np.diff(logs)
    total = float(gaps.sum())
    weight = belief.drift_weight + total
    mean = float(steps.sum()) / total if total else 0.0
    squares = (
        belief.step_weight * belief.step**2
        + float(((steps - gaps * mean) ** 2 / gaps).sum())
        + mean**2 * total * belief.drift_weight / weight
    )
    degrees = belief.step_weight + len(steps)
    return Forecast(
        start=float(known[-1][1]),
        drift=mean * total / weight,
        scale=float(np.sqrt(squares / degrees)),
        drift_weight=weight,
        degrees=degrees,
        start_error=start_error,
    )
