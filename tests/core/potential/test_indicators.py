"""An analyst measures how intense, fitting, alike and varied the trade of two countries is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bilat.potential.indicators import (
    complementarity,
    intensity,
    intra_industry,
    ladder,
    margins,
    market_shares,
    similarity,
)
from bilat.potential.presence import Vector

values = arrays(np.float64, 6, elements=st.floats(0, 1e6).map(lambda x: round(x, 2)))


def test_trade_in_proportion_to_size_has_intensity_one() -> None:
    """Without trade at home, i's sales to j are proportional to j's share in what others import."""
    imports = np.array([10.0, 20.0, 30.0, 40.0])
    flows = np.array([[0, 20, 30, 40], [10, 0, 30, 40], [10, 20, 0, 40], [10, 20, 30, 0]], float)
    found = intensity(flows)
    expected = flows / flows.sum(axis=1, keepdims=True)
    shares = flows.sum(axis=0) / (flows.sum() - flows.sum(axis=0)[:, None])
    assert imports.sum() == 100
    assert found[0, 1] == pytest.approx(expected[0, 1] / shares[0, 1])
    assert np.isnan(np.diag(found)).all()
    even = np.ones((4, 4)) - np.eye(4)
    assert intensity(even)[0, 1] == pytest.approx(1.0)


def test_a_fit_of_shares_is_a_hundred_per_cent() -> None:
    assert complementarity(np.array([1.0, 3.0]), np.array([10.0, 30.0])) == pytest.approx(100)
    assert complementarity(np.array([1.0, 0.0]), np.array([0.0, 5.0])) == 0
    assert similarity(np.array([0.5, 0.5]), np.array([0.8, 0.2])) == pytest.approx(70)
    assert np.isnan(similarity(np.zeros(2), np.ones(2)))


def test_two_way_trade_within_products() -> None:
    by_product, whole = intra_industry(np.array([10.0, 5.0, 0.0]), np.array([10.0, 0.0, 0.0]))
    assert by_product[:2] == pytest.approx([1.0, 0.0])
    assert np.isnan(by_product[2])
    assert whole == pytest.approx(1 - 5 / 25)


def test_margins_multiply_to_the_share_in_the_market() -> None:
    own, rest = np.array([4.0, 0.0, 6.0]), np.array([40.0, 50.0, 10.0])
    found = margins(own, rest)
    assert found.extensive == pytest.approx(0.5)
    assert found.intensive == pytest.approx(0.2)
    assert found.overall == pytest.approx(own.sum() / rest.sum())
    assert np.isnan(found.price)


def test_prices_twice_as_high_make_the_price_margin_two() -> None:
    own, rest = np.array([4.0, 6.0]), np.array([40.0, 10.0])
    quantity = np.array([2.0, 1.0])
    rest_quantity = rest / (own / quantity / 2)
    found = margins(own, rest, quantities=quantity, reference_quantities=rest_quantity)
    assert found.price == pytest.approx(2)
    assert found.price * found.quantity == pytest.approx(found.intensive)


@given(values, values, values, values)
def test_the_parts_of_a_change_add_up(a: Vector, b: Vector, c: Vector, d: Vector) -> None:
    """A country's exports are a part of what the market imports."""
    before, after = np.vstack([a, a + b]), np.vstack([c, c + d])
    found = market_shares(before, after)
    assert found.change == pytest.approx(c.sum() - a.sum(), abs=1e-6)


def test_a_market_that_only_grew_owes_nothing_to_competitiveness() -> None:
    before = np.array([[10.0, 20.0], [100.0, 50.0]])
    found = market_shares(before, before * 1.5)
    assert found.demand == pytest.approx(15)
    assert (found.structure, found.competitiveness, found.interaction) == pytest.approx((0, 0, 0))


def test_the_dearest_product_stands_at_the_top_of_the_ladder() -> None:
    rivals = np.array([[1.0, 5.0], [2.0, np.nan], [4.0, 9.0]])
    weight = np.array([[10.0, 10.0], [10.0, 99.0], [20.0, 30.0]])
    found = ladder(np.array([3.0, 9.0]), np.array([1.0, 3.0]), rivals, weight)
    assert found.position == pytest.approx([0.5, (10 + 15) / 40])
    assert found.mean == pytest.approx((0.5 + 3 * 0.625) / 4)
