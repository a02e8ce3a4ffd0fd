"""What statistics the office has, in which vintages; and a further file of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.sources import datasets
from bilat.warehouse import Warehouse
from bilat.warehouse.upkeep import Commit, Status
from bilat_office.jobs.places import upload_keep, warehouse_folder
from bilat_office.jobs.services.asking import job_ask
from bilat_office.pages.administration.frame import FormWrong, Wrong, crumbs, ordered, typed
from bilat_office.pages.uploading import is_too_long, length_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand

LARGEST = 512 * 1024 * 1024
"""Bytes of the files of one load."""
LATEST = 20
"""Loads that the page tells of."""


@csrf_exempt  # only until it is known who sends how much: `_loaded` asks for the token
@require_http_methods(["GET", "HEAD", "POST"])
@page
def statistics(request: HttpRequest) -> HttpResponse:
    """The warehouse's content; a file that is sent becomes a job."""
    visit = visit_of(request)
    if request.method != "POST":
        return _shown(visit, None)
    demand(visit.viewer, "load")
    if is_too_long(request, LARGEST):
        return _shown(visit, Wrong(_too_large(length_of(request)), "file"))
    return _loaded(request)


@csrf_protect
def _loaded(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    return ordered(visit, lambda: _asked(visit), lambda wrong: _shown(visit, wrong))


def _too_large(size: int) -> Message:
    return say(
        "The files have {size} MB; up to {most} MB are taken here. Ask whoever runs the server to "
        "load a larger one with: bilat load",
        size=-(-size // 1024**2),
        most=LARGEST // 1024**2,
    )


def _asked(visit: Visit) -> tuple[Message, str]:
    dataset, vintage = typed(visit, "dataset", 80), _vintage(visit)
    if dataset not in {item.id for item in datasets()}:
        raise FormWrong("dataset", say("Choose the dataset that the file belongs to."))
    file = _upload(visit, "file")
    if file is None:
        raise FormWrong("file", say("Choose a file."))
    asked = {"file": file, "dataset": dataset, "vintage": vintage.isoformat()}
    rates = _upload(visit, "rates")
    job = job_ask(
        kind="statistics",
        arguments=asked if rates is None else {**asked, "rates": rates},
        person=visit.person,
        at=visit.at,
    )
    return say("The file is taken. It is loaded as a job."), reverse("job", args=[job.pk])


def _vintage(visit: Visit) -> date:
    text = typed(visit, "vintage", 20)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise FormWrong(
            "vintage", say("“{text}” is no day: write it as 2027-06-30.", text=text)
        ) from None
    if found > visit.today:
        raise FormWrong("vintage", say("The file was published on a day that is past."))
    return found


def _upload(visit: Visit, field: str) -> str | None:
    sent = visit.request.FILES.get(field)
    if sent is None:
        return None
    return upload_keep(name=sent.name or "", parts=sent.chunks(), secret=token_urlsafe(16))


def _shown(visit: Visit, wrong: Wrong | None) -> HttpResponse:
    told, trouble = _content()
    status, loads = told or (None, ())
    context = {
        "status": status,
        "size": round(status.size / 1e6, 1) if status else 0,
        "loads": loads,
        "trouble": trouble,
        "datasets": sorted(item.id for item in datasets()),
        "typed": visit.request.POST,
        "today": visit.today,
        "most": LARGEST // 1024**2,
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "breadcrumbs": crumbs(),
    }
    code = wrong.status if wrong else 200
    return render(visit.request, "administration/statistics.html", context, status=code)


def _content() -> tuple[tuple[Status, Sequence[Commit]] | None, Message | None]:
    """Status and the latest loads, where anything was loaded; or why it cannot be read."""
    if not warehouse_folder().is_dir():
        return None, None
    warehouse = Warehouse(warehouse_folder())
    try:
        if not warehouse.exists():
            return None, None
        loads = [each for each in warehouse.history() if each.operation == "load"]
        return (warehouse.status(), loads[:LATEST]), None
    except BilatError as error:
        return None, error.message
