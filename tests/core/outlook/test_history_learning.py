"""What is learned from a panel is what is in it, and nothing that came later."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import t as student
from tests.core.outlook.flows import NOISY, QUIET, made_up_panel

from bilat.errors import NoAnswer
from bilat.outlook.history import Learned, forecast_series, learn, panel_of, shipped
from bilat.outlook.history.location_scale import fit_location_scale
from bilat.outlook.history.shape import INNER, weighted_quantiles
from bilat.outlook.history.shipped import from_table, to_table
from bilat.outlook.history.traits import LOCATION, OF_COUNTRIES, SCALE

TABLE = Path(__file__).parents[3] / "src" / "bilat" / "outlook" / "learned.json"


@pytest.fixture(scope="module")
def taught() -> Learned:
    return learn(made_up_panel(), source="made up")


def test_the_fit_is_the_maximum_of_the_likelihood() -> None:
    """Against a general optimiser on SciPy's own t density; both stop within 1e-3."""
    rng = np.random.default_rng(2)
    n = 400
    group = np.sort(rng.integers(0, 3, n))
    x, trait = rng.standard_normal((n, 1)), rng.standard_normal(n)
    z = np.stack([np.ones(n), trait], axis=1)
    noise = student.rvs(5, size=n, random_state=rng) * np.exp(-1 + 0.5 * trait)
    y = np.array([0.0, 1.0, 2.0])[group] + 0.7 * x[:, 0] + noise

    def against(p: np.ndarray) -> float:
        sigma = np.exp(z @ p[4:])
        return -float(student.logpdf((y - p[group] - x[:, 0] * p[3]) / sigma, 5).sum()) + float(
            np.log(sigma).sum()
        )

    theirs = minimize(against, np.array([0, 1, 2, 0.5, -1, 0.5]), method="BFGS").x
    ours = fit_location_scale(
        y,
        x,
        z,
        group,
        np.ones(n),
        degrees=5,
        ridge=np.zeros(1),
        scale_ridge=np.zeros(2),
    )
    assert ours.location[0] == pytest.approx(theirs[3], abs=1e-3)
    np.testing.assert_allclose(ours.scale, theirs[4:], atol=2e-3)


def test_weighted_quantiles_of_equal_weights_are_those_of_numpy() -> None:
    values = np.random.default_rng(3).standard_normal(501)
    ours = weighted_quantiles(values, np.ones(501), INNER)
    np.testing.assert_allclose(ours, np.quantile(values, INNER, method="hazen"), atol=1e-12)


def test_noise_of_small_and_large_flows_is_told_apart(taught: Learned) -> None:
    """The walks of the panel step by 0.4 and 0.1; common shocks are added to what is learned."""
    rng = np.random.default_rng(4)
    for step, level in ((NOISY, 5e6), (QUIET, 2e9)):
        levels = level * np.exp(np.cumsum(step * rng.standard_normal(15)))
        future = forecast_series(range(15), levels.tolist(), learned=taught)
        wide = np.diff(np.log(future.quantile([0.1, 0.9], 1)))[0] / 2.563
        assert wide == pytest.approx(np.hypot(step, taught.shape.shock[0]), rel=0.25)


def test_walks_have_nothing_to_revert_to(taught: Learned) -> None:
    """In a panel of pure random walks a jump stays: the learned median hardly moves."""
    jumped = forecast_series(range(10), [1e8] * 9 + [1.5e8], learned=taught)
    assert jumped.quantile([0.5], 1)[0] == pytest.approx(1.5e8 * np.exp(0.045), rel=0.1)


def test_what_came_later_teaches_nothing() -> None:
    panel = made_up_panel()
    rows = [
        (panel.names[e], panel.names[i], int(year), float(np.exp(log)) * (9 if year > 2012 else 1))
        for e, i, logs in zip(panel.exporter, panel.importer, panel.logs, strict=True)
        for year, log in zip(panel.years, logs, strict=True)
    ]
    other = panel_of(*zip(*rows, strict=True))
    then, changed = learn(panel.until(2012)), learn(other.until(2012))
    np.testing.assert_array_equal(then.location, changed.location)
    np.testing.assert_array_equal(then.shape.quantiles, changed.shape.quantiles)


def test_what_will_not_be_known_is_not_learned() -> None:
    hidden = {"returned", "exporter_short", "importer_noise"}
    blind = learn(made_up_panel(), without=hidden)
    for name in hidden & set(LOCATION):
        np.testing.assert_array_equal(blind.location[:, LOCATION.index(name)], 0)
    np.testing.assert_array_equal(blind.scale[:, SCALE.index("importer_noise")], 0)
    assert np.abs(blind.location[:, LOCATION.index("last")]).min() > 0


def test_a_small_panel_is_refused() -> None:
    with pytest.raises(NoAnswer, match="too small to learn from"):
        learn(made_up_panel().until(2001))


def test_the_table_gives_back_what_was_learned(taught: Learned) -> None:
    again = from_table(json.loads(json.dumps(to_table(taught))))
    assert again.source == "made up"
    np.testing.assert_allclose(again.location, taught.location, atol=1e-5)
    np.testing.assert_allclose(again.shape.quantiles, taught.shape.quantiles, atol=1e-5)
    np.testing.assert_allclose(again.middle, taught.middle, atol=1e-5)


def test_the_package_ships_a_small_table_that_says_where_it_is_from() -> None:
    assert TABLE.stat().st_size < 100_000
    assert "UN Comtrade" in shipped().source
    assert shipped().furthest == 10
    for name in OF_COUNTRIES & set(LOCATION):
        np.testing.assert_array_equal(shipped().location[:, LOCATION.index(name)], 0)
    assert (np.diff(shipped().shape.quantiles, axis=1) >= 0).all()
    assert np.linalg.eigvalsh(shipped().shape.dependence).min() > 0
