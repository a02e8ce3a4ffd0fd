"""A factor of ten or a thousand between two reports: which side is wrong?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.mirror_world import Scenario, World, reported_cells, world

from bilat.mirror import reconcile
from bilat.mirror.methods import EXPORTER_MENDED, EXPORTER_WRONG, IMPORTER_WRONG


@pytest.fixture(scope="module")
def made() -> World:
    with np.errstate(all="ignore"):
        return world(Scenario(countries=16, products=30, periods=4))


def spoilt(made: World, side: str, factor: float) -> tuple[np.ndarray, np.ndarray]:
    """Some good reports multiplied; the log errors and methods of the flows they belong to."""
    cells, geography, rows = reported_cells(made)
    precise = (made.noise[0][cells.exporter] < 0.1) & (made.noise[1][cells.importer] < 0.1)
    gap = np.abs(np.log(cells.x / cells.m))
    chosen = np.flatnonzero(precise & (cells.period == 1) & (gap < 0.3))[::15]
    values = getattr(cells, side).copy()
    values[chosen] *= factor
    flows = reconcile(replace(cells, **{side: values}), geography, rng=np.random.default_rng(0))
    error = np.abs(np.log(flows.value / made.truth[rows]))
    return error[chosen], flows.method[chosen]


@pytest.mark.parametrize("factor", [10.0, 0.1, 1000.0])
def test_the_exporters_slip_is_found_by_its_neighbouring_years(made: World, factor: float) -> None:
    error, method = spoilt(made, "x", factor)
    assert np.mean(method == EXPORTER_WRONG) > 0.9
    assert np.median(error) < 0.1


@pytest.mark.parametrize("factor", [10.0, 0.1, 1000.0])
def test_the_importers_slip_as_well(made: World, factor: float) -> None:
    error, method = spoilt(made, "m", factor)
    assert np.mean(method == IMPORTER_WRONG) > 0.9
    assert np.median(error) < 0.1


def test_a_slip_does_not_make_a_reporter_unreliable(made: World) -> None:
    """One report in fifteen times a thousand: the others keep their narrow intervals."""
    cells, geography, _rows = reported_cells(made)
    plain = reconcile(cells, geography, rng=np.random.default_rng(0))
    x = cells.x.copy()
    x[::15] *= 1000
    worse = reconcile(replace(cells, x=x), geography, rng=np.random.default_rng(0))
    rest = np.arange(len(x)) % 15 > 0
    widths = [np.median(np.log(f.ends[2] / f.ends[1])[rest]) for f in (plain, worse)]
    assert widths[1] < 1.2 * widths[0]


def test_a_lonely_report_times_a_thousand_is_mended(made: World) -> None:
    cells, geography, _rows = reported_cells(made)
    lonely = np.flatnonzero((cells.period == 1) & (cells.x > 0) & np.isnan(cells.m))[::10]
    x = cells.x.copy()
    x[lonely] *= 1000
    flows = reconcile(replace(cells, x=x), geography, rng=np.random.default_rng(0))
    mended = flows.method[lonely] == EXPORTER_MENDED
    assert mended.mean() > 0.75
    assert np.all(flows.value[lonely][mended] < x[lonely][mended] / 100)
