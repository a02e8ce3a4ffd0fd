"""How far each reporter is trusted: nobody is lost in a large table, and doubt about it is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.mirror_accuracy import measured
from benchmarks.mirror_world import SCENARIOS, Scenario, reported_cells, world

from bilat.mirror import Cells, Geography
from bilat.mirror import sample as sampling
from bilat.mirror.model import learn
from bilat.mirror.sample import sample_rows


@pytest.fixture
def uneven() -> Cells:
    """Four large countries and a fifth with 40 flows each way, all declared by both sides."""
    rng = np.random.default_rng(4)
    pairs = [(i, j) for i in range(5) for j in range(5) if i != j]
    sizes = [10 if 4 in pair else 2_000 for pair in pairs]
    exporter, importer = (np.repeat([pair[side] for pair in pairs], sizes) for side in (0, 1))
    product = np.concatenate([np.arange(size) for size in sizes])
    dollars = rng.lognormal(12, 1, len(product))
    codes = (exporter.astype(np.int32), importer.astype(np.int32), product.astype(np.int32))
    return Cells(*codes, np.zeros_like(codes[0]), dollars, 1.05 * dollars, 5, 2_000, 1)


def test_a_small_country_keeps_all_its_discrepancies_in_a_large_table(
    uneven: Cells, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An even sample of 500 of 24,000 would leave it one flow each way."""
    monkeypatch.setattr(sampling, "SAMPLE", 500)
    monkeypatch.setattr(sampling, "LEAST", 200)
    rows = sample_rows(uneven, np.random.default_rng(1))
    assert (np.diff(rows) > 0).all()
    assert np.bincount(uneven.exporter[rows])[4] == 40
    assert np.bincount(uneven.importer[rows])[4] == 40
    assert np.bincount(uneven.exporter[rows])[:4].min() >= 200
    assert len(rows) < 500 + 2 * 5 * 200


def test_a_table_that_fits_is_taken_whole(uneven: Cells) -> None:
    rows = sample_rows(uneven, np.random.default_rng(1))
    np.testing.assert_array_equal(rows, np.arange(len(uneven)))


def test_whose_noise_it_is_comes_from_the_levels() -> None:
    """Discrepancies alone cannot tell that exporters are twice as noisy; the truth is known here.

    Means over the good reporters' variances: the split's own error is a few percent of them."""
    scenario = replace(SCENARIOS["exporters twice as noisy"], countries=12, products=150, seed=3)
    with np.errstate(all="ignore"):
        made = world(scenario)
        cells, geography, _rows = reported_cells(made)
        found = learn(cells, geography, np.random.default_rng(0)).reliability
    good = made.noise[1] < 0.12
    ratio = np.sqrt(found.variance[:, good].mean(1) / (made.noise[:, good] ** 2).mean(1))
    assert ratio == pytest.approx([1, 1], abs=0.12)


def test_few_reporters_are_not_called_better_known_than_they_are() -> None:
    """Twelve worlds of eight countries: between them shares differ by a standard deviation of 1.2
    and 0.7 points, so that their mean has an error of 0.4 and 0.2; three times that is allowed."""
    with np.errstate(all="ignore"):
        inside = [
            measured(world(replace(SCENARIOS["few reporters"], products=100, seed=seed)))[1]
            for seed in range(1, 13)
        ]
    assert np.mean([one.inside80 for one in inside]) == pytest.approx(0.80, abs=0.012)
    assert np.mean([one.inside95 for one in inside]) == pytest.approx(0.95, abs=0.006)


def test_a_few_discrepancies_widen_what_is_believed() -> None:
    """The same reporters, seen a hundred times less often."""
    doubts = []
    for products in (200, 2):
        with np.errstate(all="ignore"):
            cells, _geography, _rows = reported_cells(
                world(Scenario(countries=8, products=products))
            )
            unknown = Geography.unknown(cells.countries)
            found = learn(cells, unknown, np.random.default_rng(0)).reliability
        assert (found.believed >= found.variance + found.bias_variance).all()
        doubts.append(np.median(found.variance_doubt))
    assert doubts[1] > 10 * doubts[0]
