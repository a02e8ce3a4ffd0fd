"""One side's figure is known: what will the other side's be? Is the one it published in line?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.mirror_holdout import declared_twice, score
from benchmarks.mirror_reports import real_cells
from benchmarks.mirror_world import Scenario, reported_cells, world

from bilat.mirror import Cells, Geography
from bilat.mirror.cells import Flags, Floats, codes
from bilat.mirror.expected import EXPORTER, IMPORTER, Expected, expected_reports

DATA = Path(__file__).parents[4] / "shared" / "data"


def years(x: list[float], m: list[float]) -> Cells:
    """Exports of country 0 to country 1, one total a year."""
    zeros = np.zeros(len(x), dtype=np.int32)
    keys = (zeros, zeros + 1, zeros, np.arange(len(x), dtype=np.int32))
    return Cells(*keys, np.array(x), np.array(m), countries=2, products=1, periods=len(x))


def expected(cells: Cells, side: int, geography: Geography | None = None) -> Expected:
    geography = geography or Geography.unknown(cells.countries)
    return expected_reports(cells, geography, side=side, rng=np.random.default_rng(0))


def without(cells: Cells, side: int, rows: Flags) -> Cells:
    if side == EXPORTER:
        return replace(cells, x=np.where(rows, np.nan, cells.x))
    return replace(cells, m=np.where(rows, np.nan, cells.m))


def width(done: Expected) -> Floats:
    return np.asarray(np.log(done.ends[2] / done.ends[1]))


@pytest.mark.parametrize("side", [EXPORTER, IMPORTER])
def test_a_report_taken_out_of_a_made_world_is_foretold(side: int) -> None:
    """A third of one side's reports. Some 5,500 are scored: a share has a standard error of 0.5 and
    0.3 points; twice that, and as much for what 16 countries' biases share, is left room for."""
    with np.errstate(all="ignore"):
        cells, geography, _rows = reported_cells(world(Scenario(countries=16, products=30)))
    out = declared_twice(cells) & (np.random.default_rng(2).random(len(cells)) < 1 / 3)
    done = expected(without(cells, side, out), side, geography)
    found = score(done, cells, side, np.flatnonzero(out))
    assert found.inside80 == pytest.approx(0.80, abs=0.02)
    assert found.inside95 == pytest.approx(0.95, abs=0.012)
    assert found.error < 0.95 * min(found.copied, found.copied_with_freight)


@pytest.fixture(scope="module")
def real() -> tuple[Cells, Geography]:
    """What both sides declared of the countries that have 100 such reports, which is nearly all."""
    if not DATA.is_dir():
        pytest.skip(f"{DATA} is not here")
    cells, geography, _names = real_cells(DATA)
    cells = cells.take(np.flatnonzero(declared_twice(cells)))
    sides = np.concatenate([cells.exporter, cells.importer])
    kept = np.flatnonzero(np.bincount(sides, minlength=cells.countries) >= 100)
    among = np.isin(cells.exporter, kept) & np.isin(cells.importer, kept)
    cells = cells.take(np.flatnonzero(among))
    place = np.ix_(kept, kept)
    near = Geography(geography.distance_km[place], geography.contiguous[place])
    ours, theirs = (codes(np.searchsorted(kept, side)) for side in (cells.exporter, cells.importer))
    return replace(cells, countries=len(kept), exporter=ours, importer=theirs), near


@pytest.mark.parametrize("side", [EXPORTER, IMPORTER])
def test_a_real_report_is_foretold_from_the_other_sides(
    real: tuple[Cells, Geography], side: int
) -> None:
    """All reports of 2012 taken out. The 2,688 flows are those of 59 countries, whose flows err
    together: were only each one's ten largest independent, a share of 600 would have a standard
    error of 1.6 and 0.9 points, and twice that is allowed."""
    cells, geography = real
    steps = cells.steps
    assert steps is not None
    out = steps[cells.period] == 2012
    done = expected(without(cells, side, out), side, geography)
    found = score(done, cells, side, np.flatnonzero(out))
    assert found.count > 2_000
    assert found.inside80 == pytest.approx(0.80, abs=0.032)
    assert found.inside95 == pytest.approx(0.95, abs=0.018)
    assert found.error < 0.9 * min(found.copied, found.copied_with_freight)


def test_two_countries_that_agree_for_years_are_expected_to_agree() -> None:
    new = expected(years([9e6], [np.nan]), IMPORTER)
    known = expected(years([9e6, 9e6, 9e6, 9e6], [9.2e6, 9.3e6, 9.2e6, np.nan]), IMPORTER)
    assert known.others.tolist() == [2, 2, 2, 3]
    assert width(known)[3] < 0.5 * width(new)[0]
    assert known.ends[1][3] < 9.25e6 < known.ends[2][3]


def test_who_always_says_twice_as_much_is_expected_to_do_so_again() -> None:
    """Three years of it, drawn to no bias by one period's belief."""
    done = expected(years([1e7, 2e7, 3e7, 4e7], [2e7, 4e7, 6e7, np.nan]), IMPORTER)
    assert done.value[3] == pytest.approx(8e7, rel=0.2)
    back = expected(years([1e7, 2e7, 3e7, np.nan], [2e7, 4e7, 6e7, 8e7]), EXPORTER)
    assert back.ends[1][3] < 4e7 < back.value[3] < 0.65 * 8e7


def test_a_published_figure_does_not_speak_for_itself() -> None:
    """So that it can be told whether it is in line: ten times too much is not."""
    years_of_both = [1e7, 1.1e7, 1.2e7, 1.3e7], [1.03e7, 1.13e7, 1.24e7, 13.4e7]
    slipped = expected(years(*years_of_both), IMPORTER)
    blank = expected(years(years_of_both[0], [*years_of_both[1][:3], np.nan]), IMPORTER)
    assert slipped.value[3] == pytest.approx(blank.value[3])
    assert slipped.ends[3][3] < 13.4e7


def test_small_flows_are_declared_more_loosely() -> None:
    small, large = (expected(years([dollars], [np.nan]), IMPORTER) for dollars in (1e5, 1e9))
    assert width(small)[0] > 2 * width(large)[0]


def test_nothing_is_expected_where_neither_side_spoke_of_the_flow() -> None:
    done = expected(years([np.nan, 1e7], [2e7, np.nan]), IMPORTER)
    assert np.isnan(done.value).tolist() == [True, False]
