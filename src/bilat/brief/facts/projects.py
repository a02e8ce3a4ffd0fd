"""Projects one by one: stage, output by year, partners, finance, and what holds each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.brief.facts.finance import FinanceFact, finance_facts
from bilat.brief.facts.finance_lines import LineFact
from bilat.brief.facts.finance_need import NeedFact
from bilat.brief.facts.holding import HoldFact, holds_of
from bilat.brief.facts.links import EndFact, end_fact
from bilat.brief.facts.works import EstimateFact, estimate_fact
from bilat.programme import Body, Commitment, Deal, Facility, Programme, Project
from bilat.programme.projects import ProjectYear
from bilat.vocabulary import Money, Period

Ref = tuple[str, Said]
"""Id and title."""


class YearFact(Fact):
    """A year of a project by one side's count, or by that of both. kept: what was made, as a share
    of what was planned."""

    year: int
    side: str | None
    planned_units: Decimal | None
    units: Decimal | None
    planned_value: Money | None
    value: Money | None
    kept: float | None
    sources: tuple[str, ...]


class RoomFact(Fact):
    """The line of a project: its limit, and what of it is free on the day. free: None where the
    limit is not stated."""

    id: str
    title: Said
    limit: Money | None
    free: Money | None


class ProjectDealFact(Fact):
    """A deal that finances a project."""

    id: str
    title: Said
    stage: str
    amount: Money


class ProjectStanding(Fact):
    """A project as those see it who are to bring it about."""

    id: str
    title: Said
    sector: str | None
    products: tuple[str, ...]
    place: MaybeSaid
    stage: str
    since: Period | None
    partners: tuple[EndFact, ...]
    years: tuple[YearFact, ...]
    units_per_year: EstimateFact | None
    local_content: Decimal | None
    jobs: int | None
    chance: EstimateFact | None
    measures: tuple[Ref, ...]
    document: str | None
    link: str | None
    room: RoomFact | None
    deals: tuple[ProjectDealFact, ...]
    need: NeedFact | None
    holds: tuple[HoldFact, ...]
    next_step: MaybeSaid
    assumption: bool
    visibility: str

    @property
    def is_held(self) -> bool:
        return any(not hold.doubtful for hold in self.holds)

    @property
    def latest(self) -> tuple[YearFact, ...]:
        """Every count of the latest year of which it is known what was made."""
        known = [item for item in self.years if item.units is not None]
        return tuple(item for item in known if item.year == known[-1].year)


class ProjectsFact(Fact):
    """Every visible project, in the order of the folder."""

    projects: tuple[ProjectStanding, ...]


def projects_facts(
    programme: Programme, as_of: date, finance: FinanceFact | None = None
) -> ProjectsFact:
    """programme: already what the viewer may see. finance: where it has been reckoned already."""
    money = finance or finance_facts(programme, as_of)
    needs = {need.id: need for need in money.needs.measures}
    lines = {line.id: line for line in money.lines}
    deals: dict[str, list[Deal]] = defaultdict(list)
    for deal in programme.deals:
        deals[deal.project or ""].append(deal)
    return ProjectsFact(
        projects=tuple(
            _standing(programme, item, needs, lines, deals.get(item.id, []), as_of)
            for item in programme.projects
        )
    )


def _standing(
    programme: Programme,
    item: Project,
    needs: Mapping[str, NeedFact],
    lines: Mapping[str, LineFact],
    deals: list[Deal],
    as_of: date,
) -> ProjectStanding:
    bodies = (programme.find(Body, name) for name in item.partners)
    measures = (programme.find(Commitment, name) for name in item.commitments)
    return ProjectStanding(
        id=item.id,
        title=item.title,
        sector=item.sector,
        products=item.products,
        place=item.place,
        stage=item.stage,
        since=item.since,
        partners=tuple(end_fact(programme, body) for body in bodies if body),
        years=_years(item),
        units_per_year=estimate_fact(item.units_per_year),
        local_content=item.local_content,
        jobs=item.jobs,
        chance=estimate_fact(item.chance),
        measures=tuple((one.id, one.title) for one in measures if one),
        document=item.document,
        link=item.link,
        room=_room(programme, item, deals, lines),
        deals=tuple(
            ProjectDealFact(id=one.id, title=one.title, stage=one.stage, amount=one.amount)
            for one in deals
        ),
        need=needs.get(f"projects/{item.id}"),
        holds=holds_of(programme, item, needs, as_of),
        next_step=item.next_step,
        assumption=item.assumption,
        visibility=item.visibility,
    )


def _years(item: Project) -> tuple[YearFact, ...]:
    found = sorted(item.years, key=lambda one: (one.year, one.side or ""))
    return tuple(map(_year, found))


def _year(item: ProjectYear) -> YearFact:
    kept = None
    if item.units is not None and item.planned_units:
        kept = float(item.units / item.planned_units)
    return YearFact(
        year=item.year,
        side=item.side,
        planned_units=item.planned_units,
        units=item.units,
        planned_value=item.planned_value,
        value=item.value,
        kept=kept,
        sources=item.sources,
    )


def _room(
    programme: Programme, item: Project, deals: list[Deal], lines: Mapping[str, LineFact]
) -> RoomFact | None:
    """Of the line that it names, itself or with its effect; else of the line of its first deal."""
    stated = item.facility or (item.effect.facility if item.effect else None)
    name = stated or next((deal.facility for deal in deals), None)
    facility, line = programme.find(Facility, name), lines.get(name or "")
    if facility is None or line is None:
        return None
    free = line.use.free
    return RoomFact(
        id=facility.id,
        title=facility.title,
        limit=line.use.limit,
        free=None if free is None else Money(amount=free, currency=line.use.currency),
    )
