"""Two countries, some years, totals only: the small-sample version is honest about its width."""

from __future__ import annotations

import numpy as np
import pytest

from bilat.mirror import Cells
from bilat.mirror.pooled import EXPORTER, IMPORTER, IMPORTER_WRONG, Pooled, pool


def one_way(x: list[float], m: list[float]) -> Cells:
    """Exports of country 0 to country 1, one total a year."""
    years, zeros = len(x), np.zeros(len(x), dtype=np.int32)
    codes = (zeros, zeros + 1, zeros, np.arange(years, dtype=np.int32))
    return Cells(*codes, np.array(x), np.array(m), countries=2, products=1, periods=years)


def widths(done: Pooled) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(np.log(done.ends[2] / done.ends[1]))


def test_both_are_believed_alike_after_freight() -> None:
    done = pool(one_way([100, 110, 120], [103.3, 113.6, 124.0]))
    np.testing.assert_allclose(done.value, [100, 110, 120], rtol=0.01)
    assert set(done.weight) == {0.5}


def test_a_silent_year_is_wider_and_leans_as_the_other_years_did() -> None:
    """The importer used to say a third more: its lonely figure is taken down, not at its word."""
    done = pool(one_way([100, 110, np.nan, 120], [140, 154, 160, np.nan]))
    assert done.method.tolist()[2:] == [IMPORTER, EXPORTER]
    assert 120 < done.value[2] < 160 / 1.03
    assert widths(done)[2] > widths(done)[0]


def test_sides_that_disagree_for_years_give_a_wide_answer() -> None:
    near = pool(one_way([100, 110, 120], [103, 114, 124]))
    far = pool(one_way([100, 110, 120], [206, 228, 248]))
    assert (widths(far) > 1.3 * widths(near)).all()


def test_a_slip_of_a_thousand_is_settled_by_the_other_years() -> None:
    done = pool(one_way([100, 110, 120, 130], [103, 114, 124_000, 134]))
    assert done.method[2] == IMPORTER_WRONG
    assert done.value[2] == pytest.approx(120, rel=0.1)


def test_one_year_of_one_side_is_answered_too() -> None:
    done = pool(one_way([100], [np.nan]))
    assert done.value[0] == pytest.approx(100)
    assert done.ends[0][0] < 75
    assert done.ends[3][0] > 130


def test_the_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """2,000 pairs drawn from the priors. They may be wider than promised, not narrower: the degrees
    of freedom are set low, so 80 % holds up to 88 %, 95 % up to 98 %; 2 points below for chance."""
    rng, inside = np.random.default_rng(11), []
    for _pair in range(2000):
        truth = 100 * np.exp(np.cumsum(rng.normal(0, 0.2, 6)))
        bias, cost = rng.normal(0, 0.15, 2), rng.normal(np.log(1.033), 0.03)
        noise = rng.normal(0, 0.15, (2, 6))
        x, m = truth * np.exp(bias[0] + noise[0]), truth * np.exp(bias[1] + cost + noise[1])
        m[rng.random(6) < 0.2] = np.nan
        low95, low80, high80, high95 = pool(one_way(list(x), list(m))).ends[:, -1]
        inside.append((low80 < truth[-1] < high80, low95 < truth[-1] < high95))
    share80, share95 = np.mean(inside, axis=0)
    assert 0.78 < share80 < 0.88
    assert 0.93 < share95 < 0.985
