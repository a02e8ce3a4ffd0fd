"""Projects, finance, exchanges, links and documents: where each stands, and its next step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.programme import Body, Document, Facility, Programme, Project
from bilat.programme.numbers import Estimate
from bilat.vocabulary import Money, Period


class EstimateFact(Fact):
    """A quantity that nobody measured: stated by a source, or assumed by an author."""

    likely: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    assumption: bool
    author: str | None
    reason: MaybeSaid
    sources: tuple[str, ...]


class ProjectFact(Fact):
    """A joint project."""

    id: str
    title: Said
    sector: str | None
    products: tuple[str, ...]
    place: MaybeSaid
    stage: str
    partners: tuple[Said, ...]
    units_per_year: EstimateFact | None
    chance: EstimateFact | None
    next_step: MaybeSaid
    assumption: bool
    sources: tuple[str, ...]


class FacilityFact(Fact):
    """A credit or leasing line as it is agreed; what is used of it stands in the finance facts."""

    id: str
    title: Said
    kind: str
    lender: MaybeSaid
    partners: tuple[Said, ...]
    limit: Money | None
    next_step: MaybeSaid
    assumption: bool
    sources: tuple[str, ...]


class WorkLine(Fact):
    """An exchange or a link."""

    id: str
    kind: str
    title: Said
    outcome: MaybeSaid
    next_step: MaybeSaid
    assumption: bool
    sources: tuple[str, ...]


class DocumentFact(Fact):
    """A document and how far its life has come."""

    id: str
    title: Said
    kind: str
    state: str | None
    since: Period | None
    expires: Period | None
    succeeds: str | None
    succeeded_by: str | None
    next_step: MaybeSaid
    assumption: bool
    sources: tuple[str, ...]


class WorksFact(Fact):
    """Everything that is neither trade, measure nor meeting."""

    projects: tuple[ProjectFact, ...]
    facilities: tuple[FacilityFact, ...]
    exchanges: tuple[WorkLine, ...]
    links: tuple[WorkLine, ...]
    documents: tuple[DocumentFact, ...]


def works_facts(programme: Programme, as_of: date) -> WorksFact:
    """The state of every visible project, facility, exchange, link and document."""
    return WorksFact(
        projects=tuple(_project(programme, item) for item in programme.projects),
        facilities=tuple(_facility(programme, item) for item in programme.facilities),
        exchanges=tuple(
            WorkLine(
                id=item.id,
                kind=item.area,
                title=item.title,
                outcome=item.outcome,
                next_step=item.next_step,
                assumption=item.assumption,
                sources=item.sources,
            )
            for item in programme.exchanges
        ),
        links=tuple(
            WorkLine(
                id=item.id,
                kind=item.kind,
                title=item.title,
                outcome=item.note,
                next_step=item.next_step,
                assumption=item.assumption,
                sources=item.sources,
            )
            for item in programme.links
        ),
        documents=_documents(programme, as_of),
    )


def _project(programme: Programme, item: Project) -> ProjectFact:
    return ProjectFact(
        id=item.id,
        title=item.title,
        sector=item.sector,
        products=item.products,
        place=item.place,
        stage=item.stage,
        partners=_names(programme, item.partners),
        units_per_year=estimate_fact(item.units_per_year),
        chance=estimate_fact(item.chance),
        next_step=item.next_step,
        assumption=item.assumption,
        sources=item.sources,
    )


def _names(programme: Programme, ids: tuple[str, ...]) -> tuple[Said, ...]:
    bodies = (programme.find(Body, body) for body in ids)
    return tuple(body.name for body in bodies if body)


def estimate_fact(item: Estimate | None) -> EstimateFact | None:
    if item is None:
        return None
    return EstimateFact(
        likely=item.likely,
        low=item.low,
        high=item.high,
        unit=str(item.unit),
        assumption=item.assumption,
        author=item.author,
        reason=item.reason,
        sources=item.sources,
    )


def _facility(programme: Programme, item: Facility) -> FacilityFact:
    lender = programme.find(Body, item.lender)
    return FacilityFact(
        id=item.id,
        title=item.title,
        kind=item.kind,
        lender=lender.name if lender else None,
        partners=_names(programme, item.partners),
        limit=item.limit,
        next_step=item.next_step,
        assumption=item.assumption,
        sources=item.sources,
    )


def _documents(programme: Programme, as_of: date) -> tuple[DocumentFact, ...]:
    known = [item for item in programme.documents if item.state(as_of) or not _dated(item)]
    followers = {item.succeeds: item for item in known if item.succeeds}
    return tuple(_document(item, followers.get(item.id), as_of) for item in known)


def _dated(item: Document) -> bool:
    return any((item.negotiated, item.agreed, item.signed, item.in_force))


def _document(item: Document, follower: Document | None, as_of: date) -> DocumentFact:
    state = item.state(as_of)
    since = (
        getattr(item, state) if state in ("negotiated", "agreed", "signed", "in_force") else None
    )
    return DocumentFact(
        id=item.id,
        title=item.title,
        kind=item.kind,
        state=state,
        since=since,
        expires=item.expires,
        succeeds=item.succeeds,
        succeeded_by=follower.id if follower else None,
        next_step=item.next_step,
        assumption=item.assumption,
        sources=item.sources,
    )
