"""Contacts and due dates in a calendar of one's own, under an address that nobody can guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme import Body
from bilat_office.jobs.models import Feed
from bilat_office.jobs.services.feeds import (
    REMINDERS,
    feed_create,
    feed_remind,
    feed_revoke,
    feeds_of,
)
from bilat_office.pages.contacts.views import CRUMB
from bilat_office.pages.reckoning import programme_unshown
from bilat_office.pages.refusing import status_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import OfficeRefused

MOST = 20
"""Addresses of one person at a time."""


@require_http_methods(["GET", "HEAD", "POST"])
@page
def calendars(request: HttpRequest) -> HttpResponse:
    """The person's addresses; after one was made, the only page that ever shows it."""
    visit = visit_of(request)
    if request.method != "POST":
        return _shown(visit)
    try:
        path = _made(visit)
    except BilatError as error:
        return _shown(visit, wrong=error.message, status=status_of(error))
    return _shown(visit, address=request.build_absolute_uri(path))


@require_http_methods(["POST"])
@page
def reminders(request: HttpRequest, number: int) -> HttpResponse:
    """Other reminders under the same address."""
    visit = visit_of(request)
    feed_remind(feed=_own(visit, number), reminders=_days(request))
    messages.success(request, visit.words(say("The reminders are changed.")))
    return HttpResponseRedirect(reverse("contact_calendars"))


@require_http_methods(["POST"])
@page
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """The address answers nobody from now on."""
    visit = visit_of(request)
    feed_revoke(feed=_own(visit, number), at=visit.at)
    messages.success(request, visit.words(say("The address is revoked: it answers nobody.")))
    return HttpResponseRedirect(reverse("contact_calendars"))


def _made(visit: Visit) -> str:
    if feeds_of(visit.person).count() >= MOST:
        raise OfficeRefused(
            "too_many", say("You have {n} addresses. Revoke one that you do not use.", n=MOST)
        )
    return feed_create(
        person=visit.person,
        secret=token_urlsafe(32),
        at=visit.at,
        body=visit.request.POST.get("body", ""),
        reminders=_days(visit.request),
    )


def _own(visit: Visit, number: int) -> Feed:
    """Somebody else’s is answered as one that there is not."""
    found = feeds_of(visit.person).filter(pk=number).first()
    if found is None:
        raise OfficeRefused("not_found", say("You have no such address."))
    return found


def _days(request: HttpRequest) -> list[int]:
    return [days for days in REMINDERS if str(days) in request.POST.getlist("reminders")]


def _shown(
    visit: Visit, *, address: str = "", wrong: Message | None = None, status: int = 200
) -> HttpResponse:
    programme = programme_unshown(visit)
    names = {body.id: body.name for body in programme.bodies}
    own = programme.find(Body, visit.person.body)
    context = {
        "address": address,
        "subscribe": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "wrong": wrong,
        "feeds": list(_feeds(visit, names)),
        "own_body": own,
        "bodies": sorted(
            ((body.id, visit.words(body.name)) for body in programme.bodies
             if body.party == visit.side and body != own),
            key=lambda pair: pair[1],
        ),
        "days": REMINDERS,
        "usual": (14,),
        "breadcrumbs": [CRUMB],
    }  # fmt: skip
    return render(visit.request, "contacts/calendars.html", context, status=status)


def _feeds(visit: Visit, names: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for feed in feeds_of(visit.person):
        yield {
            "number": feed.pk,
            "body": names.get(feed.body, feed.body),
            "made": feed.created_at.date(),
            "days": [(days, days in feed.reminders) for days in REMINDERS],
        }
