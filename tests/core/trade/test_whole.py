"""Both customs services' yearly totals become one turnover that the outlook can start from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bilat.programme import Indicator, open_programme
from bilat.trade import BOTH, Series, reconciled_series

HEAD = """
sources: [{id: s, title: Table, publisher: Office}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}
  - {id: x-blr, title: Exports, measures: exports, exporter: BLR, unit: million USD}
  - {id: x-kgz, title: Exports, measures: exports, exporter: KGZ, unit: million USD}
  - {id: students, title: Students, measures: count, unit: students}
observations:
"""
DAY = date(2026, 1, 1)
Read = Callable[..., Series | None]


def seen(indicator: str, side: str, year: int, value: float) -> str:
    return (
        f"  - {{indicator: {indicator}, period: {year}, reporter: {side}, value: {value}, "
        f"unit: million USD, vintage: {year + 1}-04-01, sources: [s]}}\n"
    )


@pytest.fixture
def read(folder: Callable[..., Path]) -> Read:
    def series(*rows: str, indicator: str = "turnover") -> Series | None:
        programme = open_programme(folder(HEAD + "".join(rows)))
        asked = programme.find(Indicator, indicator)
        assert asked is not None
        return reconciled_series(programme, asked, DAY)

    return series


def both(year: int) -> list[str]:
    return [
        seen("x-blr", "BLR", year, 80),
        seen("x-blr", "KGZ", year, 90),
        seen("x-kgz", "KGZ", year, 20),
        seen("x-kgz", "BLR", year, 21),
    ]


def test_the_turnover_is_the_sum_of_both_ways_and_lies_between_the_reports(read: Read) -> None:
    found = read(*both(2022), *both(2023))
    assert found is not None
    assert (found.side, [point.year for point in found.years]) == (BOTH, [2022, 2023])
    for point in found.years:
        assert 97e6 < point.value < 111e6
        assert 0 < point.error < 0.3


def test_one_way_alone_is_a_series_of_its_own(read: Read) -> None:
    whole, way = read(*both(2023)), read(*both(2023), indicator="x-blr")
    assert whole is not None and way is not None  # noqa: PT018
    assert way.years[0].value < whole.years[0].value


def test_a_year_that_lacks_a_way_is_left_out(read: Read) -> None:
    found = read(*both(2022), seen("x-blr", "BLR", 2023, 85), seen("x-blr", "KGZ", 2023, 95))
    assert found is not None
    assert [point.year for point in found.years] == [2022]


def test_where_nobody_reports_the_same_flow_there_is_nothing_to_make_one(read: Read) -> None:
    assert read(seen("x-blr", "BLR", 2023, 80), seen("x-kgz", "KGZ", 2023, 20)) is None


def test_students_are_no_trade(read: Read) -> None:
    assert read(*both(2023), indicator="students") is None
