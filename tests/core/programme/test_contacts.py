"""Meetings that were held, and those that are ahead."""

from __future__ import annotations

from datetime import date

import pytest

from bilat.programme import Contact


def session(**dates: object) -> Contact:
    return Contact.model_validate({"id": "s", "title": "Session", "kind": "session", **dates})


@pytest.mark.parametrize(("day", "held"), [(date(2025, 9, 28), False), (date(2025, 9, 29), True)])
def test_a_session_counts_as_held_from_its_first_day(day: date, held: bool) -> None:
    assert session(held="2025-09-29/2025-09-30").was_held(day) is held


@pytest.mark.parametrize(
    ("dates", "ahead"),
    [
        ({"planned": "2025-11"}, True),
        ({"planned": "2025-10-15"}, True),
        ({"planned": "2025-10-14"}, False),
        ({"planned": "2025-11", "cancelled": True}, False),
        ({"planned": "2025-11", "held": "2025-10-10"}, False),
        ({}, False),
    ],
    ids=["next month", "today", "yesterday", "cancelled", "held already", "not planned"],
)
def test_a_session_is_ahead_while_it_is_planned_and_not_held(
    dates: dict[str, object], ahead: bool
) -> None:
    assert session(**dates).is_ahead(date(2025, 10, 15)) is ahead
