"""The projects: a list, a board by stage, and either as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.projects import YearFact
from bilat.language import say
from bilat.programme.names import STAGE
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import columns_of, leaves, page_number, part_of
from bilat_office.pages.projects.listing import (
    CARDS,
    RULES,
    Row,
    asked_of,
    board_of,
    chosen,
    rows_of,
)
from bilat_office.pages.projects.standing import projects_unshown
from bilat_office.pages.reckoning import programme_of
from bilat_office.pages.visit import Visit, page, visit_of

CRUMB = (say("Projects"), "/projects")
HEADINGS = (
    (say("Project"), "title"),
    (say("Stage"), "stage"),
    (say("Partners"), ""),
    (say("Made in the latest year"), "made"),
    (say("Jobs"), "jobs"),
    (say("Held up by"), ""),
)


@require_safe
@page
def projects(request: HttpRequest) -> HttpResponse:
    """Everything that the filters leave: as a list, a board, or a file."""
    visit = visit_of(request)
    asked = asked_of(request.GET)
    programme_of(visit)  # what is private of it is written into the audit
    every = rows_of(projects_unshown(visit).projects)
    found = chosen(every, asked, visit.words)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        rows = (_cells(visit, row) for row in found)
        return table_file("projects", "xlsx" if kind == "xlsx" else "csv", _heading(visit), rows)
    shown, number, pages = part_of(found, page_number(request.GET))
    context = {
        "asked": asked,
        "rows": shown,
        "board": board_of(found) if asked.view == "board" else [],
        "cards": CARDS,
        "total": len(found),
        "held_count": sum(row.fact.is_held for row in found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": columns_of(HEADINGS, asked.sort, descending=asked.descending),
        "stages": STAGE.items(),
        "rules": RULES.items(),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        **_choices(visit, every),
        "is_empty": not every,
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page", "view"}),
    }
    return render(request, "projects/projects.html", context)


def _choices(visit: Visit, every: list[Row]) -> dict[str, Any]:
    bodies = {end.id: visit.words.show(end.name) for row in every for end in row.fact.partners}
    return {
        "bodies": sorted(bodies.items(), key=lambda pair: pair[1]),
        "sectors": sorted({row.fact.sector for row in every if row.fact.sector}),
    }


def _heading(visit: Visit) -> list[str]:
    labels = (
        say("Id"), say("Project"), say("Stage"), say("At this stage since"), say("Sector"),
        say("Products (HS)"), say("Place"), say("Partners"), say("Sides"), say("Latest year"),
        say("Planned units"), say("Units made"), say("Local content, %"), say("Jobs"),
        say("Facility"), say("Free on the line"), say("Held up by"), say("Next step"),
    )  # fmt: skip
    return [visit.words(label) for label in labels]


def _cells(visit: Visit, row: Row) -> list[str]:
    show, item = visit.words.show, row.fact
    latest = item.latest
    return [
        item.id, show(item.title), visit.words(row.stage), str(item.since or ""),
        item.sector or "", ", ".join(item.products), show(item.place) if item.place else "",
        "; ".join(show(end.name) for end in item.partners),
        "; ".join(sorted({end.side for end in item.partners if end.side})),
        str(latest[0].year) if latest else "",
        _counts(latest, "planned_units"), _counts(latest, "units"),
        _plain(item.local_content), _plain(item.jobs),
        show(item.room.title) if item.room else "",
        show(item.room.free) if item.room and item.room.free else "",
        "; ".join(show(hold.words) for hold in row.held),
        show(item.next_step) if item.next_step else "",
    ]  # fmt: skip


def _counts(latest: Sequence[YearFact], name: str) -> str:
    """Of each side that has a count of its own: both stay."""
    found = ((_plain(getattr(item, name)), item.side) for item in latest)
    return "; ".join(f"{text} ({side})" if side else text for text, side in found if text)


def _plain(value: Any) -> str:
    """A number as a spreadsheet reads it."""
    return "" if value is None else f"{value:f}" if hasattr(value, "as_tuple") else str(value)
