"""An analyst asks how much technology is in what two countries sell each other."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from tests.core.potential.customs import LATER, world, years

from bilat.potential import technology
from bilat.potential.quality import Quality, quality
from bilat.potential.technology import ADVANCED, CATEGORIES, UNCLASSIFIED, advanced, category_of
from bilat.potential.world import read_pair
from bilat.warehouse import Warehouse

COUNTS = {
    "PP": 52, "RB1": 36, "RB2": 31, "LT1": 20, "LT2": 24, "MT1": 5, "MT2": 28, "MT3": 38,
    "HT1": 11, "HT2": 8, "NC": 8,
}  # fmt: skip
"""Groups of each category in UNCTAD's “SITC rev.3 products, by technological categories (Lall
(2000))”, as two independent transcriptions have them; the rest of the 261 groups that SITC Rev. 3
has (UN 1986) is not classified."""


def rows(name: str) -> list[list[str]]:
    with (files(technology) / name).open(encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


@pytest.fixture
def told(tmp_path: Path) -> Quality:
    """In 2022 tractors 4, in 2023 tractors 4, telephones 3, butter 2 and gold 1, in millions."""
    text = years("    BLR KGZ X {year} 870110 4\n    RUS KGZ X {year} 870110 6\n", 2022, 2023)
    more = "".join(
        f"    BLR KGZ X 2023 {code} {value}\n"
        for code, value in (("851713", 3), ("040510", 2), ("710812", 1))
    )
    warehouse = Warehouse(world(tmp_path / "w", text + more))
    return quality(warehouse, read_pair(warehouse, ("BLR", "KGZ"), as_of=LATER), None)


def test_each_group_of_sitc_is_in_one_category_and_the_counts_are_the_published_ones() -> None:
    lists = rows("sitc3_lall.csv")
    assert max(Counter(group for group, _ in lists).values()) == 1
    assert Counter(category for _, category in lists) == COUNTS
    assert sum(COUNTS.values()) == 261


def test_each_code_falls_in_one_group_that_there_is() -> None:
    codes = rows("hs_sitc3.csv")
    assert max(Counter(code for code, _ in codes).values()) == 1
    assert {group for _, group in codes} <= {group for group, _ in rows("sitc3_lall.csv")}
    assert {len(code) for code, _ in codes} == {4, 6}
    headings = {code for code, _ in codes if len(code) == 4}
    assert not {code for code, _ in codes if len(code) == 6 and code[:4] in headings}
    assert len({code[:2] for code, _ in codes}) == 96, "chapters 01 to 97, but not 77"


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("270900", "PP"),  # crude oil, group 333
        ("410150", "PP"),  # hides, 211
        ("040510", "RB1"),  # butter, 023
        ("271012", "RB2"),  # petrol, 334
        ("610910", "LT1"),  # T-shirts, 845
        ("940360", "LT2"),  # furniture, 821
        ("870421", "MT1"),  # lorries, 782
        ("310420", "MT2"),  # potash fertiliser, 562
        ("842951", "MT3"),  # loaders, 723
        ("854231", "HT1"),  # processors, 776
        ("300490", "HT2"),  # medicines, 542
        ("710812", "NC"),  # gold, 971
        ("9701", "NC"),  # paintings, 896
    ],
)
def test_a_product_of_each_category(code: str, category: str) -> None:
    assert category_of(code) == category


def test_a_short_code_is_classified_only_where_all_under_it_are_alike() -> None:
    assert category_of("61") == "LT1", "all of the chapter is clothing"
    assert {category_of("870110"), category_of("870120")} == {"MT3", "MT1"}, "tractors, lorries"
    assert category_of("8701") == UNCLASSIFIED
    assert category_of("770000") == UNCLASSIFIED, "there is no such chapter"


def test_shares_by_year_by_hand(told: Quality) -> None:
    before, after = told.directions[0].years
    assert before.technology["MT3"] == 1
    shares = {name: share for name, share in after.technology.items() if share}
    assert shares == pytest.approx({"MT3": 0.4, "HT1": 0.3, "RB1": 0.2, "NC": 0.1})
    assert advanced(after.technology) == pytest.approx(0.7)
    assert list(after.technology) == [*CATEGORIES, UNCLASSIFIED]
    assert set(ADVANCED) == {"MT1", "MT2", "MT3", "HT1", "HT2"}


def test_where_nothing_is_traded_no_share_is_told(told: Quality) -> None:
    (silent, _) = told.directions[1].years
    assert np.isnan(list(silent.technology.values())).all()
