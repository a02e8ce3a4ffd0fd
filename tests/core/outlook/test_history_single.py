"""An analyst forecasts one series by the history of others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.errors import NoAnswer
from bilat.outlook.history import forecast_series
from bilat.outlook.history.single import prolonged

LEVELS = st.lists(st.floats(1e3, 1e12), min_size=1, max_size=40)
YEARS = [2019, 2020, 2021, 2022, 2023, 2024]
TRADE = [50e6, 40e6, 60e6, 74e6, 111e6, 133e6]


@given(LEVELS, st.floats(0.1, 20), st.floats(0.001, 0.999))
def test_chance_and_quantile_are_two_readings_of_one_distribution(
    levels: list[float], horizon: float, share: float
) -> None:
    future = forecast_series(range(len(levels)), levels)
    level = float(future.quantile([share], horizon)[0])
    assert future.chance_of(level, horizon) == pytest.approx(1 - share, abs=1e-6)


@given(LEVELS)
def test_more_is_never_likelier(levels: list[float]) -> None:
    future = forecast_series(range(len(levels)), levels)
    goals = [levels[-1] * multiple for multiple in (0.01, 0.5, 1, 2, 10, 1000)]
    chances = [future.chance_of(goal, 5) for goal in goals]
    assert chances == sorted(chances, reverse=True)
    assert 0 <= min(chances) <= max(chances) <= 1


@given(LEVELS, st.floats(0.001, 1000))
def test_students_counted_in_thousands_have_the_same_chance(
    levels: list[float], factor: float
) -> None:
    """Outside of dollars the size of the number means nothing."""
    plain = forecast_series(range(len(levels)), levels, in_dollars=False)
    scaled = forecast_series(range(len(levels)), [x * factor for x in levels], in_dollars=False)
    target = 2 * levels[-1]
    assert scaled.chance_of(target * factor, 5) == pytest.approx(plain.chance_of(target, 5))


def test_ten_million_dollars_are_less_certain_than_ten_billion() -> None:
    small = forecast_series([2024], [1e7])
    large = forecast_series([2024], [1e10])
    assert small.chance_of(2e7, 5) > large.chance_of(2e10, 5)
    assert spread(small.quantile([0.1, 0.9], 5)) > spread(large.quantile([0.1, 0.9], 5))


def spread(levels: np.ndarray) -> float:
    return float(np.diff(np.log(levels))[0])


def test_the_further_away_the_wider() -> None:
    future = forecast_series(YEARS, TRADE)
    widths = [spread(future.quantile([0.1, 0.9], h)) for h in (0.5, 1, 2, 3, 5, 10, 12, 30)]
    assert widths == sorted(widths)


def test_a_level_that_is_itself_uncertain_widens_what_comes() -> None:
    sure = forecast_series(YEARS, TRADE)
    part_year = forecast_series(YEARS, TRADE, start_error=0.3)
    for horizon in (0.5, 1, 5):
        assert spread(part_year.quantile([0.1, 0.9], horizon)) > spread(
            sure.quantile([0.1, 0.9], horizon)
        )


def test_a_spike_is_not_taken_for_the_new_level() -> None:
    """Two flows of the same size today, one of which was ten times smaller until last year."""
    steady = forecast_series(YEARS, [100e6] * 6)
    spike = forecast_series(YEARS, [10e6] * 5 + [100e6])
    assert spike.quantile([0.5], 3)[0] < 0.8 * steady.quantile([0.5], 3)[0]


def test_a_year_without_trade_is_not_a_gap_in_the_record() -> None:
    gap = forecast_series([2019, 2020, 2022, 2023], [9e6, 9e6, 9e6, 9e6])
    zero = forecast_series([2019, 2020, 2021, 2022, 2023], [9e6, 9e6, 0, 9e6, 9e6])
    assert spread(zero.quantile([0.1, 0.9], 3)) > spread(gap.quantile([0.1, 0.9], 3))


@pytest.mark.parametrize(
    ("years", "levels"), [([], []), ([2024], [0.0]), ([2023, 2024], [5.0, 0.0])]
)
def test_nothing_to_start_from_is_said(years: list[int], levels: list[float]) -> None:
    with pytest.raises(NoAnswer, match="no positive level"):
        forecast_series(years, levels)


def test_years_out_of_order_are_refused() -> None:
    with pytest.raises(NoAnswer, match="must increase"):
        forecast_series([2024, 2023], [5.0, 6.0])


def test_paths_have_the_quantiles_of_the_forecast() -> None:
    """40,000 draws: a share near the middle has a standard error of 0.0025, so 0.01 is four."""
    future = forecast_series(YEARS, TRADE)
    horizons = [0.5, 1, 2.5, 5, 12]
    drawn = future.paths(np.random.default_rng(1), 40_000, horizons)
    assert drawn.shape == (40_000, 5)
    for column, horizon in zip(drawn.T, horizons, strict=True):
        for share in (0.05, 0.3, 0.5, 0.9):
            level = future.quantile([share], horizon)[0]
            assert (column <= level).mean() == pytest.approx(share, abs=0.01)


def test_years_of_a_path_hang_together_the_more_the_nearer_they_are() -> None:
    drawn = np.log(forecast_series(YEARS, TRADE).paths(np.random.default_rng(1), 20_000))
    bonds = np.corrcoef(drawn.T)[4]
    assert bonds[0] < bonds[2] < bonds[3] < 1


def test_the_same_seed_gives_the_same_paths() -> None:
    future = forecast_series(YEARS, TRADE)
    first, second = (future.paths(np.random.default_rng(7), 50) for _ in range(2))
    assert first.tobytes() == second.tobytes()


def test_beyond_what_was_learned_the_years_hang_together_like_a_walk() -> None:
    """Of a walk with unit steps the correlation of years a < b is √(a/b)."""
    bonds = prolonged(np.array([[1.0]]), 4)
    years = np.arange(1, 5)
    expected = np.sqrt(np.minimum.outer(years, years) / np.maximum.outer(years, years))
    np.testing.assert_allclose(bonds, expected)
