"""The short form: a contact is written down in a minute, by somebody who was not taught."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme import Programme
from bilat.programme.names import CONTACT_KIND
from bilat_office.pages.contacts.views import CRUMB
from bilat_office.pages.contacts.writing import (
    LABELS,
    Short,
    TypedWrong,
    contact_of,
    platforms,
)
from bilat_office.pages.filing import Written, filed, how_of, kept_private, ways
from bilat_office.pages.quick import summary
from bilat_office.pages.reckoning import programme_of
from bilat_office.pages.refusing import status_of
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.views.editing import demand_writing
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.viewer import JOINT


@require_http_methods(["GET", "HEAD", "POST"])
@page
def contact_new(request: HttpRequest) -> HttpResponse:
    """Empty, or with what was typed and what is wrong with it."""
    visit = visit_of(request)
    demand_writing(visit)
    if request.method != "POST":
        return _shown(visit, Short(kind="", host=""), {}, None, 200)
    typed = Short.of(request.POST)
    try:
        done, address = _filed(visit, typed)
    except TypedWrong as wrong:
        return _shown(visit, typed, wrong.errors, None, 400)
    except BilatError as error:
        return _shown(visit, typed, {}, error.message, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _filed(visit: Visit, typed: Short) -> tuple[Message, str]:
    post = visit.request.POST
    own = visit.may("write_private") and post.get("visibility") == visit.side
    visibility = visit.side if own else JOINT
    content = contact_of(typed, programme_of(visit), visibility, visit.words, visit.today)
    if own:
        done, _address = kept_private(visit, "contacts", content)
        return done, reverse("contact", args=[content["id"]])
    name = ("contacts", content["id"])
    written = Written(
        new=[(name, content)], reason=post.get("reason", "").strip(), bases={name: None}
    )
    return filed(visit, how_of(post.get("how", "")), written)


def _shown(
    visit: Visit,
    typed: Short,
    errors: Mapping[str, Message],
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    programme, words, post = programme_of(visit), visit.words, visit.request.POST
    found = ways(visit, ["contacts"])
    usual = words(say("A contact is written down"))
    context = {
        "typed": typed,
        "kinds": list(CONTACT_KIND.items()),
        "bodies": list(_bodies(visit, programme, typed.bodies)),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "series": [(item.id, item.title) for item in programme.cadences],
        "platforms": sorted({words(each) for each in platforms(programme) if each}),
        "places": sorted({words(item.place) for item in programme.contacts if item.place}),
        "errors": summary(errors, LABELS),
        "wrong_at": errors,
        "wrong": wrong,
        "may_be_private": visit.may("write_private"),
        "is_private": post.get("visibility") == visit.side or not found,
        "ways": found,
        "keys": keys_asked(visit, both=visit.office.solo) if found[:1] not in ((), ("draft",))
        else [],
        "reason": post.get("reason", usual),
        "breadcrumbs": [CRUMB],
    }  # fmt: skip
    return render(visit.request, "contacts/new.html", context, status=status)


def _bodies(
    visit: Visit, programme: Programme, chosen: Sequence[str]
) -> Iterable[tuple[Any, list[tuple[str, str, bool]]]]:
    """By side, then those of neither; each with whether it was chosen. Own body: chosen first."""
    marked = set(chosen) or ({visit.person.body} if visit.request.method != "POST" else set())
    groups: list[tuple[Any, str | None]] = [
        (visit.office.side_name(side), side) for side in visit.office.sides
    ]
    for name, side in [*groups, (say("joint or international"), None)]:
        found = [
            (body.id, visit.words(body.name), body.id in marked)
            for body in programme.bodies
            if body.party == side
        ]
        if found:
            yield name, sorted(found, key=lambda each: (not each[2], each[1]))
