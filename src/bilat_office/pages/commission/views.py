"""The commission: its sessions, the next one on top; what they decided and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.sessions import SessionFact
from bilat.brief.story.names import STATE as DECISION_STATE
from bilat.language import say
from bilat_office.pages import measures
from bilat_office.pages.commission.facts import (
    decision_rows,
    overdue_series,
    points_of,
    sessions_of,
)
from bilat_office.pages.commission.listing import (
    COLUMNS,
    STATE,
    DecisionRow,
    SessionRow,
    asked_of,
    decision_cells,
    decisions_in,
    headings,
    session_cells,
    sessions_chosen,
)
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import columns_of, in_order, leaves, page_number, part_of
from bilat_office.pages.reckoning import saw_private
from bilat_office.pages.visit import Visit, page, visit_of

CRUMB = (say("Commission"), "/commission")
FIRST_POINTS, FIRST_LATE = 6, 8
DECISION_COLUMNS = (
    (say("Decision"), "title"),
    (say("State"), "urgency"),
    (say("Completion"), "completion"),
    (say("Due"), "due"),
    (say("Owners"), ""),
    (say("Session"), "session"),
)


@require_safe
@page
def commission(request: HttpRequest) -> HttpResponse:
    """The next session and what it must decide; overdue decisions; every session."""
    visit = visit_of(request)
    facts, asked = sessions_of(visit), asked_of(request.GET)
    found = sessions_chosen(facts.sessions, asked, visit.words)
    if kind := _file_kind(request):
        saw(visit, (row.fact for row in found), ())
        return _sessions_file(visit, found, kind)
    shown, number, pages = part_of(found, page_number(request.GET))
    decided = decisions_in(decision_rows(visit), _by_decision(facts.sessions), "")
    late = [item for item in decided if item.measure.fact.state == "late"]
    saw(visit, (row.fact for row in shown), late[:FIRST_LATE])
    if facts.next:
        saw(visit, [facts.next], ())
    points = points_of(visit)
    overdue = overdue_series(visit)
    saw_private(visit, (("cadences", item.id) for item in overdue))
    context = {
        "next": SessionRow(facts.next) if facts.next else None,
        "points": points[:FIRST_POINTS],
        "more_points": max(0, len(points) - FIRST_POINTS),
        "overdue": overdue,
        "late": late[:FIRST_LATE],
        "late_count": len(late),
        "open_count": sum(item.measure.fact.state in measures.OPEN for item in decided),
        "decided_count": len(decided),
        "held_count": sum(item.state == "held" for item in facts.sessions),
        "rows": shown,
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": columns_of(COLUMNS, asked.sort, descending=asked.descending),
        "states": STATE.items(),
        "asked": asked,
        "is_empty": not facts.sessions,
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page"}),
    }
    return render(request, "commission/commission.html", context)


@require_safe
@page
def decisions(request: HttpRequest) -> HttpResponse:
    """What all sessions decided, with owners, dates and state."""
    visit = visit_of(request)
    facts, asked = sessions_of(visit), measures.asked_of(request.GET)
    by_decision = _by_decision(facts.sessions)
    session = request.GET.get("session", "")
    every = decision_rows(visit)
    found = decisions_in(measures.chosen(every, asked, visit.words), by_decision, session)
    sort = asked.sort
    if request.GET.get("sort") == "session":
        sort = "session"
        found = in_order(
            found,
            lambda row: visit.words.show(row.session.title).lower(),
            descending=asked.descending,
        )
    if kind := _file_kind(request):
        saw(visit, (), found)
        return _decisions_file(visit, found, kind)
    shown, number, pages = part_of(found, page_number(request.GET))
    saw(visit, (), shown)
    owners = {owner.id: owner.name for row in every for owner in row.fact.owners}
    context = {
        "asked": asked,
        "sort": sort,
        "session": session,
        "sessions": [(item.id, item.title) for item in facts.sessions if item.decisions],
        "rows": shown,
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": columns_of(DECISION_COLUMNS, sort, descending=asked.descending),
        "states": [("open", say("not yet complete")), *DECISION_STATE.items()],
        "owners": sorted(owners.items(), key=lambda pair: visit.words.show(pair[1])),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "rule": measures.RULE,
        "is_empty": not every,
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page"}),
        "breadcrumbs": [CRUMB],
    }
    return render(request, "commission/decisions.html", context)


def saw(visit: Visit, sessions: Iterable[SessionFact], decided: Iterable[DecisionRow]) -> None:
    """Write into the audit which private records a page names."""
    names = {("contacts", item.id) for item in sessions if not item.joint}
    for row in decided:
        names |= {("commitments", row.measure.fact.id), ("contacts", row.session.id)}
    saw_private(visit, names)


def _by_decision(sessions: Iterable[SessionFact]) -> dict[str, SessionFact]:
    return {item.id: session for session in sessions for item in session.decisions}


def _file_kind(request: HttpRequest) -> Literal["csv", "xlsx"] | None:
    kind = request.GET.get("format")
    if kind == "xlsx":
        return "xlsx"
    return "csv" if kind == "csv" else None


def _sessions_file(
    visit: Visit, found: Iterable[SessionRow], kind: Literal["csv", "xlsx"]
) -> HttpResponse:
    labels = (
        say("Id"), say("Session"), say("State"), say("When"), say("Place"), say("Decisions"),
        say("Late"), say("Protocol"),
    )  # fmt: skip
    cells = (session_cells(visit, row) for row in found)
    return table_file("sessions", kind, headings(visit, labels), cells)


def _decisions_file(
    visit: Visit, found: Iterable[DecisionRow], kind: Literal["csv", "xlsx"]
) -> HttpResponse:
    labels = (
        say("Id"), say("Decision"), say("Session"), say("Owners"), say("Sides"), say("Due"),
        say("First date"), say("Completion"), say("State"),
    )  # fmt: skip
    cells = (decision_cells(visit, row) for row in found)
    return table_file("decisions", kind, headings(visit, labels), cells)
