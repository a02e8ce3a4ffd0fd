"""The way of a side's drafts before its key, and who stands in for whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilat.language import Message, say
from bilat.register.kinds import SECTIONS
from bilat_office.api.people import NoSuchPerson
from bilat_office.pages.administration.bodies import bodies_of
from bilat_office.pages.administration.frame import (
    FormWrong,
    Wrong,
    crumb,
    crumbs,
    ordered,
    typed,
)
from bilat_office.pages.administration.people import one
from bilat_office.pages.sections import section_name
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.models import Deputy, Person, Stop
from bilat_office.people.permissions import ROLE_NAMES, ROLES, demand
from bilat_office.people.services.routes import KEY_ROLE, deputy_end, deputy_set, stops_set
from bilat_office.records.refusals import NotSeen

EVERY = "_every"
"""In an address: the way of all kinds that have none of their own."""
MOST = 20
BLANK = 2
"""Empty lines for further stops."""
HERE = say("Stops before the key")
_KEY_ROLE = next(ROLE_NAMES[role] for role in ROLES if role == KEY_ROLE)


@require_safe
@page
def stops(request: HttpRequest) -> HttpResponse:
    """The way of each kind of record."""
    visit = visit_of(request)
    ways: dict[str, list[Stop]] = {"": []}
    for stop in Stop.objects.filter(side=visit.side):
        ways.setdefault(stop.section, []).append(stop)
    bodies = bodies_of(visit)
    named = sorted((section for section in ways if section), key=list(SECTIONS).index)
    context = {
        "ways": [
            (_name(section), section or EVERY, [_shown(stop, bodies) for stop in ways[section]])
            for section in ("", *named)
        ],
        "others": [(each, section_name(each)) for each in SECTIONS if each not in ways],
        "key_role": _KEY_ROLE,
        "breadcrumbs": crumbs(),
    }
    return render(request, "administration/stops.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def way(request: HttpRequest, section: str) -> HttpResponse:
    """The stops of one kind, in their order."""
    visit = visit_of(request)
    demand(visit.viewer, "people")
    kind = "" if section == EVERY else section
    if kind and kind not in SECTIONS:
        raise NotSeen("stops", section)
    if request.method != "POST":
        kept = Stop.objects.filter(side=visit.side, section=kind)
        return _way(visit, section, [(stop.name, stop.role, stop.body) for stop in kept], None)
    given = _given(visit)

    def order() -> tuple[Message, str]:
        _check(visit, given)
        stops_set(side=visit.side, section=kind, stops=given)
        done = say("Saved. Drafts that are on their way follow the new stops.")
        return done, reverse("stops")

    return ordered(visit, order, lambda wrong: _way(visit, section, given, wrong))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def deputies(request: HttpRequest) -> HttpResponse:
    """Who stands in for whom, and another one."""
    visit = visit_of(request)
    demand(visit.viewer, "people")
    if request.method != "POST":
        return _deputies(visit, None)

    def order() -> tuple[Message, str]:
        of, by = _person(visit, "of"), _person(visit, "by")
        deputy_set(of=of, by=by, start=_day(visit, "start"), end=_day(visit, "end"))
        return say("{by} stands in for {of}.", by=by.name, of=of.name), reverse("deputies")

    return ordered(visit, order, lambda wrong: _deputies(visit, wrong))


@require_POST
@page
def deputy_over(request: HttpRequest, number: int) -> HttpResponse:
    """At once."""
    visit = visit_of(request)
    demand(visit.viewer, "people")

    def order() -> tuple[Message, str]:
        if not deputy_end(side=visit.side, number=number):
            raise NoSuchPerson(str(number))
        return say("Ended."), reverse("deputies")

    return ordered(visit, order, lambda wrong: _deputies(visit, wrong))


def _way(
    visit: Visit, section: str, given: list[tuple[str, str, str]], wrong: Wrong | None
) -> HttpResponse:
    lines = [*given, *[("", "", "")] * min(BLANK, MOST - len(given))]
    context = {
        "name": _name("" if section == EVERY else section),
        "section": section,
        "lines": [
            {"number": number, "name": name, "role": role, "body": body}
            for number, (name, role, body) in enumerate(lines, 1)
        ],
        "roles": [(role, ROLE_NAMES[role]) for role in ROLES if role != "observer"],
        "bodies": list(bodies_of(visit).items()),
        "key_role": _KEY_ROLE,
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "breadcrumbs": crumbs(crumb(HERE, "stops")),
    }
    status = wrong.status if wrong else 200
    return render(visit.request, "administration/way.html", context, status=status)


def _given(visit: Visit) -> list[tuple[str, str, str]]:
    """The lines in which anything stands; a line without a name is taken out."""
    post = visit.request.POST
    columns = [post.getlist(name)[:MOST] for name in ("name", "role", "body")]
    lines = [tuple(cell.strip()[:80] for cell in line) for line in zip(*columns, strict=False)]
    return [(name, role, body) for name, role, body in lines if name or body]


def _check(visit: Visit, given: list[tuple[str, str, str]]) -> None:
    known = bodies_of(visit)
    for number, (name, role, body) in enumerate(given, 1):
        if not name:
            raise FormWrong(f"name-{number}", say("Stop {n} needs a name.", n=number))
        if role not in ROLES:
            raise FormWrong(f"role-{number}", say("Choose who may pass stop {n}.", n=number))
        if body and body not in known:
            raise FormWrong(f"body-{number}", say("There is no body {id} of your side.", id=body))


def _deputies(visit: Visit, wrong: Wrong | None) -> HttpResponse:
    found = Deputy.objects.filter(of__side=visit.side, by__side=visit.side)
    staff = Person.objects.filter(side=visit.side, is_active=True).order_by("name")
    context = {
        "rows": [
            (item, item.start <= visit.today <= item.end, item.end < visit.today)
            for item in found.select_related("of", "by").order_by("-end", "pk")
        ],
        "staff": list(staff),
        "typed": visit.request.POST,
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "breadcrumbs": crumbs(),
    }
    status = wrong.status if wrong else 200
    return render(visit.request, "administration/deputies.html", context, status=status)


def _person(visit: Visit, field: str) -> Person:
    handle = typed(visit, field, 60)
    if not handle:
        raise FormWrong(field, say("Choose a person."))
    return one(visit, handle)


def _day(visit: Visit, field: str) -> date:
    text = typed(visit, field, 20)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormWrong(
            field, say("“{text}” is no day: write it as 2027-06-30.", text=text)
        ) from None


def _name(section: str) -> Message:
    return (
        section_name(section) if section else say("Every kind of record without a way of its own")
    )


def _shown(stop: Stop, names: dict[str, Any]) -> dict[str, Any]:
    role = next((ROLE_NAMES[role] for role in ROLES if role == stop.role), stop.role)
    return {"name": stop.name, "role": role, "body": names.get(stop.body, stop.body)}
