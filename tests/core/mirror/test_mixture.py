"""Interval ends are quantiles of the mixture, whatever its components are."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from bilat.mirror.mixture import LEVELS, POINTS, Mixtures, quantiles

TOLERANCE = 0.002
"""Twice `NEAR`: its bound on what a step leaves is one of first order, and the normal distribution
is approximated to 0.00015. An 80 % interval so holds 79.6 to 80.4 % of its mixture."""


def ends_and_levels(mixtures: Mixtures) -> tuple[np.ndarray, np.ndarray]:
    """The quantiles, and the exact probabilities below them."""
    best, cell = mixtures.chance.argmax(0), np.arange(mixtures.chance.shape[1])
    start = mixtures.mean[best, cell] + POINTS[:, None] * mixtures.scale[best, cell]
    ends = quantiles(mixtures, start)
    chance, mean, scale = (
        part[:, None].astype(float) for part in (mixtures.chance, mixtures.mean, mixtures.scale)
    )
    return ends, (chance / chance.sum(0) * ndtr((ends - mean) / scale)).sum(0)


def some(seed: int, n: int = 5000) -> Mixtures:
    """Sharp and wide, near and a factor of a thousand apart, likely and not."""
    rng = np.random.default_rng(seed)
    chance = rng.dirichlet([2.0, 0.3, 0.3, 0.1], n).T
    mean = rng.normal(0, 1, (4, n)) + rng.choice([0, 2.3, -2.3, 6.9], (4, n))
    scale = np.exp(rng.normal(-1.5, 1, (4, n)))
    return Mixtures(*(part.astype(np.float32) for part in (chance, mean, scale)))


def test_the_probability_below_each_end_is_the_level() -> None:
    ends, below = ends_and_levels(some(1))
    assert np.abs(below - np.array(LEVELS)[:, None]).max() < TOLERANCE
    assert (np.diff(ends, axis=0) >= 0).all()


def test_one_sure_component_has_the_normals_own_ends() -> None:
    n = 50
    chance = np.array([[1.0], [0], [0], [0]], np.float32).repeat(n, axis=1)
    scale = np.full((4, n), 0.2, np.float32)
    ends, _below = ends_and_levels(Mixtures(chance, np.zeros((4, n), np.float32), scale))
    np.testing.assert_allclose(ends, 0.2 * np.tile(POINTS[:, None], n), rtol=0.005)


def test_two_components_far_apart_are_told_apart() -> None:
    """A tenfold slip at 5 %: the lower ends are its, the upper ones the other's."""
    columns = (([0.95], [0.05]), ([0.0], [-2.3]), ([0.05], [0.05]))
    ends, below = ends_and_levels(Mixtures(*(np.array(part, np.float32) for part in columns)))
    assert ends[0, 0] < -2.2
    assert -0.2 < ends[1, 0] < 0
    assert np.abs(below[:, 0] - LEVELS).max() < TOLERANCE
