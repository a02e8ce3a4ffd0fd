"""A simulated shock told: the pair's trade, prices and welfare, and who else feels it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilat.brief.facts.analysis import PANEL, country
from bilat.brief.facts.simulation import ChangeFact, CountryFact, SimulationFacts, WayFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Story,
    Table,
    row,
)
from bilat.brief.story.potential import decimals, method_section, sources_table
from bilat.language import Message, say

OTHERS = 15
"""Other countries on the page; the workbook has all."""
PER_CENT = 100


def tell_simulation(facts: SimulationFacts) -> Story:
    return Story(
        facts.title,
        say(
            "{panel}, {year}; σ = {sigma}, {scope}",
            panel=facts.panel,
            year=str(facts.year),
            sigma=facts.sigma,
            scope=SCOPES[facts.scope],
        ),
        (
            Section("pair", say("The pair"), tuple(_pair(facts))),
            Section("others", say("Everyone else"), tuple(_others(facts))),
            Section("shock", say("The shock"), (_shock(facts),)),
            method_section(facts.method),
            Section("sources", say("Sources"), (sources_table(facts),)),
        ),
    )


SCOPES: dict[str, Message] = {
    "conditional": say("conditional effects"),
    "full": say("full effects"),
}


def _pair(facts: SimulationFacts) -> Iterator[Block]:
    first, second = (facts.of(code) for code in facts.pair)
    yield Paragraph(_lead(facts), (PANEL,), lead=True)
    yield Paragraph(
        say(
            "Welfare, as real spending: {first} {gain}, {second} {other}.",
            first=country(first.code),
            gain=SignedShare(first.welfare, 3),
            second=country(second.code),
            other=SignedShare(second.welfare, 3),
        )
    )
    yield _trade(facts)
    yield _effects(
        "pair",
        say("Both sides: changes, %"),
        (first, second),
        sheet=say("Both sides"),
    )


def _lead(facts: SimulationFacts) -> Message:
    there, back = facts.ways
    sides = {"first": country(facts.pair[0]), "second": country(facts.pair[1])}
    if there.change is None or back.change is None:
        return say(
            "{first} and {second}: where nothing is traded, cheaper trade starts none in this "
            "model.",
            **sides,
        )
    return say(
        "{first} to {second}: trade changes by {there}; {second} to {first}: by {back}.",
        there=SignedShare(there.change, 1),
        back=SignedShare(back.change, 1),
        **sides,
    )


class Signed(Number):
    """A number with its sign, also when it grows."""

    def in_words(self, words: Any) -> str:
        text = super().in_words(words)
        if round(float(self.value), self.digits) == 0:
            return str(words.number(0, self.digits))
        return f"+{text}" if float(self.value) > 0 else text


class SignedShare(Percent):
    """A share as per cent, with its sign also when it grows."""

    def in_words(self, words: Any) -> str:
        text = str(words.percent(self.share, self.digits))
        return f"+{text}" if round(PER_CENT * self.share, self.digits) > 0 else text


def _signed(share: float, digits: int) -> Signed:
    return Signed(PER_CENT * share, digits)


def _trade(facts: SimulationFacts) -> Table:
    return Table(
        "trade",
        say("Trade between the two, {unit}", unit=facts.unit),
        (
            Column(say("Direction"), wide=True),
            Column(say("Before"), numeric=True),
            Column(say("After"), numeric=True),
            Column(say("Change, %"), numeric=True),
            Column(say("By the costs alone, %"), numeric=True),
        ),
        tuple(row(*_way(one)) for one in facts.ways),
        notes=(
            say(
                "By the costs alone: before other prices move, incomes follow and trade with "
                "others gives way."
            ),
        ),
        sheet=say("Trade of the two"),
        essential=True,
    )


def _way(one: WayFact) -> Iterator[Any]:
    yield say(
        "{exporter} to {importer}", exporter=country(one.exporter), importer=country(one.importer)
    )
    yield Number(one.before, 1)
    yield Number(one.after, 1)
    yield None if one.change is None else _signed(one.change, 2)
    yield _signed(one.direct, 2)


def _effects(name: str, title: Message, countries: tuple[CountryFact, ...], **more: Any) -> Table:
    return Table(
        name,
        title,
        (
            Column(say("Country"), wide=True),
            Column(say("Exports"), numeric=True),
            Column(say("Imports"), numeric=True),
            Column(say("Producers’ prices"), numeric=True),
            Column(say("Consumers’ prices"), numeric=True),
            Column(say("Income"), numeric=True),
            Column(say("Welfare"), numeric=True),
        ),
        tuple(row(*_country(one)) for one in countries),
        essential=True,
        **more,
    )


def _country(one: CountryFact) -> Iterator[Any]:
    yield Cell(country(one.code))
    for share in (one.exports, one.imports):
        yield None if share is None else _signed(share, 2)
    for share in (one.price, one.consumers, one.income, one.welfare):
        yield _signed(share, 3)


def _others(facts: SimulationFacts) -> Iterator[Block]:
    others = tuple(one for one in facts.countries if one.code not in facts.pair)
    yield Paragraph(
        say(
            "Trade between all countries changes by {change}.",
            change=SignedShare(facts.world, 3),
        )
    )
    if others:
        yield _effects(
            "others",
            say("Everyone else, by how much welfare changes: changes, %"),
            others,
            sheet=say("Everyone else"),
            shown=OTHERS,
        )
    yield Chart("welfare", say("Welfare: the pair, and those that feel it most, change in %"))


def _shock(facts: SimulationFacts) -> Table:
    return Table(
        "shock",
        say("What changes"),
        (
            Column(say("Between whom"), wide=True),
            Column(say("Flows"), numeric=True),
            Column(say("Trade costs, %"), numeric=True),
            Column(say("By the coefficient")),
            Column(say("β"), numeric=True),
            Column(say("Times"), numeric=True),
            Column(say("Source")),
        ),
        tuple(row(*_change(one)) for one in facts.changes),
        sheet=say("Shock"),
        essential=True,
    )


def _change(one: ChangeFact) -> Iterator[Any]:
    yield one.whom
    yield Number(one.flows)
    yield _signed(one.cost, 3)
    yield one.coefficient
    yield decimals(one.beta, 4)
    yield decimals(one.by if one.beta is not None else None, 2)
    yield one.origin or (say("stated") if one.beta is not None else None)
