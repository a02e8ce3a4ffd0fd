"""A text is pasted or uploaded: a short one is read at once, a long one by a job."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme.names import DOCUMENT_KIND
from bilat_office.jobs.places import upload_keep
from bilat_office.jobs.services.asking import job_ask
from bilat_office.pages.reader.giving import KINDS, MOST_PASTED, NAMES, GivenWrong, given_of
from bilat_office.pages.refusing import status_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.readings.selectors import reading_list
from bilat_office.readings.services.taking import (
    reading_add,
    reading_drop,
    reading_read,
    reading_waits_for,
)

LABELS: Mapping[str, Message] = {
    "text": say("Text"),
    "file": say("File"),
    "title": say("Title"),
    "publisher": say("Publisher"),
    "address": say("Address"),
    "published": say("Published"),
    "speaks_for": say("Speaks for"),
    "kind": say("The text itself is"),
}
SHOWN = 5
"""Texts that the page names below the form."""


@require_http_methods(["GET", "HEAD", "POST"])
@page
def reader_new(request: HttpRequest) -> HttpResponse:
    """The form; sent, the text is read."""
    visit = visit_of(request)
    demand(visit.viewer, "draft")
    if request.method != "POST":
        return _shown(visit, {}, {}, None, 200)
    typed = request.POST.dict()
    try:
        address = _taken(visit, typed)
    except GivenWrong as wrong:
        return _shown(visit, typed, wrong.errors, None, 400)
    except BilatError as error:
        return _shown(visit, typed, {}, error.message, status_of(error))
    return HttpResponseRedirect(address)


def _taken(visit: Visit, typed: Mapping[str, str]) -> str:
    """The address of the text. Raises GivenWrong, BilatError: then nothing is kept."""
    sides = visit.office.sides
    given, about = given_of(typed, visit.request.FILES.get("file"), sides)
    upload = upload_keep(name=given.name, parts=given.parts, secret=token_urlsafe(16))
    reading = reading_add(
        name=given.name,
        upload=upload,
        about=about,
        person=visit.person,
        viewer=visit.viewer,
        at=visit.at,
    )
    if not given.is_short:
        asked = {"reading": reading.pk}
        job = job_ask(kind="reading", arguments=asked, person=visit.person, at=visit.at)
        reading_waits_for(number=reading.pk, job=job.pk)
        return reverse("reading", args=[reading.pk])
    try:
        number = reading_read(reading=reading, sides=sides)
    except BilatError:
        reading_drop(number=reading.pk, viewer=visit.viewer)
        raise
    if number != reading.pk:
        told = say("This text was read before. What was decided then stays decided.")
        messages.info(visit.request, visit.words(told))
    return reverse("reading", args=[number])


def _shown(
    visit: Visit,
    typed: Mapping[str, str],
    errors: Mapping[str, Message],
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    every = reading_list(visit.viewer)
    context: dict[str, Any] = {
        **source_form(visit, {name: typed.get(name, "") for name in NAMES}, errors),
        "text": typed.get("text", ""),
        "most_pasted": MOST_PASTED,
        "wrong": wrong,
        "latest": every[:SHOWN],
        "total": len(every),
        "waiting": sum(item.waiting for item in every),
    }
    return render(visit.request, "reader/new.html", context, status=status)


def source_form(
    visit: Visit, typed: Mapping[str, str], errors: Mapping[str, Message]
) -> dict[str, Any]:
    """What the fields about the source of a text need."""
    return {
        "typed": typed,
        "wrong_at": errors,
        "errors": [
            {"anchor": name, "label": LABELS[name], "what": what} for name, what in errors.items()
        ],
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "kinds": [(kind, DOCUMENT_KIND[kind]) for kind in KINDS],
    }
