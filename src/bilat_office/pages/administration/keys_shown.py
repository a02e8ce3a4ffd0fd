"""Keys as their pages show them; of the other side it is not told what is kept here."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from bilat.language import say
from bilat.register.keyring import Held
from bilat.register.kinds import Key
from bilat_office.pages.administration.frame import Wrong, crumb, crumbs
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.visit import Visit
from bilat_office.people.services.routes import routes_of
from bilat_office.records.refusals import NotSeen
from bilat_office.records.services.keys import keys_kept

HERE = say("Keys")
SHORTEST = 12
"""Characters of a passphrase."""


def held_of(visit: Visit, key: str) -> Held:
    """Raises NotSeen. A key that is kept here and not entered yet counts from nowhere."""
    with visit.desk() as desk:
        every = desk.keys()
    found = next((item for item in every if item.key.id == key), None)
    if found is not None:
        return found
    kept = kept_of(visit).get(key)
    if kept is None:
        raise NotSeen("keys", key)
    return Held(kept, -1)


def own_sides(visit: Visit) -> tuple[str, ...]:
    """Whose keys are this person's to manage; solo, both sides' are in one hand."""
    if visit.office.solo and visit.of_a_side:
        return visit.office.sides
    return (visit.side,)


def kept_of(visit: Visit) -> dict[str, Key]:
    """Of the other side it is not told what is kept here."""
    return {key.id: key for side in own_sides(visit) for key in keys_kept(side=side)}


def row_of(visit: Visit, held: Held, kept: dict[str, Key]) -> dict[str, Any]:
    return {
        "id": held.key.id,
        "side": visit.office.side_name(held.key.side),
        "holder": held.key.holder,
        "is_officer": held.key.role == "officer",
        "since": held.since,
        "until": held.until,
        "is_own": held.key.side in own_sides(visit),
        "is_kept": held.key.id in kept,
    }


def key_page(visit: Visit, key: str, wrong: Wrong | None) -> HttpResponse:
    held, kept = held_of(visit, key), kept_of(visit)
    may = visit.can["keys"] and held.key.side in own_sides(visit)
    stops = may and bool(routes_of(visit.side).of(["keys"]).steps)
    in_force = held.since >= 0 and not held.key.revoked
    context = {
        **row_of(visit, held, kept),
        "is_entered": held.since >= 0,
        "can_manage": may,
        "can_recover": may and in_force and held.key.role == "officer" and key in kept,
        "can_rotate": may and in_force and held.key.role == "side",
        "can_revoke": may and in_force,
        "can_relock": may and key in kept,
        "has_stops": stops,
        "keys": keys_asked(visit, both=visit.office.solo) if may and not stops else [],
        "shortest": SHORTEST,
        "typed": visit.request.POST,
        "wrong_field": "",  # the fields of several forms have the same names
        "wrong_what": wrong.what if wrong else None,
        "breadcrumbs": crumbs(crumb(HERE, "side_keys")),
    }
    status = wrong.status if wrong else 200
    return render(visit.request, "administration/key.html", context, status=status)


def new_page(visit: Visit, wrong: Wrong | None) -> HttpResponse:
    stops = bool(routes_of(visit.side).of(["keys"]).steps)
    context = {
        "has_stops": stops,
        "keys": [] if stops else keys_asked(visit, both=visit.office.solo),
        "shortest": SHORTEST,
        "typed": visit.request.POST,
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "breadcrumbs": crumbs(crumb(HERE, "side_keys")),
    }
    status = wrong.status if wrong else 200
    return render(visit.request, "administration/key_new.html", context, status=status)
