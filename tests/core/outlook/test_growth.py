"""Required growth, as both sides' dates ask for it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilat.errors import NoAnswer
from bilat.outlook import yearly_growth


@pytest.mark.parametrize(("years", "percent"), [(5, 30.3), (3, 55.5)])
def test_500_million_from_133_asks_for_30_percent_over_five_years_and_55_over_three(
    years: int, percent: float
) -> None:
    growth = yearly_growth(Decimal(133), Decimal(500), years)
    assert round(growth * 100, 1) == percent


def test_a_level_that_stays_asks_for_no_growth() -> None:
    assert yearly_growth(100, 100, 4) == 0


@pytest.mark.parametrize(("start", "years"), [(0, 5), (133, 0), (133, -1)])
def test_no_growth_rate_from_nothing_or_in_no_time(start: int, years: int) -> None:
    with pytest.raises(NoAnswer):
        yearly_growth(start, 500, years)
