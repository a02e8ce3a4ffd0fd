"""An analyst loads what was published and asks what was known on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.core.warehouse.declarations import declared, told

from bilat.sources.report import REPORTS
from bilat.warehouse import (
    AddressRefused,
    ReportsRefused,
    VintageTaken,
    Warehouse,
    WarehouseMissing,
)

BOTH_SIDES = """
    BLR KGZ X 2023 TOTAL 106.5
    BLR KGZ X 2023 870120 20
    BLR KGZ M 2023 TOTAL 8.1
    BLR RUS X 2023 TOTAL 26000
    KGZ BLR M 2023 TOTAL 98.2
    KGZ BLR X 2023 TOTAL 9.4
    KGZ UZB X 2023 TOTAL 300
"""
REVISION = """
    BLR KGZ X 2023 TOTAL 107.9
    BLR KGZ X 2023 870120 21
"""
BEFORE, THAT_DAY, LATER = date(2024, 3, 31), date(2024, 4, 1), date(2025, 1, 1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path / "trade")
    warehouse.load(declared(BOTH_SIDES))
    return warehouse


def test_opening_makes_nothing_and_the_first_load_makes_the_warehouse(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "trade")
    assert not warehouse.exists()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(WarehouseMissing, match=r"no warehouse here.*bilat load FILE --warehouse"):
        warehouse.flows(as_of=LATER)
    assert warehouse.load(declared(BOTH_SIDES)).rows == 7
    assert warehouse.exists()


def test_an_address_is_a_folder(tmp_path: Path) -> None:
    warehouse = Warehouse((tmp_path / "my trade").as_uri())
    warehouse.load(declared(BOTH_SIDES))
    assert Warehouse(tmp_path / "my trade").status().rows == 7
    with pytest.raises(AddressRefused, match="Name one of these"):
        Warehouse("gs://bucket/trade")


def test_a_pair_hears_both_sides(warehouse: Warehouse) -> None:
    assert told(warehouse.pair("KGZ", "BLR", as_of=LATER)) == [
        "BLR KGZ M 2023 TOTAL 8.1",
        "BLR KGZ X 2023 TOTAL 106.5",
        "KGZ BLR M 2023 TOTAL 98.2",
        "KGZ BLR X 2023 TOTAL 9.4",
    ]
    everything = told(warehouse.pair("BLR", "KGZ", as_of=LATER, products="all"))
    assert "BLR KGZ X 2023 870120 20" in everything
    assert len(everything) == 5


def test_an_answer_has_the_columns_of_a_report_with_file_and_line(warehouse: Warehouse) -> None:
    answer = warehouse.flows("BLR", "RUS", as_of=LATER)
    assert answer.schema.names == REPORTS.names
    assert answer.schema.types == REPORTS.types
    row = answer.to_pylist()[0]
    assert (row["file"], row["line"], row["valuation"]) == ("a.csv", 4, "FOB")


def test_nothing_is_known_before_it_was_published(warehouse: Warehouse) -> None:
    assert told(warehouse.flows(as_of=BEFORE)) == []
    assert len(told(warehouse.flows(as_of=THAT_DAY))) == 7


def test_a_revision_supersedes_and_is_kept(warehouse: Warehouse) -> None:
    warehouse.load(declared(REVISION, vintage="2024-09-01", file="b.csv"))
    autumn = date(2024, 8, 31), date(2024, 9, 1)
    old, new = (warehouse.flows("BLR", "KGZ", "X", as_of=day) for day in autumn)
    assert told(old) == ["BLR KGZ X 2023 870120 20", "BLR KGZ X 2023 TOTAL 106.5"]
    assert told(new) == ["BLR KGZ X 2023 870120 21", "BLR KGZ X 2023 TOTAL 107.9"]
    changes = warehouse.vintages("BLR", "KGZ", "X", product="TOTAL", as_of=LATER).to_pylist()
    assert [(row["vintage"], row["value_usd"], row["file"]) for row in changes] == [
        (date(2024, 4, 1), 106_500_000, "a.csv"),
        (date(2024, 9, 1), 107_900_000, "b.csv"),
    ]


def test_an_older_vintage_may_come_later(warehouse: Warehouse) -> None:
    warehouse.load(declared("BLR KGZ X 2023 TOTAL 105", vintage="2024-02-01"))
    assert told(warehouse.pair("BLR", "KGZ", as_of=BEFORE)) == ["BLR KGZ X 2023 TOTAL 105"]
    assert "BLR KGZ X 2023 TOTAL 106.5" in told(warehouse.pair("BLR", "KGZ", as_of=LATER))


def test_the_same_file_twice_adds_nothing(warehouse: Warehouse) -> None:
    first = warehouse.load(declared(REVISION, vintage="2024-09-01"), content_hash="abc")
    again = warehouse.load(declared(REVISION, vintage="2024-09-01"), content_hash="abc")
    assert (first.rows, first.already) == (2, False)
    assert (again.rows, again.already, again.version) == (0, True, first.version)
    without_hash = warehouse.load(declared(BOTH_SIDES))
    assert without_hash.already
    assert warehouse.status().rows == 9


def test_two_values_of_one_vintage_are_refused_and_nothing_of_them_stays(
    warehouse: Warehouse,
) -> None:
    with pytest.raises(VintageTaken) as refusal:
        warehouse.load(declared("UZB KGZ X 2023 TOTAL 1\nBLR KGZ X 2023 TOTAL 9", file="b.csv"))
    assert str(refusal.value) == (
        "b.csv:2: BLR KGZ X 2023-01-01 12  TOTAL customs has a value of vintage 2024-04-01 "
        "already, from a.csv:1. Load a revision under the day on which it was published; "
        "nothing was loaded"
    )
    assert told(warehouse.flows("UZB", as_of=LATER)) == []
    assert warehouse.verify().problems == ()


def test_a_key_given_twice_in_one_load_is_refused(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    with pytest.raises(ReportsRefused, match=r"a.csv:3: BLR KGZ X .* stands also at a.csv:1"):
        warehouse.load(
            declared("BLR KGZ X 2023 TOTAL 1\nBLR UZB X 2023 TOTAL 1\nBLR KGZ X 2023 TOTAL 2")
        )
    assert warehouse.flows(as_of=LATER).num_rows == 0


def test_questions_choose_by_product_classification_dataset_and_time(warehouse: Warehouse) -> None:
    warehouse.load(
        declared(
            "BLR KGZ X 2022 H5/870120 1\nBLR KGZ X 2024-01 H6/870120 2\nBLR KGZ X 2024-02 H6/01 3",
            dataset="un",
        )
    )
    assert told(warehouse.flows(product="870120", as_of=LATER)) == [
        "BLR KGZ X 2022 870120 1",
        "BLR KGZ X 2023 870120 20",
        "BLR KGZ X 2024-01 870120 2",
    ]
    assert told(warehouse.flows(classification="H5", as_of=LATER)) == ["BLR KGZ X 2022 870120 1"]
    span = {"since": date(2023, 1, 1), "until": date(2024, 2, 1)}
    assert told(warehouse.flows(dataset="un", **span, as_of=LATER)) == [  # type: ignore[arg-type]
        "BLR KGZ X 2024-01 870120 2"
    ]


@pytest.mark.parametrize(
    "name",
    ["'; DROP TABLE reports; --", '" OR 1=1', "$reporter", "{where}", "Ўзбек\x00", "%41", ""],
)
def test_hostile_names_are_names_like_others(warehouse: Warehouse, name: str) -> None:
    assert warehouse.flows(name, name, name, name, name, as_of=LATER).num_rows == 0
    assert warehouse.pair(name, "KGZ", as_of=LATER).num_rows == 0
    table = declared("BLR KGZ X 2023 TOTAL 1", dataset=name)
    warehouse.load(table)
    assert warehouse.flows(dataset=name, as_of=LATER).num_rows == 1
    assert name in [dataset.dataset for dataset in warehouse.status().datasets]


def test_totals_are_published_ones_or_sums_of_the_finest_products(warehouse: Warehouse) -> None:
    warehouse.load(
        declared(
            """
            KGZ BLR X 2022 07 5
            KGZ BLR X 2022 070110 2
            KGZ BLR X 2022 070190 2.5
            KGZ BLR X 2022 H6/XXXXXX 0.5
            KGZ BLR X 2024-01 070110 1
            KGZ BLR X 2024-02 070110 3
            KGZ BLR X 2023 070110 9
            """
        )
    )
    rows = warehouse.totals_by_year("KGZ", "BLR", "X", as_of=LATER).to_pylist()
    assert [(r["year"], r["months"], r["periods"], r["basis"], r["value_usd"]) for r in rows] == [
        (2022, 12, 1, "summed", 5_000_000),
        (2023, 12, 1, "published", 9_400_000),
        (2024, 1, 2, "summed", 4_000_000),
    ]
