"""Students, culture, sport, tourism, science, health: what was planned, and what is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.exchange import ExchangeFact
from bilat.language import say
from bilat.programme import Document, Exchange, Programme
from bilat.programme.names import AREA, DOCUMENT_KIND, DOCUMENT_STATE
from bilat.register.kinds import Name
from bilat_office.pages.contacts.contact import Follow
from bilat_office.pages.contacts.listing import Row as ContactListed
from bilat_office.pages.exchanges.listing import (
    Asked,
    Row,
    asked_of,
    chosen,
    file_heading,
    file_row,
    latest_of,
    plans_of,
    rows_of,
    together,
)
from bilat_office.pages.exchanges.numbers import file_heading as numbers_heading
from bilat_office.pages.exchanges.numbers import file_rows as numbers_rows
from bilat_office.pages.exchanges.numbers import numbers_shown
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import columns_of, leaves, page_number, part_of
from bilat_office.pages.reckoning import programme_of, programme_unshown, saw_private
from bilat_office.pages.showing import names_in, shown_fields
from bilat_office.pages.views.records import links_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import NotSeen
from bilat_office.records.viewer import JOINT

CRUMB = (say("Exchange"), "/exchanges")
HEADINGS = (
    (say("Exchange"), "title"),
    (say("Area"), "area"),
    (say("Latest numbers"), ""),
    (say("Planned"), ""),
    (say("Measures open"), "open"),
    (say("Late"), "late"),
    (say("Next step"), ""),
)
APART = ("title", "area", "indicators", "commitments", "document", "outcome", "next_step", "since")
"""Fields that the page of an exchange shows in a part of their own."""

MOST = 50
"""Measures and contacts of one page: the most urgent and the latest."""


@require_safe
@page
def exchanges(request: HttpRequest) -> HttpResponse:
    """The list, or the whole of it as a file; with everything of one area when it is chosen."""
    visit = visit_of(request)
    words = visit.words
    asked = asked_of(request.GET)
    programme = programme_of(visit)
    every = rows_of(visit, programme)
    found = chosen(every, asked, words)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        cells = (file_row(row, programme.sides, words) for row in found)
        return table_file("exchange", "xlsx" if kind == "xlsx" else "csv", file_heading(words),
                          cells)  # fmt: skip
    shown, number, pages = part_of(found, page_number(request.GET))
    areas = [(code, label) for code, label in AREA.items() if _has(every, code)]
    context = {
        "asked": asked,
        "rows": [_listed(row, programme) for row in shown],
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": columns_of(HEADINGS, asked.sort, descending=asked.descending),
        "areas": areas,
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "is_empty": not every,
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page"}),
        "may_write": visit.may("draft") or visit.may("write_private"),
        **(_area(visit, programme, asked) if asked.area else {}),
    }
    return render(request, "exchanges/list.html", context)


@require_safe
@page
def exchange(request: HttpRequest, record_id: str) -> HttpResponse:
    """One exchange; or the table of its numbers as a file."""
    visit = visit_of(request)
    found = visit.door.get("exchanges", record_id)
    record = found.record
    if not isinstance(record, Exchange):
        raise NotSeen("exchanges", record_id)
    programme = programme_unshown(visit)
    fact = together(visit, programme, [record])
    fields = shown_fields(record, "exchanges", programme, visit.words.lang)
    saw_private(visit, [*names_in(fields), *_names(fact, programme)])
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        heading = numbers_heading(visit.words, programme.sides)
        rows = numbers_rows(programme, fact.numbers, visit.words)
        return table_file(record_id[:31], "xlsx" if kind == "xlsx" else "csv", heading, rows)
    context = {
        **_shown(visit, programme, fact),
        "record": record,
        "found": found,
        "area": AREA[record.area],
        "is_joint": found.visibility == JOINT,
        "may_write": visit.may("draft" if found.visibility == JOINT else "write_private"),
        "fields": [each for each in fields if each.name not in APART],
        **links_of(visit, "exchanges", record_id),
        "breadcrumbs": [CRUMB, (AREA[record.area], f"/exchanges?area={record.area}")],
    }
    return render(request, "exchanges/exchange.html", context)


def _has(rows: Iterable[Row], area: str) -> bool:
    return any(row.record.area == area for row in rows)


def _listed(row: Row, programme: Programme) -> dict[str, Any]:
    return {
        "row": row,
        "numbers": [
            {
                "title": number.title,
                "latest": list(latest_of(number, programme.sides)),
                "plans": plans_of(number),
            }
            for number in row.fact.numbers
        ],
    }


def _area(visit: Visit, programme: Programme, asked: Asked) -> dict[str, Any]:
    """Of all the area’s exchanges together."""
    group = [item for item in programme.exchanges if item.area == asked.area]
    fact = together(visit, programme, group)
    return {**_shown(visit, programme, fact), "area": AREA[asked.area]}


def _shown(visit: Visit, programme: Programme, fact: ExchangeFact) -> dict[str, Any]:
    return {
        "side_names": [visit.office.side_name(side) for side in programme.sides],
        "numbers": list(numbers_shown(visit, programme, fact.numbers)),
        "follow": [Follow(item) for item in fact.measures[:MOST]],
        "follow_count": len(fact.measures),
        "contacts": [ContactListed(item, "") for item in fact.contacts[:MOST]],
        "contacts_count": len(fact.contacts),
        "documents": [
            _document(document, visit)
            for each in fact.documents
            if (document := programme.find(Document, each))
        ],
    }


def _document(document: Document, visit: Visit) -> dict[str, Any]:
    state = document.state(visit.today)
    return {
        "id": document.id,
        "title": document.title,
        "kind": DOCUMENT_KIND[document.kind],
        "state": DOCUMENT_STATE[state] if state else None,
    }


def _names(fact: ExchangeFact, programme: Programme) -> Iterable[Name]:
    """Every record of which the page shows something, numbers included."""
    yield from (("commitments", item.id) for item in fact.measures[:MOST])
    yield from (("contacts", item.id) for item in fact.contacts[:MOST])
    yield from (("documents", each) for each in fact.documents)
    ids = {number.id for number in fact.numbers}
    yield from (("indicators", each) for each in ids)
    for section in ("observations", "figures", "targets"):
        for item in programme.section(section):
            if getattr(item, "indicator", None) in ids:
                yield section, item.id
