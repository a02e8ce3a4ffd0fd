"""One's own programs and calendars: their secrets are shown once; those of the side for whoever
manages its people.
"""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat_office.api.tokens import MOST
from bilat_office.jobs.models import Feed
from bilat_office.jobs.services.feeds import feed_create, feed_revoke, feeds_of
from bilat_office.pages.administration.frame import FormWrong, Wrong, crumbs, ordered, typed
from bilat_office.pages.reckoning import programme_unshown, saw_private
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.models import Token
from bilat_office.people.services.tokens import (
    LONGEST,
    SCOPES,
    Scope,
    token_create,
    token_revoke,
)
from bilat_office.records.refusals import OfficeRefused

SCOPE_NAMES: dict[Scope, Message] = {
    "read": say("read what you see"),
    "draft": say("write drafts and records of your side"),
    "sign": say("use an open key"),
    "load": say("load statistics and ask for jobs"),
    "exchange": say("exchange with the other office"),
    "manage": say("manage people, tokens, keys and the audit"),
}
USUAL_DAYS = 90


@require_http_methods(["GET", "HEAD", "POST"])
@page
def tokens(request: HttpRequest) -> HttpResponse:
    """The list; a new token is shown on the page that answers the form, and never again."""
    visit = visit_of(request)
    if request.method != "POST":
        return _shown(visit)
    try:
        made = _token(visit)
    except BilatError as error:
        return _shown(visit, wrong=Wrong.of(error))
    return _shown(visit, token=made)


@require_POST
@page
def feed_new(request: HttpRequest) -> HttpResponse:
    """A calendar's address, shown once."""
    visit = visit_of(request)
    try:
        path = feed_create(
            person=visit.person,
            secret=token_urlsafe(32),
            at=visit.at,
            body=typed(visit, "body", 80),
        )
    except BilatError as error:
        return _shown(visit, wrong=Wrong.of(error))
    return _shown(visit, feed=f"{settings.OFFICE_ADDRESS}{path}")


@require_POST
@page
def token_over(request: HttpRequest, number: int) -> HttpResponse:
    """One's own, or of the own side for whoever manages its people."""
    visit = visit_of(request)

    def order() -> tuple[Message, str]:
        token = _tokens(visit).filter(pk=number).first()
        if token is None:
            raise OfficeRefused("not_found", say("You have no token {number}.", number=number))
        token_revoke(token=token, at=visit.at)
        return say("Revoked: {name}.", name=token.name), reverse("tokens")

    return ordered(visit, order, lambda wrong: _shown(visit, wrong=wrong))


@require_POST
@page
def feed_over(request: HttpRequest, number: int) -> HttpResponse:
    """The address answers no more."""
    visit = visit_of(request)

    def order() -> tuple[Message, str]:
        feed = feeds_of(visit.person).filter(pk=number).first()
        if feed is None:
            raise OfficeRefused("not_found", say("You have no calendar {number}.", number=number))
        feed_revoke(feed=feed, at=visit.at)
        return say("The calendar’s address is revoked."), reverse("tokens")

    return ordered(visit, order, lambda wrong: _shown(visit, wrong=wrong))


def _token(visit: Visit) -> str:
    name, days = typed(visit, "name", 80), typed(visit, "days", 5)
    if not name:
        raise FormWrong("name", say("Write what it is for."))
    standing = Token.objects.filter(person=visit.person, revoked_at=None, expires_at__gt=visit.at)
    if standing.count() >= MOST:
        raise OfficeRefused(
            "too_many_tokens", say("You have {most} tokens. Revoke one first.", most=MOST)
        )
    return token_create(
        person=visit.person,
        name=name,
        scopes=visit.request.POST.getlist("scopes"),
        days=int(days) if days.isascii() and days.isdecimal() else 0,
        secret=token_urlsafe(32),
        at=visit.at,
    )


def _tokens(visit: Visit) -> Any:
    if visit.can["people"]:
        return Token.objects.filter(person__side=visit.side)
    return Token.objects.filter(person=visit.person)


def _shown(
    visit: Visit, *, token: str = "", feed: str = "", wrong: Wrong | None = None
) -> HttpResponse:
    post = visit.request.POST if wrong else {}
    every = [_row(visit, item) for item in _tokens(visit).select_related("person").order_by("-pk")]
    bodies = [(body.id, body.name) for body in programme_unshown(visit).bodies]
    saw_private(visit, [("bodies", id_) for id_, _name in bodies])
    names = dict(bodies)
    calendars: list[Feed] = list(feeds_of(visit.person))
    chosen = visit.request.POST.getlist("scopes") if wrong else ["read"]
    context = {
        "made": token,
        "address": feed,
        "own": [row for row in every if row["is_own"]],
        "others": [row for row in every if not row["is_own"]],
        "feeds": [(item, names.get(item.body, item.body)) for item in calendars],
        "bodies": sorted(bodies, key=lambda pair: visit.words.show(pair[1])),
        "scopes": [(scope, SCOPE_NAMES[scope], scope in chosen) for scope in SCOPES],
        "longest": LONGEST,
        "typed": {"name": post.get("name", ""), "days": post.get("days", USUAL_DAYS)},
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "breadcrumbs": crumbs(),
    }
    status = wrong.status if wrong else 200
    return render(visit.request, "administration/tokens.html", context, status=status)


def _row(visit: Visit, token: Token) -> dict[str, Any]:
    is_over = token.expires_at <= visit.at
    state = say("in force")
    if token.revoked_at:
        state = say("revoked")
    elif is_over:
        state = say("over")
    return {
        "token": token,
        "is_own": token.person_id == visit.person.pk,
        "scopes": [SCOPE_NAMES[scope] for scope in SCOPES if scope in token.scopes],
        "state": state,
        "in_force": not token.revoked_at and not is_over,
    }
