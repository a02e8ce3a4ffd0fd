"""The forecast of one series: quantiles, chances and joint paths, any number of years ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.outlook.history.forecasting import Forecasts, along, predict
from bilat.outlook.history.learning import Learned
from bilat.outlook.history.panel import ZERO, Array
from bilat.outlook.history.shape import Shape
from bilat.outlook.history.shipped import shipped
from bilat.outlook.history.traits import traits_alone

METHOD: Message = say(
    "reference class: how flows of such a size, recent growth and volatility went on in a panel of "
    "other countries (it knows nothing of measures, projects or prices)"
)


@dataclass(frozen=True)
class LearnedForecast:
    """The distribution of a positive level, h years after its last value.

    start: the last level, in the unit of the series. centre, scale: (H,) log growth after 1 … H
    years and its scale. start_error: log standard deviation of the last level itself.
    """

    start: float
    centre: Array
    scale: Array
    shape: Shape
    start_error: float = 0.0

    def quantile(self, shares: Sequence[float], horizon: float) -> Array:
        """(len(shares),) levels that are not exceeded with the given probabilities."""
        return np.asarray(self._alone().quantiles(shares, horizon)[0])

    def chance_of(self, level: float, horizon: float) -> float:
        """Probability that the level after ``horizon`` years is at least ``level``."""
        return float(self._alone().chances(np.array([float(level)]), horizon)[0])

    def paths(
        self, rng: np.random.Generator, n: int, horizons: Sequence[float] | None = None
    ) -> Array:
        """(n, len(horizons)) levels after each of the horizons, 1 … H years unless given.

        Each horizon has the distribution of `quantile`; across horizons they hang together as in
        the panel (Gaussian copula). Between whole years the normal scores are interpolated.
        """
        ahead = np.arange(1.0, len(self.centre) + 1) if horizons is None else np.asarray(horizons)
        scores = _scores(rng, n, ahead, self.shape.dependence)
        alone = self._alone()
        levels = np.empty((n, len(ahead)))
        for k, h in enumerate(ahead):
            levels[:, k] = _read_off(along(alone.curves(float(h)), EVEN)[0], scores[:, k])
        return np.asarray(np.exp(levels))

    def _alone(self) -> Forecasts:
        return Forecasts(
            start=np.array([np.log(self.start)]),
            centre=self.centre[None, :],
            scale=self.scale[None, :],
            start_error=np.array([self.start_error]),
            shape=self.shape,
        )


EVEN = np.linspace(-6, 6, 1201)
"""Normal scores in even steps, where a curve is read without a search; no draw lies beyond."""


def _read_off(curve: Array, scores: Array) -> Array:
    """(n,) a curve given at `EVEN`, at any scores."""
    place = np.clip((scores - EVEN[0]) / (EVEN[1] - EVEN[0]), 0, len(EVEN) - 1.001)
    low = place.astype(np.int64)
    return np.asarray(curve[low] + (place - low) * np.diff(curve)[low])


def _scores(rng: np.random.Generator, n: int, ahead: Array, dependence: Array) -> Array:
    """(n, len(ahead)) dependent normal scores at horizons that need not be whole."""
    last = max(1, int(np.ceil(ahead.max(initial=1.0))))
    whole = prolonged(dependence, last)
    drawn = rng.standard_normal((n, last)) @ np.linalg.cholesky(whole).T
    low = np.clip(ahead.astype(int), 1, last) - 1
    high = np.minimum(low + 1, last - 1)
    share = np.clip(ahead - (low + 1), 0, 1)
    size = np.sqrt((1 - share) ** 2 + share**2 + 2 * share * (1 - share) * whole[low, high])
    return np.asarray((drawn[:, low] * (1 - share) + drawn[:, high] * share) / size)


def prolonged(dependence: Array, last: int) -> Array:
    """(last, last) correlations: beyond those learned, (H, H), as of a random walk from H on."""
    learned = len(dependence)
    if last <= learned:
        return dependence[:last, :last]
    years = np.arange(1, last + 1)
    walk = np.sqrt(np.minimum.outer(years, years) / np.maximum.outer(years, years))
    walk[:learned, :learned] = dependence
    fading = np.sqrt(learned / years[learned:])
    walk[:learned, learned:] = np.outer(dependence[:, -1], fading)
    walk[learned:, :learned] = walk[:learned, learned:].T
    return walk


def forecast_series(
    years: Sequence[int],
    levels: Sequence[float],
    *,
    start_error: float = 0.0,
    in_dollars: bool = True,
    learned: Learned | None = None,
) -> LearnedForecast:
    """Forecast a series by what a panel taught.

    years: (n,) whole, increasing, gaps allowed. levels: (n,) in dollars, or in any unit with
    ``in_dollars=False``: then size is not used. A level of zero is a year without trade, a year
    that is not given is unknown. learned: what was learned; by default the table of the package.
    Raises NoAnswer when the last level is not positive or a year stands twice.
    """
    when, values = np.asarray(years, dtype=np.int64), np.asarray(levels, dtype=float)
    if not len(values) or not values[-1] > 0:
        raise NoAnswer(say("no positive level to forecast from"))
    if (np.diff(when) <= 0).any():
        raise NoAnswer(say("the years of a series must increase, each once"))
    logs = np.full((1, int(when[-1] - when[0]) + 1), np.nan)
    positive = values > 0
    logs[0, when - when[0]] = np.where(positive, np.log(np.where(positive, values, 1.0)), ZERO)
    found = predict(learned or shipped(), traits_alone(logs, sized=in_dollars), start_error)
    return LearnedForecast(
        start=float(values[-1]),
        centre=found.centre[0],
        scale=found.scale[0],
        shape=found.shape,
        start_error=start_error,
    )
