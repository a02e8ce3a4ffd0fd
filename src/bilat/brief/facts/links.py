"""Links of regions, cities and companies: both ends, what came of each, and the way from there.

What came of a link: contacts that name it and were held; its document, or that of a project that
names it, once signed; projects that name it; deals that name it, or a project of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.programme import Body, Contact, Deal, Document, Link, Programme, Project
from bilat.vocabulary import Period

SIGNED = ("signed", "in_force", "expired", "replaced")
"""States of a document that was signed."""
DRAWN = ("signed", "drawn", "repaid")
"""Stages of a deal that was made."""


class EndFact(Fact):
    """A body at one end. region: the region or city that it is, or belongs to."""

    id: str
    name: Said
    side: str | None
    kind: str
    region: str | None


class CameFact(Fact):
    """A record that came of a link, as ``section/id``."""

    ref: str
    title: Said


class LinkFact(Fact):
    """A link with what came of it. codes, sectors: of its requests and offers."""

    id: str
    title: Said
    kind: str
    ends: tuple[EndFact, ...]
    since: Period | None
    forum: CameFact | None
    offers: int
    requests: int
    codes: tuple[str, ...]
    sectors: tuple[str, ...]
    introduces: tuple[str, ...]
    meetings: tuple[CameFact, ...]
    contracts: tuple[CameFact, ...]
    projects: tuple[CameFact, ...]
    deals: tuple[CameFact, ...]
    next_step: MaybeSaid
    visibility: str

    @property
    def is_pair(self) -> bool:
        """Both sides are named."""
        return len({end.side for end in self.ends if end.side}) > 1


class FunnelFact(Fact):
    """How many introductions came how far. Each step counts all that reached it."""

    requests: int
    offers: int
    introduced: int
    met: int
    contracted: int
    dealt: int


class LinksFact(Fact):
    """Every visible link. regions: those at an end of one, or that such a body belongs to."""

    links: tuple[LinkFact, ...]
    regions: tuple[EndFact, ...]
    forums: tuple[CameFact, ...]
    funnel: FunnelFact


def links_facts(programme: Programme, as_of: date) -> LinksFact:
    """programme: already what the viewer may see."""
    named = _Named.of(programme)
    links = tuple(_link(programme, link, named, as_of) for link in programme.links)
    forums = {link.forum.ref: link.forum for link in links if link.forum}
    return LinksFact(
        links=links,
        regions=_regions(programme, links),
        forums=tuple(forums.values()),
        funnel=funnel_of(links),
    )


def funnel_of(links: Iterable[LinkFact]) -> FunnelFact:
    """Of these links: requests and offers of all, steps of those that bring two together."""
    every = list(links)
    made = [link for link in every if link.introduces]
    return FunnelFact(
        requests=sum(link.requests for link in every),
        offers=sum(link.offers for link in every),
        introduced=len(made),
        met=sum(bool(link.meetings or link.contracts or link.deals) for link in made),
        contracted=sum(bool(link.contracts or link.deals) for link in made),
        dealt=sum(bool(link.deals) for link in made),
    )


class _Named:
    """Contacts, projects and deals by the link that they name."""

    def __init__(self) -> None:
        self.contacts: Mapping[str, list[Contact]] = defaultdict(list)
        self.projects: Mapping[str, list[Project]] = defaultdict(list)
        self.deals: Mapping[str, list[Deal]] = defaultdict(list)

    @classmethod
    def of(cls, programme: Programme) -> _Named:
        found = cls()
        for contact in programme.contacts:
            found.contacts[contact.link or ""].append(contact)
        for project in programme.projects:
            found.projects[project.link or ""].append(project)
        links = {project.id: project.link for project in programme.projects}
        for deal in programme.deals:
            found.deals[deal.link or links.get(deal.project or "") or ""].append(deal)
        return found


def _link(programme: Programme, link: Link, named: _Named, as_of: date) -> LinkFact:
    ends = (programme.find(Body, body) for body in link.bodies)
    wants = [interest.wants for interest in link.interests]
    forum = programme.find(Contact, link.contact)
    projects = named.projects.get(link.id, [])
    return LinkFact(
        id=link.id,
        title=link.title,
        kind=link.kind,
        ends=tuple(end_fact(programme, body) for body in ends if body),
        since=link.since,
        forum=_came(forum) if forum else None,
        offers=wants.count("offers"),
        requests=wants.count("requests"),
        codes=tuple(dict.fromkeys(code for one in link.interests for code in one.products)),
        sectors=tuple(dict.fromkeys(one.sector for one in link.interests if one.sector)),
        introduces=link.introduces,
        meetings=tuple(
            _came(one) for one in named.contacts.get(link.id, []) if one.was_held(as_of)
        ),
        contracts=_contracts(programme, link, projects, as_of),
        projects=tuple(map(_came, projects)),
        deals=tuple(_came(one) for one in named.deals.get(link.id, []) if one.stage in DRAWN),
        next_step=link.next_step,
        visibility=link.visibility,
    )


def _contracts(
    programme: Programme, link: Link, projects: Iterable[Project], as_of: date
) -> tuple[CameFact, ...]:
    ids = dict.fromkeys((link.document, *(project.document for project in projects)))
    found = (programme.find(Document, name) for name in ids)
    return tuple(_came(one) for one in found if one and one.state(as_of) in SIGNED)


def end_fact(programme: Programme, body: Body) -> EndFact:
    return EndFact(
        id=body.id,
        name=body.name,
        side=body.party,
        kind=body.kind,
        region=_region(programme, body),
    )


def _region(programme: Programme, body: Body | None) -> str | None:
    """The first region or city from the body upwards; a ring of parents ends the way."""
    seen: set[str] = set()
    while body and body.id not in seen:
        if body.kind in ("region", "city"):
            return body.id
        seen.add(body.id)
        body = programme.find(Body, body.parent)
    return None


def _regions(programme: Programme, links: Iterable[LinkFact]) -> tuple[EndFact, ...]:
    ids = dict.fromkeys(end.region for link in links for end in link.ends if end.region)
    bodies = (programme.find(Body, name) for name in ids)
    return tuple(end_fact(programme, body) for body in bodies if body)


def _came(record: Any) -> CameFact:
    return CameFact(ref=f"{record.section}/{record.id}", title=record.label)
