"""The list of documents: how far the life of each has come, and what rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from bilat.brief.facts.documents import LivesFact, lives_facts
from bilat.language import say
from bilat.programme.names import DOCUMENT_KIND, DOCUMENT_STATE
from bilat_office.files.cabinet import Cabinet
from bilat_office.pages.documents.lives import (
    UNKNOWN,
    Row,
    asked_of,
    chosen,
    found_by,
    rows_of,
)
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import columns_of, leaves, page_number, part_of
from bilat_office.pages.reckoning import facts_of, programme_of
from bilat_office.pages.visit import Visit, page, visit_of

HEADINGS = (
    (say("Document"), "title"),
    (say("Kind"), "kind"),
    (say("State"), "life"),
    (say("Since"), "since"),
    (say("Until"), "until"),
    (say("What rests on it"), "measures"),
)


@require_safe
@page
def documents(request: HttpRequest) -> HttpResponse:
    """The list, or the whole of it as a file."""
    visit = visit_of(request)
    asked = asked_of(request.GET)
    programme = programme_of(visit)
    lives = facts_of(visit, lives_facts)
    cabinet = Cabinet(visit.door)
    found = found_by(programme, asked.q, cabinet.search(asked.q) if asked.q else ())
    rows = chosen(rows_of(lives, cabinet.counts(), found), asked, found, visit.words)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        titles = {item.id: visit.words.show(item.title) for item in lives.documents}
        cells = (_cells(visit, row, titles) for row in rows)
        return table_file("documents", "xlsx" if kind == "xlsx" else "csv", _heading(visit), cells)
    shown, number, pages = part_of(rows, page_number(request.GET))
    context = {
        "asked": asked,
        "rows": shown,
        "titles": {item.id: item.title for item in lives.documents},
        "total": len(rows),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": columns_of(HEADINGS, asked.sort, descending=asked.descending),
        "reader_address": reader_address(),
        "is_empty": not lives.documents,
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page"}),
        **_choices(visit, lives),
    }
    return render(request, "documents/list.html", context)


def _choices(visit: Visit, lives: LivesFact) -> dict[str, Any]:
    """What the filters may be set to: only what finds something."""
    items = lives.documents
    kinds, states = {item.kind for item in items}, {item.state or UNKNOWN for item in items}
    bodies = {body.id: body for item in items for body in item.bodies}
    return {
        "kinds": [(code, name) for code, name in DOCUMENT_KIND.items() if code in kinds],
        "states": [
            (code, name)
            for code, name in [*DOCUMENT_STATE.items(), (UNKNOWN, say("state unknown"))]
            if code in states
        ],
        "bodies": sorted(bodies.values(), key=lambda body: visit.words.show(body.name)),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "years": sorted({year for item in items for year in item.years}, reverse=True),
    }


def reader_address() -> str:
    """Where a text is read into proposals; empty while there is no such page."""
    try:
        return reverse("reader_new")
    except NoReverseMatch:
        return ""


def _heading(visit: Visit) -> list[str]:
    labels = (
        say("Id"), say("Document"), say("Kind"), say("State"), say("Since"), say("Until"),
        say("Follows"), say("Followed by"), say("Measures"), say("Complete"), say("Late"),
        say("Targets"), say("Contacts"), say("Files"), say("Next step"), say("Who may see it"),
        say("Found in its files"),
    )  # fmt: skip
    return [visit.words(label) for label in labels]


def _cells(visit: Visit, row: Row, titles: Mapping[str, str]) -> list[str]:
    words, fact = visit.words, row.fact
    seen = say("both sides") if fact.visibility == "joint" else say("your side alone")
    return [
        fact.id,
        words.show(fact.title),
        words(row.kind),
        words(row.state),
        str(fact.since or ""),
        str(fact.expires or ""),
        titles.get(fact.succeeds or "", ""),
        "; ".join(titles[name] for name in fact.succeeded_by if name in titles),
        str(fact.rests.measures), str(fact.rests.complete), str(fact.rests.late),
        str(fact.rests.targets), str(fact.rests.contacts), str(row.files),
        words.show(fact.next_step) if fact.next_step else "",
        words(seen),
        "; ".join(
            f"{hit.file.name}: {hit.snippet.before}{hit.snippet.match}{hit.snippet.after}"
            if hit.snippet else hit.file.name
            for hit in row.hits
        ),
    ]  # fmt: skip
