"""Who meets when: a list, a month, and the series against their intervals; each as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.meetings import CadenceFact
from bilat.brief.formats.ics import contacts_ics
from bilat.brief.story.names import CADENCE, CADENCE_TONE
from bilat.language import say
from bilat.programme.names import CONTACT_KIND
from bilat_office.pages.contacts.listing import (
    RULE,
    STATE,
    Asked,
    Row,
    asked_of,
    choices_of,
    chosen,
    file_heading,
    file_row,
    known_of,
    rows_of,
)
from bilat_office.pages.contacts.month import first_day_of, in_month, month_of, nearest, weekdays
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import columns_of, leaves, page_number, part_of
from bilat_office.pages.reckoning import programme_of, programme_unshown
from bilat_office.pages.visit import Visit, page, visit_of

CRUMB = (say("Contacts"), "/contacts")
HEADINGS = (
    (say("Contact"), "title"),
    (say("State"), "state"),
    (say("When"), "date"),
    (say("Place"), "place"),
    (say("Kind"), "kind"),
    (say("Who meets"), ""),
    (say("Follow-ups"), ""),
)
ALWAYS = {"sort", "order", "page", "view", "month"}
"""Parameters of the address that filter nothing away."""


@require_safe
@page
def contacts(request: HttpRequest) -> HttpResponse:
    """The list, a month or the series; or exactly what they show as a file."""
    visit = visit_of(request)
    asked = asked_of(request.GET)
    if asked.view == "series":
        return _series(visit)
    every = rows_of(visit)
    found = chosen(every, asked, visit.words)
    first = first_day_of(request.GET.get("month", ""), visit.today)
    if asked.view == "month":
        found = in_month(found, first)
    kind = request.GET.get("format", "")
    if kind in ("csv", "xlsx", "ics"):
        return _file(visit, kind, found)
    context = _common(visit, asked, every, found)
    if asked.view == "month":
        context |= _month(visit, asked, every, found, first)
    else:
        shown, number, pages = part_of(found, page_number(request.GET))
        context |= {
            "rows": shown,
            "number": number,
            "pages": pages,
            "leaves": leaves(number, pages),
            "columns": columns_of(HEADINGS, asked.sort, descending=asked.descending),
        }
    return render(request, f"contacts/{asked.view}.html", context)


def _common(
    visit: Visit, asked: Asked, every: Sequence[Row], found: Sequence[Row]
) -> dict[str, Any]:
    counts = {state: sum(row.fact.state == state for row in every) for state in STATE}
    overdue = [each for each in _cadences(visit) if each.state == "overdue"]
    return {
        "asked": asked,
        "choices": choices_of(every, visit.words),
        "states": list(STATE.items()),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "series": [(item.id, item.title) for item in programme_unshown(visit).cadences],
        "counts": counts,
        "overdue_series": overdue,
        "total": len(found),
        "rule": RULE,
        "is_empty": not every,
        "is_filtered": bool(set(visit.request.GET) - ALWAYS),
        "may_write": visit.may("draft") or visit.may("write_private"),
    }


def _month(
    visit: Visit, asked: Asked, every: Sequence[Row], found: Sequence[Row], first: date
) -> dict[str, Any]:
    month = month_of(found, first, visit.today)
    before, after = nearest(chosen(every, asked, visit.words), first)
    return {
        "month": month,
        "month_text": f"{first:%Y-%m}",
        "weekdays": weekdays(visit.words),
        "last_before": before,
        "next_after": after,
    }


def _file(visit: Visit, kind: str, found: Sequence[Row]) -> HttpResponse:
    words = visit.words
    if kind == "ics":
        facts = (row.fact for row in found)
        return calendar_file(contacts_ics(programme_of(visit), facts, visit.today, words))
    cells = (file_row(row, words) for row in found)
    return table_file("contacts", "xlsx" if kind == "xlsx" else "csv", file_heading(words), cells)


def calendar_file(body: bytes, name: str = "contacts") -> HttpResponse:
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def _cadences(visit: Visit) -> Sequence[CadenceFact]:
    return known_of(visit, programme_unshown(visit)).cadences


def _series(visit: Visit) -> HttpResponse:
    """Each series against its interval, what is overdue first."""
    programme_of(visit)  # every series is shown: the audit is told
    words = visit.words
    order = list(CADENCE)
    facts = sorted(
        _cadences(visit),
        key=lambda item: (item.state != "overdue", order.index(item.state), words.show(item.title)),
    )
    rows = [
        {
            "fact": item,
            "kind": CONTACT_KIND[item.kind],
            "state": CADENCE[item.state],
            "tone": CADENCE_TONE.get(item.state) or "plain",
        }
        for item in facts
    ]
    kind = visit.request.GET.get("format")
    if kind in ("csv", "xlsx"):
        labels = (
            say("Id"), say("Series"), say("Kind"), say("Platform"), say("Every so many months"),
            say("Last held"), say("Due by"), say("State"),
        )  # fmt: skip
        cells = (_series_cells(visit, row) for row in rows)
        heading = [words(label) for label in labels]
        return table_file("series", "xlsx" if kind == "xlsx" else "csv", heading, cells)
    context = {
        "rows": rows,
        "total": len(rows),
        "asked": Asked(view="series"),
        "may_write": visit.may("draft") or visit.may("write_private"),
        "breadcrumbs": [CRUMB],
    }
    return render(visit.request, "contacts/series.html", context)


def _series_cells(visit: Visit, row: dict[str, Any]) -> list[str]:
    words, fact = visit.words, row["fact"]
    return [
        fact.id,
        words.show(fact.title),
        words(row["kind"]),
        words(fact.platform) if fact.platform else "",
        str(fact.every_months or ""),
        str(fact.last or ""),
        fact.next_due.isoformat() if fact.next_due else "",
        words(row["state"]),
    ]
