"""Complexity told: countries, products, and what lies nearest to one country."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.facts.complexity import ComplexityFacts
from bilat.brief.facts.potential import SOURCE, country
from bilat.brief.story.blocks import (
    Cell,
    Clipped,
    Column,
    Number,
    Section,
    Story,
    Table,
    row,
)
from bilat.brief.story.potential import decimals, method_section, sources_table
from bilat.language import Message, say

MILLION = 1_000_000
NAME_LENGTH = 44
PRINTED = 50


def tell_complexity(facts: ComplexityFacts) -> Story:
    return Story(facts.title, _subtitle(facts), tuple(_sections(facts)))


def _subtitle(facts: ComplexityFacts) -> Message:
    return say("{dataset}, {year}", dataset=facts.dataset, year=str(facts.year))


def _sections(facts: ComplexityFacts) -> Iterator[Section]:
    if facts.countries:
        yield Section("countries", say("Countries"), (_countries(facts),))
    if facts.near:
        yield Section("near", say("Nearest products"), (_near(facts),))
    if facts.products:
        yield Section("products", say("Products"), (_products(facts),))
    yield method_section((*facts.method, *_method()))
    yield Section("sources", say("Sources"), (sources_table(facts),))


def _method() -> Iterator[Message]:
    yield say(
        "A country has a product where its share in the product’s world exports is at least its "
        "share in all exports (RCA of 1). ECI and PCI are in deviations from the mean country."
    )


def _countries(facts: ComplexityFacts) -> Table:
    titles = (
        say("ECI"),
        say("Products with an advantage"),
        say("Outlook (COI)"),
        say("Fitness"),
        say("Exports, million USD"),
    )
    return Table(
        "countries",
        say("Countries, the most complex first, {year}", year=str(facts.year)),
        (
            Column(say("Rank"), numeric=True),
            Column(say("Country"), wide=True),
            *(Column(title, numeric=True) for title in titles),
        ),
        tuple(
            row(
                one.rank,
                Cell(country(one.code), (SOURCE,)) if index == 0 else country(one.code),
                decimals(one.eci, 3),
                Number(one.diversity),
                Number(one.outlook, 3),
                Number(one.fitness, 3),
                Number(one.exports / MILLION, 1),
            )
            for index, one in enumerate(facts.countries)
        ),
        sheet=say("Countries"),
        essential=True,
        shown=PRINTED,
    )


def _products(facts: ComplexityFacts) -> Table:
    return Table(
        "products",
        say("Products, the most complex first, {year}", year=str(facts.year)),
        (
            Column(say("Product"), whole=True),
            Column(say("Name"), wide=True),
            Column(say("PCI"), numeric=True),
            Column(say("Countries with an advantage"), numeric=True),
            Column(say("World exports, million USD"), numeric=True),
        ),
        tuple(
            row(
                one.code,
                _name(facts, one.code),
                decimals(one.pci, 3),
                Number(one.ubiquity),
                Number(one.exports / MILLION, 1),
            )
            for one in facts.products
        ),
        sheet=say("Products"),
        essential=True,
        shown=PRINTED,
    )


def _near(facts: ComplexityFacts) -> Table:
    return Table(
        "near",
        say(
            "Products that {country} lacks, nearest and most complex first",
            country=country(facts.country),
        ),
        (
            Column(say("Product"), whole=True),
            Column(say("Name"), wide=True),
            Column(say("Density"), numeric=True),
            Column(say("PCI"), numeric=True),
            Column(say("Density × PCI"), numeric=True),
            Column(say("Outlook gain (COG)"), numeric=True),
            Column(say("RCA"), numeric=True),
        ),
        tuple(
            row(
                one.code,
                _name(facts, one.code),
                Number(one.density, 3),
                Number(one.pci, 3),
                Number(one.score, 3),
                Number(one.gain, 3),
                Number(one.advantage, 2),
            )
            for one in facts.near
        ),
        notes=(
            say(
                "PCI in the product is counted from the least complex one, so that none is "
                "negative."
            ),
        ),
        sheet=say("Nearest"),
        essential=True,
        shown=PRINTED,
    )


def _name(facts: ComplexityFacts, code: str) -> Clipped | None:
    name = facts.name(code)
    return Clipped(name, NAME_LENGTH) if name else None
