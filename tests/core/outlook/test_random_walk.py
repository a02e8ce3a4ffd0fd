"""The plain forecast keeps its promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.errors import NoAnswer
from bilat.outlook import Prior, forecast

LEVELS = st.lists(st.floats(0.5, 1e9), min_size=1, max_size=40)


@given(LEVELS, st.floats(0.5, 20), st.floats(0.01, 0.99))
def test_chance_and_quantile_are_two_readings_of_one_distribution(
    levels: list[float], horizon: float, share: float
) -> None:
    walk = forecast(range(len(levels)), levels)
    level = float(walk.quantile([share], horizon)[0])
    assert walk.chance_of(level, horizon) == pytest.approx(1 - share, abs=1e-9)


@given(LEVELS, st.floats(0.001, 1000))
def test_counting_in_thousands_changes_no_chance(levels: list[float], factor: float) -> None:
    """Scaling the currency scales the levels and nothing else."""
    plain = forecast(range(len(levels)), levels)
    scaled = forecast(range(len(levels)), [level * factor for level in levels])
    target = 2 * levels[-1]
    assert scaled.chance_of(target * factor, 5) == pytest.approx(plain.chance_of(target, 5))


def test_the_further_away_the_wider() -> None:
    walk = forecast([2020, 2021, 2022, 2023], [48, 74, 111, 110])
    widths = [np.diff(np.log(walk.quantile([0.1, 0.9], horizon)))[0] for horizon in (1, 3, 5)]
    assert widths == sorted(widths)


def test_a_boom_is_not_taken_for_the_future() -> None:
    """Four years of doubling: the middle of the forecast grows far less than it did."""
    walk = forecast([1, 2, 3, 4, 5], [1, 2, 4, 8, 16])
    assert 16 < walk.quantile([0.5], 1)[0] < 16 * 1.2


def test_a_year_that_is_missing_counts_as_two_steps_in_one() -> None:
    """Twice the time for the same growth: half the drift."""
    every_year = forecast([2020, 2021], [100, 121])
    with_gap = forecast([2020, 2022], [100, 121])
    prior = Prior()
    assert every_year.drift == pytest.approx(np.log(1.21) / (prior.drift_weight + 1))
    assert with_gap.drift == pytest.approx(np.log(1.21) / (prior.drift_weight + 2))
    assert with_gap.scale < every_year.scale


def test_an_uncertain_start_widens_even_the_first_year() -> None:
    certain = forecast([2023, 2024], [110, 133])
    unsure = forecast([2023, 2024], [110, 133], start_error=0.3)
    assert unsure.chance_of(250, 1) > certain.chance_of(250, 1)


def test_one_level_alone_is_forecast_by_what_is_believed_of_all_series() -> None:
    walk = forecast([2024], [133])
    assert walk.quantile([0.5], 5)[0] == pytest.approx(133)
    assert walk.scale == pytest.approx(Prior().step)


@pytest.mark.parametrize("levels", [[], [0, 0], [100, 0]])
def test_nothing_to_forecast_from_is_said(levels: list[float]) -> None:
    with pytest.raises(NoAnswer):
        forecast(range(len(levels)), levels)
