"""Yearly totals of both sides, made one flow: the mirror's small-sample version on one pair."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from bilat.mirror.cells import Cells, codes
from bilat.mirror.pooled import pool
from bilat.trade import reconcile_years
from bilat.trade.reconciled import METHODS

SIDES = ("BLR", "KGZ")
SAID = {2020: 100.0, 2021: 110.0, 2022: 120.0}
HEARD = {2020: 103.3, 2021: 113.6, 2022: 124.0, 2023: 130.0}


def test_the_flow_is_the_mirrors_own_answer() -> None:
    ours = reconcile_years({"BLR": (SAID, HEARD)}, SIDES)
    x, m = np.array([*SAID.values(), np.nan]), np.array([*HEARD.values()])
    way = (codes([0] * 4), codes([1] * 4), codes([0] * 4), codes([0, 1, 2, 3]))
    theirs = pool(Cells(*way, x, m, countries=2, products=1, periods=4))
    assert [item.year for item in ours] == [2020, 2021, 2022, 2023]
    np.testing.assert_allclose([item.value for item in ours], theirs.value)
    np.testing.assert_allclose([(i.low, i.high) for i in ours], theirs.ends[1:3].T)


def test_an_office_without_the_statistics_extra_has_its_flow() -> None:
    """The base install brings neither Arrow nor a database."""
    program = (
        "import sys; from bilat.trade.reconciled import reconcile_years; "
        "print(len(reconcile_years({'BLR': ({2020: 100.0}, {2020: 103.3})}, ('BLR', 'KGZ'))), "
        "[name for name in ('pyarrow', 'duckdb', 'deltalake') if name in sys.modules])"
    )
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    assert told.stdout == "1 []\n", told.stderr


def test_both_reports_weight_and_method_stay_beside_it() -> None:
    *_before, both, alone = reconcile_years({"BLR": (SAID, HEARD)}, SIDES)
    assert (both.exported, both.imported, both.weight) == (120, 124, 0.5)
    assert str(METHODS[both.method]) == "both, believed alike"
    assert (alone.exported, alone.imported, alone.weight) == (None, 130, 0)
    assert str(METHODS[alone.method]) == "importer alone, its usual bias and freight taken off"
    assert alone.value < 130
    assert alone.high / alone.low > both.high / both.low


def test_the_parties_order_changes_nothing() -> None:
    ways = {"BLR": (SAID, HEARD), "KGZ": (HEARD, SAID)}
    first, second = (reconcile_years(ways, sides) for sides in (SIDES, SIDES[::-1]))
    for item in first:
        (same,) = [one for one in second if (one.exporter, one.year) == (item.exporter, item.year)]
        assert same.value == pytest.approx(item.value)


def test_nothing_reported_gives_nothing() -> None:
    assert reconcile_years({"BLR": ({2020: 0.0}, {})}, SIDES) == ()
