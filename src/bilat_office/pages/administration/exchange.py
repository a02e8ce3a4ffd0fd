"""Between two offices: what each has confirmed, histories that differ, and messages as files."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from bilat.errors import BilatError
from bilat.language import say
from bilat_office.api.exchange import MOST
from bilat_office.api.guard import LARGEST_LINES, NDJSON
from bilat_office.api.problems import TOO_LARGE
from bilat_office.jobs.models import Delivered, Job
from bilat_office.jobs.selectors import jobs_seen
from bilat_office.pages.administration.frame import FormWrong, Wrong, crumbs
from bilat_office.pages.administration.jobs import STATE_NAMES, TONES
from bilat_office.pages.uploading import is_too_long
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.services.keys import keys_kept
from bilat_office.records.services.messages import messages_receive, outbox

LATEST = 10
SHOWN = 200
"""Outcomes of lines that the page names one by one."""


@require_safe
@page
def exchange_office(request: HttpRequest) -> HttpResponse:
    """How far the two offices are with each other."""
    visit = visit_of(request)
    demand(visit.viewer, "exchange")
    return _shown(visit)


@require_safe
@page
def exchange_out(request: HttpRequest) -> HttpResponse:
    """A file with every line that the other side may lack."""
    visit = visit_of(request)
    demand(visit.viewer, "exchange")
    lines = outbox(side=_theirs(visit))
    answer = HttpResponse(b"".join(line + b"\n" for line in lines), content_type=NDJSON)
    name = f"for-{_theirs(visit)}-{visit.today}.ndjson"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@csrf_exempt  # only until it is known who sends how much: `_taken_in` asks for the token
@require_POST
@page
def exchange_in(request: HttpRequest) -> HttpResponse:
    """Take the lines of a file; what became of each is told."""
    visit = visit_of(request)
    demand(visit.viewer, "exchange")
    if is_too_long(request, LARGEST_LINES):
        return _shown(visit, wrong=Wrong(TOO_LARGE, "file"))
    return _taken_in(request)


@csrf_protect
def _taken_in(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    try:
        lines = _lines(visit)
        done = messages_receive(lines=lines)
    except BilatError as error:
        return _shown(visit, wrong=Wrong.of(error))
    taken: list[dict[str, Any]] = [
        {"line": number, "is_accepted": item.accepted, "what": item.message}
        for number, item in enumerate(done, 1)
    ]
    return _shown(visit, taken=taken)


def _lines(visit: Visit) -> list[bytes]:
    """Raises FormWrong."""
    sent = visit.request.FILES.get("file")
    if sent is None:
        raise FormWrong("file", say("Choose a file."))
    if (sent.size or 0) > LARGEST_LINES:
        raise FormWrong("file", TOO_LARGE)
    lines = [line for line in sent.read().split(b"\n") if line.strip()]
    if len(lines) > MOST:
        raise FormWrong("file", say("A file holds at most {most} lines: divide it.", most=MOST))
    if not lines:
        raise FormWrong("file", say("The file is empty."))
    return lines


def _theirs(visit: Visit) -> str:
    return next(side for side in visit.office.sides if side != visit.side)


def _shown(
    visit: Visit, *, taken: list[dict[str, Any]] | None = None, wrong: Wrong | None = None
) -> HttpResponse:
    theirs = _theirs(visit)
    with visit.desk() as desk:
        place, head = desk.place, desk.head
        confirmed = [(visit.office.side_name(side), desk.confirmed(side)) for side in desk.sides]
        forks = len(desk.forks)
        under_way = Counter(item.change.side for item in desk.open())
        lacking = place - desk.confirmed(theirs)
    past = jobs_seen(visit.viewer).filter(kind="exchange").select_related("person")[:LATEST]
    context = {
        "place": place,
        "head": head,
        "confirmed": confirmed,
        "forks": forks,
        "theirs": visit.office.side_name(theirs),
        "out": under_way[visit.side],
        "in": under_way[theirs],
        "lacking": lacking,
        "peer": settings.OFFICE_PEER,
        "both_here": bool(keys_kept(side=visit.side) and keys_kept(side=theirs)),
        "delivered": Delivered.objects.filter(side=theirs).order_by("-at").first(),
        "rounds": [_round(item) for item in past],
        "last_round": Job.objects.filter(kind="exchange_round", state="done").first(),
        "megabytes": LARGEST_LINES // 1024**2,
        "most_lines": MOST,
        "taken": taken,
        "taken_shown": (taken or [])[:SHOWN],
        "accepted": sum(item["is_accepted"] for item in taken or []),
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "breadcrumbs": crumbs(),
    }
    status = wrong.status if wrong else 200
    return render(visit.request, "administration/exchange.html", context, status=status)


def _round(item: Job) -> dict[str, Any]:
    return {
        "job": item,
        "state": STATE_NAMES[item.state],
        "tone": TONES.get(item.state, "quiet"),
        "said": item.error or (item.result or {}).get("said", ""),
    }
