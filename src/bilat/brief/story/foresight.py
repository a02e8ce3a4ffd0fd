"""Which assumption moves the chance most, and how well was foreseen before."""

from __future__ import annotations

from bilat.brief.brief import Brief
from bilat.brief.facts.foresight import ForesightFact, SensitivityFact, SwingFact, YearScoredFact
from bilat.brief.facts.targets import TargetFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Table,
    Year,
    row,
)
from bilat.language import say
from bilat.vocabulary import Quantity, Unit

PRINTED = 12


def sensitivity_table(brief: Brief, target: TargetFact, found: SensitivityFact) -> Table:
    titles = {measure.id: measure.title for measure in target.measures}
    return Table(
        f"sensitivity-{target.id}",
        say(
            "Which assumption moves the chance by {year} most (statistics: {side})",
            year=str(found.year),
            side=brief.side_name(found.side),
        ),
        (
            Column(say("Measure"), wide=True),
            Column(say("Assumption, from one end to the other"), wide=True),
            Column(say("Chance at the one"), numeric=True),
            Column(say("Chance at the other"), numeric=True),
        ),
        tuple(_swing(one, titles.get(one.measure or "")) for one in found.swings),
        sheet=say("Sensitivity"),
        shown=PRINTED,
    )


def _swing(one: SwingFact, title: object) -> tuple[Cell, ...]:
    return row(title or say("all"), one.name, Percent(one.low, 1), Percent(one.high, 1))


def track_section(brief: Brief, foresight: ForesightFact) -> Section | None:
    """None while no outlook was kept."""
    track = foresight.track
    if not track.years and not track.waiting:
        return None
    blocks: list[Block] = []
    if track.held_80 is None:
        blocks.append(Paragraph(say("No kept outlook can be judged yet.")))
    else:
        blocks.append(
            Paragraph(
                say(
                    "Of {n} years that were foreseen and are known now, {held} fell into their 80% "
                    "interval.",
                    n=Number(len(track.years)),
                    held=Percent(track.held_80),
                )
            )
        )
        blocks.append(_years(brief, track.years))
    return Section("track", say("How well was foreseen before"), tuple(blocks))


def _years(brief: Brief, years: tuple[YearScoredFact, ...]) -> Table:
    units = {target.id: Unit.parse(target.display_unit) for target in brief.targets}
    titles = {target.id: target.title for target in brief.targets}
    return Table(
        "track",
        say("Kept outlooks against what came true"),
        (
            Column(say("Target"), wide=True),
            Column(say("Made on")),
            Column(say("Statistics")),
            Column(say("Year"), numeric=True),
            Column(say("80% interval"), numeric=True),
            Column(say("Middle"), numeric=True),
            Column(say("Came true"), numeric=True),
        ),
        tuple(
            row(
                titles[one.target],
                one.made,
                brief.side_name(one.side) if one.side else say("both"),
                Year(one.year),
                say(
                    "{low}–{high}",
                    low=Number(Quantity(one.low80, units[one.target]).scaled),
                    high=Number(Quantity(one.high80, units[one.target]).scaled),
                ),
                Number(Quantity(one.middle, units[one.target]).scaled),
                Cell(
                    Number(Quantity(one.truth, units[one.target]).scaled),
                    tone=None if one.held else "warn",
                ),
            )
            for one in years
            if one.target in units
        ),
        sheet=say("Track record"),
    )
