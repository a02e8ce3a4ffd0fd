"""Due dates that are no business days: where they go, and to which day interest runs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.core.finance.deal.deals import column, schedule

NEW_YEAR = {"start": "2026-08-01", "months": 5, "repayment": "bullet", "calendar": "BLR+KGZ"}
"""Due on 1 September (a Tuesday), 1 October, 1 November (a Sunday), 1 December, 1 January."""


@pytest.mark.parametrize(
    ("moved", "days"),
    [
        ("no", ["2026-11-01", "2027-01-01"]),
        ("following", ["2026-11-02", "2027-01-08"]),
        ("preceding", ["2026-10-30", "2026-12-31"]),
        ("modified_following", ["2026-11-02", "2027-01-08"]),
        ("modified_preceding", ["2026-11-02", "2027-01-08"]),
    ],
)
def test_a_payment_moves_as_agreed(moved: str, days: list[str]) -> None:
    """Kyrgyzstan is off from 1 to 7 January. The first of a month has no day before it to go to."""
    made = schedule(**NEW_YEAR, moved=moved)
    assert [made.instalments[2].day.isoformat(), made.end.isoformat()] == days


def test_interest_runs_to_the_due_date_or_to_the_day_it_moved_to() -> None:
    agreed = {**NEW_YEAR, "moved": "following", "day_count": "A/360"}
    due = column(schedule(**agreed), "interest")
    moved = column(schedule(**agreed, interest_to="moved"), "interest")
    assert due[2:] == [Decimal("12.40"), Decimal("12.00"), Decimal("12.40")]
    assert moved[2:] == [Decimal("12.80"), Decimal("11.60"), Decimal("15.20")]


def test_what_moved_is_said() -> None:
    made = schedule(**NEW_YEAR, moved="following")
    (note,) = made.notes
    assert str(note).startswith("2 due dates are no business days (BLR+KGZ) and move")
    assert str(note).endswith("the first 1 November 2026 to 2 November 2026")


def test_days_beyond_what_was_checked_are_said() -> None:
    made = schedule(start="2030-11-15", months=3, calendar="BLR", moved="following")
    assert [str(note) for note in made.notes][-1] == (
        "The calendar BLR was not checked for days such as 15 January 2031"
    )


def test_the_start_and_the_drawdowns_stay_where_they_are() -> None:
    """15 August 2026 is a Saturday: a lease paid in advance is paid on it all the same."""
    made = schedule(
        start="2026-08-15", in_advance=True, calendar="weekends", moved="preceding", months=3
    )
    assert made.payments[0].day.isoformat() == "2026-08-15"
    assert made.payments[0].number == 1
