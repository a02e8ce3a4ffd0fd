"""An analyst asks which products could carry more of a pair's trade, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest

from bilat.potential.unrealised import Doubt, Growth, potential, smoothed

EXPORTS = np.array([50.0, 10.0, 0.0])
IMPORTS = np.array([20.0, 40.0, 30.0])
WORLD = np.array([100.0, 100.0, 100.0])
TRADE = np.array([2.0, 8.0, 0.0])


def test_supply_times_ease_times_demand() -> None:
    """By hand: shares .5, .1, 0; expected .5·20 + .1·40 = 14; ease 10/14."""
    found = potential(EXPORTS, IMPORTS, WORLD, TRADE)
    assert found.ease == pytest.approx(10 / 14)
    assert found.value == pytest.approx([10 * 10 / 14, 4 * 10 / 14, 0])
    assert found.unrealised == pytest.approx([100 / 14 - 2, 0, 0])
    assert found.total == pytest.approx(100 / 14 - 2)
    assert np.isnan(found.low).all()


def test_trade_beyond_the_potential_makes_up_for_nothing_elsewhere() -> None:
    found = potential(EXPORTS, IMPORTS, WORLD, TRADE)
    assert found.value.sum() == pytest.approx(TRADE.sum())
    assert found.total > found.value.sum() - TRADE.sum()


def test_foreseen_growth_raises_the_potential() -> None:
    now = potential(EXPORTS, IMPORTS, WORLD, TRADE)
    later = potential(
        EXPORTS, IMPORTS, WORLD, TRADE, growth=Growth(1.1, np.array([1.2, 1, 1]), 1.05)
    )
    assert later.value[0] == pytest.approx(now.value[0] * 1.1 * 1.2 * 1.05)


def test_nobody_supplies_more_than_is_bought() -> None:
    found = potential(
        np.array([99.0, 1.0]), np.array([10.0, 10.0]), np.array([100.0, 100.0]), np.array([90.0, 0])
    )
    assert found.value[0] == 10


def test_a_pair_without_common_products_has_no_ease() -> None:
    found = potential(np.array([5.0, 0]), np.array([0, 5.0]), np.array([9.0, 9]), np.zeros(2))
    assert np.isnan(found.ease)
    assert found.total == 0


def test_doubtful_reports_make_wide_intervals() -> None:
    none, some = np.zeros(3), np.full(3, 0.5)
    sure = potential(
        EXPORTS, IMPORTS, WORLD, TRADE, doubt=Doubt(none, none, none), rng=np.random.default_rng(1)
    )
    assert sure.low == pytest.approx(sure.unrealised)
    assert sure.high == pytest.approx(sure.unrealised)
    unsure = potential(
        EXPORTS, IMPORTS, WORLD, TRADE, doubt=Doubt(some, some, some), rng=np.random.default_rng(1)
    )
    assert unsure.low[0] < unsure.unrealised[0] < unsure.high[0]


def test_the_latest_years_count_most() -> None:
    assert smoothed(np.array([[0.0], [0.0], [0.0], [0.0], [3.0]])) == pytest.approx([1.0])
    assert smoothed(np.array([[9.0], [9.0]])) == pytest.approx([9.0])


@pytest.mark.parametrize("bad", [-1.0, np.nan])
def test_what_is_no_trade_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="not negative"):
        potential(np.array([bad]), np.ones(1), np.ones(1), np.ones(1))
    with pytest.raises(ValueError, match="generator"):
        potential(EXPORTS, IMPORTS, WORLD, TRADE, doubt=Doubt(*np.zeros((3, 3))))
