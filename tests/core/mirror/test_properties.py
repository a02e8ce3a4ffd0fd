"""What must hold whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.mirror_world import Scenario, World, reported_cells, world

from bilat.mirror import Cells, Flows, Geography, reconcile


@pytest.fixture(scope="module")
def made() -> World:
    with np.errstate(all="ignore"):
        return world(Scenario(countries=16, products=30, periods=4))


def blended(cells: Cells, geography: Geography) -> Flows:
    return reconcile(cells, geography, rng=np.random.default_rng(0))


def test_who_reports_the_truth_gets_all_the_weight() -> None:
    """Country 2 is exact as an exporter; its partners are as noisy as they were.

    How much noise is the exporters' as a whole comes from the levels: it takes some 50,000 flows to
    know it to a few percent of a good reporter's."""
    with np.errstate(all="ignore"):
        made = world(Scenario(countries=16, products=100, periods=6))
    exact = np.where(made.exporter == 2, made.truth, made.x)
    cells, geography, _rows = reported_cells(replace(made, x=exact))
    flows = blended(cells, geography)
    theirs = (cells.exporter == 2) & (cells.m > 0)
    assert np.median(flows.weight[theirs]) > 0.95


def test_swapping_the_roles_swaps_the_weights(made: World) -> None:
    """Without freight, exporter and importer are the same thing seen from both sides."""
    free = replace(made, m=made.m / np.exp(made.log_margin))
    cells, geography, _rows = reported_cells(free)
    swapped = replace(cells, exporter=cells.importer, importer=cells.exporter, x=cells.m, m=cells.x)
    one, other = blended(cells, geography), blended(swapped, geography)
    order = np.lexsort((cells.period, cells.product, cells.exporter, cells.importer))
    both = (cells.x > 0) & (cells.m > 0)
    there, here = other.weight[np.argsort(order)][both], one.weight[both]
    assert np.median(np.abs(there - (1 - here))) < 0.02


def test_a_million_of_another_currency_scales_the_flows_and_nothing_else(made: World) -> None:
    cells, geography, _rows = reported_cells(made)
    plain = blended(cells, geography)
    scaled = blended(replace(cells, x=cells.x * 450, m=cells.m * 450), geography)
    np.testing.assert_allclose(scaled.value, plain.value * 450, rtol=1e-3)
    np.testing.assert_allclose(scaled.weight, plain.weight, atol=1e-3)


def test_every_reported_flow_gets_a_value_and_an_interval_around_it(made: World) -> None:
    cells, geography, _rows = reported_cells(made)
    flows = blended(cells, geography)
    low95, low80, high80, high95 = flows.ends
    assert np.isfinite(flows.value).all()
    assert np.isfinite(flows.error).all()
    assert (low95 <= low80).all()
    assert (low80 < high80).all()
    assert (high80 <= high95).all()


def test_losing_a_report_widens_what_is_known(made: World) -> None:
    cells, geography, _rows = reported_cells(made)
    full = blended(cells, geography)
    rows = np.flatnonzero((cells.x > 0) & (cells.m > 0))[::20]
    lost = cells.m.copy()
    lost[rows] = np.nan
    less = blended(replace(cells, m=lost), geography)
    assert len(less.value) == len(full.value)
    width = [np.log(f.ends[2][rows] / f.ends[1][rows]) for f in (full, less)]
    assert np.mean(width[1] > width[0]) > 0.9


def test_the_order_of_the_rows_does_not_matter(made: World) -> None:
    cells, geography, _rows = reported_cells(made)
    mixed = cells.take(np.random.default_rng(3).permutation(len(cells)))
    np.testing.assert_array_equal(blended(cells, geography).value, blended(mixed, geography).value)


@pytest.mark.parametrize("freight", [1.0, 1.06])
def test_perfectly_consistent_reports_are_simply_believed(made: World, freight: float) -> None:
    cells, geography, rows = reported_cells(replace(made, x=made.truth, m=made.truth * freight))
    flows = blended(cells, geography)
    np.testing.assert_allclose(flows.value, made.truth[rows], rtol=2e-3)


def test_reports_of_one_side_only_are_reconciled_too(made: World) -> None:
    """Nothing to compare: values stand as they are, and nobody is called precise."""
    cells, geography, _rows = reported_cells(replace(made, m=np.full_like(made.m, np.nan)))
    flows = blended(cells, geography)
    assert np.isfinite(flows.value).all()


def test_a_country_of_unknown_distance_is_told_by_the_method(made: World) -> None:
    from bilat.mirror.methods import NO_DISTANCE

    cells, geography, _rows = reported_cells(made)
    distance = geography.distance_km.copy()
    distance[3, :] = distance[:, 3] = np.nan
    flows = blended(cells, replace(geography, distance_km=distance))
    unknown = (cells.exporter == 3) | (cells.importer == 3)
    np.testing.assert_array_equal((flows.method & NO_DISTANCE) > 0, unknown)
    assert np.isfinite(flows.value).all()
