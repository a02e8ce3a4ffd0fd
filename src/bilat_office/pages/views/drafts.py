"""Drafts of one's own side: their way past its stops to its key. The other side sees none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.register import route
from bilat_office.pages.differing import record_shown
from bilat_office.pages.reckoning import called_by
from bilat_office.pages.refusing import status_of
from bilat_office.pages.signing import keys_asked, own_actor
from bilat_office.pages.statuses import DRAFT
from bilat_office.pages.views.changes import CRUMB
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.people.services.routes import routes_of, staff_of
from bilat_office.records.desk import Drafted
from bilat_office.records.refusals import NotSeen
from bilat_office.records.services import drafts as services


def draft_of(visit: Visit, number: int) -> Drafted:
    """One draft of the own side. Raises NotSeen, also for one of the other side."""
    return visit.door.draft(number)


@require_safe
@page
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """What it would change, which stops it has passed, and who may take it further."""
    return _shown(request, number, None, 200)


@require_POST
@page
def pass_stop(request: HttpRequest, number: int) -> HttpResponse:
    """One stop further."""

    def order(visit: Visit) -> tuple[Message, str]:
        demand(visit.viewer, "pass")
        services.draft_pass(draft=number, **_route(visit))
        return say("Passed."), reverse("draft", args=[number])

    return _ordered(request, number, order)


@require_POST
@page
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Back to its author."""

    def order(visit: Visit) -> tuple[Message, str]:
        demand(visit.viewer, "pass")
        services.draft_send_back(draft=number, **_route(visit))
        return say("Sent back to its author."), reverse("draft", args=[number])

    return _ordered(request, number, order)


@require_POST
@page
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Its author gives it up."""

    def order(visit: Visit) -> tuple[Message, str]:
        demand(visit.viewer, "draft")
        services.draft_drop(draft=number, by=visit.by)
        return say("Dropped. It stays on record."), reverse("changes")

    return _ordered(request, number, order)


@require_POST
@page
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """The last stop: with the side's key it becomes a proposal."""

    def order(visit: Visit) -> tuple[Message, str]:
        change = services.draft_sign(
            draft=number,
            by=own_actor(visit),
            person=visit.by,
            routes=routes_of(visit.side),
            staff=staff_of(visit.side),
            at=visit.at,
        )
        done = say("Proposed. The other side has to countersign.")
        return done, reverse("change", args=[change])

    return _ordered(request, number, order)


def _ordered(
    request: HttpRequest, number: int, order: Callable[[Visit], tuple[Message, str]]
) -> HttpResponse:
    visit = visit_of(request)
    try:
        done, address = order(visit)
    except BilatError as error:
        status = status_of(error)
        if status == 404:
            raise
        return _shown(request, number, error.message, status)
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _shown(request: HttpRequest, number: int, wrong: Message | None, status: int) -> HttpResponse:
    visit = visit_of(request)
    found = draft_of(visit, number)
    routes, staff = routes_of(visit.side), staff_of(visit.side)
    is_open = found.state == "open"
    next_stop = route.next_step(found.route, routes) if is_open else None
    allowed = route.may_pass(found.route, routes, staff, visit.today) if is_open else ()
    handles = [each.person for each in allowed]
    mine = visit.person.handle in handles
    ready = is_open and route.ready_for_key(found.route, routes)
    called = called_by(visit)
    context: dict[str, Any] = {
        "draft": found,
        "state": DRAFT[found.state],
        "records": [
            record_shown(name, _stands(visit, name), new, visit.words, called=called)
            for name, new in found.new
        ],
        "next_stop": None if ready else next_stop,
        "may_pass": handles,
        "can_pass": mine and not ready and visit.may("pass"),
        "can_sign": mine and ready and visit.may("sign"),
        "can_send_back": mine and bool(found.route.passed or not ready) and visit.may("pass"),
        "can_drop": is_open and found.route.author == visit.person.handle,
        "edits": [name for name, new in found.new if new is not None]
        if is_open and visit.may("draft") and len(found.new) == 1
        else [],
        "keys": keys_asked(visit, both=False) if ready and visit.may("sign") else [],
        "wrong": wrong,
        "breadcrumbs": [CRUMB],
    }
    return render(request, "pages/draft.html", context, status=status)


def _stands(visit: Visit, name: tuple[str, str]) -> Any:
    try:
        return visit.door.get(*name).content
    except NotSeen:
        return None


def _route(visit: Visit) -> dict[str, Any]:
    return {
        "by": visit.by,
        "routes": routes_of(visit.side),
        "staff": staff_of(visit.side),
        "on": visit.at.date(),
    }
