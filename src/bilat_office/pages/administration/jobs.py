"""Jobs of the own side: asked for, followed while they run, called off, asked for again."""

from __future__ import annotations

from typing import Any, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilat.language import Message, say
from bilat.programme.labels import plain
from bilat_office.jobs.kinds import KINDS
from bilat_office.jobs.models import CANCELLED, DONE, FAILED, QUEUED, RUNNING, STATES, Job
from bilat_office.jobs.refusals import JobRefused, NoSuchJob
from bilat_office.jobs.selectors import job_files, job_seen, jobs_seen
from bilat_office.jobs.services.asking import job_ask, job_cancel
from bilat_office.pages.administration.frame import Wrong, crumb, crumbs, ordered, typed
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import MOST, SIZE, leaves, page_number, too_many
from bilat_office.pages.visit import Visit, page, visit_of

HERE = say("Background jobs")
KIND_NAMES: dict[str, Message] = {
    "statistics": say("Load statistics"),
    "outlook": say("Compute outlooks and keep them"),
    "documents": say("Write the documents of the brief"),
    "export": say("Pack an export of your side"),
    "reading": say("Read a long text into proposals"),
    "seal": say("Enter what both sides have signed"),
    "checkpoint": say("Confirm the register"),
    "exchange": say("Exchange with the other office"),
    "reminders": say("Send reminders"),
    "digest": say("Send the digests of the week"),
    "exchange_round": say("Exchange with the other office, by itself"),
}
STATE_NAMES: dict[str, Message] = {
    QUEUED: say("queued"),
    RUNNING: say("running"),
    DONE: say("done"),
    FAILED: say("failed"),
    CANCELLED: say("called off"),
}
TONES = {RUNNING: "plain", DONE: "good", FAILED: "bad", QUEUED: "warn"}
ASKED = ("export", "documents", "outlook", "seal", "checkpoint", "exchange")
"""Kinds that can be asked for without more being said; statistics have a form of their own."""
REMEDIES: dict[str, Message] = {
    "statistics": say("Set right what the sentence names, then load the file once more."),
    "seal": say("Sign on the page of the change instead, or set the worker’s passphrase."),
    "checkpoint": say("Set the worker’s passphrase, then ask for it again."),
    "exchange": say("See whether the other office answers, then ask for it again."),
}
LIVE = (QUEUED, RUNNING)


