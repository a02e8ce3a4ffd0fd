"""How the links stand, reckoned once for as long as everything is as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bilat.brief.facts.links import LinksFact, links_facts
from bilat.brief.facts.places import PlacesFact, places_facts
from bilat.programme.matching import Match, matches
from bilat_office.pages.latest import Latest
from bilat_office.pages.projects.standing import projects_unshown
from bilat_office.pages.reckoning import programme_unshown, standing
from bilat_office.pages.visit import Visit

T = TypeVar("T")
LINKS: Latest[LinksFact] = Latest(8)
MATCHES: Latest[tuple[Match, ...]] = Latest(8)
PLACES: Latest[PlacesFact] = Latest(8)


def links_unshown(visit: Visit) -> LinksFact:
    """As the person may see them. Whoever shows them says so: `programme_of`."""
    return _kept(visit, LINKS, lambda: links_facts(programme_unshown(visit), visit.today))


def matches_unshown(visit: Visit) -> tuple[Match, ...]:
    return _kept(visit, MATCHES, lambda: matches(programme_unshown(visit)))


def places_unshown(visit: Visit) -> PlacesFact:
    def made() -> PlacesFact:
        return places_facts(programme_unshown(visit), links_unshown(visit), projects_unshown(visit))

    return _kept(visit, PLACES, made)


def _kept(visit: Visit, shelf: Latest[T], make: Callable[[], T]) -> T:
    key = f"{standing(visit).key} {visit.today}"
    found = shelf.get(key)
    if found is None:
        found = make()
        shelf.put(key, found)
    return found
