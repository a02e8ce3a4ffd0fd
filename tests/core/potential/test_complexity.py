"""An analyst asks how complex countries and products are, and what lies near to whom."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bilat.potential.complexity import complexity, indices, proximity
from bilat.potential.fitness import fitness
from bilat.potential.presence import Matrix, additive, balassa, present, symmetric


def world(countries: int = 12, products: int = 40, seed: int = 1) -> Matrix:
    """Able countries make demanding products too."""
    rng = np.random.default_rng(seed)
    ability, need = rng.normal(size=(countries, 1)), rng.normal(size=(1, products))
    makes = rng.random((countries, products)) < 1 / (1 + np.exp(need - 2 * ability))
    return makes.astype(float) * np.exp(rng.normal(size=(countries, products)))


def test_advantage_is_the_share_at_home_over_the_share_in_the_world() -> None:
    exports = np.array([[30.0, 70.0], [20.0, 80.0]])
    assert balassa(exports)[0] == pytest.approx([0.30 / 0.25, 0.70 / 0.75])
    assert symmetric(balassa(exports))[0, 0] == pytest.approx(0.2 / 2.2)
    assert additive(exports)[0] == pytest.approx([0.05, -0.05])


def test_it_equals_the_definitions_written_out() -> None:
    """Loops over the published formulae, with the eigenvector of the unsymmetric matrix."""
    exports = world()
    found = complexity(exports)
    has = balassa(exports) >= 1
    n, m = has.shape
    near = np.zeros((m, m))
    for p in range(m):
        for q in range(m):
            both = sum(has[c, p] and has[c, q] for c in range(n))
            near[p, q] = both / max(has[:, p].sum(), has[:, q].sum())
    density = np.array([[sum(near[p, has[c]]) / sum(near[p]) for p in range(m)] for c in range(n)])
    assert proximity(found.presence) == pytest.approx(near, abs=1e-12)
    assert found.density == pytest.approx(density, abs=1e-12)
    between = (has / has.sum(axis=1, keepdims=True)) @ (has / has.sum(axis=0)).T
    values, vectors = np.linalg.eig(between)
    second = np.real(vectors[:, np.argsort(-values.real)[1]])
    second *= np.sign(np.corrcoef(second, has.sum(axis=1))[0, 1])
    assert found.eci == pytest.approx((second - second.mean()) / second.std(), abs=1e-9)
    missing = 1 - has
    worth = found.pci + indices(found.presence)[0].mean() / indices(found.presence)[0].std()
    gain = missing * (missing @ (near * (worth / near.sum(axis=1))[:, None]))
    assert found.cog == pytest.approx(gain, abs=1e-9)


def test_a_countrys_index_is_the_mean_of_its_products() -> None:
    found = complexity(world())
    means = [found.pci[found.presence[c] == 1].mean() for c in range(len(found.eci))]
    assert found.eci == pytest.approx(means, abs=1e-9)
    assert np.corrcoef(found.eci, found.diversity)[0, 1] > 0


def test_a_country_and_a_product_without_exports_leave_the_others_as_they_are() -> None:
    exports = world()
    wider = np.zeros((exports.shape[0] + 1, exports.shape[1] + 1))
    wider[1:, 1:] = exports
    alone, among = complexity(exports), complexity(wider)
    assert np.isnan(among.eci[0])
    assert np.isnan(among.pci[0])
    assert np.isnan(among.density[:, 0]).all()
    assert among.eci[1:] == pytest.approx(alone.eci, abs=1e-9)
    assert among.pci[1:] == pytest.approx(alone.pci, abs=1e-9)
    assert among.density[1:, 1:] == pytest.approx(alone.density, abs=1e-12)
    assert among.coi[1:] == pytest.approx(alone.coi, abs=1e-9)
    assert among.cog[1:, 1:] == pytest.approx(alone.cog, abs=1e-9)


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_exports_that_are_no_amounts_are_refused(bad: float) -> None:
    exports = world()
    exports[0, 0] = bad
    with pytest.raises(ValueError, match="not negative"):
        complexity(exports)


def test_one_country_alone_has_no_index() -> None:
    with pytest.raises(ValueError, match="two countries"):
        complexity(np.array([[1.0, 2.0], [0.0, 0.0]]))


@given(arrays(np.float64, (5, 8), elements=st.sampled_from([0.0, 1.0, 7.0, 900.0])))
def test_advantages_average_to_one_whatever_the_world(exports: Matrix) -> None:
    """Weighted by what the world exports of each product, a country's advantages average 1."""
    total = exports.sum()
    if total == 0:
        assert not balassa(exports).any()
        return
    shares = exports.sum(axis=0) / total
    trades = exports.sum(axis=1) > 0
    assert (balassa(exports) @ shares)[trades] == pytest.approx(np.ones(trades.sum()))
    assert additive(exports).sum(axis=1) == pytest.approx(np.zeros(5), abs=1e-12)


def test_the_fittest_country_has_what_few_others_can_make() -> None:
    nested = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 1, 0, 0]], dtype=float)
    found = fitness(nested)
    assert found.fitness[0] > found.fitness[1] > found.fitness[2]
    assert found.fitness[2] == pytest.approx(found.fitness[3])
    assert found.complexity[3] == found.complexity.max()


def test_fitness_balances_its_own_equations() -> None:
    presence = present(balassa(world(seed=5)))
    found = fitness(presence, steps=5000)
    assert found.settled
    again = presence @ found.complexity
    fit = found.fitness > 1e-6
    assert (again / again.mean())[fit] == pytest.approx(found.fitness[fit], rel=1e-6)


def test_where_all_countries_have_the_same_products_nobody_differs() -> None:
    found = complexity(np.array([[1.0, 1.0, 0.0], [2.0, 2.0, 0.0], [0.0, 0.0, 0.0]]))
    assert found.eci[:2].tolist() == [0, 0]
    assert found.pci[:2].tolist() == [0, 0]
    assert np.isnan(found.eci[2])
    assert np.isnan(found.pci[2])
    assert not found.cog.any()


def test_where_all_have_equally_many_products_the_rarer_are_the_more_complex() -> None:
    """Three countries with two products each; only the first has product 0."""
    presence = np.array([[1, 1, 0], [0, 1, 1], [0, 1, 1]], dtype=float)
    countries, products = indices(presence)
    assert countries[0] > countries[1] == pytest.approx(countries[2])
    assert products[0] > products[2]


@given(arrays(np.float64, (5, 8), elements=st.sampled_from([0.0, 1.0, 7.0, 900.0])))
def test_rows_without_anything_are_no_numbers_and_all_others_are(exports: Matrix) -> None:
    try:
        found = complexity(exports)
    except ValueError:
        return
    trades, traded = exports.any(axis=1), exports.any(axis=0)
    assert np.array_equal(np.isfinite(found.eci), trades)
    assert np.array_equal(np.isfinite(found.pci), traded)
    assert np.isfinite(found.density[:, traded]).all()
    assert np.isfinite(found.cog).all()
    assert np.isfinite(fitness(found.presence).fitness).all()