@require_safe
@page
def jobs(request: HttpRequest) -> HttpResponse:
    """The latest first; or the list as a file."""
    visit = visit_of(request)
    found = jobs_seen(visit.viewer).select_related("person")
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    if state in STATES:
        found = found.filter(state=state)
    if kind in KINDS:
        found = found.filter(kind=kind)
    total = found.count()
    if (form := request.GET.get("format")) in ("csv", "xlsx"):
        return _file(visit, found, total, form)
    pages = max(1, -(-total // SIZE))
    number = min(page_number(request.GET), pages)
    rows = [_row(item) for item in found[(number - 1) * SIZE : number * SIZE]]
    context = {
        "rows": rows,
        "total": total,
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "is_live": any(row["is_live"] for row in rows),
        "states": list(STATE_NAMES.items()),
        "kinds": [
            (name, KIND_NAMES.get(name, plain(name)))
            for name, item in KINDS.items()
            if not item.by_itself
        ],
        "asked": {"state": state, "kind": kind},
        "offered": _offered(visit),
        "is_filtered": bool(set(request.GET) - {"page"}),
        "breadcrumbs": crumbs(),
    }
    part = "administration/job_rows.html" if request.headers.get("HX-Request") else ""
    return render(request, part or "administration/jobs.html", context)


@require_POST
@page
def job_new(request: HttpRequest) -> HttpResponse:
    """One of those that need nothing more to be said."""
    visit = visit_of(request)

    def order() -> tuple[Message, str]:
        kind = typed(visit, "kind", 20)
        if kind not in ASKED:
            raise JobRefused("kind", say("Choose what the office shall do."))
        job = job_ask(kind=kind, arguments={}, person=visit.person, at=visit.at)
        return say("Asked for."), reverse("job", args=[job.pk])

    return ordered(visit, order, lambda wrong: _refused(visit, wrong))


@require_http_methods(["GET", "HEAD"])
@page
def job(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is, what came of it, and what may be done about it."""
    visit = visit_of(request)
    found = job_seen(visit.viewer, number)
    context = {**_row(found), **_whole(visit, found), "breadcrumbs": crumbs(crumb(HERE, "jobs"))}
    part = "administration/job_state.html" if request.headers.get("HX-Request") else ""
    return render(request, part or "administration/job.html", context)


@require_safe
@page
def job_file(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """A file that a finished job has made."""
    visit = visit_of(request)
    for path in job_files(visit.viewer, number):
        if path.name == name and path.is_file():
            sent = FileResponse(path.open("rb"), as_attachment=True, filename=name)
            return cast("HttpResponse", sent)
    raise NoSuchJob(number)


@require_POST
@page
def job_off(request: HttpRequest, number: int) -> HttpResponse:
    """One that runs stops at its next step."""
    visit = visit_of(request)

    def order() -> tuple[Message, str]:
        job_cancel(number=number, viewer=visit.viewer, at=visit.at)
        return say("Called off."), reverse("job", args=[number])

    return ordered(visit, order, lambda wrong: _refused(visit, wrong))


@require_POST
@page
def job_again(request: HttpRequest, number: int) -> HttpResponse:
    """The same once more, asked for by whoever presses the button."""
    visit = visit_of(request)

    def order() -> tuple[Message, str]:
        before = job_seen(visit.viewer, number)
        if before.state in LIVE:
            raise JobRefused("state", say("It is under way still."))
        fresh = job_ask(
            kind=before.kind, arguments=before.arguments, person=visit.person, at=visit.at
        )
        return say("Asked for again."), reverse("job", args=[fresh.pk])

    return ordered(visit, order, lambda wrong: _refused(visit, wrong))


def _refused(visit: Visit, wrong: Wrong) -> HttpResponse:
    return render(visit.request, "400.html", {"why": wrong.what}, status=wrong.status)


def _offered(visit: Visit) -> list[tuple[str, Message]]:
    found = [(name, KINDS[name].action) for name in ASKED]
    return [(name, KIND_NAMES[name]) for name, action in found if not action or visit.can[action]]


def _row(item: Job) -> dict[str, Any]:
    return {
        "job": item,
        "kind": KIND_NAMES.get(item.kind, plain(item.kind)),
        "state": STATE_NAMES[item.state],
        "tone": TONES.get(item.state, "quiet"),
        "is_live": item.state in LIVE,
        "is_running": item.state == RUNNING,
        "percent": round(item.progress * 100),
        "put_off": item.state == QUEUED and item.attempts > 0,
    }


def _whole(visit: Visit, item: Job) -> dict[str, Any]:
    result = item.result or {}
    action = KINDS[item.kind].action if item.kind in KINDS else None
    return {
        "said": result.get("said") or item.said,
        "files": list(result.get("files", ())),
        "left_out": list(dict(result.get("left_out") or {}).items()),
        "problems": list(result.get("problems", ())),
        "more_problems": max(0, result.get("problems_in_all", 0) - len(result.get("problems", ()))),
        "remedy": REMEDIES.get(item.kind, say("Ask for it again.")),
        "waits_long": item.state == QUEUED
        and not item.attempts
        and (timezone.now() - item.asked_at).total_seconds() > 120,
        "can_cancel": item.state in LIVE,
        "can_repeat": item.state in (FAILED, CANCELLED)
        and item.kind in KINDS
        and not KINDS[item.kind].by_itself
        and (action is None or visit.can[action]),
    }


def _file(visit: Visit, found: Any, total: int, form: Any) -> HttpResponse:
    if total > MOST:
        raise too_many(total)
    words = visit.words
    labels = (say("Number"), say("Job"), say("State"), say("Asked by"), say("Asked at"),
              say("Ended at"), say("What came of it"))  # fmt: skip
    rows = (
        [
            str(item.pk), words.show(KIND_NAMES.get(item.kind, plain(item.kind))),
            words(STATE_NAMES[item.state]),
            item.person.handle if item.person else "",
            item.asked_at.isoformat(timespec="seconds"),
            item.ended_at.isoformat(timespec="seconds") if item.ended_at else "",
            item.error or (item.result or {}).get("said", ""),
        ]
        for item in found
    )  # fmt: skip
    return table_file("jobs", form, [words(label) for label in labels], rows)
