"""Why a product is an opportunity: its numbers, rivals, related products, both reports."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import Any

from bilat.brief.facts.potential import SOURCE, PotentialFacts, WhyFact
from bilat.brief.facts.potential_method import country
from bilat.brief.story.beside_gravity import agreement, of_chapter
from bilat.brief.story.blocks import (
    Block,
    Clipped,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Table,
    Year,
    row,
)
from bilat.language import Message, say

THOUSAND = 1000
NAME_LENGTH = 60


def why_sections(facts: PotentialFacts) -> Iterator[Section]:
    for why in facts.why:
        yield Section(f"why-{why.exporter}".lower(), _title(why), tuple(_blocks(facts, why)))


def _title(why: WhyFact) -> Message:
    return say(
        "{exporter} to {importer}: {product}",
        exporter=country(why.exporter),
        importer=country(why.importer),
        product=why.one.product,
    )


def _blocks(facts: PotentialFacts, why: WhyFact) -> Iterator[Block]:
    one = why.one
    name = facts.name(one.product)
    if name:
        yield Paragraph(say("{name}", name=Clipped(name, NAME_LENGTH * 2)), tone="quiet")
    yield Paragraph(
        say(
            "{title}: {unrealised} thousand USD a year unrealised of a potential of {potential}.",
            title=_title(why),
            unrealised=_thousands(one.unrealised),
            potential=_thousands(one.potential),
        ),
        (SOURCE,),
        lead=True,
    )
    if why.gravity:
        yield Paragraph(of_chapter(why.gravity, one.product))
        yield Paragraph(agreement(why.gravity, one.unrealised))
    yield _reasons(why)
    if why.rivals:
        yield _rivals(why)
    else:
        yield Paragraph(
            say(
                "Nothing of it is told by supplier for {importer} in the last year.",
                importer=country(why.importer),
            ),
            tone="quiet",
        )
    if any(report.exported or report.imported for report in why.reports):
        yield _reports(why)
    if why.related:
        yield _related(facts, why)


def _reasons(why: WhyFact) -> Table:
    return Table(
        f"why-{why.exporter}",
        say("What it is made of"),
        (Column(say("Reason"), wide=True), Column(say("Value"), numeric=True)),
        tuple(row(title, value) for title, value in _figures(why)),
        sheet=say("Why {exporter}", exporter=why.exporter),
        essential=True,
    )


def _figures(why: WhyFact) -> Iterator[tuple[Message, Any]]:
    one = why.one
    yield say("Supply: share of the exporter in world exports"), Percent(one.supply, 2)
    yield say("Demand: imports of the market, thousand USD a year"), _thousands(one.demand)
    yield say("Growth of the market a year"), _percent(one.demand_growth)
    yield say("Ease: trade of both over what sizes and products suggest"), _number(why.ease)
    yield say("Potential, thousand USD a year"), _thousands(one.potential)
    yield say("Trade, thousand USD a year"), _thousands(one.trade)
    yield say("Unrealised, thousand USD a year"), _thousands(one.unrealised)
    if one.low is not None and one.high is not None:
        yield say("80 % interval: from"), _thousands(one.low)
        yield say("80 % interval: to"), _thousands(one.high)
    if one.rates:
        yield say("Customs rate for the pair"), Percent(one.rates.pair / 100, 1)
        yield say("Most-favoured-nation rate"), Percent(one.rates.mfn / 100, 1)
    else:
        yield say("Customs rates"), say("not loaded")
    yield say("Exporter’s advantage (RCA)"), _number(one.advantage)
    yield say("Density: share of related products that the exporter has"), _number(one.density)
    yield say("Complexity of the product (PCI)"), _number(one.complexity)
    yield say("Unit value of the exporter on this market, USD a kilogram"), _number(why.unit_value)
    yield say("Part of what the market buys that is cheaper a kilogram"), _percent(why.ladder)
    yield say("Second opinion"), _opinion(one.agrees)
    if one.beyond is not None:
        yield say("Trade of its chapter over what gravity expects"), Number(exp(one.beyond), 2)


def _opinion(agrees: bool | None) -> Message:  # noqa: FBT001 (a value of the facts)
    if agrees is None:
        return say("has none")
    return say("agrees") if agrees else say("differs")


def _rivals(why: WhyFact) -> Table:
    return Table(
        f"rivals-{why.exporter}",
        say(
            "Who supplies {importer} now: the largest of {n}",
            importer=country(why.importer),
            n=why.suppliers,
        ),
        (
            Column(say("Supplier"), wide=True),
            Column(say("Thousand USD"), numeric=True),
            Column(say("Share"), numeric=True),
            Column(say("Growth a year"), numeric=True),
            Column(say("USD a kilogram"), numeric=True),
        ),
        tuple(
            row(
                country(rival.country),
                _thousands(rival.value),
                Percent(rival.share, 1),
                _percent(rival.growth),
                _number(rival.unit_value),
            )
            for rival in why.rivals
        ),
        sheet=say("Rivals {exporter}", exporter=why.exporter),
        essential=True,
    )


def _reports(why: WhyFact) -> Table:
    return Table(
        f"reports-{why.exporter}",
        say("What both sides report, thousand USD"),
        (
            Column(say("Year")),
            Column(say("The exporter, FOB"), numeric=True),
            Column(say("The importer, CIF"), numeric=True),
        ),
        tuple(
            row(Year(one.year), _reported(one.exported), _reported(one.imported))
            for one in why.reports
        ),
        sheet=say("Reports {exporter}", exporter=why.exporter),
        essential=True,
    )


def _reported(value: float) -> Number | None:
    return _thousands(value) if value else None


def _related(facts: PotentialFacts, why: WhyFact) -> Table:
    return Table(
        f"related-{why.exporter}",
        say("Related products: does {exporter} have them?", exporter=country(why.exporter)),
        (
            Column(say("Product"), whole=True),
            Column(say("Name"), wide=True),
            Column(say("Proximity"), numeric=True),
            Column(say("Advantage")),
        ),
        tuple(
            row(
                one.product,
                Clipped(facts.name(one.product), NAME_LENGTH),
                Number(one.proximity, 2),
                say("yes") if one.has else say("no"),
            )
            for one in why.related
        ),
        sheet=say("Related {exporter}", exporter=why.exporter),
        essential=True,
    )


def _thousands(value: float) -> Number:
    return Number(value / THOUSAND, 1)


def _percent(value: float | None) -> Percent | None:
    return None if value is None else Percent(value, 1)


def _number(value: float | None) -> Number | None:
    return None if value is None else Number(value, 2)
