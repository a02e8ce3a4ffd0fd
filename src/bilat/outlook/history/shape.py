"""The shape of a forecast: its standard deviations from the middle, on a fixed grid of shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from bilat.outlook.history.panel import Array

INNER = np.arange(1, 200) / 200
"""0.005 … 0.995: between them the residuals of the panel are taken as they are."""
OUTER = np.array([1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 2e-3, 3.5e-3])
SHARES = np.concatenate([OUTER, INNER, 1 - OUTER[::-1]])
SCORES = ndtri(SHARES)
"""The shares as points of a standard normal distribution."""
TAIL_DEGREES = 4.0
"""Beyond the inner grid the quantiles go on like those of Student's t with these degrees."""


def with_tails(inner: Array) -> Array:
    """(…, len(SHARES)) quantiles of (…, len(INNER)), continued outwards from the median."""
    middle = inner[..., len(INNER) // 2 : len(INNER) // 2 + 1]
    reach = stdtrit(TAIL_DEGREES, OUTER) / stdtrit(TAIL_DEGREES, INNER[0])
    low = middle + (inner[..., :1] - middle) * reach
    high = middle + (inner[..., -1:] - middle) * reach[::-1]
    return np.concatenate([low, inner, high], axis=-1)


def weighted_quantiles(values: Array, weights: Array, shares: Array) -> Array:
    """(len(shares),) quantiles of a weighted sample, by the middle of each value's weight."""
    order = np.argsort(values, kind="stable")
    heap = np.cumsum(weights[order])
    return np.interp(shares, (heap - 0.5 * weights[order]) / heap[-1], values[order])


@dataclass(frozen=True)
class Shape:
    """What all forecasts share.

    quantiles: (H, len(SHARES)) of the standardised residual, for 1 … H years. shock: (H,) log
    standard deviation of the growth that all flows have in common. dependence: (H, H) correlation
    of normal scores between years ahead.
    """

    quantiles: Array
    shock: Array
    dependence: Array
