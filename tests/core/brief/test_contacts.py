"""Every contact as it stands on a day, what follows from it, and a calendar of some of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bilat.brief.facts.contacts import contact_rows, follow_ups
from bilat.brief.formats.ics import contacts_ics
from bilat.language import Words
from bilat.programme import Programme

TODAY = date(2026, 3, 10)


def contact(id_: str, **fields: Any) -> dict[str, Any]:
    return {"id": id_, "title": id_, "kind": "visit", **fields}


@pytest.fixture
def programme() -> Programme:
    return Programme.model_validate(
        {
            "id": "two",
            "title": "Two",
            "parties": [{"code": "BLR"}, {"code": "KGZ"}],
            "bodies": [{"id": "min", "name": "Ministry", "party": "KGZ", "kind": "ministry"}],
            "contacts": [
                contact("held", planned="2026-01", held="2026-02-03", host="BLR", starts="10:00",
                        follow_up=["late", "gone"]),
                contact("later", planned="2026-05-01/2026-05-02", bodies=["min"]),
                contact("asked", planned="2026-03-09"),
                contact("today", planned="2026-03-10"),
                contact("announced", held="2026-04-01"),
                contact("off", planned="2026-01-01", cancelled=True),
                contact("open"),
            ],
            "commitments": [
                {"id": "late", "title": "Late", "due": "2025"},
                {"id": "decided", "title": "Decided", "kind": "decision", "contact": "held",
                 "evidence": [{"on": "2026-03-01", "grade": "complete", "text": "Done"}]},
            ],
        }
    )  # fmt: skip


def test_the_state_of_a_contact_follows_from_its_days(programme: Programme) -> None:
    states = {row.id: row.state for row in contact_rows(programme, TODAY)}
    assert states == {
        "held": "held", "later": "planned", "asked": "overdue", "today": "planned",
        "announced": "planned", "off": "cancelled", "open": "undated",
    }  # fmt: skip


def test_a_contact_was_planned_before_it_was_held(programme: Programme) -> None:
    (row,) = (row for row in contact_rows(programme, date(2026, 1, 10)) if row.id == "held")
    assert (row.state, str(row.when), row.has_day) == ("planned", "2026-01", False)


def test_follow_ups_are_named_from_either_end(programme: Programme) -> None:
    (row,) = (row for row in contact_rows(programme, TODAY) if row.id == "held")
    assert (row.follow_up, row.follow_up_open) == (("late", "decided"), 1)
    facts = follow_ups(programme, row.follow_up, TODAY)
    assert [(item.id, item.state) for item in facts] == [("late", "late"), ("decided", "complete")]


def test_sides_are_named_by_host_bodies_and_people(programme: Programme) -> None:
    sides = {row.id: row.sides for row in contact_rows(programme, TODAY)}
    assert (sides["held"], sides["later"], sides["open"]) == (("BLR",), ("KGZ",), ())


def test_a_calendar_of_contacts_alone(programme: Programme) -> None:
    rows = contact_rows(programme, TODAY)
    made: Any = Calendar.from_ical(contacts_ics(programme, rows, TODAY, Words("en")))
    events: dict[str, Any] = {str(event["summary"]): event for event in made.walk("VEVENT")}
    assert set(events) == {"held", "later", "asked", "today", "announced", "off"}
    assert events["held"]["dtstart"].dt.isoformat() == "2026-02-03T10:00:00+03:00"
    assert events["later"]["dtend"].dt == date(2026, 5, 3)
    assert str(events["off"]["status"]) == "CANCELLED"
    alarms = {name: event.walk("VALARM") for name, event in events.items()}
    assert {name for name, found in alarms.items() if found} == {"later", "today", "announced"}
    assert alarms["later"][0]["trigger"].dt == timedelta(days=-14)
    assert "X-REMINDED" not in made.to_ical().decode()
