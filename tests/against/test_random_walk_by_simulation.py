"""The closed form of the forecast against the model simulated step by step."""

from __future__ import annotations

import numpy as np

from bilat.outlook import Prior, forecast

YEARS = [2019, 2020, 2021, 2022, 2023, 2024]
LEVELS = [59.6, 47.8, 74.0, 111.4, 110.1, 133.0]
DRAWS = 400_000


def test_quantiles_agree_with_simulated_paths() -> None:
    """Draw σ², then μ, then five years of steps; nothing of the closed form is used.

    Tolerance: the Monte Carlo error of a 10 % quantile of 400,000 draws is about 0.3 % of the
    spread; 1.5 % in logs leaves five standard errors.
    """
    prior, rng = Prior(), np.random.default_rng(20241128)
    logs = np.log(LEVELS)
    steps = np.diff(logs)
    weight = prior.drift_weight + len(steps)
    mean = steps.sum() / weight
    squares = prior.step_weight * prior.step**2 + (steps**2).sum() - weight * mean**2
    variance = squares / rng.chisquare(prior.step_weight + len(steps), DRAWS)
    drift = rng.normal(mean, np.sqrt(variance / weight))
    level = np.full(DRAWS, logs[-1])
    for _year in range(5):
        level = level + rng.normal(drift, np.sqrt(variance))
    simulated = np.quantile(level, [0.025, 0.1, 0.5, 0.9, 0.975])
    ours = np.log(forecast(YEARS, LEVELS).quantile([0.025, 0.1, 0.5, 0.9, 0.975], 5))
    np.testing.assert_allclose(ours, simulated, atol=0.015)


def test_the_chance_of_a_target_agrees_as_well() -> None:
    """500 from 133 in five years; 0.2 points is four standard errors of the simulation."""
    prior, rng = Prior(), np.random.default_rng(7)
    steps = np.diff(np.log(LEVELS))
    weight = prior.drift_weight + len(steps)
    mean = steps.sum() / weight
    squares = prior.step_weight * prior.step**2 + (steps**2).sum() - weight * mean**2
    variance = squares / rng.chisquare(prior.step_weight + len(steps), DRAWS)
    drift = rng.normal(mean, np.sqrt(variance / weight))
    end = np.log(133) + 5 * drift + rng.normal(0, np.sqrt(5 * variance))
    simulated = np.mean(end >= np.log(500))
    assert abs(forecast(YEARS, LEVELS).chance_of(500, 5) - simulated) < 0.002
