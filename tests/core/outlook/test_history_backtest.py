"""A sceptic checks the backtest: nothing leaks, and the scores are those of the literature."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm
from tests.core.outlook.flows import made_up_panel

from bilat.errors import NoAnswer
from bilat.outlook.history import panel_of
from bilat.outlook.history.backtest import apart, backtest, predictions, splits
from bilat.outlook.history.plain import plain_growth
from bilat.outlook.history.scoring import crps, lines, odds, score, together
from bilat.outlook.history.shape import INNER


def test_crps_of_a_normal_forecast_is_its_closed_form() -> None:
    """Gneiting & Raftery 2007, *JASA* 102, equation 21. 199 quantiles lose the outermost tails:
    less than 0.01 of the score of a truth within three deviations."""
    truth = np.array([-2.0, -0.5, 0.0, 1.0, 3.0])
    exact = truth * (2 * norm.cdf(truth) - 1) + 2 * norm.pdf(truth) - 1 / np.sqrt(np.pi)
    ours = crps(np.tile(norm.ppf(INNER), (5, 1)), truth)
    np.testing.assert_allclose(ours, exact, rtol=0.01)


def test_intervals_and_chances_of_a_true_forecast_are_true() -> None:
    """20,000 truths drawn from the forecast itself: standard errors are below 0.0035."""
    rng = np.random.default_rng(1)
    start, growth = rng.normal(17, 2, 20_000), rng.standard_normal(20_000)
    told = np.tile(norm.ppf(INNER), (20_000, 1))
    scored = score(2010, 5, start, start + growth, told, told + 1)
    everything = lines(scored)[0]
    assert everything.inside80 == pytest.approx(0.8, abs=0.012)
    assert everything.inside95 == pytest.approx(0.95, abs=0.007)
    assert everything.crps < everything.plain_crps
    for one, multiple in zip(odds(scored), (1.5, 2.0, 3.0), strict=True):
        assert one.said == pytest.approx(norm.sf(np.log(multiple)), abs=0.006)
        assert one.came == pytest.approx(one.said, abs=0.012)
        assert one.worst < 0.02


def test_thirds_are_of_the_flows_of_one_origin() -> None:
    start = np.log([1e6, 2e6, 1e8, 2e8, 1e10, 2e10])
    told = np.tile(norm.ppf(INNER), (6, 1))
    scored = together([score(o, 1, start, start, told, told) for o in (2009, 2014)])
    assert scored.third.tolist() == [0, 0, 1, 1, 2, 2] * 2
    assert [line.count for line in lines(scored) if line.group == "third"] == [4, 4, 4]


def test_the_plain_class_is_all_past_growth_of_the_size_tenth() -> None:
    """Ten flows of ten sizes, each growing at its own rate: each tenth knows one rate."""
    rows = [
        (k, 99, 2000 + year, 2e6 * 10**k * np.exp(0.01 * k * year))
        for k in range(10)
        for year in range(6)
    ]
    panel = panel_of(*zip(*rows, strict=True))
    told = plain_growth(panel, 3, panel.logs[:, 0])
    expected = np.sort(0.03 * panel.exporter)
    np.testing.assert_allclose(np.sort(told[:, 100]), expected, atol=1e-9)


def test_no_forecast_uses_a_later_year_of_its_flow() -> None:
    panel = made_up_panel()
    later = panel.logs + np.where(panel.years > 2012, 3.0, 0.0)
    changed = type(panel)(panel.names, panel.exporter, panel.importer, panel.years, later)
    rows = np.arange(len(panel.logs))
    first, second = (predictions(one, one, rows, 2012) for one in (panel, changed))
    np.testing.assert_array_equal(first.quantiles, second.quantiles)
    np.testing.assert_array_equal(first.chances, second.chances)


def test_halves_share_no_country() -> None:
    for teaching, known in splits(made_up_panel(), 2, np.random.default_rng(1)):
        taught = {*teaching.exporter.tolist(), *teaching.importer.tolist()}
        asked = {*known.exporter.tolist(), *known.importer.tolist()}
        assert taught
        assert asked
        assert not taught & asked


def test_cases_are_taken_out_of_the_panel_unless_they_are_most_of_it() -> None:
    panel = made_up_panel()
    pairs = list(panel.positions())
    assert len(apart(panel, pairs[:100]).logs) == len(pairs) - 100
    assert apart(panel, pairs) is panel


def test_on_walks_the_forecast_is_calibrated_and_beats_the_plain_class() -> None:
    """The plain class mixes noisy and quiet flows of a size; common shocks are none here, so
    intervals are somewhat too wide."""
    made = backtest(made_up_panel(), [2012, 2014], count=1, rng=np.random.default_rng(1))
    found = lines(together([one.scored for one in made if one.scored]))
    assert found[0].crps < found[0].plain_crps * 1.01
    assert 0.78 < found[0].inside80 < 0.92
    assert [line.value for line in found if line.group == "origin"] == [2012, 2014]


def test_an_origin_of_which_nothing_is_known_is_said() -> None:
    panel = made_up_panel()
    with pytest.raises(NoAnswer, match="1950"):
        predictions(panel, panel, np.arange(5), 1950)
