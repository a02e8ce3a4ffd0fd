"""One session: its agenda and what awaits a decision, its minutes, its decisions, its protocol."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.agenda import as_text
from bilat.brief.facts.decision import DecisionFact
from bilat.brief.facts.sessions import SessionFact
from bilat.programme import Contact
from bilat.programme import Document as Paper
from bilat_office.pages.commission.bundles import bundles_of
from bilat_office.pages.commission.facts import (
    decision_rows,
    points_of,
    session_record,
    sessions_of,
)
from bilat_office.pages.commission.listing import SessionRow, decisions_in
from bilat_office.pages.commission.saving import may_write
from bilat_office.pages.commission.views import CRUMB, saw
from bilat_office.pages.measures import OPEN
from bilat_office.pages.reckoning import programme_unshown
from bilat_office.pages.sought import texts_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import NotSeen


@require_safe
@page
def session(request: HttpRequest, record_id: str) -> HttpResponse:
    visit = visit_of(request)
    record, fact = session_record(visit, record_id), fact_of(visit, record_id)
    sessions = sessions_of(visit).sessions
    by_decision = {item.id: one for one in sessions for item in one.decisions}
    decided = decisions_in(decision_rows(visit), by_decision, "")
    own = [row for row in decided if row.session.id == record_id]
    saw(visit, [fact], own)
    context = {
        "row": SessionRow(fact),
        "record": record,
        "sides": delegations(visit, record),
        "others": [person for person in record.participants if not person.side],
        "points": [] if fact.state in ("held", "cancelled") else waiting(visit, record),
        "rows": own,
        "earlier_open": sum(
            row.measure.fact.state in OPEN and row.session.id != record_id for row in decided
        ),
        "paper": programme_unshown(visit).find(Paper, fact.protocol),
        "bundles": bundles_of(visit, record_id) if fact.joint else [],
        "may_write": may_write(visit, joint=fact.joint),
        "breadcrumbs": [CRUMB],
    }
    return render(request, "commission/session.html", context)


def fact_of(visit: Visit, record_id: str) -> SessionFact:
    """Raises NotSeen."""
    found = sessions_of(visit).of(record_id)
    if found is None:
        raise NotSeen("contacts", record_id)
    return found


def waiting(visit: Visit, record: Contact) -> list[DecisionFact]:
    """Points built from the record that are not on the agenda yet."""
    there = {text for point in record.agenda for text in texts_of(point)}
    return [point for point in points_of(visit) if not there & set(as_text(point).values())]


def delegations(visit: Visit, record: Contact) -> list[tuple[Any, list[Any]]]:
    """Each side's name with those who took part for it, its co-chair first."""
    return [
        (
            visit.office.side_name(side),
            [person for person in record.participants if person.side == side],
        )
        for side in visit.office.sides
    ]
