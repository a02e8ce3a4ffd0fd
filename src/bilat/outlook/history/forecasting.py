"""From traits to forecasts: many flows at once, or one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from bilat.outlook.history.learning import Learned
from bilat.outlook.history.panel import Array
from bilat.outlook.history.shape import SCORES, Shape
from bilat.outlook.history.traits import IS_OWN_GROWTH, NORMAL_GROWTH, Traits


@dataclass(frozen=True)
class Forecasts:
    """Forecasts of n flows. start: (n,) log level. centre: (n, H) log growth. scale: (n, H).

    start_error: (n,) log standard deviation of the level itself.
    """

    start: Array
    centre: Array
    scale: Array
    start_error: Array
    shape: Shape

    def curves(self, horizon: float) -> Array:
        """(n, len(SHARES)) log levels after ``horizon`` years, at the grid of shares."""
        return self.start[:, None] + growth_curves(
            self.centre, self.scale, self.start_error, self.shape, horizon
        )

    def quantiles(self, shares: Sequence[float], horizon: float) -> Array:
        """(n, len(shares)) levels that are not exceeded with the given probabilities."""
        curves = self.curves(horizon)
        return np.asarray(np.exp(along(curves, ndtri(np.asarray(shares, dtype=float)))))

    def chances(self, levels: Array, horizon: float) -> Array:
        """(n,) probability that each level, (n,), is reached after ``horizon`` years."""
        return np.asarray(ndtr(-_across(self.curves(horizon), np.log(levels))))


def growth_curves(centre: Array, scale: Array, error: Array, shape: Shape, horizon: float) -> Array:
    """(n, len(SHARES)) log growth over ``horizon`` years, which need not be whole.

    Between whole years the median is interpolated, and so is the square of what is away from it.
    Beyond the last year learned, H, the median goes on with normal growth, and what is away from
    it widens with √(horizon/H), like a random walk.
    """
    last = centre.shape[1]
    low = min(int(horizon), last)
    share = min(horizon, last) - low
    below = _curve(centre, scale, error, shape, low)
    if horizon > last:
        middle, away = _split(below)
        later = NORMAL_GROWTH * (horizon - last)
        return np.asarray(middle + later + away * np.sqrt(horizon / last))
    if share == 0:
        return below
    middle, away = _split(below)
    middle_above, above = _split(_curve(centre, scale, error, shape, low + 1))
    mixed = np.sqrt((1 - share) * away**2 + share * above**2)
    between = (1 - share) * middle + share * middle_above
    return np.asarray(between + np.sign(above) * mixed)


def _split(curve: Array) -> tuple[Array, Array]:
    middle = curve[:, curve.shape[1] // 2][:, None]
    return middle, curve - middle


def _curve(centre: Array, scale: Array, error: Array, shape: Shape, horizon: int) -> Array:
    """Of a whole year: the flow's own distribution, widened by what is common and by the start."""
    if horizon == 0:
        return np.asarray(error[:, None] * SCORES)
    own = shape.quantiles[horizon - 1]
    median = own[len(own) // 2]
    h = horizon - 1
    spread = np.sqrt(shape.shock[h] ** 2 + error**2)[:, None] * SCORES
    away = np.sqrt((scale[:, h, None] * (own - median)) ** 2 + spread**2)
    return np.asarray(centre[:, h, None] + scale[:, h, None] * median + np.sign(SCORES) * away)


def along(curves: Array, points: Array) -> Array:
    """(n, len(points)) curves at normal scores; straight lines beyond the grid's ends."""
    at = np.clip(np.searchsorted(SCORES, points), 1, len(SCORES) - 1)
    share = (points - SCORES[at - 1]) / (SCORES[at] - SCORES[at - 1])
    return np.asarray(curves[:, at - 1] * (1 - share) + curves[:, at] * share)


def _across(curves: Array, levels: Array) -> Array:
    """(n,) the normal score at which each curve reaches its log level."""
    rows = np.arange(len(curves))
    at = np.clip((curves < levels[:, None]).sum(axis=1), 1, len(SCORES) - 1)
    low, high = curves[rows, at - 1], curves[rows, at]
    share = (levels - low) / np.maximum(high - low, 1e-12)
    return np.asarray(SCORES[at - 1] + share * (SCORES[at] - SCORES[at - 1]))


def predict(learned: Learned, traits: Traits, start_error: Array | float = 0.0) -> Forecasts:
    """Forecasts of all flows of ``traits``; a flow without a start has NaN throughout.

    The median grows normally where the traits are the usual ones. What is usual is half what it was
    in the panel that taught, half what it is now: how far a regime lasts, a panel cannot tell. Own
    growth alone is measured against normal growth, so that a boom of all flows is followed by
    reversion as a boom of one is.
    """
    years = np.arange(1, learned.furthest + 1)
    rebound = np.where(years == 1, *learned.rebound) * traits.fall
    now = learned.middle if traits.usual is None else traits.usual
    usual = np.where(IS_OWN_GROWTH, learned.middle, (learned.middle + now) / 2)
    return Forecasts(
        start=np.where(np.isfinite(traits.start), traits.start, np.nan),
        centre=NORMAL_GROWTH * years + rebound + (traits.location - usual) @ learned.location.T,
        scale=np.exp(traits.scale @ learned.scale.T),
        start_error=np.broadcast_to(np.asarray(start_error, dtype=float), traits.start.shape),
        shape=learned.shape,
    )
