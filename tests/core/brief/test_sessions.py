"""Which session comes next, and what each has decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.core.brief.brief_notation import BASE

from bilat.brief.facts.roadmap import roadmap_facts
from bilat.brief.facts.sessions import SessionsFact, protocol_of, sessions_facts
from bilat.programme import Contact, Programme, open_programme

TODAY = date(2026, 3, 1)
SESSIONS = """
contacts:
  - {id: visit, title: A visit, kind: visit, planned: 2026-04, sources: [protocol]}
  - {id: s1, title: First, kind: session, held: 2024-05-10, follow_up: [named],
     documents: [p1], sources: [protocol]}
  - {id: s2, title: Second, kind: session, held: 2025-05-10, sources: [protocol]}
  - {id: later, title: Later, kind: session, planned: 2026-09, sources: [protocol]}
  - {id: next, title: Next, kind: session, planned: 2026-05, sources: [protocol]}
  - {id: lost, title: Lost, kind: session, planned: 2025-11, sources: [protocol]}
  - {id: off, title: Off, kind: session, planned: 2026-04, cancelled: true, sources: [protocol]}
documents:
  - {id: p1, title: Protocol of the first, kind: protocol, sources: [protocol]}
  - {id: p2, title: Protocol of the second, kind: protocol, contact: s2, sources: [protocol]}
  - {id: memo, title: Memorandum, kind: memorandum, contact: s2, sources: [protocol]}
commitments:
  - {id: direct, title: Direct, contact: s1, due: 2025, sources: [protocol]}
  - {id: by-protocol, title: By protocol, document: p1, due: 2027, sources: [protocol]}
  - {id: named, title: Named, due: 2024-12, sources: [protocol]}
  - {id: both, title: Both, contact: s2, document: p1, sources: [protocol]}
  - {id: memo-point, title: Of the memorandum, document: memo, sources: [protocol]}
  - {id: of-visit, title: Of a visit, contact: visit, sources: [protocol]}
"""


@pytest.fixture
def programme(folder: Callable[..., Path]) -> Programme:
    return open_programme(folder(BASE + SESSIONS))


@pytest.fixture
def facts(programme: Programme) -> SessionsFact:
    return sessions_facts(programme, roadmap_facts(programme, TODAY), TODAY)


def test_what_is_ahead_comes_first_by_date_then_the_past_latest_first(facts: SessionsFact) -> None:
    order = [(item.id, item.state) for item in facts.sessions]
    assert order == [
        ("next", "planned"), ("later", "planned"), ("lost", "missed"), ("s2", "held"),
        ("s1", "held"), ("off", "cancelled"),
    ]  # fmt: skip
    assert facts.next is not None
    assert facts.next.id == "next"


def test_a_decision_belongs_to_the_session_that_it_or_its_protocol_names(
    facts: SessionsFact,
) -> None:
    decided = {item.id: [one.id for one in item.decisions] for item in facts.sessions}
    assert decided["s1"] == ["named", "direct", "by-protocol"]  # what is late first, by date
    assert decided["s2"] == ["both"]
    first = facts.of("s1")
    assert first is not None
    assert (first.late, first.open) == (2, 3)


def test_a_protocol_is_found_from_either_end(programme: Programme) -> None:
    found = {}
    for session in ("s1", "s2", "next"):
        contact = programme.find(Contact, session)
        assert contact is not None
        paper = protocol_of(programme, contact)
        found[session] = paper.id if paper else None
    assert found == {"s1": "p1", "s2": "p2", "next": None}


def test_on_an_earlier_day_a_session_is_still_ahead(programme: Programme) -> None:
    day = date(2025, 1, 1)
    facts = sessions_facts(programme, roadmap_facts(programme, day), day)
    assert {item.id: item.state for item in facts.sessions}["s2"] == "planned"
