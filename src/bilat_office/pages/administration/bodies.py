"""For which body a person writes: chosen among those that their side knows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bilat.language import say
from bilat.programme import Body
from bilat_office.pages.administration.frame import typed
from bilat_office.pages.reckoning import programme_unshown, saw_private
from bilat_office.pages.visit import Visit
from bilat_office.people.services.persons import PersonRefused


def bodies_of(visit: Visit) -> dict[str, Any]:
    """Bodies of the own side, and those of neither; in the order of their names."""
    found = {
        body.id: body.name
        for body in programme_unshown(visit).bodies
        if body.party in (None, visit.side)
    }
    saw_private(visit, [("bodies", id_) for id_ in found])
    return dict(sorted(found.items(), key=lambda pair: visit.words.show(pair[1])))


def body_typed(visit: Visit, roles: Collection[str]) -> str:
    """Of a person with these roles. Raises PersonRefused for one that they cannot stand for.

    An editor writes what the own body owns: with a commission, which belongs to both sides, that
    would be the decisions of both; without a body, nothing.
    """
    chosen = typed(visit, "body", 80)
    if chosen and chosen not in bodies_of(visit):
        raise PersonRefused("body", say("There is no body {id} of your side.", id=chosen))
    if "ministry_editor" not in roles:
        return chosen
    body = programme_unshown(visit).find(Body, chosen) if chosen else None
    if body is None:
        raise PersonRefused("body", say("Choose the body for which the editor writes."))
    if body.party != visit.side or body.kind == "commission":
        raise PersonRefused(
            "body",
            say(
                "{body} is no body of your side alone: its editor would write for both sides. "
                "Choose a ministry, company or region, or give the role of a secretary.",
                body=body.name,
            ),
        )
    return chosen
