"""An analyst asks what cheaper trade between two countries does to both, and to everyone else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import root

from bilat.potential.equilibrium import Scope, equilibrium
from bilat.potential.presence import Matrix

SIGMA = 7.0
SCOPES: list[Scope] = ["conditional", "full"]


def world(n: int = 8, seed: int = 3, *, zeros: bool = True) -> Matrix:
    """Flows of countries of very different size, with some pairs that do not trade."""
    rng = np.random.default_rng(seed)
    size = np.exp(rng.normal(0, 1.5, n))
    flows = np.outer(size, size) * np.exp(rng.normal(0, 0.8, (n, n))) * 0.02
    if zeros:
        ring = np.roll(np.eye(n, dtype=bool), 1, axis=1)  # everyone trades with someone
        flows[(rng.random((n, n)) < 0.2) & ~(ring | ring.T)] = 0
    np.fill_diagonal(flows, size * size)
    return flows


def closer(n: int = 8, factor: float = 0.85) -> Matrix:
    """Countries 1 and 2 trade more cheaply with each other."""
    costs = np.ones((n, n))
    costs[1, 2] = costs[2, 1] = factor
    return costs


@pytest.mark.parametrize("scope", SCOPES)
def test_without_a_shock_nothing_changes(scope: Scope) -> None:
    flows = world()
    found = equilibrium(flows, np.ones((8, 8)), elasticity=SIGMA, scope=scope)
    assert found.flows == pytest.approx(flows, rel=1e-10)
    for change in (found.price, found.inward, found.outward, found.welfare):
        assert change == pytest.approx(np.ones(8), abs=1e-10)


def test_cheaper_trade_helps_the_pair_and_diverts_trade_of_others() -> None:
    flows = world()
    found = equilibrium(flows, closer(), elasticity=SIGMA)
    assert found.flows[1, 2] > flows[1, 2]
    assert found.flows[2, 1] > flows[2, 1]
    assert min(found.welfare[1], found.welfare[2]) > 1
    assert found.flows[1, 0] < flows[1, 0]


@pytest.mark.parametrize("reference", [0, 3, 7])
def test_the_unit_of_prices_does_not_matter(reference: int) -> None:
    first = equilibrium(world(), closer(), elasticity=SIGMA)
    other = equilibrium(world(), closer(), elasticity=SIGMA, reference=reference)
    assert other.welfare == pytest.approx(first.welfare, abs=1e-10)
    assert other.price / other.price[0] == pytest.approx(first.price / first.price[0], abs=1e-10)
    assert other.inward[reference] == pytest.approx(1, abs=1e-12)


def test_conditional_effects_keep_output_and_spending() -> None:
    flows = world()
    found = equilibrium(flows, closer(), elasticity=SIGMA, scope="conditional")
    assert found.flows.sum(axis=1) == pytest.approx(flows.sum(axis=1), rel=1e-10)
    assert found.flows.sum(axis=0) == pytest.approx(flows.sum(axis=0), rel=1e-10)


def test_conditional_effects_are_those_of_scaling_rows_and_columns_in_turn() -> None:
    """Another way to the same answer: iterative proportional fitting (Sinkhorn)."""
    flows, costs = world(), closer()
    found = equilibrium(flows, costs, elasticity=SIGMA, scope="conditional")
    fitted = flows * costs ** (1 - SIGMA)
    for _turn in range(5000):
        fitted *= (flows.sum(axis=1) / fitted.sum(axis=1))[:, None]
        fitted *= flows.sum(axis=0) / fitted.sum(axis=0)
    assert found.flows == pytest.approx(fitted, rel=1e-8, abs=1e-12)


def test_full_effects_are_those_of_an_independent_solver() -> None:
    """The equations of the *Advanced Guide*, with resistances as unknowns, by scipy's method.

    Y'_i = p̂_i Y_i, Π and P from their own definitions; flows within 1e-8 of ours.
    """
    flows, costs = world(zeros=False), closer()
    found = equilibrium(flows, costs, elasticity=SIGMA)
    n, output, spending = 8, flows.sum(axis=1), flows.sum(axis=0)
    world_output = output.sum()
    barrier = flows / np.outer(output, spending) * world_output  # (t/ΠP)^(1−σ) of the baseline
    after = barrier * costs ** (1 - SIGMA)

    def unmet(x: np.ndarray) -> np.ndarray:
        price = np.exp(np.concatenate([[0.0], x[: n - 1]]))
        inward = np.exp(x[n - 1 :])  # P̂^(1−σ)
        earned = output * price
        wished = spending * price
        spent = wished * earned.sum() / wished.sum()
        world_now = earned.sum()
        outward = (after * (spent / world_now / inward)).sum(axis=1)  # Π̂^(1−σ)
        prices = (price / (world_now / world_output)) - price ** (1 - SIGMA) * outward
        consumers = inward - (after * (price ** (1 - SIGMA) * output / world_output)[:, None]).sum(
            axis=0
        )
        return np.concatenate([prices[1:], consumers])

    start = np.concatenate([np.zeros(n - 1), np.zeros(n)])
    solved = root(unmet, start, tol=1e-13)
    assert np.abs(unmet(solved.x)).max() < 1e-10
    price = np.exp(np.concatenate([[0.0], solved.x[: n - 1]]))
    assert found.price / found.price[0] == pytest.approx(price, abs=1e-8)
    inward = np.exp(solved.x[n - 1 :]) ** (1 / (1 - SIGMA))
    assert found.inward / found.price[0] == pytest.approx(inward, abs=1e-8)


def test_markets_clear_and_the_world_spends_what_it_earns() -> None:
    found = equilibrium(world(), closer(factor=0.5), elasticity=SIGMA)
    assert found.flows.sum(axis=1) == pytest.approx(found.output, rel=1e-10)
    assert found.flows.sum(axis=0) == pytest.approx(found.spending, rel=1e-10)
    assert found.output.sum() == pytest.approx(found.spending.sum(), rel=1e-10)


def test_welfare_follows_from_what_is_still_bought_at_home() -> None:
    """With balanced trade Ŵ = λ̂^(1/(1−σ)) (Arkolakis, Costinot and Rodríguez-Clare 2012)."""
    flows = world(zeros=False)
    flows = flows + flows.T  # every country's trade is balanced
    found = equilibrium(flows, closer(), elasticity=SIGMA)
    home = np.diag(found.flows) / found.spending / (np.diag(flows) / flows.sum(axis=0))
    assert found.welfare == pytest.approx(home ** (1 / (1 - SIGMA)), abs=1e-10)


@given(st.integers(2, 12), st.integers(0, 50), st.floats(0.3, 3), st.sampled_from([2.0, 5.0, 9.0]))
def test_any_shock_is_solved(n: int, seed: int, factor: float, sigma: float) -> None:
    costs = np.ones((n, n))
    costs[0, 1:] = factor
    for scope in SCOPES:
        found = equilibrium(world(n, seed), costs, elasticity=sigma, scope=scope)
        assert found.error <= 1e-10
        assert np.all(found.flows >= 0)


@pytest.mark.parametrize(
    ("change", "sigma", "sentence"),
    [(0.0, 5.0, "positive"), (1.0, 1.0, "above 1"), (np.nan, 5.0, "positive")],
)
def test_what_has_no_meaning_is_refused(change: float, sigma: float, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        equilibrium(world(), closer(factor=change), elasticity=sigma)
