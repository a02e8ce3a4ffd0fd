"""The roadmap: what was promised, by whom, by when; how far it has come; what is late."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.roadmap import RoadmapFact
from bilat.brief.story.names import STATE
from bilat.language import say
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import Column, columns_of, leaves, page_number, part_of
from bilat_office.pages.measures import (
    RULE,
    Asked,
    Row,
    asked_of,
    chapters_of,
    chosen,
    grouped,
    measures_of,
)
from bilat_office.pages.reckoning import facts_of, programme_of, programme_unshown
from bilat_office.pages.timeline import Timeline, timeline_of
from bilat_office.pages.visit import Visit, page, visit_of

CRUMB = (say("Roadmap"), "/roadmap")
HEADINGS = (
    (say("Measure"), "title"),
    (say("State"), "urgency"),
    (say("Completion"), "completion"),
    (say("Due"), "due"),
    (say("Owners"), ""),
)


@require_safe
@page
def roadmap(request: HttpRequest) -> HttpResponse:
    """The list, or the whole of it as a file."""
    visit = visit_of(request)
    words = visit.words
    asked = asked_of(request.GET)
    programme_of(visit)
    every = facts_of(visit, measures_of).rows
    found = chosen(every, asked, words)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        heading, cells = _heading(visit), (_cells(visit, row) for row in found)
        return table_file("roadmap", "xlsx" if kind == "xlsx" else "csv", heading, cells)
    shown, number, pages = part_of(found, page_number(request.GET))
    owners = {owner.id: owner.name for row in every for owner in row.fact.owners}
    context = {
        "asked": asked,
        "groups": grouped(shown, asked.by, words),
        "line": _line(visit, shown) if asked.by == "time" else None,
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": _columns(asked),
        "states": [("open", say("not yet complete")), *STATE.items()],
        "owners": sorted(owners.items(), key=lambda pair: words.show(pair[1])),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "chapters": chapters_of(every, words),
        "rule": RULE,
        "is_empty": not every,
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page", "by"}),
    }
    return render(request, "pages/roadmap.html", context)


@require_safe
@page
def scorecard(request: HttpRequest) -> HttpResponse:
    """How each body stands with everything that it owns."""
    visit = visit_of(request)
    programme_of(visit)
    facts = facts_of(visit, measures_of).facts
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        return _scorecard_file(visit, facts, "xlsx" if kind == "xlsx" else "csv")
    context = {
        "rows": facts.owners,
        "total": sum(row.owner is not None for row in facts.owners),
        "breadcrumbs": [CRUMB],
    }
    return render(request, "pages/scorecard.html", context)


def _line(visit: Visit, shown: Iterable[Row]) -> Timeline | None:
    """Of the measures of this page; None where none of them has a date."""
    return timeline_of(programme_unshown(visit), [row.fact for row in shown], visit.today)


def _columns(asked: Asked) -> list[Column]:
    return columns_of(HEADINGS, asked.sort, descending=asked.descending)


def _heading(visit: Visit) -> list[str]:
    labels = (
        say("Id"), say("Measure"), say("Chapter"), say("Owners"), say("Sides"), say("Due"),
        say("First date"), say("Reason for the new date"), say("Completion"), say("State"),
        say("Last evidence"),
    )  # fmt: skip
    return [visit.words(label) for label in labels]


def _cells(visit: Visit, row: Row) -> list[str]:
    words, fact = visit.words, row.fact
    return [
        fact.id,
        words.show(fact.title),
        words.show(row.chapter) if row.chapter else "",
        "; ".join(words.show(owner.name) for owner in fact.owners),
        "; ".join(dict.fromkeys(owner.side or "" for owner in fact.owners)),
        str(fact.due or ""),
        str(fact.first_due or ""),
        words.show(fact.due_reason) if fact.due_reason else "",
        words(row.completion),
        words(row.state),
        fact.updated.isoformat() if fact.updated else "",
    ]


def _scorecard_file(visit: Visit, facts: RoadmapFact, kind: Any) -> HttpResponse:
    words = visit.words
    labels = (
        say("Body"), say("Side"), say("All"), say("Complete"), say("Late"),
        say("Due within 90 days"), say("No evidence"), say("Last evidence"),
    )  # fmt: skip
    rows = (
        [
            words.show(row.owner.name) if row.owner else "",
            (row.owner.side or "") if row.owner else "",
            str(row.total), str(row.complete), str(row.late), str(row.due_soon),
            str(row.no_evidence), row.last_update.isoformat() if row.last_update else "",
        ]
        for row in facts.owners
    )  # fmt: skip
    return table_file("scorecard", kind, [words(label) for label in labels], rows)
