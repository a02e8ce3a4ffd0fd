"""An analyst asks how good the growth was, not only how large."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.potential.customs import LATER, RECONCILED, world, years

from bilat.potential.quality import Quality, quality
from bilat.potential.world import read_exports, read_pair
from bilat.warehouse import Warehouse

MILLION = 1_000_000


@pytest.fixture
def told(tmp_path: Path) -> Quality:
    """In 2023 Belarus sells lifts to Kyrgyzstan for the first time, which sells tractors back."""
    text = years(RECONCILED, 2022) + years(
        RECONCILED + "    BLR KGZ X {year} 842810 4\n    KGZ BLR X {year} 870110 2\n", 2023
    )
    warehouse = Warehouse(world(tmp_path / "w", text))
    pair = read_pair(warehouse, ("BLR", "KGZ"), as_of=LATER)
    return quality(warehouse, pair, read_exports(warehouse, as_of=LATER))


def test_new_products_and_concentration_by_year(told: Quality) -> None:
    before, after = told.directions[0].years
    assert before.concentration == 1
    assert after.concentration == pytest.approx(0.5)
    assert before.new != before.new, "nobody knows what was new in the first year"
    assert after.new == pytest.approx(0.5)
    assert after.processed == 1
    assert told.directions[1].years[0].processed == 0, "cotton is primary"


def test_both_sell_tractors_now(told: Quality) -> None:
    # Grubel–Lloyd: 1 − (|4−2| + |4−0| + |0−1|) / (4+2 + 4 + 1).
    assert list(told.intra) == pytest.approx([0, 1 - 7 / 11])


def test_intensity_is_that_of_the_indicator_by_hand(told: Quality) -> None:
    # 2022: BLR exports 30, 4 of it to KGZ; KGZ imports 30 of 121 − 57 that others than BLR buy.
    assert told.directions[0].years[0].intensity == pytest.approx((4 / 30) / (30 / (121 - 57)))


def test_what_moved_trade_adds_up(told: Quality) -> None:
    shares = told.directions[0].shares
    assert shares is not None
    assert shares.change / MILLION == pytest.approx(8 - 4)
    # Lifts: from a share of 0 of 20 to 4 of 24; tractors: 4 of 10 in both years.
    assert shares.competitiveness / MILLION == pytest.approx(20 * 4 / 24)
