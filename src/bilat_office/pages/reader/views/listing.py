"""Every text that the side has read, and what waits in each."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.language import say
from bilat.register.route import NotAllowed
from bilat_office.pages.exports import Row, table_file
from bilat_office.pages.lists import columns_of, in_order, leaves, page_number, part_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.readings.models import READ
from bilat_office.readings.selectors import Listed, reading_list

CRUMB = (say("Read a text"), "/read")
HEADINGS = (
    (say("Text"), "title"),
    (say("Publisher"), "publisher"),
    (say("Published"), "published"),
    (say("Waiting"), "waiting"),
    (say("Accepted"), "chosen"),
    (say("Filed"), "filed"),
    (say("Rejected"), "rejected"),
    (say("Read by"), ""),
)
STATES = {"waiting": say("with proposals that wait"), "done": say("with nothing left to decide")}


def demand_side(visit: Visit) -> None:
    """Raises NotAllowed for whoever is of neither side: what a side reads is its own."""
    if not visit.of_a_side:
        raise NotAllowed(say("What a side reads is seen by people of that side alone."))


@require_safe
@page
def readings(request: HttpRequest) -> HttpResponse:
    """The list, or the whole of it as a file."""
    visit = visit_of(request)
    demand_side(visit)
    every = reading_list(visit.viewer)
    query = request.GET
    sort, descending = query.get("sort", ""), query.get("order") == "desc"
    found = _sorted(
        _chosen(every, query.get("state", ""), query.get("q", "")), sort, descending=descending
    )
    if (kind := query.get("format")) in ("csv", "xlsx"):
        heading = [visit.words(label) for label, _sort in HEADINGS]
        rows = _cells(found)
        return table_file("readings", "xlsx" if kind == "xlsx" else "csv", heading, rows)
    shown, number, pages = part_of(found, page_number(query))
    context = {
        "items": shown,
        "total": len(found),
        "waiting": sum(item.waiting for item in every),
        "is_empty": not every,
        "is_filtered": bool(query.get("state") or query.get("q")),
        "states": STATES.items(),
        "columns": columns_of(HEADINGS, sort, descending=descending),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "breadcrumbs": [CRUMB],
    }
    return render(request, "reader/all.html", context)


def _chosen(every: list[Listed], state: str, words: str) -> list[Listed]:
    found = every
    if state == "waiting":
        found = [item for item in found if item.waiting]
    elif state == "done":
        found = [item for item in found if item.reading.state == READ and not item.waiting]
    for word in words.lower().split():
        found = [item for item in found if word in _words(item)]
    return found


def _words(item: Listed) -> str:
    return f"{item.reading.title} {item.reading.publisher} {item.reading.name}".lower()


def _sorted(found: list[Listed], sort: str, *, descending: bool) -> list[Listed]:
    if sort in ("waiting", "chosen", "filed", "rejected"):
        return in_order(found, lambda item: getattr(item, sort), descending=descending)
    if sort in ("title", "publisher", "published"):
        return in_order(
            found, lambda item: getattr(item.reading, sort) or None, descending=descending
        )
    return found


def _cells(found: list[Listed]) -> Iterator[Row]:
    for item in found:
        reading = item.reading
        yield (
            reading.title or reading.name,
            reading.publisher,
            reading.published.isoformat() if reading.published else "",
            *map(str, (item.waiting, item.chosen, item.filed, item.rejected)),
            reading.person.name,
        )
