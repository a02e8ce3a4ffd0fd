"""How export potential and the quality of growth came about, as lines of their method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bilat import LANGUAGES
from bilat.brief.facts.second_opinion import gravity_lines
from bilat.language import Message, Text, say
from bilat.potential.world import PairWorld
from bilat.vocabulary import country_name
from bilat.warehouse.span import Span

if TYPE_CHECKING:
    from bilat.brief.facts.potential import Told


def country(code: str) -> Text:
    return {lang: country_name(code, lang) for lang in LANGUAGES}  # type: ignore[misc]


def potential_method(world: PairWorld, told: Told) -> Iterator[Message]:
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
    yield from world.editions.notes
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


def quality_method(world: PairWorld, told: Told) -> Iterator[Message]:
    yield from _of_reports(world)
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
