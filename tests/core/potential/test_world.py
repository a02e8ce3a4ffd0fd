"""An analyst's warehouse becomes the arrays that the arithmetic takes, by stated rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.core.potential.customs import BOTH, LATER, RECONCILED, world, years

from bilat.errors import NoAnswer
from bilat.potential.world import PairWorld, choose, read_exports, read_pair
from bilat.warehouse import Warehouse

MILLION = 1_000_000
SIDES = ("BLR", "KGZ")


def read(folder: Path, **asked: object) -> PairWorld:
    return read_pair(Warehouse(folder), SIDES, as_of=LATER, **asked)  # type: ignore[arg-type]


def of(told: PairWorld, cube: np.ndarray, product: str) -> list[float]:
    """Million dollars by year."""
    return [round(float(one), 9) for one in cube[:, told.products.index(product)] / MILLION]


def test_reconciled_exports_give_both_directions_and_the_world(tmp_path: Path) -> None:
    told = read(world(tmp_path / "w", years(RECONCILED, 2022, 2023)))
    assert told.years == (2022, 2023)
    assert told.span.exporters_only
    assert of(told, told.world, "870110") == [26, 26]
    assert of(told, told.exports[0], "870110") == [20, 20]
    assert of(told, told.imports[1], "870110") == [10, 10]
    assert of(told, told.trade[0], "870110") == [4, 4]
    assert of(told, told.trade[1], "520100") == [1, 1]
    assert of(told, told.imports[0], "520100") == [5, 5]


def test_each_country_speaks_for_itself_and_partners_for_the_silent(tmp_path: Path) -> None:
    told = read(world(tmp_path / "w", years(BOTH, 2023)))
    assert not told.span.exporters_only
    # The row with the world counts, not the sum of the partners that are told.
    assert of(told, told.exports[0], "870110") == [20]
    assert of(told, told.imports[1], "842810") == [21]
    # 20 of BLR and 30 of RUS; of cotton 6 of KGZ, and 7 that KGZ says it bought of silent UZB.
    assert of(told, told.world, "870110") == [50]
    assert of(told, told.world, "520100") == [13]
    assert of(told, told.between.imported[0], "870110") == [4.4]
    assert told.between.mirrored


def test_where_the_exporter_is_silent_the_importer_stands_for_it(tmp_path: Path) -> None:
    silent = BOTH.replace("BLR KGZ X {year} 870110 4", "")
    told = read(world(tmp_path / "w", years(silent, 2023)))
    assert of(told, told.trade[0], "870110") == [4.4]
    assert told.between.silent.tolist() == [[True], [False]]


def test_products_can_be_told_at_fewer_digits(tmp_path: Path) -> None:
    text = years(RECONCILED, 2023) + "\n    BLR KGZ X 2023 870120 1\n"
    told = read(world(tmp_path / "w", text), digits=4)
    assert of(told, told.trade[0], "8701") == [5]
    assert "870110" not in told.products


def test_what_no_kind_is_stated_of_is_no_product(tmp_path: Path) -> None:
    text = years(RECONCILED, 2023) + "\n    BLR KGZ X 2023 XXXXXX 9\n    BLR KGZ X 2023 999999 9\n"
    assert read(world(tmp_path / "w", text)).products == ("040610", "270900", "520100", "842810",
                                                          "870110")  # fmt: skip


def test_a_year_that_is_hardly_reported_yet_is_left_out(tmp_path: Path) -> None:
    text = years(RECONCILED, 2022, 2023) + "\n    BLR KGZ X 2024 870110 5\n"
    folder = world(tmp_path / "w", text)
    assert read(folder).year == 2023
    assert read(folder, year=2022).years == (2022,)


def test_a_revised_number_counts_from_its_vintage_on(tmp_path: Path) -> None:
    folder = world(tmp_path / "w", years(RECONCILED, 2023))
    world(folder, "    BLR KGZ X 2023 870110 6", vintage="2024-09-01")
    told = read(folder)
    assert of(told, told.trade[0], "870110") == [6]
    assert of(told, told.world, "870110") == [28], "and nothing of the others is lost"


def test_figures_made_of_both_reports_are_preferred(tmp_path: Path) -> None:
    folder = world(tmp_path / "w", years(BOTH, 2022, 2023), dataset="both")
    world(folder, years(RECONCILED, 2022), dataset="made")
    warehouse = Warehouse(folder)
    assert choose(warehouse, LATER).dataset == "made"
    assert choose(warehouse, LATER, "both").dataset == "both"


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    folder = world(tmp_path / "w", years(RECONCILED, 2023))
    with pytest.raises(NoAnswer, match=r"“baci”.*name one of: customs"):
        read(folder, dataset="baci")
    with pytest.raises(NoAnswer, match="no yearly reports by six-digit product of 2019"):
        read(folder, year=2019)
    with pytest.raises(NoAnswer, match="says nothing of MEX"):
        read_pair(Warehouse(folder), ("BLR", "MEX"), as_of=LATER)
    alone = world(tmp_path / "alone", "    BLR KGZ X 2023 870110 4\n    KGZ BLR X 2023 520100 1")
    with pytest.raises(NoAnswer, match="nobody’s exports but those of the two sides"):
        read(alone)
    months = world(tmp_path / "months", "    BLR KGZ X 2023-01 870110 4")
    with pytest.raises(NoAnswer, match="holds no yearly reports as known"):
        read(months)


def test_nothing_later_than_the_day_is_used(tmp_path: Path) -> None:
    folder = world(tmp_path / "w", years(RECONCILED, 2022))
    world(folder, years(RECONCILED, 2023), vintage="2025-06-01")
    assert read(folder).years == (2022,)


def test_the_exports_of_everyone_in_a_year(tmp_path: Path) -> None:
    exports = read_exports(
        Warehouse(world(tmp_path / "w", years(RECONCILED, 2022, 2023))), as_of=LATER
    )
    assert exports.year == 2023
    assert exports.countries == ("BLR", "KGZ", "RUS", "UZB")
    row = exports.values[exports.countries.index("RUS")] / MILLION
    assert row.tolist() == [2, 50, 0, 20, 6]
