"""Whether a measure worked, told: the verdict in words, and the trade beside its control."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilat.brief.facts.analysis import country
from bilat.brief.facts.potential import SOURCE
from bilat.brief.facts.worked import DonorFact, WayFact, WorkedFacts
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
    Tone,
    Year,
    row,
)
from bilat.brief.story.potential import method_section, sources_table, way_title
from bilat.language import Message, say, say_many
from bilat.potential.synthetic import LEVEL, YEARS

THOUSAND = 1000
FEWEST = round(1 / LEVEL) - 1
TONES: dict[str, Tone] = {
    "too_early": "quiet",
    "no_fit": "warn",
    "no_effect": "warn",
    "more": "good",
    "less": "bad",
}


def tell_worked(facts: WorkedFacts) -> Story:
    return Story(
        facts.title,
        say("{data}; known on {day}", data=facts.data, day=facts.as_of),
        (
            *(_section(facts, way) for way in facts.ways),
            method_section(facts.method),
            Section("sources", say("Sources"), (sources_table(facts),)),
        ),
    )


def _section(facts: WorkedFacts, way: WayFact) -> Section:
    anchor = f"worked-{way.exporter}".lower()
    return Section(anchor, way_title(way), tuple(way_blocks(facts, way)))


def way_blocks(facts: WorkedFacts, way: WayFact) -> Iterator[Block]:
    yield Paragraph(verdict(way), (SOURCE,), lead=True)
    if way.why != "no_year":
        yield Paragraph(_evidence(way), tone=TONES[way.verdict])
    if way.visible is not None and way.verdict == "no_effect":
        yield Paragraph(
            say(
                "A steady gain of less than {share} would not be told from chance here.",
                share=Percent(way.visible, 0),
            )
        )
    if facts.stated is not None and way.gap is not None and len(facts.ways) == 1:
        yield Paragraph(
            say(
                "Stated: {stated} thousand USD a year once it works fully; seen: {seen}.",
                stated=Number(facts.stated / THOUSAND),
                seen=Number(way.gap / THOUSAND),
            )
        )
    yield Chart(
        "control",
        say("{way}: trade and what it would have been, thousand USD", way=way_title(way)),
        way.exporter,
        say("The line marks the start; the control is a mix of flows without the measure."),
    )
    yield _years(way)
    yield _donors(way)


def verdict(way: WayFact) -> Message:
    """What to answer somebody who asks whether it worked."""
    if way.verdict == "too_early":
        return _too_early(way)
    if way.verdict == "no_fit":
        return say(
            "No answer: no mix of other flows moved as this one did before {start}.",
            start=str(way.start),
        )
    share = abs(way.share or 0.0)
    if way.verdict == "no_effect":
        return say(
            "No effect is seen: since {start} trade differs by {share} from what was to be "
            "expected, and {n} of {all} flows without the measure depart as far from theirs.",
            start=str(way.start),
            share=Percent(share, 0),
            n=way.rank - 1,
            all=way.placebos,
        )
    if way.verdict == "more":
        return say(
            "It worked, as far as trade shows: since {start} trade is {share} above what was to be "
            "expected.",
            start=str(way.start),
            share=Percent(share, 0),
        )
    return say(
        "Trade fell behind: since {start} it is {share} below what was to be expected.",
        start=str(way.start),
        share=Percent(share, 0),
    )


def _too_early(way: WayFact) -> Message:
    if way.why == "no_year":
        return say(
            "Too early to say: it works since {start}, and the data end in {last}.",
            start=str(way.start),
            last=str(way.years[-1].year),
        )
    if way.why == "few_years":
        return say_many(
            "Too early to say: there is {n} year since the start, and {least} are needed.",
            "Too early to say: there are {n} years since the start, and {least} are needed.",
            n=way.since,
            least=YEARS,
        )
    return say_many(
        "Too early to say: there is {n} flow to compare with, and {least} are needed.",
        "Too early to say: there are {n} flows to compare with, and {least} are needed.",
        n=way.placebos,
        least=FEWEST,
    )


def _evidence(way: WayFact) -> Message:
    return say(
        "Rank {rank} of {all} by the gap since the start against that before it (1 is the most "
        "surprising; p = {p}). Before the start the control was off by {before} a year.",
        rank=way.rank,
        all=way.placebos + 1,
        p=Number(way.p, 2),
        before=Percent(way.before, 0),
    )


def _years(way: WayFact) -> Table:
    return Table(
        f"years-{way.exporter}",
        say("{way}: by year, thousand USD", way=way_title(way)),
        (
            Column(say("Year")),
            Column(say("Trade"), numeric=True),
            Column(say("Control"), numeric=True),
            Column(say("Gap"), numeric=True),
            Column(say("Gap, %"), numeric=True),
            Column(say("When")),
        ),
        tuple(
            row(
                Year(one.year),
                Cell(Number(one.actual / THOUSAND, 1), (SOURCE,) if at == 0 else ()),
                Number(one.control / THOUSAND, 1),
                Number((one.actual - one.control) / THOUSAND, 1),
                Number(100 * (one.actual / one.control - 1), 1),
                say("since the start") if one.year >= way.start else say("before"),
            )
            for at, one in enumerate(way.years)
        ),
        sheet=say("Years {exporter}", exporter=way.exporter),
        essential=True,
    )


def _donors(way: WayFact) -> Table:
    return Table(
        f"control-{way.exporter}",
        say(
            "What the control of {way} is made of ({n} flows to choose from)",
            way=way_title(way),
            n=way.donors,
        ),
        (
            Column(say("Exporter"), wide=True),
            Column(say("Importer"), wide=True),
            Column(say("Product")),
            Column(say("Weight"), numeric=True),
        ),
        tuple(row(*_donor(way, one)) for one in way.weights),
        sheet=say("Control {exporter}", exporter=way.exporter),
        essential=True,
    )


def _donor(way: WayFact, one: DonorFact) -> Iterator[Any]:
    yield country(one.exporter)
    yield country(one.importer)
    yield one.product or (", ".join(way.products) if way.products else say("all goods"))
    yield Percent(one.weight, 1)
