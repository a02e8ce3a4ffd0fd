"""A secretary asks about one measure; the flows that tell of it are found among all trade."""

from __future__ import annotations

import numpy as np
import pytest

from bilat.errors import NoAnswer
from bilat.potential.measured import DONORS, Case, Row, compare
from bilat.potential.synthetic import LEVEL

START = 2012
YEARS = range(2000, 2018)
CASE = Case("approval", "Approval", "BLR", "KGZ", ("8701",), START, avoided=("8702",))


def sold(exporter: str, buyers: int, code: str = "870110", size: float = 15.0) -> list[Row]:
    """Each buyer's series has two common movements and noise; from a seed of its own."""
    rng = np.random.default_rng(3)
    common = np.cumsum(rng.normal(0.03, 0.08, (2, len(YEARS))), axis=1)
    logs = rng.uniform(0, 1, (buyers, 2)) @ common + rng.normal(0, 0.03, (buyers, len(YEARS)))
    return [
        (exporter, f"B{buyer:02d}", code, year, float(np.exp(size + logs[buyer, at])))
        for buyer in range(buyers)
        for at, year in enumerate(YEARS)
    ]


def own(rows: list[Row], gain: float = 0.0) -> list[Row]:
    """The pair's flow: the mean of the first two buyers' with noise, raised from the start."""
    rng = np.random.default_rng(9)
    found = []
    for year in YEARS:
        first, second = (row[4] for row in rows if row[3] == year and row[1] in ("B00", "B01"))
        raised = np.exp(rng.normal(0, 0.02) + gain * (year >= START))
        found.append(("BLR", "KGZ", "870120", year, float(np.sqrt(first * second) * raised)))
    return found


def test_a_gain_above_the_smallest_visible_one_is_called_an_effect() -> None:
    rows = sold("BLR", 18)
    quiet = compare(CASE, [*rows, *own(rows)])
    assert quiet.effect.verdict == "no_effect"
    assert quiet.visible is not None
    drift = quiet.effect.gap[quiet.start :]
    for gain, found in ((quiet.visible + 2 * abs(drift).max(), True), (0.1 * quiet.visible, False)):
        effect = compare(CASE, [*rows, *own(rows, gain)]).effect
        assert (effect.p <= LEVEL) is found


def test_the_exporters_own_buyers_come_before_those_of_others() -> None:
    rows = sold("BLR", 15)
    others = sold("RUS", 15)
    found = compare(CASE, [*rows, *others, *own(rows)])
    assert len(found.names) == DONORS
    assert sum(name[0] == "BLR" for name in found.names) == 15
    assert found.far == 10


def test_other_headings_of_the_pair_count_but_those_of_measures_do_not() -> None:
    rows = sold("BLR", 9)
    pair = [
        ("BLR", "KGZ", code, year, value * 0.5)
        for code in ("842810", "870210", "870190")
        for _e, buyer, _c, year, value in rows
        if buyer == "B00"
    ]
    found = compare(CASE, [*rows, *own(rows), *pair])
    assert [name[2] for name in found.names if name[1] == "KGZ"] == ["8428"]


def test_what_the_measure_may_have_hurt_does_not_count() -> None:
    rows = sold("BLR", 9)
    rival = [("RUS", "KGZ", code, year, 5.0) for code in ("870110", "1001") for year in YEARS]
    back = [("KGZ", "BLR", "870110", year, 5.0) for year in YEARS]
    home = [("BLR", "BLR", "870110", year, 5.0) for year in YEARS]
    found = compare(CASE, [*rows, *own(rows), *rival, *back, *home])
    assert {name[0] for name in found.names} == {"BLR"}
    assert len(found.names) == 9


def test_growth_is_compared_and_not_size() -> None:
    rows = sold("BLR", 12)
    small = [(a, b, c, year, value / 1000) for a, b, c, year, value in own(rows)]
    one, other = compare(CASE, [*rows, *own(rows)]), compare(CASE, [*rows, *small])
    assert other.effect.gap == pytest.approx(one.effect.gap, abs=1e-6)
    assert other.control == pytest.approx(one.control / 1000, rel=1e-6)


def test_years_before_a_gap_are_left_out_and_donors_with_gaps_too() -> None:
    rows = [row for row in sold("BLR", 12) if (row[1], row[3]) != ("B05", 2010)]
    mine = [row for row in own(rows) if row[3] != 2003]
    found = compare(CASE, [*rows, *mine])
    assert found.years[0] == 2004
    assert "B05" not in {name[1] for name in found.names}
    assert found.gaps == 1


def test_with_one_other_flow_there_is_nothing_to_compare_with() -> None:
    rows = sold("BLR", 2)
    mine = own(rows)
    with pytest.raises(NoAnswer, match="of 1 other flows fewer than two have trade"):
        compare(CASE, [row for row in rows if row[1] == "B00"] + mine)
