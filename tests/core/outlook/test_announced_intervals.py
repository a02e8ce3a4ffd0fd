"""The intervals against other people's answers, a bootstrap, and simulated truth."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import beta, norm

from bilat.outlook.announced import AnnouncedTarget, read_announced
from bilat.outlook.announced.curve import Curve, fit_curve
from bilat.outlook.announced.rates import clusters_of, pair_correlation, rate

Array = NDArray[np.float64]

SETTLED = [t for t in read_announced()[0] if t.is_scored and t.deadline_year <= 2025]
WITH_BASELINE = [target for target in SETTLED if target.required_growth is not None]
PAIRS = [target.pair for target in WITH_BASELINE]
CLUSTERS = clusters_of(PAIRS)


def met(targets: list[AnnouncedTarget]) -> Array:
    return np.array([target.met == "yes" for target in targets], dtype=float)


def point(growth: float, horizon: float) -> Array:
    return np.array([np.log(growth), np.log1p(horizon)])


FEATURES = np.array([point(t.required_growth or 0.0, t.horizon) for t in WITH_BASELINE])
ASKED = [point(0.303, 5), point(0.15, 3), point(0.08, 5), point(0.4, 0)]


@pytest.fixture(scope="module")
def curve() -> Curve:
    return fit_curve(FEATURES, met(WITH_BASELINE), PAIRS)


@pytest.mark.parametrize(
    ("yes", "of", "low", "high"),
    [
        (31, 107, 0.21021810788736262, 0.38042271214037077),
        (7, 37, 0.08883417633804612, 0.33595638053977095),
    ],
)
def test_without_likeness_the_interval_is_jeffreys_of_statsmodels(
    yes: int, of: int, low: float, high: float
) -> None:
    """statsmodels 0.15.0: proportion_confint(yes, of, 0.05, "jeffreys"); to rounding."""
    found = rate(np.repeat([1.0, 0.0], [yes, of - yes]), range(of), 0.0)
    assert found is not None
    assert found.interval_95 == pytest.approx((low, high), abs=1e-9)


def test_the_likeness_inside_a_pair_is_that_of_statsmodels() -> None:
    """statsmodels 0.15.0, GEE(Binomial, Exchangeable), correlation after one step from the mean:
    0.401076; it takes one coefficient off its number of products, hence the tolerance.
    """
    values = met(SETTLED)
    found = pair_correlation(values - values.mean(), clusters_of([t.pair for t in SETTLED]))
    assert found == pytest.approx(0.401076, abs=0.001)


def test_pairs_that_always_agree_count_once_each() -> None:
    """Ten pairs of five equal rows: ten pieces of evidence, by Jeffreys' interval for ten.

    The quantiles of t for 49 and 9 degrees of freedom then shrink them further, as stated.
    """
    outcome = np.repeat([1.0, 0, 0, 0, 1, 0, 0, 1, 0, 0], 5)
    pairs = np.repeat(np.arange(10), 5).tolist()
    assert pair_correlation(outcome - outcome.mean(), clusters_of(pairs)) == pytest.approx(1)
    found = rate(outcome, pairs, 1.0)
    assert found is not None
    weight = 10 * (2.009575 / 2.262157) ** 2  # t quantiles at 0.975 from a printed table
    ends = beta.ppf([0.025, 0.975], 0.3 * weight + 0.5, 0.7 * weight + 0.5)
    assert found.interval_95 == pytest.approx(tuple(ends), abs=1e-5)


def test_likeness_widens_and_nobody_or_everybody_ends_at_the_edge() -> None:
    alone, alike = (rate(met(SETTLED), [t.pair for t in SETTLED], rho) for rho in (0.0, 0.4))
    assert alone is not None
    assert alike is not None
    assert alike.interval_95[0] < alone.interval_95[0] < alone.share < alone.interval_95[1]
    assert alone.interval_95[1] < alike.interval_95[1]
    none, every = rate(np.zeros(5), range(5), 0.0), rate(np.ones(5), range(5), 0.0)
    assert none is not None
    assert every is not None
    assert (none.interval_95[0], every.interval_95[1]) == (0.0, 1.0)
    assert rate(np.zeros(0), [], 0.0) is None


def test_the_curve_is_the_most_probable_one(curve: Curve) -> None:
    """scipy's minimiser on the written-out posterior finds the same coefficients."""
    design = np.column_stack([np.ones(len(FEATURES)), (FEATURES - curve.centre) / curve.scale])
    outcome = met(WITH_BASELINE)

    def minus_log_posterior(found: Array) -> float:
        logits = design @ found
        likelihood = outcome @ logits - np.logaddexp(0, logits).sum()
        intercept = found[0] / 2 - np.logaddexp(0, found[0])
        return float(-likelihood - intercept + (found[1:] ** 2).sum() / 2)

    best = minimize(minus_log_posterior, np.zeros(3), tol=1e-10).x
    assert curve.coefficients == pytest.approx(best, abs=1e-5)


def test_without_a_feature_the_curve_is_jeffreys_mean() -> None:
    """With its variance, on the logit scale, that of 108 rows: 1 / (108 p (1 − p))."""
    flat = fit_curve(np.zeros((107, 0)), met(SETTLED), range(107))
    share = 31.5 / 108
    assert flat.chance(np.zeros(0)) == pytest.approx(share)
    assert flat.correlation == 0
    assert flat.covariance[0, 0] == pytest.approx(1 / (108 * share * (1 - share)))


