"""Who looked at records that only the own side may see, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.language import say
from bilat_office.pages.addresses import address_of_reference
from bilat_office.pages.administration.audited import told
from bilat_office.pages.administration.frame import FormWrong, Wrong, crumbs
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import MOST, SIZE, leaves, page_number, too_many
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.models import AuditLine, Person
from bilat_office.people.permissions import demand

SHOWN = 8
"""Records that a line names; of more, the number is told. A file has all."""


@require_safe
@page
def audit(request: HttpRequest) -> HttpResponse:
    """The latest first; or the lines as a file."""
    visit = visit_of(request)
    demand(visit.viewer, "audit")
    wrong = None
    try:
        found = _chosen(visit)
    except FormWrong as refusal:
        wrong, found = Wrong.of(refusal), AuditLine.objects.none()
    total = found.count()
    if (form := request.GET.get("format")) in ("csv", "xlsx") and wrong is None:
        return _file(visit, found, total, form)
    pages = max(1, -(-total // SIZE))
    number = min(page_number(request.GET), pages)
    context = {
        "rows": [_row(line) for line in found[(number - 1) * SIZE : number * SIZE]],
        "total": total,
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "asked": request.GET,
        "people": list(
            Person.objects.filter(side=visit.side).order_by("handle").values_list("handle", "name")
        ),
        "actions": _actions(visit),
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "is_filtered": bool(set(request.GET) - {"page"}),
        "breadcrumbs": crumbs(),
    }
    status = wrong.status if wrong else 200
    return render(request, "administration/audit.html", context, status=status)


def _chosen(visit: Visit) -> QuerySet[AuditLine]:
    """Raises FormWrong."""
    asked = visit.request.GET
    found = AuditLine.objects.filter(side=visit.side)
    if person := asked.get("person"):
        found = found.filter(person=person)
    if action := asked.get("action"):
        found = found.filter(action=action)
    if (since := _day(visit, "since")) is not None:
        found = found.filter(at__gte=_start(since))
    if (until := _day(visit, "until")) is not None:
        found = found.filter(at__lt=_start(until + timedelta(days=1)))
    if record := asked.get("record", "").strip():
        found = found.filter(records__icontains=record)
    return found


def _actions(visit: Visit) -> list[tuple[str, str]]:
    """Those that there are lines of, in the order of their sentences."""
    found = AuditLine.objects.filter(side=visit.side).order_by("action").values_list("action")
    actions = [(action, visit.words(told(action))) for (action,) in found.distinct()]
    return sorted(actions, key=lambda item: item[1])


def _row(line: AuditLine) -> dict[str, Any]:
    names = list(line.records)
    return {
        "line": line,
        "told": told(line.action),
        "records": [(name, address_of_reference(name)) for name in names[:SHOWN]],
        "more": max(0, len(names) - SHOWN),
    }


def _day(visit: Visit, field: str) -> date | None:
    text = visit.request.GET.get(field, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormWrong(
            field, say("“{text}” is no day: write it as 2027-06-30.", text=text)
        ) from None


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _file(visit: Visit, found: QuerySet[AuditLine], total: int, form: Any) -> HttpResponse:
    if total > MOST:
        raise too_many(total)
    words = visit.words
    labels = (say("When (UTC)"), say("Person"), say("What"), say("Records"), say("Address"),
              say("Code"))  # fmt: skip
    rows = (
        [line.at.isoformat(timespec="seconds"), line.person, words(told(line.action)),
         "; ".join(line.records), line.address, line.action]
        for line in found.iterator(chunk_size=2000)
    )  # fmt: skip
    return table_file("audit", form, [words(label) for label in labels], rows)
