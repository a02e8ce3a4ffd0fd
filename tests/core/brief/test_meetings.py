"""Which contacts were held, which are planned, which are overdue."""

from __future__ import annotations

import pytest
from tests.core.brief.brief_notation import MakeBrief

YEARLY = """
cadences: [{id: commission, title: Commission, kind: session, every_months: 12}]
contacts:
  - {id: s12, title: 12th session, kind: session, number: 12, cadence: commission, held: 2024-11,
     sources: [protocol]}
"""


@pytest.mark.parametrize(
    ("as_of", "state"), [("2025-10-01", "kept"), ("2025-11-30", "kept"), ("2025-12-01", "overdue")]
)
def test_a_yearly_session_is_overdue_after_the_month_of_the_last_one(
    brief: MakeBrief, as_of: str, state: str
) -> None:
    (cadence,) = brief(YEARLY, as_of=as_of).meetings.cadences
    assert (cadence.state, str(cadence.next_due)) == (state, "2025-11-30")


def test_a_planned_session_settles_an_overdue_one(brief: MakeBrief) -> None:
    planned = (
        "  - {id: s13, title: 13th session, kind: session, cadence: commission, planned: 2026-03,\n"
        "     sources: [protocol]}\n"
    )
    (cadence,) = brief(YEARLY, planned, as_of="2026-01-10").meetings.cadences
    assert cadence.state == "planned"


def test_a_day_that_passed_without_news_is_missed(brief: MakeBrief) -> None:
    contact = (
        "contacts:\n  - {id: v, title: Visit, kind: visit, planned: 2025-09-15,\n"
        "     sources: [protocol]}\n"
    )
    (found,) = brief(contact).meetings.ahead
    assert found.missed
    titles = [str(decision.title) for decision in brief(contact).decisions]
    assert titles == ["Settle what became of: Visit"]


def test_a_cancelled_contact_is_neither_planned_nor_missed(brief: MakeBrief) -> None:
    contact = (
        "contacts:\n  - {id: v, title: Visit, kind: visit, planned: 2025-09-15,\n"
        "     cancelled: true, sources: [protocol]}\n"
    )
    assert brief(contact).meetings.contacts == ()


def test_the_day_before_a_visit_it_is_still_ahead(brief: MakeBrief) -> None:
    contact = (
        "contacts:\n  - {id: v, title: Visit, kind: visit, held: 2025-09-29,\n"
        "     planned: 2025-09-29, sources: [protocol]}\n"
    )
    assert not brief(contact, as_of="2025-09-28").meetings.held
    assert brief(contact, as_of="2025-09-29").meetings.held
