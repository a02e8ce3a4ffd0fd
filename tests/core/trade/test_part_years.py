"""An analyst has months, or half a year, and needs a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.errors import NoAnswer
from bilat.trade import Point
from bilat.trade.part_years import added_up, year_from_part
from bilat.vocabulary import Period


def month(year: int, number: int, value: int) -> Point:
    return Point(Period.parse(f"{year}-{number:02}"), Decimal(value), "observed", (f"s{number}",))


def test_twelve_months_are_a_year_and_the_first_five_a_part() -> None:
    points = [month(2022, m, 1) for m in range(1, 13)] + [month(2023, m, 2) for m in range(1, 6)]
    points.append(month(2023, 7, 9))  # June is not known: July waits
    year, part = added_up({point.period: point for point in points})
    assert (year.period, year.value) == (Period.year(2022), Decimal(12))
    assert (part.period, part.value) == (Period(date(2023, 1, 1), date(2023, 5, 31)), Decimal(10))
    assert part.sources == ("s1", "s2", "s3", "s4", "s5")


def test_months_without_january_are_no_part() -> None:
    points = [month(2023, m, 2) for m in range(2, 13)]
    assert list(added_up({point.period: point for point in points})) == []


def test_half_a_year_is_compared_with_the_same_half() -> None:
    """68 of January–June after 50 of 120: the rest, 70, is believed to have grown by √1.36."""
    assert year_from_part(68, 50, 120, 6) == pytest.approx(68 + 70 * 1.36**0.5)


@given(st.floats(1, 1e9), st.floats(1, 1e9), st.integers(1, 11))
def test_a_year_is_never_less_than_its_part(part: float, before: float, months: int) -> None:
    assert year_from_part(part, before, before * 2, months) >= part


def test_a_year_like_the_last_one_stays_it() -> None:
    assert year_from_part(50, 50, 120, 6) == pytest.approx(120)
    assert year_from_part(0, 0, 120, 2) == pytest.approx(120)


@pytest.mark.parametrize("arguments", [(1, 1, 2, 0), (1, 1, 2, 12), (1, 3, 2, 6), (-1, 1, 2, 6)])
def test_parts_that_cannot_be_are_refused(arguments: tuple[float, float, float, int]) -> None:
    with pytest.raises(NoAnswer):
        year_from_part(*arguments)
