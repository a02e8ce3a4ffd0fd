"""Year fractions against ISDA's published examples."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from bilat.finance.actus.businessday import CALENDARS
from bilat.finance.actus.daycount import DayCount, year_fraction
from bilat.finance.actus.moments import read_moment

# ISDA, "30/360 Day Count Conventions" (the 2006 Definitions' worked table): days by 30/360,
# 30E/360 and 30E/360 (ISDA), for a termination date elsewhere.
THIRTY = """
2007-01-15 2007-01-30  15  15  15
2007-01-15 2007-02-15  30  30  30
2007-01-15 2007-07-15 180 180 180
2007-09-30 2008-03-31 180 180 180
2007-09-30 2007-10-31  30  30  30
2007-09-30 2008-09-30 360 360 360
2007-01-15 2007-01-31  16  15  15
2007-01-31 2007-02-28  28  28  30
2007-02-28 2007-03-31  33  32  30
2006-08-31 2007-02-28 178 178 180
2007-02-28 2007-08-31 183 182 180
2007-02-14 2007-02-28  14  14  16
2007-02-26 2008-02-29 363 363 364
2008-02-29 2009-02-28 359 359 360
2008-02-29 2008-03-30  31  31  30
2008-02-29 2008-03-31  32  31  30
"""


def fraction(convention: DayCount, start: str, end: str, maturity: str | None = None) -> Decimal:
    ends = datetime.fromisoformat(maturity) if maturity else None
    counted = year_fraction(convention, CALENDARS["MF"], ends)
    return counted(read_moment(start), read_moment(end))


@pytest.mark.parametrize("line", THIRTY.strip().splitlines())
def test_thirty_day_months_count_as_in_the_table_of_isda(line: str) -> None:
    start, end, *days = line.split()
    conventions: tuple[DayCount, ...] = ("30360", "30E360", "30E360ISDA")
    found = [fraction(convention, start, end) for convention in conventions]
    assert found == [Decimal(day) / 360 for day in days]


def test_a_loan_that_ends_in_february_keeps_its_28th_under_isda() -> None:
    assert fraction("30E360ISDA", "2007-08-31", "2008-02-29") == Decimal(180) / 360
    ending = fraction("30E360ISDA", "2007-08-31", "2008-02-29", "2008-02-29")
    assert ending == Decimal(179) / 360


def test_actual_actual_splits_the_period_at_new_year_as_isda_does() -> None:
    """ISDA's memorandum of 1999 on Actual/Actual, its first example: 497.72 on 10,000 at 10 %."""
    found = fraction("AA", "2003-11-01", "2004-05-01")
    assert found == Decimal(61) / 365 + Decimal(121) / 366
    assert f"{found * 10_000 * Decimal('0.1'):.2f}" == "497.72"


def test_actual_actual_of_whole_years_is_whole() -> None:
    assert fraction("AA", "2003-01-01", "2006-01-01") == 3
    assert fraction("AA", "2006-01-01", "2003-01-01") == -3


@pytest.mark.parametrize(
    ("convention", "days"), [("A360", Decimal(366) / 360), ("A365", Decimal(366) / 365)]
)
def test_actual_days_over_a_fixed_year(convention: DayCount, days: Decimal) -> None:
    assert fraction(convention, "2024-01-01", "2025-01-01") == days


def test_months_of_28_days() -> None:
    assert fraction("28E336", "2026-01-31", "2026-02-28") == Decimal(28) / 336
    assert fraction("28E336", "2026-01-15", "2027-01-15") == 1


def test_business_days_over_252_leave_out_weekends() -> None:
    assert fraction("B252", "2026-01-02", "2026-01-05") == Decimal(1) / 252  # Friday alone
    assert fraction("B252", "2026-01-05", "2026-01-12") == Decimal(5) / 252


@pytest.mark.parametrize("end", ["2026-01-31T23:59:59", "2026-01-31T24:00:00", "2026-02-01"])
def test_the_end_of_a_day_is_the_start_of_the_next(end: str) -> None:
    assert fraction("A365", "2026-01-01", end) == Decimal(31) / 365
