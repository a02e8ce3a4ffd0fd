"""The target: both sides' dates, what they ask for, what was achieved, how likely it is."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.brief import Brief
from bilat.brief.facts.differences import announced
from bilat.brief.facts.fact import Level
from bilat.brief.facts.targets import FAN, ChanceFact, GrowthFact, TargetFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Table,
    Year,
    row,
)
from bilat.brief.story.names import VERDICT, titled
from bilat.language import Message, say, say_many
from bilat.trade import BOTH
from bilat.vocabulary import Quantity, Unit

_HOW_TO_READ = say(
    "Full dots: yearly values of the side; hollow dots: derived from a part of the year or from a "
    "stated ratio. Bands: where the forecast lies with a probability of 50% and 80%. Dashed: the "
    "even path to each announced date."
)


def target_section(brief: Brief) -> Section:
    """One part a target."""
    blocks = [
        block
        for target in brief.targets
        for block in (_opening(brief, target), *target_blocks(brief, target))
    ]
    return Section(
        "target",
        say("Targets") if len(brief.targets) > 1 else say("Target"),
        tuple(blocks) or (Paragraph(say("No target is recorded. Add one under “targets”.")),),
    )


def question(target: TargetFact) -> Message:
    return say(
        "Are we on track to {amount}?",
        amount=Quantity(target.value, Unit.parse(target.display_unit)),
    )


def answer(brief: Brief, target: TargetFact) -> Message:
    """The verdict in a sentence, with the best chance and what stands behind it."""
    best = best_chance(target)
    if best is None:
        return say("{verdict}.", verdict=VERDICT[target.verdict])
    year, chance = best
    return say(
        "{verdict}. The best chance that either side’s statistics give to either side’s date is "
        "{chance} (statistics: {side}; by {year}).",
        verdict=VERDICT[target.verdict],
        chance=Percent(chance.chance),
        side=brief.side_name(chance.side),
        year=str(year),
    )


def best_chance(target: TargetFact) -> tuple[int, ChanceFact] | None:
    """The highest chance by a side's own statistics, with the year that it is for."""
    pairs = [
        (item.deadline, chance)
        for item in target.announcements
        for chance in item.chances
        if item.deadline and chance.side != BOTH
    ]
    return max(pairs, key=lambda pair: pair[1].chance, default=None)


def _opening(brief: Brief, target: TargetFact) -> Paragraph:
    return Paragraph(say("{title}: {answer}", title=target.title, answer=answer(brief, target)))


def target_blocks(brief: Brief, target: TargetFact) -> Iterator[Block]:
    """Its path, what was announced, what that asks for, what was achieved, how likely it is."""
    if target.fan:
        yield Chart("path", _chart_title(target), target.id, _HOW_TO_READ)
    yield _announcements(brief, target)
    yield _paths(brief, target)
    if target.achieved or target.stated_growth:
        yield _achieved(brief, target)
    if target.fan:
        yield _chances(brief, target)
        yield Paragraph(
            say(
                "Method of the forecast: {method}. It is given for each side’s own statistics.",
                method=target.method,
            ),
        )


