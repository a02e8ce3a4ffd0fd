"""What one side says of one indicator, put together from statistics and statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bilat.programme import Indicator, open_programme
from bilat.trade import Series, side_series
from bilat.vocabulary import Period

INDICATORS = """
sources: [{id: s, title: Table, publisher: Office}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}
  - {id: x-blr, title: Exports, measures: exports, exporter: BLR, unit: million USD}
  - {id: x-kgz, title: Exports, measures: exports, exporter: KGZ, unit: million USD}
  - {id: x-milk, title: Milk, measures: exports, exporter: BLR, sector: dairy, unit: million USD}
"""
Read = Callable[..., Series]


@pytest.fixture
def series(folder: Callable[..., Path]) -> Read:
    """The turnover of a side, from figures (YAML) and observations (CSV rows)."""

    def read(
        side: str, as_of: str = "2025-10-01", figures: str = "", observations: str = ""
    ) -> Series:
        files = {}
        if figures:
            files["figures.yaml"] = figures
        if observations:
            head = "indicator,reporter,period,value,unit,vintage,sources\n"
            files["observations.csv"] = head + observations
        programme = open_programme(folder(INDICATORS, **files))
        indicator = programme.find(Indicator, "turnover")
        assert indicator is not None
        return side_series(programme, indicator, side, date.fromisoformat(as_of))

    return read


def stated(period: str, side: str = "BLR", when: str = "2024-11", **more: object) -> str:
    extra = "".join(f", {key}: {value}" for key, value in more.items())
    return (
        f"- {{id: f-{side}-{period.replace('/', '-')}-{when}, indicator: turnover, "
        f"period: {period}, side: {side}, stated: {when}, sources: [s]{extra}}}\n"
    )


def million(value: str) -> Decimal:
    return Decimal(value) * 10**6


def test_turnover_is_the_sum_of_both_directions_where_both_are_reported(series: Read) -> None:
    rows = "x-blr,KGZ,2022,87,million USD,,s\nx-kgz,KGZ,2022,24.4,million USD,,s\n"
    rows += "x-blr,KGZ,2023,76.2,million USD,,s\n"
    found = series("KGZ", observations=rows)
    assert [(point.year, point.value) for point in found.years] == [(2022, million("111.4"))]


def test_exports_of_one_sector_are_no_part_of_the_sum_a_second_time(series: Read) -> None:
    rows = "x-blr,KGZ,2022,87,million USD,,s\nx-kgz,KGZ,2022,24.4,million USD,,s\n"
    rows += "x-milk,KGZ,2022,9,million USD,,s\n"
    assert series("KGZ", observations=rows).years[0].value == million("111.4")


def test_a_sides_statistics_come_before_what_it_stated(series: Read) -> None:
    rows = "turnover,KGZ,2023,110.1,million USD,,s\n"
    found = series("KGZ", figures=stated("2023", "KGZ", value=112), observations=rows)
    assert found.years[0].value == million("110.1")
    assert found.years[0].kind == "observed"


def test_the_latest_vintage_that_was_out_counts(series: Read) -> None:
    rows = (
        "turnover,KGZ,2023,100,million USD,2024-02-01,s\n"
        "turnover,KGZ,2023,110,million USD,2024-09-01,s\n"
    )
    assert series("KGZ", "2024-05-01", observations=rows).years[0].value == million("100")
    assert series("KGZ", "2024-10-01", observations=rows).years[0].value == million("110")


def test_nothing_that_was_said_later_is_known(series: Read) -> None:
    figures = stated("2023", when="2024-02", value=90) + stated("2023", when="2025-02", value=95)
    assert series("BLR", "2024-06-01", figures).years[0].value == million("90")
    assert series("BLR", "2025-06-01", figures).years[0].value == million("95")
    assert series("BLR", "2023-06-01", figures).years == ()


def test_almost_half_as_much_again_becomes_a_level_that_says_how(series: Read) -> None:
    figures = stated("2021", value=100, qualifier="about")
    figures += stated("2022", multiple=1.5, of=2021, qualifier="almost")
    point = series("BLR", figures=figures).of(Period.year(2022))
    assert point is not None
    assert (point.value, point.kind, str(point.method)) == (
        million("150"),
        "derived",
        "1.5 times 2021",
    )


def test_stated_growth_and_a_known_year_before_give_a_level(series: Read) -> None:
    figures = stated("2023", value=100) + stated("2024", when="2025-02", growth=15)
    point = series("BLR", figures=figures).of(Period.year(2024))
    assert point is not None
    assert point.value == million("115")


def test_growth_without_a_level_before_it_stays_a_growth(series: Read) -> None:
    found = series("BLR", figures=stated("2024", when="2025-02", growth=15))
    assert found.years == ()
    assert [figure.growth for figure in found.growths] == [15]


def test_part_of_a_year_becomes_a_year_by_the_same_part_of_the_year_before(series: Read) -> None:
    figures = (
        stated("2023", when="2024-02", value=120)
        + stated("2023-01/2023-09", when="2023-11", value=60)
        + stated("2024-01/2024-09", value=66)
    )
    last = series("BLR", figures=figures).last
    assert last is not None
    assert (last.year, last.part_months) == (2024, 9)
    # the 60 of October to December 2023, grown by 10 % to the power of three quarters
    assert float(last.value) == pytest.approx(1e6 * (66 + 60 * 1.1**0.75))


def test_without_that_the_pace_is_taken_as_even_and_said_so(series: Read) -> None:
    last = series("BLR", figures=stated("2024-01/2024-09", value=135)).last
    assert last is not None
    assert last.value == million("180")
    assert str(last.method) == "January–September 2024 at an even pace"


def test_the_longest_part_of_a_year_is_taken(series: Read) -> None:
    figures = stated("2024-01/2024-06", value=50) + stated("2024-01/2024-09", value=90)
    last = series("BLR", figures=figures).last
    assert last is not None
    assert last.value == million("120")


def test_a_part_that_does_not_begin_in_january_says_nothing_of_the_year(series: Read) -> None:
    assert series("BLR", figures=stated("2024-04/2024-09", value=90)).years == ()


def test_a_full_year_is_never_replaced_by_a_part_of_it(series: Read) -> None:
    figures = stated("2024", when="2025-02", value=133) + stated("2024-01/2024-09", value=68)
    found = series("BLR", figures=figures)
    assert [point.value for point in found.years] == [million("133")]
    assert [point.value for point in found.parts] == [million("68")]


def test_the_other_sides_words_are_not_mine(series: Read) -> None:
    assert series("BLR", figures=stated("2024", "KGZ", "2025-02", value=133)).years == ()
