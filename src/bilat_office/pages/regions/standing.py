"""How the links stand, reckoned once for as long as everything is as it was."""

from __future__ import annotations

from bilat.brief.facts.links import LinksFact, links_facts
from bilat.brief.facts.places import PlacesFact, places_facts
from bilat.programme.matching import Match, matches
from bilat_office.pages.projects.standing import projects_unshown
from bilat_office.pages.reckoning import facts_of, made_once, programme_unshown
from bilat_office.pages.visit import Visit


def links_unshown(visit: Visit) -> LinksFact:
    """As the person may see them. Whoever shows them says so: `programme_of`."""
    return facts_of(visit, links_facts)


def matches_unshown(visit: Visit) -> tuple[Match, ...]:
    return made_once(visit, "matches", lambda: matches(programme_unshown(visit)))


def places_unshown(visit: Visit) -> PlacesFact:
    def made() -> PlacesFact:
        return places_facts(programme_unshown(visit), links_unshown(visit), projects_unshown(visit))

    return made_once(visit, "places", made)
