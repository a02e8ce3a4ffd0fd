"""People of the own side: invited, changed, shut out, let in again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import bilat
from bilat.language import Message, say
from bilat_office.api.people import NoSuchPerson
from bilat_office.pages.administration.bodies import bodies_of, body_typed
from bilat_office.pages.administration.frame import Wrong, crumb, crumbs, ordered, typed
from bilat_office.pages.context import LANGUAGE_NAMES
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import columns_of, in_order, leaves, page_number, part_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.invitation import invitation_address, invitation_send
from bilat_office.people.models import Person
from bilat_office.people.permissions import ROLE_NAMES, ROLES, demand
from bilat_office.people.services import persons as services
from bilat_office.people.services.factors import factors_of, factors_reset
from bilat_office.people.services.persons import PersonRefused

HERE = say("People")
HEADINGS = ((say("Name"), "name"), (say("Roles"), ""), (say("Body"), "body"),
            (say("State"), "state"), (say("Last signed in"), "seen"))  # fmt: skip
SORTS: dict[str, Callable[[Person], Any]] = {
    "name": lambda person: person.name.casefold(),
    "body": lambda person: person.body or None,
    "state": lambda person: not person.is_active,
    "seen": lambda person: person.last_login,
}


@require_safe
@page
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the own side, also who is shut out; or the list as a file."""
    visit = visit_of(request)
    demand(visit.viewer, "people")
    every = list(Person.objects.filter(side=visit.side))
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "name"
    descending = request.GET.get("order") == "desc"
    found = in_order(_chosen(visit, every), SORTS[sort], descending=descending)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        return _file(visit, found, kind)
    shown, number, pages = part_of(found, page_number(request.GET))
    bodies = bodies_of(visit)
    context = {
        "rows": [_row(visit, person, bodies) for person in shown],
        "total": len(found),
        "columns": columns_of(HEADINGS, sort, descending=descending),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "roles": [(role, ROLE_NAMES[role]) for role in ROLES],
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page"}),
        "breadcrumbs": crumbs(),
    }
    return render(request, "administration/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def invite(request: HttpRequest) -> HttpResponse:
    """Someone new of the own side; the link for their password is shown once."""
    visit = visit_of(request)
    demand(visit.viewer, "people")
    if request.method != "POST":
        return _form(visit, None, None)
    try:
        person = services.person_add(
            name=typed(visit, "name"),
            email=typed(visit, "email"),
            side=visit.side,
            sides=[visit.side],
            at=visit.at,
            roles=request.POST.getlist("roles"),
            body=body_typed(visit, request.POST.getlist("roles")),
            language=typed(visit, "language"),
        )
    except PersonRefused as refusal:
        return _form(visit, None, Wrong.of(refusal))
    return _invited(visit, person)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def person(request: HttpRequest, record_id: str) -> HttpResponse:
    """One person: their roles, body and language; and the ways in and out."""
    visit = visit_of(request)
    demand(visit.viewer, "people")
    found = one(visit, record_id)
    if request.method != "POST":
        return _form(visit, found, None)

    def order() -> tuple[Message, str]:
        roles = request.POST.getlist("roles")
        if found == visit.person and "administrator" not in roles:
            raise PersonRefused(
                "roles", say("Nobody takes this role from themselves: ask another administrator.")
            )
        name = typed(visit, "name")
        if not name:
            raise PersonRefused("name", say("Write the person’s name."))
        services.person_change(
            person=found, sides=[visit.side], name=name, roles=roles,
            body=body_typed(visit, roles), language=typed(visit, "language"),
            reminders="reminders" in request.POST,
        )  # fmt: skip
        return say("Saved: {name}.", name=found.name), reverse("people")

    return ordered(visit, order, lambda wrong: _form(visit, one(visit, record_id), wrong))


@require_POST
@page
def invite_again(request: HttpRequest, record_id: str) -> HttpResponse:
    """A fresh link, for whoever has lost theirs or the password."""
    visit = visit_of(request)
    demand(visit.viewer, "people")
    return _invited(visit, one(visit, record_id))


@require_POST
@page
def shut_out(request: HttpRequest, record_id: str) -> HttpResponse:
    """They cannot sign in any more; their tokens and calendars end."""

    def order(visit: Visit, found: Person) -> Message:
        if found == visit.person:
            raise PersonRefused("oneself", say("Nobody shuts themselves out: ask another."))
        services.person_shut_out(person=found, at=visit.at)
        return say("{name} cannot sign in any more.", name=found.name)

    return _done(request, record_id, order)


@require_POST
@page
def let_in(request: HttpRequest, record_id: str) -> HttpResponse:
    """They may sign in again."""

    def order(visit: Visit, found: Person) -> Message:
        services.person_let_in(person=found)
        return say("{name} can sign in again. Revoked tokens stay revoked.", name=found.name)

    return _done(request, record_id, order)


@require_POST
@page
def reset_factor(request: HttpRequest, record_id: str) -> HttpResponse:
    """For whoever has lost the telephone: then the password alone signs in."""

    def order(visit: Visit, found: Person) -> Message:
        if found == visit.person:
            raise PersonRefused("oneself", say("Your own is in your sign-in settings."))
        factors_reset(person=found)
        return say("{name} signs in with the password alone, until a new second factor is set up.",
                   name=found.name)  # fmt: skip

    return _done(request, record_id, order)


def one(visit: Visit, handle: str) -> Person:
    """Of the own side. Raises NoSuchPerson, which says the same of who is of the other side."""
    found = Person.objects.filter(side=visit.side, handle=handle).first()
    if found is None:
        raise NoSuchPerson(handle)
    return found


def _done(
    request: HttpRequest, handle: str, order: Callable[[Visit, Person], Message]
) -> HttpResponse:
    visit = visit_of(request)
    demand(visit.viewer, "people")
    found = one(visit, handle)
    here = reverse("person", args=[handle])
    return ordered(
        visit, lambda: (order(visit, found), here), lambda wrong: _form(visit, found, wrong)
    )


def _invited(visit: Visit, person: Person) -> HttpResponse:
    address = invitation_address(person)
    mailed = None
    if "send" in visit.request.POST:
        mailed = invitation_send(person=person, address=address)
    context = {
        "person": person,
        "address": address,
        "mailed": mailed,
        "breadcrumbs": crumbs(crumb(HERE, "people")),
    }
    return render(visit.request, "administration/invited.html", context)


def _form(visit: Visit, person: Person | None, wrong: Wrong | None) -> HttpResponse:
    post = visit.request.POST
    sent = wrong is not None and "name" in post
    roles = post.getlist("roles") if sent else person.roles if person else []
    values = {
        name: post.get(name, "") if sent else getattr(person, name, "")
        for name in ("name", "email", "body", "language")
    }
    values["language"] = values["language"] or visit.person.language
    context = {
        "person": person,
        "values": values,
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "roles": [(role, ROLE_NAMES[role], role in roles) for role in ROLES],
        "bodies": list(bodies_of(visit).items()),
        "spoken": [(code, LANGUAGE_NAMES.get(code, code)) for code in bilat.LANGUAGES],
        "reminders": "reminders" in post if sent else person is None or person.reminders,
        "factors": factors_of(person) if person else 0,
        "is_oneself": person == visit.person,
        "breadcrumbs": crumbs(crumb(HERE, "people")),
    }
    status = wrong.status if wrong else 200
    return render(visit.request, "administration/person.html", context, status=status)


def _chosen(visit: Visit, every: list[Person]) -> list[Person]:
    asked = visit.request.GET
    words, role, state = asked.get("q", "").casefold(), asked.get("role"), asked.get("state")
    return [
        person
        for person in every
        if (not words or words in f"{person.name} {person.email} {person.handle}".casefold())
        and (not role or role in person.roles)
        and (not state or person.is_active == (state == "in"))
    ]


def _row(visit: Visit, person: Person, bodies: dict[str, Any]) -> dict[str, Any]:
    return {
        "person": person,
        "roles": [ROLE_NAMES[role] for role in ROLES if role in person.roles],
        "body": bodies.get(person.body, person.body),
        "invited": person.is_active and not person.has_usable_password(),
    }


def _file(visit: Visit, found: list[Person], kind: Any) -> HttpResponse:
    labels = (say("Name"), say("Handle"), say("E-mail"), say("Roles"), say("Body"),
              say("Language"), say("State"), say("Last signed in"))  # fmt: skip
    words = visit.words
    rows = (
        [
            person.name, person.handle, person.email,
            "; ".join(words(ROLE_NAMES[role]) for role in ROLES if role in person.roles),
            person.body, person.language,
            words(say("can sign in") if person.is_active else say("shut out")),
            person.last_login.isoformat(timespec="minutes") if person.last_login else "",
        ]
        for person in found
    )  # fmt: skip
    return table_file("people", kind, [words(label) for label in labels], rows)
