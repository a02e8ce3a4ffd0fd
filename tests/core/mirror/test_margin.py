"""The cost of the way is found, and taken off the right way round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.mirror_world import Scenario, World, reported_cells, world

from bilat.mirror.margin import product_costs, to_fob
from bilat.mirror.reliability import fit


@pytest.fixture(scope="module")
def made() -> World:
    with np.errstate(all="ignore"):
        return world(Scenario(countries=20, products=30, periods=4))


def test_fob_is_cif_divided_by_one_plus_the_margin() -> None:
    """110 CIF at a margin of 10 % is 100 FOB; the released peer says 99."""
    assert to_fob(np.array([110.0]), np.log([1.1]))[0] == pytest.approx(100)


def test_the_margin_of_every_way_and_product_is_found(made: World) -> None:
    """0.01 in logs: what is left when twenty countries' mean bias is unknown."""
    cells, geography, rows = reported_cells(made)
    both = np.flatnonzero((cells.x > 0) & (cells.m > 0))
    margin = fit(cells.take(both), geography).margin
    found = margin.way[cells.exporter, cells.importer] + margin.product[cells.product]
    error = (found - made.log_margin[rows])[both]
    assert np.mean(np.abs(error)) < 0.012
    assert np.std(error) < 0.008


def test_farther_costs_more(made: World) -> None:
    cells, geography, _rows = reported_cells(made)
    both = np.flatnonzero((cells.x > 0) & (cells.m > 0))
    assert fit(cells.take(both), geography).margin.coefficients[1] > 0.01


def test_dear_goods_cost_less_to_carry_where_unit_values_are_known() -> None:
    """A product without any report of its own gets its cost from its unit value."""
    values = np.array([1.0, 10.0, 100.0, 1000.0, 10_000.0])
    weights = np.array([1e4, 1e4, 1e4, 1e4, 0.0])
    truth = -0.03 * (np.log(values) - np.log(values[:4]).mean())
    gamma, _spread = product_costs(truth * weights, weights, 0.05, values)
    np.testing.assert_allclose(gamma, truth, atol=1e-3)
    without, _spread = product_costs(truth * weights, weights, 0.05, None)
    assert without[4] == 0


def test_each_reporters_noise_and_bias_are_found_by_direction(made: World) -> None:
    """Within 15 %: several hundred discrepancies each."""
    cells, geography, _rows = reported_cells(replace(made))
    both = np.flatnonzero((cells.x > 0) & (cells.m > 0))
    found = fit(cells.take(both), geography)
    for side in (0, 1):
        seen = found.seen[side] > 300
        ratio = np.sqrt(found.variance[side]) / made.noise[side]
        assert np.median(np.abs(ratio[seen] - 1)) < 0.15
        assert np.median(np.abs(found.bias[side] - made.bias[side])[seen]) < 0.015
