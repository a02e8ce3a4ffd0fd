"""A side's stops before its key, and who stands in for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from bilat.language import say
from bilat.register import route
from bilat_office.people.models import Deputy, Person, Stop
from bilat_office.people.permissions import ROLES
from bilat_office.people.services.persons import PersonRefused

KEY_ROLE = "secretary"


def routes_of(side: str) -> route.Routes:
    """The stops of a side's drafts, by record kind. Without any the key holder decides alone."""
    stops: dict[str, list[route.Step]] = defaultdict(list)
    for stop in Stop.objects.filter(side=side):
        stops[stop.section].append(route.Step(stop.name, stop.role, stop.body or None))
    usual = _route(stops.pop("", []))
    return route.Routes({section: _route(steps) for section, steps in stops.items()}, usual)


def _route(steps: Sequence[route.Step]) -> route.Route:
    """Two pairs of eyes are asked for where there are stops: an office of one person has none."""
    return route.Route(tuple(steps), key_role=KEY_ROLE, four_eyes=bool(steps))


def staff_of(side: str) -> route.Staff:
    """The people of a side who can sign in, and their deputies."""
    people = Person.objects.filter(side=side, is_active=True).order_by("handle")
    deputies = Deputy.objects.filter(of__side=side, by__side=side).select_related("of", "by")
    return route.Staff(
        tuple(map(as_route, people)),
        tuple(
            route.Deputy(item.of.handle, item.by.handle, item.start, item.end) for item in deputies
        ),
    )


def as_route(person: Person) -> route.Person:
    """The person as the rules of a route see them."""
    return route.Person(person.handle, person.side, frozenset(person.roles), person.body or None)


def stops_set(*, side: str, section: str, stops: Sequence[tuple[str, str, str]]) -> None:
    """The stops of one record kind (empty: of every kind), each as name, role, body (or empty).

    Raises PersonRefused for a role that there is not.
    """
    for _name, role, _body in stops:
        if role not in ROLES:
            raise PersonRefused("roles", say("There is no role {role}.", role=role))
    with transaction.atomic():
        Stop.objects.filter(side=side, section=section).delete()
        Stop.objects.bulk_create(
            Stop(side=side, section=section, position=place, name=name, role=role, body=body)
            for place, (name, role, body) in enumerate(stops, 1)
        )


def deputy_set(*, of: Person, by: Person, start: date, end: date) -> None:
    """``by`` stands in for ``of`` on these days. Raises PersonRefused."""
    if of.side != by.side:
        raise PersonRefused("by", say("A deputy is of the same side."))
    if of == by:
        raise PersonRefused("by", say("Nobody stands in for themselves."))
    if end < start:
        raise PersonRefused("end", say("The last day comes before the first."))
    Deputy.objects.create(of=of, by=by, start=start, end=end)


def deputy_end(*, side: str, number: int) -> bool:
    """End a deputy's time at once; False where the side has none of this number."""
    return bool(Deputy.objects.filter(pk=number, of__side=side).delete()[0])
