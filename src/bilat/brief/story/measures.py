"""What measures and projects add to a target: the gap, each one's part, what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.brief import Brief
from bilat.brief.facts.measures import ContributionFact, MeasureFact, WithMeasuresFact
from bilat.brief.facts.targets import ChanceFact, TargetFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Number,
    Paragraph,
    Percent,
    Table,
    Year,
    row,
)
from bilat.brief.story.target import best_chance
from bilat.language import Message, say
from bilat.vocabulary import Quantity, Unit

PRINTED = 25


def measures_blocks(brief: Brief, target: TargetFact) -> Iterator[Block]:
    """For the date and statistics that give the best chance, then the gap of every other."""
    best = best_chance(target)
    if best is None or best[1].with_measures is None:
        if not target.measures:
            yield Paragraph(
                say(
                    "No measure or project states an effect on this indicator. Add “effect” to "
                    "commitments and projects to see what they add."
                )
            )
    else:
        year, chance = best
        yield Paragraph(_gain(brief, target, year, chance))
        yield Chart("gap", _gap_title(target, chance), target.id, _HOW_TO_READ)
        yield _contributions(brief, target, year, chance)
        yield _gaps(brief, target)
        yield _years(target, chance)
        yield _measures(target)
    if target.left_out:
        yield _left_out(target)


_HOW_TO_READ = say(
    "From the middle of the forecast to the target: what each measure adds on average in the year "
    "of the date, chance and delay counted, and what stays open."
)


def _gain(brief: Brief, target: TargetFact, year: int, chance: ChanceFact) -> Message:
    done = _done(chance)
    unit = Unit.parse(target.display_unit)
    return say(
        "By {year}, from the statistics of {side}: with all measures the chance is {with_all}, "
        "without them {without}. They add {adds} on average; {gap} to the target stay open in the "
        "middle of the forecast, {tail} in the worst tenth.",
        year=str(year),
        side=brief.side_name(chance.side),
        with_all=Percent(done.chance_with, 1),
        without=Percent(done.chance_without, 1),
        adds=Quantity(sum(item.adds for item in done.contributions), unit),
        gap=Quantity(max(done.gap_with.median, 0), unit),
        tail=Quantity(done.gap_with.tail, unit),
    )


def _gap_title(target: TargetFact, chance: ChanceFact) -> Message:
    done = _done(chance)
    missing = float(target.value) - chance.median
    if missing <= 0:
        return say("The middle of the forecast is above the target")
    adds = sum(item.adds for item in done.contributions)
    return say("Measures close {share} of the gap", share=Percent(min(adds / missing, 1)))


def _done(chance: ChanceFact) -> WithMeasuresFact:
    if chance.with_measures is None:
        raise AssertionError("asked for measures that were not simulated")
    return chance.with_measures


def _contributions(brief: Brief, target: TargetFact, year: int, chance: ChanceFact) -> Table:
    done = _done(chance)
    unit = Unit.parse(target.display_unit)
    known = {measure.id: measure for measure in target.measures}
    whole = row(
        say("All measures"),
        Number(Quantity(sum(item.adds for item in done.contributions), unit).scaled, 1),
        Number(100 * (done.chance_with - done.chance_without), 2),
        None,
    )
    return Table(
        f"contributions-{target.id}",
        say(
            "What each measure adds by {year}, statistics: {side}",
            year=str(year),
            side=brief.side_name(chance.side),
        ),
        (
            Column(say("Measure"), wide=True),
            Column(say("Adds on average, {unit}", unit=unit), numeric=True),
            Column(say("Part of the chance, points"), numeric=True),
            Column(say("Chance lost without it, points"), numeric=True),
        ),
        (whole, *(_contribution(item, known[item.id], unit) for item in done.contributions)),
        notes=(
            say(
                "Parts of the chance are Shapley values: they add up to the gain of all measures "
                "together. {n} draws.",
                n=Number(done.draws),
            ),
        ),
        sheet=say("Contributions"),
        essential=True,
        shown=PRINTED,
    )


def _contribution(item: ContributionFact, measure: MeasureFact, unit: Unit) -> tuple[Cell, ...]:
    return row(
        Cell(measure.title, measure.sources),
        Number(Quantity(item.adds, unit).scaled, 1),
        Number(100 * item.chance, 2),
        Number(100 * item.last, 2),
    )


def _gaps(brief: Brief, target: TargetFact) -> Table:
    unit = Unit.parse(target.display_unit)
    return Table(
        f"gap-{target.id}",
        say("Chance and gap with all measures"),
        (
            Column(say("Announced by")),
            Column(say("Target year"), numeric=True),
            Column(say("Statistics")),
            Column(say("Chance without"), numeric=True),
            Column(say("Chance with"), numeric=True),
            Column(say("Gap of the middle, {unit}", unit=unit), numeric=True),
            Column(say("Expected gap"), numeric=True),
            Column(say("Gap in the worst tenth"), numeric=True),
        ),
        tuple(
            row(
                brief.side_name(item.side),
                item.deadline and Year(item.deadline),
                Cell(brief.side_name(chance.side), chance.sources),
                Percent(chance.with_measures.chance_without, 1),
                Percent(chance.with_measures.chance_with, 1),
                *(
                    Number(Quantity(value, unit).scaled, 0)
                    for value in (
                        max(chance.with_measures.gap_with.median, 0),
                        chance.with_measures.gap_with.expected,
                        chance.with_measures.gap_with.tail,
                    )
                ),
            )
            for item in target.announcements
            for chance in item.chances
            if chance.with_measures
        ),
        sheet=say("Gap"),
        essential=True,
    )


def _years(target: TargetFact, chance: ChanceFact) -> Table:
    """The middle is the fourth of the seven quantiles."""
    unit = Unit.parse(target.display_unit)
    return Table(
        f"years-{target.id}",
        say("Year by year, without and with all measures"),
        (
            Column(say("Year"), numeric=True),
            Column(say("Middle without, {unit}", unit=unit), numeric=True),
            Column(say("Middle with, {unit}", unit=unit), numeric=True),
            Column(say("Chance without"), numeric=True),
            Column(say("Chance with"), numeric=True),
        ),
        tuple(
            row(
                Year(item.year),
                Number(Quantity(item.without[3], unit).scaled, 1),
                Number(Quantity(item.with_measures[3], unit).scaled, 1),
                Percent(item.chance_without, 1),
                Percent(item.chance_with, 1),
            )
            for item in _done(chance).years
        ),
        sheet=say("By year"),
    )


def _measures(target: TargetFact) -> Table:
    unit = Unit.parse(target.display_unit)
    return Table(
        f"measures-{target.id}",
        say("What is assumed of each measure"),
        (
            Column(say("Measure"), wide=True),
            Column(say("At full effect, {unit} a year", unit=unit), numeric=True),
            Column(say("80% interval")),
            Column(say("Starts"), numeric=True),
            Column(say("Ramp, years"), numeric=True),
            Column(say("Chance"), numeric=True),
            Column(say("Displaced"), numeric=True),
            Column(say("Remarks"), wide=True),
        ),
        tuple(_measure(measure, unit) for measure in target.measures),
        sheet=say("Measures"),
        shown=PRINTED,
    )


def _measure(measure: MeasureFact, unit: Unit) -> tuple[Cell, ...]:
    ends = None
    if measure.low is not None and measure.high is not None:
        low, high = (Number(Quantity(end, unit).scaled, 1) for end in (measure.low, measure.high))
        ends = say("{low}–{high}", low=low, high=high)
    return row(
        Cell(measure.title, measure.sources),
        Number(Quantity(measure.likely, unit).scaled, 1),
        ends,
        Year(int(measure.start)),
        Number(measure.ramp, 1),
        Percent(measure.chance),
        Percent(measure.displaced),
        measure.notes or None,
    )


def _left_out(target: TargetFact) -> Table:
    return Table(
        f"left-out-{target.id}",
        say("Stated effects that cannot be counted"),
        (Column(say("Measure"), wide=True), Column(say("Why"), wide=True)),
        tuple(row(item.title, item.why) for item in target.left_out),
        sheet=say("Not counted"),
    )
