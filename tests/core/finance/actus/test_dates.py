"""Cycles, stubs, ends of months and business days."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

import pytest

from bilat.finance.actus.businessday import CALENDARS, Convention, Shift
from bilat.finance.actus.cycles import EndOfMonth, cyclic_dates, read_cycle

SATURDAY_MID_MONTH, SATURDAY_LAST, SUNDAY_FIRST = "2026-05-16", "2026-01-31", "2026-02-01"


def dates(
    anchor: str, cycle: str, end: str, rule: EndOfMonth = "SD", *, with_end: bool = True
) -> list[str]:
    start, last = datetime.fromisoformat(anchor), datetime.fromisoformat(end)
    found = cyclic_dates(start, read_cycle(cycle), last, rule, with_end=with_end)
    return [day.date().isoformat() for day in found]


def test_a_short_stub_keeps_the_last_date_and_a_long_one_leaves_it_out() -> None:
    short = ["2026-01-01", "2026-04-01", "2026-07-01", "2026-08-15"]
    assert dates("2026-01-01", "P3ML1", "2026-08-15") == short
    assert dates("2026-01-01", "P3ML0", "2026-08-15") == [*short[:2], short[3]]


def test_without_a_stub_both_are_the_same() -> None:
    assert dates("2026-01-01", "P1QL0", "2026-07-01") == dates("2026-01-01", "P1QL1", "2026-07-01")


def test_the_end_itself_can_be_left_out() -> None:
    found = dates("2026-01-01", "P1HL1", "2027-01-01", with_end=False)
    assert found == ["2026-01-01", "2026-07-01"]
    assert dates("2026-01-01", "P1YL1", "2026-01-01", with_end=False) == []


def test_from_april_30_the_end_of_month_rule_goes_to_may_31() -> None:
    assert dates("2026-04-30", "P1ML1", "2026-06-30", "EOM")[1] == "2026-05-31"
    assert dates("2026-04-30", "P1ML1", "2026-06-30", "SD")[1] == "2026-05-30"


def test_january_31_comes_back_after_february() -> None:
    found = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert dates("2026-01-31", "P1ML1", "2026-04-30", "SD") == found
    assert dates("2024-01-30", "P1ML1", "2024-03-30", "SD")[1] == "2024-02-29"


def test_the_end_of_month_rule_leaves_weeks_alone() -> None:
    assert dates("2026-01-31", "P2WL1", "2026-02-28", "EOM")[1] == "2026-02-14"


def test_february_29_each_year() -> None:
    assert dates("2024-02-29", "P1YL1", "2028-02-29", "SD")[1] == "2025-02-28"
    assert dates("2024-02-29", "P1YL1", "2028-02-29", "SD")[-1] == "2028-02-29"


@pytest.mark.parametrize("text", ["P1M", "1ML0", "P0ML1", "P1ML2", "P1Y6ML1", "monthly", ""])
def test_what_is_not_a_cycle_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        read_cycle(text)


@pytest.mark.parametrize(
    ("day", "following", "modified_following", "preceding", "modified_preceding"),
    [
        (SATURDAY_MID_MONTH, "2026-05-18", "2026-05-18", "2026-05-15", "2026-05-15"),
        (SATURDAY_LAST, "2026-02-02", "2026-01-30", "2026-01-30", "2026-01-30"),
        (SUNDAY_FIRST, "2026-02-02", "2026-02-02", "2026-01-30", "2026-02-02"),
        ("2026-05-15", "2026-05-15", "2026-05-15", "2026-05-15", "2026-05-15"),
    ],
)
def test_a_weekend_moves_by_each_convention(
    day: str, following: str, modified_following: str, preceding: str, modified_preceding: str
) -> None:
    wanted = {
        "F": following, "MF": modified_following, "P": preceding, "MP": modified_preceding
    }  # fmt: skip
    for convention in get_args(Convention):
        moment = datetime.fromisoformat(day)
        shift = Shift(convention, CALENDARS["MF"])
        paid = wanted.get(convention[2:], day) if convention != "NULL" else day
        counted = paid if convention.startswith("SC") else day
        assert shift.paid(moment).date().isoformat() == paid, convention
        assert shift.calculated(moment).date().isoformat() == counted, convention


def test_without_a_calendar_every_day_is_a_business_day() -> None:
    sunday = datetime.fromisoformat(SUNDAY_FIRST)
    assert Shift("SCF", CALENDARS["NC"]).paid(sunday) == sunday
