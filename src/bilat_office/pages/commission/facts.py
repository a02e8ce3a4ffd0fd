"""Sessions, their decisions and the points of an agenda, kept while everything is as it was."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from bilat.brief.agenda import agenda_facts, changes_point
from bilat.brief.facts.decision import DecisionFact
from bilat.brief.facts.meetings import CadenceFact, meetings_facts
from bilat.brief.facts.sessions import SessionsFact, sessions_facts
from bilat.programme import Contact
from bilat_office.pages.measures import Row, measures_of
from bilat_office.pages.reckoning import (
    facts_of,
    joint_programme,
    made_once,
    programme_unshown,
)
from bilat_office.pages.visit import Visit
from bilat_office.records.refusals import NotSeen


def sessions_of(visit: Visit) -> SessionsFact:
    def made() -> SessionsFact:
        roadmap = facts_of(visit, measures_of).facts
        return sessions_facts(programme_unshown(visit), roadmap, visit.today)

    return made_once(visit, "sessions", made)


def decision_rows(visit: Visit) -> Sequence[Row]:
    """Each decision of a session once, what is late first."""

    def made() -> list[Row]:
        ids = {item.id for item, _session in sessions_of(visit).decisions}
        return [row for row in facts_of(visit, measures_of).rows if row.fact.id in ids]

    return made_once(visit, "decisions of sessions", made)


def overdue_series(visit: Visit) -> Sequence[CadenceFact]:
    """Series of sessions whose next one is overdue, and planned nowhere."""
    cadences = facts_of(visit, meetings_facts).cadences
    return [item for item in cadences if item.kind == "session" and item.state == "overdue"]


def agenda_address(visit: Visit) -> str:
    """The agenda of the next session; empty where none is planned, or for who may not write it."""
    if not visit.may("draft_any_body"):
        return ""
    ahead = facts_of(visit, meetings_facts).ahead
    session = next((item.id for item in ahead if item.kind == "session"), None)
    return reverse("commission_agenda", args=[session]) if session else ""


def session_record(visit: Visit, record_id: str) -> Contact:
    """Raises NotSeen for what is hidden, what is not there, and what is no session."""
    found = programme_unshown(visit).find(Contact, record_id)
    if found is None or found.kind != "session":
        raise NotSeen("contacts", record_id)
    return found


def points_of(visit: Visit) -> tuple[DecisionFact, ...]:
    """What awaits a decision by the joint records and the changes under way."""
    waiting = _waiting(visit)
    return (*waiting, *_from_records(visit))


def _waiting(visit: Visit) -> tuple[DecisionFact, ...]:
    with visit.desk() as desk:
        opened = [item for item in desk.open() if item.status == "open"]
    reasons = [item.change.reason for item in opened]
    refs = [f"{each.section}/{each.id}" for item in opened for each in item.change.items]
    return changes_point(reasons, refs)


def _from_records(visit: Visit) -> tuple[DecisionFact, ...]:
    def made() -> tuple[DecisionFact, ...]:
        return agenda_facts(joint_programme(visit), visit.today)

    return made_once(visit, "points of an agenda", made)
