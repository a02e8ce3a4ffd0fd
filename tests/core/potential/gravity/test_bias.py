"""An analyst takes out what three sets of fixed effects add to a coefficient of few years."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.potential.gravity.dense import dummies
from tests.core.potential.gravity.worlds import PAIR, THREE_WAYS, Table, grid, world

from bilat.errors import NoAnswer
from bilat.potential.gravity import Estimate, bias, corrected, ppml

NAMES = ["agreement", "tariff"]


def estimated(table: Table) -> Estimate:
    return ppml(table, "trade", NAMES, effects=THREE_WAYS, cluster=PAIR)


class Blocks:
    """Pair by pair, in plain arrays: what the formulae sum over."""

    def __init__(self, table: Table, found: Estimate) -> None:
        used = found.fit.rows
        self.i = np.unique(table["exporter"][used], return_inverse=True)[1]
        self.j = np.unique(table["importer"][used], return_inverse=True)[1]
        self.t = np.unique(table["year"][used], return_inverse=True)[1]
        self.fit = found.fit
        self.years = int(self.t.max()) + 1

    def of(self, i: int, j: int) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
        """H (T, T), S (T,), x (K, T) of one pair, None without rows."""
        rows = np.flatnonzero((self.i == i) & (self.j == j))
        if not len(rows):
            return None
        fitted, score = np.zeros(self.years), np.zeros(self.years)
        x = np.zeros((len(self.fit.regressors), self.years))
        fitted[self.t[rows]] = self.fit.fitted[rows]
        score[self.t[rows]] = self.fit.trade[rows] - self.fit.fitted[rows]
        x[:, self.t[rows]] = self.fit.regressors[:, rows]
        return np.diag(fitted) - np.outer(fitted, fitted) / fitted.sum(), score, x


def test_the_bias_is_that_of_the_formulae_written_out() -> None:
    """Loops over countries and pairs, as Weidner and Zylkin print it."""
    table = world(9, 4, seed=6)
    found = estimated(table)
    blocks = Blocks(table, found)
    exporters, importers = int(blocks.i.max()) + 1, int(blocks.j.max()) + 1
    pairs = found.groups[0]

    def side(own: int, others: int, pair_of: str, k: int) -> float:
        total = 0.0
        for a in range(own):
            among = [
                blocks.of(a, b) if pair_of == "exporter" else blocks.of(b, a) for b in range(others)
            ]
            mine = [one for one in among if one is not None]
            inverse = np.linalg.pinv(sum(h for h, _s, _x in mine), rcond=1e-10)
            tilted = sum(np.outer(h @ x[k], s) for h, s, x in mine)
            third = sum(-np.diag(x[k]) @ h - h @ np.diag(x[k]) for h, _s, x in mine)
            scores = sum(np.outer(s, s) for _h, s, _x in mine)
            total += -np.trace(inverse @ tilted)
            total += np.trace(inverse @ third @ inverse @ scores) / 2
        return total / own

    hessian = np.einsum("kn,n,ln->kl", found.fit.regressors, found.fit.fitted, found.fit.regressors)
    terms = [
        exporters / (exporters - 1) * side(exporters, importers, "exporter", k) * exporters / pairs
        + importers
        / (importers - 1)
        * side(importers, exporters, "importer", k)
        * importers
        / pairs
        for k in range(2)
    ]
    expected = np.linalg.inv(hessian / pairs) @ terms
    known = corrected(found, time="year")
    assert known.bias == pytest.approx(expected, rel=1e-6)
    assert known.coefficients == pytest.approx(found.coefficients - expected, abs=1e-9)
    assert np.abs(known.bias).max() > 1e-4


def test_the_errors_are_those_of_the_leverages_written_out() -> None:
    table = world(7, 3, seed=2)
    found = estimated(table)
    blocks, fit = Blocks(table, found), found.fit
    d = dummies(table, THREE_WAYS[:2], fit.rows)
    pair = dummies(table, PAIR, fit.rows)
    root = np.sqrt(fit.fitted)[:, None]
    inside = d - pair @ np.linalg.lstsq(root * pair, root * d, rcond=None)[0]
    noise = np.linalg.pinv(inside.T @ (fit.fitted[:, None] * inside), rcond=1e-10)
    bread = np.linalg.inv((fit.regressors * fit.fitted) @ fit.regressors.T)
    meat = np.zeros((2, 2))
    for column in pair.T:
        rows = np.flatnonzero(column)
        rows = rows[np.argsort(blocks.t[rows])]
        fitted, x = fit.fitted[rows], fit.regressors[:, rows]
        h = np.diag(fitted) - np.outer(fitted, fitted) / fitted.sum()
        leverage = h @ (x.T @ bread @ x + inside[rows] @ noise @ inside[rows].T)
        score = fit.trade[rows] - fitted
        outer = np.linalg.inv(np.eye(len(rows)) - leverage) @ np.outer(score, score)
        meat += x @ outer @ x.T
    expected = bread @ (meat + meat.T) / 2 @ bread * pair.shape[1] / (pair.shape[1] - 1)
    known = corrected(found, time="year")
    assert known.covariance == pytest.approx(expected, rel=1e-5)
    assert known.errors is not None
    assert np.all(known.errors > found.errors)


def test_corrected_errors_are_nearer_to_how_estimates_scatter() -> None:
    """Sixty draws of one world, flows with a standard deviation of their mean: errors clustered
    by pair are a quarter too small, corrected ones by less than half of that."""
    rng = np.random.default_rng(1)
    i, j, t = grid(10, 3)
    sides, pair = rng.normal(0, 0.3, (2, 10, 3)), rng.normal(0, 0.5, (10, 10))
    agreement = (t >= rng.integers(1, 5, pair.shape)[i, j]).astype(float)
    mean = 10 * np.exp(sides[0][i, t] + sides[1][j, t] + pair[i, j] + 0.4 * agreement)
    table: Table = {"exporter": i, "importer": j, "year": t, "agreement": agreement}
    draws = []
    for _draw in range(60):
        table["trade"] = rng.poisson(mean * rng.exponential(size=len(mean))).astype(float)
        found = ppml(table, "trade", ["agreement"], effects=THREE_WAYS, cluster=PAIR)
        errors = corrected(found, time="year").errors
        assert errors is not None
        draws.append([found.coefficients[0], found.errors[0], errors[0]])
    scatter = np.std([draw[0] for draw in draws])
    _mean, plain, known = np.mean(draws, axis=0)
    assert plain < 0.8 * scatter
    assert abs(known - scatter) < (scatter - plain) / 2


def test_many_levels_leave_the_errors_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bias, "MANY", 10)
    found = corrected(estimated(world()), time="year")
    assert found.covariance is None
    assert found.errors is None


def test_two_sets_of_effects_have_no_such_bias() -> None:
    found = ppml(world(), "trade", NAMES, effects=THREE_WAYS[:2])
    with pytest.raises(NoAnswer, match="three sets of effects"):
        corrected(found, time="year")
