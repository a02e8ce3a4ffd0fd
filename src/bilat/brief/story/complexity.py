"""Complexity told: countries, products, and what lies nearest to one country."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.facts.complexity import ComplexityFacts
from bilat.brief.facts.potential import SOURCE
from bilat.brief.facts.potential_method import country
from bilat.brief.story.blocks import (
    Cell,
    Chart,
    Clipped,
    Column,
    Number,
    Section,
    Story,
    Table,
    row,
)
from bilat.brief.story.potential import (
    decimals,
    method_section,
    not_compared_section,
    sources_table,
)
from bilat.language import Message, say

MILLION = 1_000_000
NAME_LENGTH = 44
PRINTED = 50


def tell_complexity(facts: ComplexityFacts) -> Story:
    return Story(facts.title, _subtitle(facts), tuple(_sections(facts)))


def _subtitle(facts: ComplexityFacts) -> Message:
    return say("{dataset}, {year}", dataset=facts.dataset, year=str(facts.year))


def _sections(facts: ComplexityFacts) -> Iterator[Section]:
    yield from not_compared_section(facts.not_compared)
    if facts.countries:
        yield Section("countries", say("Countries"), (_countries(facts), *_countries_chart(facts)))
    if facts.near:
        yield Section("near", say("Nearest products"), (_near(facts), *_near_chart(facts)))
    if facts.products:
        yield Section("products", say("Products"), (_products(facts), *_products_chart(facts)))
    yield method_section((*facts.method, *_method()))
    yield Section("sources", say("Sources"), (sources_table(facts),))


def _method() -> Iterator[Message]:
    yield say(
        "A country has a product where its share in the product’s world exports is at least its "
        "share in all exports (RCA of 1). ECI and PCI are in deviations from the mean country."
    )


def _countries_chart(facts: ComplexityFacts) -> Iterator[Chart]:
    """A bar beside nothing compares nothing."""
    told = [one for one in facts.countries if one.eci is not None]
    if len(told) > 1:
        title = say(
            "{first} has the most complex exports of {n} countries in {year}",
            first=country(told[0].code),
            n=len(told),
            year=str(facts.year),
        )
        yield Chart("complexity", title, "countries")


def _near_chart(facts: ComplexityFacts) -> Iterator[Chart]:
    title = say(
        "Of what {country} lacks, {product} is nearest and most complex",
        country=country(facts.country),
        product=_called(facts, facts.near[0].code),
    )
    yield Chart("complexity", title, "near")


def _products_chart(facts: ComplexityFacts) -> Iterator[Chart]:
    title = say(
        "The most complex product of {year}: {product}",
        year=str(facts.year),
        product=_called(facts, facts.products[0].code),
    )
    yield Chart("complexity", title, "products")


def _called(facts: ComplexityFacts, code: str) -> Clipped:
    return Clipped(f"{code} {facts.name(code)}".strip(), NAME_LENGTH)


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
