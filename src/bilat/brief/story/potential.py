"""Export potential told: the largest opportunities each way, and how they were worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import exp
from typing import Any

from bilat.brief.facts.potential import SOURCE, NotComparedFact, PotentialFacts, WayFact
from bilat.brief.facts.potential_method import country
from bilat.brief.story.beside_gravity import agreement, beside_gravity
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    Clipped,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Story,
    Table,
    Tone,
    row,
)
from bilat.brief.story.potential_quality import quality_sections
from bilat.brief.story.potential_why import why_sections
from bilat.language import Message, say, say_many
from bilat.potential.opportunities import Opportunity

THOUSAND = 1000
NAME_LENGTH = 44
PRINTED = 25
OPINIONS: dict[bool | None, tuple[Message, Tone | None]] = {
    True: (say("agrees"), "good"),
    False: (say("differs"), "warn"),
    None: (say("has none"), "quiet"),
}


def tell_potential(facts: PotentialFacts) -> Story:
    return Story(
        title=facts.title,
        subtitle=_subtitle(facts),
        sections=tuple(_sections(facts)),
    )


def _subtitle(facts: PotentialFacts) -> Message:
    span = {"first": str(facts.years[0]), "last": str(facts.years[-1]), "dataset": facts.dataset}
    if facts.sector is not None:
        return say("{sector}; {dataset}, {first}–{last}", sector=facts.sector, **span)
    return say("{dataset}, {first}–{last}", **span)


def _sections(facts: PotentialFacts) -> Iterator[Section]:
    yield from not_compared_section(facts.not_compared)
    if facts.why:
        yield from why_sections(facts)
    elif facts.quality:
        yield from quality_sections(facts)
    else:
        for way in facts.ways:
            anchor = f"potential-{way.exporter}".lower()
            yield Section(anchor, way_title(way), tuple(_of(facts, way)))
    yield method_section(facts.method)
    yield Section("sources", say("Sources"), (sources_table(facts),))


def not_compared_section(told: Iterable[NotComparedFact]) -> Iterator[Section]:
    """Before the numbers: what is missing among them."""
    blocks = tuple(
        Paragraph(say("{what}. {remedy}.", what=one.what, remedy=one.remedy), tone="warn")
        for one in told
    )
    if blocks:
        yield Section("not-compared", say("What is not compared"), blocks)


def way_title(way: Any) -> Message:
    return say(
        "{exporter} to {importer}",
        exporter=country(way.exporter),
        importer=country(way.importer),
    )


def _of(facts: PotentialFacts, way: WayFact) -> Iterator[Block]:
    first, *more = opportunities_lead(way)
    yield Paragraph(first, (SOURCE,), lead=True)
    gravity = (
        (beside_gravity(way.gravity), agreement(way.gravity, way.total)) if way.gravity else ()
    )
    for line in (*more, *gravity):
        yield Paragraph(line)
    if not way.products:
        return
    yield opportunities_table(facts, way)
    if any(one.unrealised > 0 for one in way.products):
        yield Chart(
            "potential",
            say(
                "{way}: trade and what is unrealised of the potential, thousand USD a year",
                way=way_title(way),
            ),
            way.exporter,
            say("Lines: 80 % interval of what could be traded.") if _unsure(way) else None,
        )


def opportunities_lead(way: WayFact) -> tuple[Message, ...]:
    """What is unrealised in all, and how much the two trade together."""
    ease = () if way.ease is None else (_ease(way.ease),)
    return (_lead(way), *ease)


def _unsure(way: WayFact) -> bool:
    return any(one.low is not None for one in way.products)


def _lead(way: WayFact) -> Message:
    if not way.counted:
        return say("{way}: no product is sold by one and bought by the other.", way=way_title(way))
    if way.total <= 0:
        return say(
            "{way}: nothing is unrealised; every product is traded as much as can be expected.",
            way=way_title(way),
        )
    return say_many(
        "{way}: {total} thousand USD a year of the potential are unrealised; {n} product told.",
        "{way}: {total} thousand USD a year of the potential are unrealised; {n} products told.",
        n=way.counted,
        way=way_title(way),
        total=Number(way.total / THOUSAND),
    )


def _ease(ease: float) -> Message:
    if ease == 0:
        return say("They have not traded, so that nothing can be expected from their past trade.")
    return say(
        "Together they trade {ease} times what sizes and products suggest.", ease=Number(ease, 2)
    )


def opportunities_table(facts: PotentialFacts, way: WayFact) -> Table:
    named = any(facts.name(one.product) for one in way.products)
    unsure = _unsure(way)
    rates = any(one.rates for one in way.products)
    beyond = any(one.beyond is not None for one in way.products)
    return Table(
        f"potential-{way.exporter}",
        say("{way}: products by unrealised potential, thousand USD a year", way=way_title(way)),
        tuple(_columns(named=named, unsure=unsure, rates=rates, beyond=beyond)),
        tuple(
            row(*_line(facts, one, named=named, unsure=unsure, rates=rates, beyond=beyond))
            for one in way.products
        ),
        sheet=say("Potential {exporter}", exporter=way.exporter),
        essential=True,
        shown=PRINTED,
    )


def _columns(*, named: bool, unsure: bool, rates: bool, beyond: bool) -> Iterator[Column]:
    yield Column(say("Product"), whole=True)
    if named:
        yield Column(say("Name"), wide=True)
    yield Column(say("Unrealised"), numeric=True)
    if unsure:
        yield Column(say("80 %: from"), numeric=True)
        yield Column(say("to"), numeric=True)
    yield Column(say("Trade"), numeric=True)
    yield Column(say("Market buys"), numeric=True)
    yield Column(say("Growth a year"), numeric=True)
    yield Column(say("World share"), numeric=True)
    yield Column(say("RCA"), numeric=True)
    yield Column(say("Density"), numeric=True)
    yield Column(say("Second opinion: related products"))
    if beyond:
        yield Column(say("Trade over gravity, chapter"), numeric=True)
    if rates:
        yield Column(say("Rate"), numeric=True)
        yield Column(say("Others’ rate"), numeric=True)


def _line(
    facts: PotentialFacts,
    one: Opportunity,
    *,
    named: bool,
    unsure: bool,
    rates: bool,
    beyond: bool,
) -> Iterator[Any]:
    opinion, tone = OPINIONS[one.agrees]
    yield one.product
    if named:
        yield product_name(facts, one.product)
    yield thousands(one.unrealised)
    if unsure:
        yield thousands(one.low)
        yield thousands(one.high)
    yield thousands(one.trade)
    yield thousands(one.demand)
    yield share(one.demand_growth)
    yield share(one.supply)
    yield decimals(one.advantage)
    yield decimals(one.density)
    yield Cell(opinion, tone=tone)
    if beyond:
        yield decimals(None if one.beyond is None else exp(one.beyond))
    if rates:
        yield share(one.rates.pair / 100) if one.rates else None
        yield share(one.rates.mfn / 100) if one.rates else None


def method_section(lines: Iterable[Message]) -> Section:
    """As a table, so that it goes with the numbers into every format."""
    table = Table(
        "method",
        say("How it was worked out"),
        (Column(say("Statement"), wide=True),),
        tuple(row(line) for line in lines),
        sheet=say("Method"),
        essential=True,
    )
    return Section("method", say("Method"), (table,))


def product_name(facts: Any, product: str) -> Clipped | None:
    name = facts.name(product)
    return Clipped(name, NAME_LENGTH) if name else None


def thousands(value: float | None) -> Number | None:
    return None if value is None else Number(value / THOUSAND, 1)


def share(value: float | None) -> Percent | None:
    return None if value is None else Percent(value, 1)


def decimals(value: float | None, digits: int = 2) -> Number | None:
    return None if value is None else Number(value, digits)


def sources_table(facts: Any) -> Table:
    return Table(
        "sources",
        say("Numbers in brackets refer to this list"),
        (
            Column(say("No."), numeric=True),
            Column(say("Source"), wide=True),
            Column(say("Publisher"), wide=True),
            Column(say("Vintage")),
            Column(say("Address"), wide=True),
        ),
        tuple(
            row(one.number, one.title, one.publisher, one.published, one.address)
            for one in facts.sources
        ),
        sheet=say("Sources"),
    )
