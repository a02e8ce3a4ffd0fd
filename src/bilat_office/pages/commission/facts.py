"""Sessions, their decisions and the points of an agenda, kept while everything is as it was."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache

import bilat
from bilat.brief.agenda import agenda_facts, changes_point
from bilat.brief.facts.decision import DecisionFact
from bilat.brief.facts.meetings import CadenceFact, meetings_facts
from bilat.brief.facts.roadmap import RoadmapFact, roadmap_facts
from bilat.brief.facts.sessions import SessionsFact, sessions_facts
from bilat.programme import Contact, Programme
from bilat.register import seen_by
from bilat.register.canonical import digest
from bilat_office.pages.latest import Latest
from bilat_office.pages.measures import Row, rows_of
from bilat_office.pages.reckoning import KEPT_FOR, programme_unshown, standing
from bilat_office.pages.visit import Visit
from bilat_office.records.refusals import NotSeen

Kept = tuple[SessionsFact, Sequence[Row], Sequence[CadenceFact]]
SESSIONS: Latest[Kept] = Latest(8)
"""Of this process: who sees what on which day → sessions, the rows of their decisions, and the
series of sessions that are overdue."""
POINTS: Latest[tuple[DecisionFact, ...]] = Latest(4)


def sessions_of(visit: Visit) -> SessionsFact:
    return _kept(visit)[0]


def decision_rows(visit: Visit) -> Sequence[Row]:
    """Each decision of a session once, what is late first."""
    return _kept(visit)[1]


def overdue_series(visit: Visit) -> Sequence[CadenceFact]:
    """Series of sessions whose next one is overdue, and planned nowhere."""
    return _kept(visit)[2]


def _kept(visit: Visit) -> Kept:
    key = f"{standing(visit).key}:{visit.today}"
    found = SESSIONS.get(key)
    if found is None:
        programme = programme_unshown(visit)
        roadmap = roadmap_facts(programme, visit.today)
        sessions = sessions_facts(programme, roadmap, visit.today)
        ids = {item.id for item, _session in sessions.decisions}
        decided = tuple(item for item in roadmap.commitments if item.id in ids)
        rows = rows_of(programme, RoadmapFact(commitments=decided, owners=()))
        cadences = meetings_facts(programme, visit.today).cadences
        overdue = [item for item in cadences if item.kind == "session" and item.state == "overdue"]
        found = sessions, rows, overdue
        SESSIONS.put(key, found)
    return found


def joint_programme(visit: Visit) -> Programme:
    """Without the private records of either side: for what both sides will read."""
    return seen_by(programme_unshown(visit))


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
    office = visit.office
    parts = (office.register, office.head, str(visit.today), bilat.__version__)
    key = "pages:agenda:" + digest("\n".join(parts).encode())
    found = POINTS.get(key)
    if found is not None:
        return found
    stored: Any = cache.get(key)
    if stored is None:
        found = agenda_facts(joint_programme(visit), visit.today)
        cache.set(key, pickle.dumps(found), timeout=KEPT_FOR)
    else:
        found = pickle.loads(stored)  # noqa: S301 (written above, into the office's own database)
    POINTS.put(key, found)
    return found