def test_growth_and_horizon_foretell_pairs_that_were_left_out() -> None:
    """Each pair foretold from the others: log score and Brier score, less is better."""
    level = np.log([[float(target.target_usd)] for target in WITH_BASELINE])
    nothing, growth, both, three = (
        _left_out(features)
        for features in (
            FEATURES[:, :0],
            FEATURES[:, :1],
            FEATURES,
            np.hstack([FEATURES, level]),
        )
    )
    assert nothing == pytest.approx((0.626, 0.216), abs=0.001)
    assert growth == pytest.approx((0.573, 0.190), abs=0.001)
    assert both == pytest.approx((0.534, 0.179), abs=0.001)
    assert three > both  # so the target's size is no feature


def _left_out(features: Array) -> tuple[float, float]:
    outcome = met(WITH_BASELINE)
    said = np.zeros(len(outcome))
    for number in range(CLUSTERS.max() + 1):
        inside = np.flatnonzero(number == CLUSTERS)
        others = np.flatnonzero(number != CLUSTERS)
        pairs = CLUSTERS[others].tolist()
        curve = fit_curve(features[others], outcome[others], pairs)
        said[inside] = [curve.chance(row) for row in features[inside]]
    log_score = -np.log(np.where(outcome == 1, said, 1 - said)).mean()
    return float(log_score), float(((said - outcome) ** 2).mean())


def test_drawing_pairs_again_spreads_the_estimate_as_the_interval_says(curve: Curve) -> None:
    """400 bootstrap samples of whole pairs (seed 1): the interval is at most 40 % wider and no
    narrower than 85 % of theirs, in logits; 400 samples leave their own spread uncertain by 5 %.
    """
    rng = np.random.default_rng(1)
    rows = [np.flatnonzero(number == CLUSTERS) for number in range(CLUSTERS.max() + 1)]
    outcome = met(WITH_BASELINE)
    drawn = []
    for _ in range(400):
        picked = rng.integers(len(rows), size=len(rows))
        sample = np.concatenate([rows[number] for number in picked])
        names = np.repeat(np.arange(len(picked)), [len(rows[number]) for number in picked])
        again = fit_curve(FEATURES[sample], outcome[sample], names.tolist())
        drawn.append([again.chance(asked) for asked in ASKED])
    for number, asked in enumerate(ASKED):
        low, high = np.quantile(np.array(drawn)[:, number], [0.1, 0.9])
        ours = curve.interval(asked, 0.8)
        ratio = np.diff(_logit(np.array(ours)))[0] / np.diff(_logit(np.array([low, high])))[0]
        assert 0.85 < ratio < 1.4


@pytest.mark.parametrize("likeness", [0.0, 0.4])
def test_the_intervals_hold_the_truth_as_often_as_they_say(curve: Curve, likeness: float) -> None:
    """1000 worlds whose true curve is the fitted one (seed 2): rows of a pair share a normal shock.

    A latent correlation of 0.4 is one of about 0.25 between outcomes. Four asked targets and the
    overall share. Over 1000 worlds the coverage has a standard error of 1.3 points at 80 %; 7
    points leave room for the approximation, which errs to the wide side.
    """
    rng = np.random.default_rng(2)
    chances = np.array([curve.chance(row) for row in FEATURES])
    asked = [*ASKED, None]
    held = np.zeros((len(asked), 2))
    worlds = 1000
    for _ in range(worlds):
        shock = rng.standard_normal(CLUSTERS.max() + 1)[CLUSTERS]
        own = rng.standard_normal(len(chances))
        latent = np.sqrt(likeness) * shock + np.sqrt(1 - likeness) * own
        outcome = (latent < norm.ppf(chances)).astype(float)
        held += _held(curve, outcome, float(chances.mean()))
    coverage = held / worlds
    assert np.all(np.abs(coverage[:, 0] - 0.80) < 0.07)
    assert np.all(np.abs(coverage[:, 1] - 0.95) < 0.035)


def _held(truth: Curve, outcome: Array, share: float) -> Array:
    """(5, 2): whether the 80 % and 95 % intervals hold what is true."""
    fitted = fit_curve(FEATURES, outcome, PAIRS)
    rho = pair_correlation(outcome - outcome.mean(), CLUSTERS)
    plain = rate(outcome, PAIRS, rho)
    assert plain is not None
    ends = [[fitted.interval(x, level) for level in (0.80, 0.95)] for x in ASKED]
    ends.append([plain.interval_80, plain.interval_95])
    true = [*(truth.chance(x) for x in ASKED), share]
    return np.array(
        [
            [low <= value <= high for low, high in both]
            for both, value in zip(ends, true, strict=True)
        ],
        dtype=float,
    )


def _logit(share: Array) -> Array:
    return np.asarray(np.log(share / (1 - share)))


def test_equal_rows_leave_nothing_to_divide_by() -> None:
    """One kind of target, all met: a curve without slope, and no certainty."""
    same = fit_curve(np.ones((6, 2)), np.ones(6), range(6))
    assert same.chance(np.ones(2)) == pytest.approx(6.5 / 7)
    assert same.interval(np.ones(2), 0.95)[1] < 1
    assert expit(same.coefficients[0]) == pytest.approx(6.5 / 7)
