"""How good the growth is: a table of years for each direction, what moved it, and both together."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.facts.potential import SOURCE, PotentialFacts
from bilat.brief.facts.potential_method import country
from bilat.brief.story.blocks import (
    Block,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Table,
    Year,
    row,
)
from bilat.brief.story.potential_technology import technology_blocks
from bilat.brief.story.quality_signs import chart_blocks, intra_chart, signs_blocks
from bilat.language import Message, say
from bilat.potential.indicators import MarketShares
from bilat.potential.quality import DirectionQuality, Quality, YearQuality

THOUSAND = 1000


def quality_sections(facts: PotentialFacts) -> Iterator[Section]:
    assert facts.quality is not None  # noqa: S101 (the story tells it only if it is there)
    for one in facts.quality.directions:
        title = quality_title(one)
        yield Section(f"quality-{one.exporter}".lower(), title, tuple(quality_blocks(one, title)))
    together = say("Both directions together")
    yield Section("both", together, (*together_blocks(facts.quality, together),))


def quality_title(one: DirectionQuality) -> Message:
    return say(
        "{exporter} to {importer}",
        exporter=country(one.exporter),
        importer=country(one.importer),
    )


def quality_blocks(one: DirectionQuality, title: Message) -> Iterator[Block]:
    yield from signs_blocks(one, title)
    if one.shares:
        yield Paragraph(_moved(one, one.shares), (SOURCE,))
    yield Table(
        f"quality-{one.exporter}",
        say("{way}: quality of growth by year", way=title),
        tuple(_columns(one)),
        tuple(row(*_line(year)) for year in one.years),
        sheet=say("Quality {exporter}", exporter=one.exporter),
        essential=True,
    )
    yield from technology_blocks(one, title)
    yield from chart_blocks(one, title)
    if one.shares:
        yield _shares(one, one.shares)


def _moved(one: DirectionQuality, shares: MarketShares) -> Message:
    return say(
        "{way}: from {first} to {last} trade changed by {change} thousand USD; {own} of it came "
        "from shares of the market won or lost.",
        way=quality_title(one),
        first=str(one.years[0].year),
        last=str(one.years[-1].year),
        change=_thousands(shares.change),
        own=_thousands(shares.competitiveness + shares.interaction),
    )


def _columns(one: DirectionQuality) -> Iterator[Column]:
    yield Column(say("Year"))
    for title in (
        say("Trade, thousand USD"),
        say("Concentration"),
        say("Processed"),
        say("New"),
        say("Complexity"),
        say("Intensity"),
        say("Complementarity, %"),
        say("Products with an advantage"),
        say("Cheaper on the market"),
        say("Extensive margin"),
        say("Intensive margin"),
    ):
        yield Column(title, numeric=True)


def _line(one: YearQuality) -> Iterator[object]:
    yield Year(one.year)
    yield _thousands(one.trade)
    yield _number(one.concentration)
    yield _percent(one.processed)
    yield _percent(one.new)
    yield _number(one.complexity)
    yield _number(one.intensity)
    yield _number(one.complementarity, 1)
    yield Number(one.advantages)
    yield _percent(one.ladder)
    yield _percent(one.margins.extensive)
    yield _percent(one.margins.intensive)


def _shares(one: DirectionQuality, shares: MarketShares) -> Table:
    return Table(
        f"shares-{one.exporter}",
        say("What moved it, thousand USD"),
        (Column(say("Part"), wide=True), Column(say("Change"), numeric=True)),
        (
            row(say("The market grew"), _thousands(shares.demand)),
            row(say("Its products grew more, or less, than others"), _thousands(shares.structure)),
            row(say("Shares won or lost"), _thousands(shares.competitiveness)),
            row(say("Shares won where demand grew"), _thousands(shares.interaction)),
        ),
        sheet=say("Shares {exporter}", exporter=one.exporter),
        essential=True,
        total=row(say("Change"), _thousands(shares.change)),
    )


def together_blocks(quality: Quality, title: Message) -> Iterator[Block]:
    yield _together(quality)
    yield from intra_chart(quality, title)


def _together(quality: Quality) -> Table:
    rows = zip(quality.years, quality.intra, quality.similarity, strict=True)
    return Table(
        "both",
        say("Trade within products, and how alike both sides’ exports are"),
        (
            Column(say("Year")),
            Column(say("Grubel–Lloyd"), numeric=True),
            Column(say("Similarity, %"), numeric=True),
        ),
        tuple(row(Year(year), _number(intra), _number(alike, 1)) for year, intra, alike in rows),
        sheet=say("Both"),
        essential=True,
    )


def _thousands(value: float) -> Number:
    return Number(value / THOUSAND, 1)


def _percent(value: float) -> Percent | None:
    return Percent(value, 1) if value == value else None


def _number(value: float, digits: int = 2) -> Number | None:
    return Number(value, digits) if value == value else None
