"""Export potential of a pair as facts: opportunities, why one is one, how good growth is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from bilat import __version__
from bilat.brief.facts.fact import WORDS, Fact, Said
from bilat.brief.facts.potential_method import country, potential_method, quality_method
from bilat.brief.facts.second_opinion import GravityFact, gravity_fact
from bilat.brief.facts.source import SourceFact
from bilat.language import Message, Words, say
from bilat.potential.one_edition import OneEdition
from bilat.potential.opportunities import Direction, Opportunity
from bilat.potential.quality import Quality
from bilat.potential.sectors import Sector
from bilat.potential.why import Related, Reports, Rival, Why
from bilat.potential.world import PairWorld
from bilat.vocabulary import Period
from bilat.warehouse.span import Span

if TYPE_CHECKING:
    from bilat.potential.second_opinion import SecondOpinion

SOURCE = "statistics"


class NotComparedFact(Fact):
    """Codes of several editions of the HS that nothing brings together, and what would."""

    what: Said
    remedy: Said


class WayFact(Fact):
    """One direction. total: dollars of what is unrealised over all products told; counted: how many
    these are. products: the largest of them. ease: None where nothing can be expected. gravity: a
    further opinion, where it was asked for and there is one."""

    exporter: str
    importer: str
    ease: float | None
    total: float
    counted: int
    products: tuple[Opportunity, ...]
    gravity: GravityFact | None = None


class WhyFact(Fact):
    """One product of one direction, see `bilat.potential.why`. gravity: of its chapter."""

    exporter: str
    importer: str
    ease: float | None
    one: Opportunity
    rivals: tuple[Rival, ...]
    suppliers: int
    ladder: float | None
    unit_value: float | None
    related: tuple[Related, ...]
    reports: tuple[Reports, ...]
    gravity: GravityFact | None = None


class PotentialFacts(Fact):
    """Everything that ``bilat potential`` says. The same warehouse, day and options give the same.

    names: product code → what it is called, of the products told.
    """

    format: Literal["bilat-potential/1"] = "bilat-potential/1"
    version: str = __version__
    as_of: date
    sides: tuple[str, str]
    dataset: str
    years: tuple[int, ...]
    digits: int
    sector: Said | None = None
    subject: str = ""
    """What the files are named for beyond the pair: a sector, a product, quality."""
    ways: tuple[WayFact, ...] = ()
    why: tuple[WhyFact, ...] = ()
    quality: Quality | None = None
    not_compared: tuple[NotComparedFact, ...] = ()
    method: tuple[Said, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)
    sources: tuple[SourceFact, ...] = ()

    @property
    def title(self) -> Message:
        first, second = (country(side) for side in self.sides)
        return say("Export potential: {first} and {second}", first=first, second=second)

    def name(self, product: str) -> str:
        return self.names.get(product, "")

    def number_of(self, source: str) -> int | None:
        return next((one.number for one in self.sources if one.id == source), None)

    def to_json(self, words: Words) -> str:
        return self.model_dump_json(context={WORDS: words}, indent=2) + "\n"


@dataclass(frozen=True)
class Told:
    """How the numbers came about, for the method's lines. growth, tariffs, pairs: names of
    their files. gravity: the further opinion, where it was asked for."""

    opinion: bool
    growth: str = ""
    tariffs: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    gravity: SecondOpinion | None = None
    pairs: str = ""


def potential_facts(
    world: PairWorld,
    directions: Sequence[Direction],
    told: Told,
    *,
    top: int,
    sector: Sector | None = None,
) -> PotentialFacts:
    """The largest opportunities of each direction, of one sector where it is named."""
    ways = tuple(_way(one, top, sector, told.gravity) for one in directions)
    shown = [item.product for way in ways for item in way.products]
    return _facts(
        world,
        told,
        shown,
        ways=ways,
        sector=sector.title if sector else None,
        subject=sector.id if sector else "",
        method=tuple(potential_method(world, told)),
    )


def why_facts(world: PairWorld, whys: Sequence[Why], product: str, told: Told) -> PotentialFacts:
    found = tuple(
        WhyFact(
            exporter=why.direction.exporter,
            importer=why.direction.importer,
            ease=_known(why.direction.ease),
            one=why.one,
            rivals=why.rivals,
            suppliers=why.suppliers,
            ladder=why.ladder,
            unit_value=why.unit_value,
            related=why.related,
            reports=why.reports,
            gravity=_of_chapter(told.gravity, why.direction.exporter, product),
        )
        for why in whys
    )
    shown = [product, *(item.product for why in whys for item in why.related)]
    method = tuple(potential_method(world, told))
    return _facts(world, told, shown, why=found, subject=product, method=method)


def _of_chapter(gravity: SecondOpinion | None, exporter: str, product: str) -> GravityFact | None:
    one = gravity.of_product(exporter, product) if gravity else None
    return gravity_fact(one) if one else None


def quality_facts(world: PairWorld, quality: Quality, told: Told) -> PotentialFacts:
    method = tuple(quality_method(world, told))
    return _facts(world, told, (), quality=quality, subject="quality", method=method)


def _facts(world: PairWorld, told: Told, shown: Sequence[str], **more: object) -> PotentialFacts:
    return PotentialFacts(
        as_of=world.span.as_of,
        sides=world.sides,
        dataset=world.span.dataset,
        years=world.years,
        digits=world.digits,
        not_compared=not_compared(world.editions),
        names={code: told.names[code] for code in shown if code in told.names},
        sources=(source_of(world.span),),
        **more,
    )


def _way(
    direction: Direction, top: int, sector: Sector | None, gravity: SecondOpinion | None
) -> WayFact:
    beyond = gravity.of(direction.exporter) if gravity else None
    told = [one for one in direction.found if sector is None or sector.holds(one.product)]
    return WayFact(
        exporter=direction.exporter,
        importer=direction.importer,
        ease=_known(direction.ease),
        total=sum(one.unrealised for one in told),
        counted=len(told),
        products=tuple(told[:top]),
        gravity=gravity_fact(beyond) if beyond else None,
    )


def not_compared(editions: OneEdition) -> tuple[NotComparedFact, ...]:
    return tuple(NotComparedFact(what=one.what, remedy=one.remedy) for one in editions.problems)


def _known(value: float) -> float | None:
    return value if value == value else None


def source_of(span: Span) -> SourceFact:
    """The dataset, as its description names it; a user's own by its id."""
    from bilat.sources import DatasetUnknown
    from bilat.sources import dataset as description

    title, publisher, address, note = span.dataset, span.dataset, None, None
    try:
        spec = description(span.dataset)
    except DatasetUnknown:
        pass
    else:
        title, publisher, address, note = spec.title, spec.publisher, spec.address, spec.licence
    return SourceFact(
        number=1,
        id=SOURCE,
        title=title,
        publisher=publisher,
        address=address,
        published=Period.parse(span.newest.isoformat()),
        side=None,
        note=note,
    )
