"""Regions and cities of both sides with their place on the map, their links and their projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product

from bilat.brief.facts.fact import Fact, Said
from bilat.brief.facts.links import LinkFact, LinksFact
from bilat.brief.facts.projects import ProjectsFact
from bilat.programme import Body, Programme, Project
from bilat.programme.parties import Coordinates

KINDS = ("region", "city")


class PlaceFact(Fact):
    """A region or city. links, projects: of its own bodies and those that belong to it."""

    id: str
    name: Said
    side: str | None
    lat: float | None
    lon: float | None
    links: int
    projects: int


class SiteFact(Fact):
    """A project with its place. side: in whose half of the map it lies, by the nearest region."""

    id: str
    title: Said
    side: str
    lat: float
    lon: float


class PairOfPlaces(Fact):
    """Two places of different sides, and how many links join them."""

    first: str
    second: str
    links: int


class PlacesFact(Fact):
    """Everything that the map shows."""

    places: tuple[PlaceFact, ...]
    pairs: tuple[PairOfPlaces, ...]
    sites: tuple[SiteFact, ...]


def places_facts(programme: Programme, links: LinksFact, works: ProjectsFact) -> PlacesFact:
    """programme, links, works: already what the viewer may see."""
    of_links = Counter(region for link in links.links for region in _regions(link))
    of_projects = Counter(
        region
        for item in works.projects
        for region in dict.fromkeys(end.region for end in item.partners if end.region)
    )
    places = tuple(
        _place(body, of_links[body.id], of_projects[body.id])
        for body in programme.bodies
        if body.kind in KINDS
    )
    return PlacesFact(
        places=places,
        pairs=_pairs(programme, links.links),
        sites=tuple(_sites(programme.projects, places)),
    )


def _regions(link: LinkFact) -> tuple[str, ...]:
    return tuple(dict.fromkeys(end.region for end in link.ends if end.region))


def _place(body: Body, links: int, projects: int) -> PlaceFact:
    return PlaceFact(
        id=body.id,
        name=body.name,
        side=body.party,
        lat=float(body.at.lat) if body.at else None,
        lon=float(body.at.lon) if body.at else None,
        links=links,
        projects=projects,
    )


def _pairs(programme: Programme, links: Iterable[LinkFact]) -> tuple[PairOfPlaces, ...]:
    found: Counter[tuple[str, str]] = Counter()
    first, second = programme.sides
    for link in links:
        ends = {side: _of_side(link, side) for side in (first, second)}
        found.update(product(ends[first], ends[second]))
    return tuple(
        PairOfPlaces(first=one, second=other, links=count)
        for (one, other), count in found.most_common()
    )


def _of_side(link: LinkFact, side: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e.region for e in link.ends if e.region and e.side == side))


def _sites(projects: Iterable[Project], places: Sequence[PlaceFact]) -> Iterable[SiteFact]:
    """Without a region on the map nobody can say in whose half a project lies: it is left out."""
    known = [one for one in places if one.lat is not None and one.side]
    for item in projects:
        if item.at is None or not known:
            continue
        side = min(known, key=lambda one, at=item.at: _apart(one, at)).side  # type: ignore[misc]
        yield SiteFact(
            id=item.id,
            title=item.title,
            side=side or "",
            lat=float(item.at.lat),
            lon=float(item.at.lon),
        )


def _apart(place: PlaceFact, at: Coordinates) -> float:
    """In squared degrees: to tell two countries apart, not to measure."""
    return (float(at.lat) - (place.lat or 0)) ** 2 + (float(at.lon) - (place.lon or 0)) ** 2
