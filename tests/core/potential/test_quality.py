"""An analyst asks how good the growth was, not only how large."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from tests.core.potential.customs import LATER, RECONCILED, world, years
from tests.core.warehouse.declarations import declared

from bilat.potential.quality import Quality, quality
from bilat.potential.signs import signs
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


def test_products_with_an_advantage_are_counted_by_year(told: Quality) -> None:
    # Belarus alone sells the world tractors (20 of 26) and lifts (10 of 30): its share in all
    # exports is 30 of 121, so that both are advantages. Kyrgyzstan: cheese and cotton.
    assert [year.advantages for year in told.directions[0].years] == [2, 2]
    assert [year.advantages for year in told.directions[1].years] == [2, 2]


def test_signs_of_getting_better_take_the_first_years_beside_the_last(told: Quality) -> None:
    found = signs(told.directions[0])
    assert found is not None
    assert (found.first, found.last) == ((2022,), (2023,))
    assert found.growth == pytest.approx(1)
    verdicts = {one.name: one.verdict for one in found.found}
    assert verdicts["spread"] == 1, "one product, then two of equal size"
    assert verdicts["processed"] == 0
    assert "ladder" not in verdicts, "nothing has a weight"
    assert (found.count(1), found.count(-1)) == (
        sum(one == 1 for one in verdicts.values()),
        sum(one == -1 for one in verdicts.values()),
    )


def test_one_year_alone_has_no_signs(tmp_path: Path) -> None:
    warehouse = Warehouse(world(tmp_path / "w", years(RECONCILED, 2023)))
    found = quality(warehouse, read_pair(warehouse, ("BLR", "KGZ"), as_of=LATER), None)
    assert signs(found.directions[0]) is None


def test_the_ladder_of_unit_values_year_by_year(tmp_path: Path) -> None:
    """In 2022 Belarus's tractors are dearer than Russia's, in 2023 cheaper; in 2021 none has a
    weight."""
    text = years(RECONCILED, 2021, 2022, 2023)
    table = declared("\n".join(line for line in text.splitlines() if line.strip()))
    kilograms = {("BLR", 2022): 1e6, ("RUS", 2022): 3e6, ("BLR", 2023): 4e6, ("RUS", 2023): 3e6}
    kg = [
        kilograms.get((row["reporter"], row["start"].year)) if row["product"] == "870110" else None
        for row in table.to_pylist()
    ]
    place = table.schema.get_field_index("net_kg")
    table = table.set_column(place, table.schema.field(place), pa.array(kg, pa.float64()))
    warehouse = Warehouse(tmp_path / "w")
    warehouse.load(table)
    found = quality(warehouse, read_pair(warehouse, ("BLR", "KGZ"), as_of=LATER), None)
    steps = [year.ladder for year in found.directions[0].years]
    assert steps[0] != steps[0]
    assert steps[1:] == [1, 0]
