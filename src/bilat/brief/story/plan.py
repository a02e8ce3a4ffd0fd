"""The plan: what to take and when, the chance with it, what it rests on, what more would bring."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.brief import Brief
from bilat.brief.facts.plan import PlanFact, PlanningFact, StepFact
from bilat.brief.facts.targets import TargetFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Item,
    Number,
    Numbered,
    Paragraph,
    Percent,
    Section,
    Story,
    Table,
    Year,
    row,
)
from bilat.brief.story.closing import assumptions_section, sources_section
from bilat.language import Message, say
from bilat.vocabulary import Quantity, Unit


def tell_plan(brief: Brief) -> Story:
    """The answer, the steps, why these, what limits; then assumptions and sources."""
    planning = brief.planning
    assert planning is not None  # noqa: S101 (told of a plan only)
    target = next(item for item in brief.targets if item.id == planning.target)
    sections = [
        Section("plan", say("The plan"), tuple(_plan(brief, target, planning))),
        Section("why", say("Why these measures"), tuple(_why(planning.plan))),
    ]
    if planning.shortfall:
        sections.append(Section("shortfall", say("What would be needed"), tuple(_needed(planning))))
    if planning.frontier:
        sections.append(Section("frontier", say("Chance against budget"), _frontier(planning)))
    closing = (assumptions_section(brief), sources_section(brief))
    return Story(
        title=brief.title,
        subtitle=say("Plan as of {day}", day=brief.as_of),
        sections=(*sections, *(section for section in closing if section)),
    )


def _plan(brief: Brief, target: TargetFact, planning: PlanningFact) -> Iterator[Block]:
    plan = planning.plan
    yield Paragraph(
        say(
            "What gives {amount} by {year} the best chance? (statistics: {side})",
            amount=Quantity(target.value, Unit.parse(target.display_unit)),
            year=str(planning.year),
            side=brief.side_name(planning.side),
        ),
        lead=True,
    )
    if planning.shortfall:
        yield Paragraph(planning.shortfall.words, tone="bad")
    yield Paragraph(_answer(plan), tone=None if planning.shortfall else "good")
    yield _steps(plan)
    yield Paragraph(_proof(plan), tone="quiet")


def _answer(plan: PlanFact) -> Message:
    if plan.currency is None:
        return say(
            "With the plan the chance is {chance}, without any measure {without}.",
            chance=Percent(plan.chance, 1),
            without=Percent(plan.without, 1),
        )
    return say(
        "With the plan the chance is {chance}, without any measure {without}; it costs {cost} "
        "{currency}.",
        chance=Percent(plan.chance, 1),
        without=Percent(plan.without, 1),
        cost=Number(plan.cost),
        currency=plan.currency,
    )


def _proof(plan: PlanFact) -> Message:
    bound = Percent(plan.bound, 1) if plan.goal == "chance" else Number(plan.bound)
    return say(
        "{method}. In the scenarios that it was made for the chance is {scenarios}; no plan is "
        "better there than {bound} (gap {gap}). The chance above is of fresh draws, ± {error}.",
        method=plan.method,
        scenarios=Percent(plan.scenarios, 1),
        bound=bound,
        gap=Percent(plan.gap, 1),
        error=Percent(plan.error, 1),
    )


def _steps(plan: PlanFact) -> Table:
    return Table(
        "plan",
        say("Steps"),
        (
            Column(say("Measure"), wide=True),
            Column(say("Start"), numeric=True),
            Column(say("Scale"), numeric=True),
            Column(say("Cost"), numeric=True),
            Column(say("Currency")),
        ),
        tuple(_step(step) for step in plan.steps),
        sheet=say("Plan"),
        essential=True,
    )


def _step(step: StepFact) -> tuple[Cell, ...]:
    cost = step.cost
    return row(
        step.title,
        say("works already") if step.begun else Year(step.year),
        Percent(step.scale),
        Number(cost.amount) if cost else None,
        cost.currency if cost else None,
    )


def _why(plan: PlanFact) -> Iterator[Block]:
    if plan.losses:
        yield Numbered(tuple(Item(words) for words in plan.losses))
    elif not plan.steps:
        yield Paragraph(say("The plan takes no measure."))
    if plan.bindings:
        yield Paragraph(say("What more would bring"), lead=True)
        yield Numbered(tuple(Item(words) for words in plan.bindings))


def _needed(planning: PlanningFact) -> Iterator[Block]:
    shortfall = planning.shortfall
    assert shortfall is not None  # noqa: S101
    yield Paragraph(shortfall.words)
    if shortfall.lifted:
        yield Numbered(tuple(Item(words) for words in shortfall.lifted))
    if shortfall.needed:
        yield Paragraph(_answer(shortfall.needed))
        yield _steps(shortfall.needed)


def _frontier(planning: PlanningFact) -> tuple[Block, ...]:
    table = Table(
        "frontier",
        say("The greatest chance for each budget"),
        (
            Column(say("Budget"), numeric=True),
            Column(say("Currency")),
            Column(say("Chance"), numeric=True),
            Column(say("Chance in the scenarios"), numeric=True),
            Column(say("Measures"), numeric=True),
        ),
        tuple(
            row(
                Number(point.budget.amount),
                point.budget.currency,
                Percent(point.fresh, 1),
                Percent(point.chance, 1),
                Number(point.steps),
            )
            for point in planning.frontier
        ),
        sheet=say("Frontier"),
        essential=True,
    )
    return (Chart("frontier", say("What more money would bring"), planning.target), table)
