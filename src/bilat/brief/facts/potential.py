"""Export potential of a pair as facts: opportunities, why one is one, how good growth is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from bilat import LANGUAGES, __version__
from bilat.brief.facts.fact import WORDS, Fact, Said
from bilat.brief.facts.second_opinion import GravityFact, gravity_fact, gravity_lines
from bilat.brief.facts.source import SourceFact
from bilat.language import Message, Text, Words, say
from bilat.potential.opportunities import Direction, Opportunity
from bilat.potential.quality import Quality
from bilat.potential.sectors import Sector
from bilat.potential.why import Related, Reports, Rival, Why
from bilat.potential.world import PairWorld
from bilat.vocabulary import Period, country_name
from bilat.warehouse.span import Span

if TYPE_CHECKING:
    from bilat.potential.second_opinion import SecondOpinion

SOURCE = "statistics"


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
    """One product of one direction, see `bilat.potential.why`."""

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


def country(code: str) -> Text:
    return {lang: country_name(code, lang) for lang in LANGUAGES}  # type: ignore[misc]


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
        method=tuple(_method(world, told)),
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
        )
        for why in whys
    )
    shown = [product, *(item.product for why in whys for item in why.related)]
    method = tuple(_method(world, told))
    return _facts(world, told, shown, why=found, subject=product, method=method)


def quality_facts(world: PairWorld, quality: Quality, told: Told) -> PotentialFacts:
    method = (*_of_reports(world), *_of_quality(told))
    return _facts(world, told, (), quality=quality, subject="quality", method=method)


def _facts(world: PairWorld, told: Told, shown: Sequence[str], **more: object) -> PotentialFacts:
    return PotentialFacts(
        as_of=world.span.as_of,
        sides=world.sides,
        dataset=world.span.dataset,
        years=world.years,
        digits=world.digits,
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


def _method(world: PairWorld, told: Told) -> Iterator[Message]:
    yield from _of_reports(world)
    yield say(
        "Potential = share of world exports × ease of the pair × imports of the market, over "
        "{first}–{last}, the last year weighed most (0.2 to 1.0). What is unrealised is clipped "
        "product by product.",
        first=str(world.years[0]),
        last=str(world.year),
    )
    yield (
        say("Growth is as stated in {file}; of other countries none is foreseen.", file=told.growth)
        if told.growth
        else say("No growth of supply or demand is foreseen: none was stated.")
    )
    if told.tariffs:
        yield say("Customs rates are as stated in {file}.", file=told.tariffs)
    yield (
        say("Intervals of 80 % come from both sides’ reports, reconciled product by product.")
        if world.between.mirrored
        else say("There are no intervals: this dataset has not both sides’ reports of the pair.")
    )
    if told.opinion:
        yield say(
            "Second opinion: the exporter has an advantage already, or more of the related "
            "products than is usual for those that it lacks."
        )
    if told.gravity:
        yield from gravity_lines(told.gravity, told.pairs, country)


def _of_reports(world: PairWorld) -> Iterator[Message]:
    yield reports_line(world.span)
    ways = zip(world.sides, world.between.silent, strict=True)
    for side, silent in ways:
        years = [year for year, one in zip(world.years, silent, strict=True) if one]
        if years:
            yield say(
                "{side} reports no exports to the partner in {years}: the partner’s imports (CIF) "
                "stand for them.",
                side=country(side),
                years=", ".join(map(str, years)),
            )


def reports_line(span: Span) -> Message:
    """Whose reports count in a dataset."""
    if span.exporters_only:
        return say(
            "{dataset}: one figure a flow, under the exporter, as known on {day}.",
            dataset=span.dataset,
            day=span.as_of,
        )
    return say(
        "{dataset}: each country’s own reports, exports FOB and imports CIF, as known on {day}; "
        "for one that is silent in a year its partners’ reports stand.",
        dataset=span.dataset,
        day=span.as_of,
    )


def _of_quality(told: Told) -> Iterator[Message]:
    yield say(
        "Processed is what is not in the list of primary goods; new is what the pair did not trade "
        "in any year told before."
    )
    yield say(
        "Technology is after Lall (2000), by groups of SITC Rev. 3 as UNCTAD lists them; products "
        "come to these groups by the UN’s conversion tables. A code of no category, or of more "
        "than one, is not classified."
    )
    if told.opinion:
        yield say("Complexity is that of the last year, in deviations from the mean country.")