def _chart_title(target: TargetFact) -> Message:
    """Says the finding: where the middle of the forecast ends against the target."""
    last = max((item.deadline for item in target.announcements if item.deadline), default=0)
    middles = sorted(item.levels[len(FAN) // 2] for item in target.fan if item.year == last)
    unit = Unit.parse(target.display_unit)
    if not middles:
        return say("Forecast of {title}", title=target.indicator_title)
    low, high = (Number(Quantity(level, unit).scaled) for level in (middles[0], middles[-1]))
    return say(
        "By {year} the middle of the forecast is {range}; the target is {target}",
        year=str(last),
        range=low if low == high else say("{low}–{high}", low=low, high=high),
        target=Quantity(target.value, unit),
    )


def _announcements(brief: Brief, target: TargetFact) -> Table:
    return Table(
        f"target-{target.id}",
        say("What each side announced"),
        (
            Column(say("Side")),
            Column(say("Announced")),
            Column(say("Date of the target"), wide=True),
            Column(say("Repeated")),
        ),
        tuple(
            row(
                brief.side_name(item.side),
                item.announced,
                Cell(titled(announced(item), assumption=item.assumption), item.sources),
                item.repeated or None,
            )
            for item in target.announcements
        ),
        sheet=say("Announced"),
    )


def _paths(brief: Brief, target: TargetFact) -> Table:
    unit = Unit.parse(target.display_unit)
    return Table(
        f"growth-{target.id}",
        say("Growth a year that the target asks for"),
        (
            Column(say("Announced by")),
            Column(say("Target year"), numeric=True),
            Column(say("Baseline: side")),
            Column(say("Baseline"), wide=True),
            Column(say("Level, {unit}", unit=unit), numeric=True),
            Column(say("Required a year"), numeric=True),
        ),
        tuple(
            row(
                brief.side_name(item.side),
                item.deadline and Year(item.deadline),
                brief.side_name(path.baseline.side),
                Cell(_described(path.baseline), path.baseline.sources),
                Number(path.baseline.in_unit(target.display_unit).scaled, 1),
                Cell(
                    None if path.required_growth is None else Percent(path.required_growth, 1),
                    tone="bad" if (path.required_growth or 0) > 0.2 else None,
                ),
            )
            for item in target.announcements
            for path in item.paths
        ),
        sheet=say("Growth needed"),
        essential=True,
    )


def _described(level: Level) -> Message:
    """The period of a level, with how it was made."""
    if level.method is not None:
        return say("{period}, derived: {method}", period=level.period, method=level.method)
    if level.kind == "observed":
        return say("{period}, statistics", period=level.period)
    return say("{period}, stated", period=level.period)


def _achieved(brief: Brief, target: TargetFact) -> Table:
    spans = [
        row(
            brief.side_name(item.side),
            Cell(_span(item), tuple(dict.fromkeys(item.start.sources + item.end.sources))),
            Percent(item.yearly, 1),
        )
        for item in target.achieved
    ]
    stated = [
        row(
            brief.side_name(item.side),
            Cell(
                say(
                    "stated: {period} against the same period of the year before",
                    period=item.period,
                ),
                item.sources,
            ),
            Percent(item.growth, 1, qualifier=item.qualifier),
        )
        for item in target.stated_growth
    ]
    return Table(
        f"achieved-{target.id}",
        say("Growth that was achieved"),
        (
            Column(say("Side")),
            Column(say("Period"), wide=True),
            Column(say("Growth a year"), numeric=True),
        ),
        (*spans, *stated),
        sheet=say("Growth achieved"),
    )


def _span(item: GrowthFact) -> Message:
    return say_many(
        "{start} to {end} ({n} year)",
        "{start} to {end} ({n} years)",
        n=item.end.period.start.year - item.start.period.start.year,
        start=item.start.period,
        end=item.end.period,
    )


def _chances(brief: Brief, target: TargetFact) -> Table:
    unit = Unit.parse(target.display_unit)
    return Table(
        f"chance-{target.id}",
        say("Chance of the target, and the forecast for its date"),
        (
            Column(say("Announced by")),
            Column(say("Target year"), numeric=True),
            Column(say("Statistics")),
            Column(say("Last year of data"), numeric=True),
            Column(say("Middle, {unit}", unit=unit), numeric=True),
            Column(say("80% interval, {unit}", unit=unit), numeric=True),
            Column(say("Chance"), numeric=True),
            *((Column(say("With measures"), numeric=True),) if target.measures else ()),
            Column(say("Announced ones like it"), numeric=True),
        ),
        tuple(
            row(
                brief.side_name(item.side),
                item.deadline and Year(item.deadline),
                Cell(brief.side_name(chance.side), chance.sources),
                Year(chance.origin),
                Number(Quantity(chance.median, unit).scaled, 0),
                say(
                    "{low}–{high}",
                    low=Number(Quantity(chance.low80, unit).scaled),
                    high=Number(Quantity(chance.high80, unit).scaled),
                ),
                Percent(chance.chance),
                *((_with_measures(chance),) if target.measures else ()),
                item.base_rate and Percent(item.base_rate.chance),
            )
            for item in target.announcements
            for chance in item.chances
        ),
        sheet=say("Chance"),
        essential=True,
    )


def _with_measures(chance: ChanceFact) -> Percent | None:
    done = chance.with_measures
    return Percent(done.chance_with) if done else None
