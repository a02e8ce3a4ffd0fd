"""A plan: which measures to take, when, at which scale; what it would lose and what holds it."""

from __future__ import annotations

from collections.abc import Sequence

from bilat.brief.facts.fact import Fact, Said
from bilat.outlook.plan import Plan, Point, Shortfall
from bilat.vocabulary import Money


class StepFact(Fact):
    """A measure that the plan takes; scale: a share of the whole. begun: it works already."""

    id: str
    title: Said
    year: int
    scale: float
    cost: Money | None
    begun: bool


class PlanFact(Fact):
    """One plan. chance: in fresh draws, with its standard error; scenarios: in those that it was
    made for; bound: no plan is better in these. without: the chance without any measure."""

    goal: str
    asked: float | None
    steps: tuple[StepFact, ...]
    cost: float
    currency: str | None
    chance: float
    error: float
    scenarios: float
    without: float
    bound: float
    gap: float
    closed: bool
    losses: tuple[Said, ...]
    bindings: tuple[Said, ...]
    method: Said


class PointFact(Fact):
    """The greatest chance for one budget: in the scenarios, and in fresh draws."""

    budget: Money
    chance: float
    fresh: float
    steps: int


class ShortfallFact(Fact):
    """Why no plan has the chance asked for, and what would be needed."""

    asked: float
    proven: bool
    words: Said
    lifted: tuple[Said, ...]
    needed: PlanFact | None


class PlanningFact(Fact):
    """What was planned: for a target, by the year of its date and one side's statistics.

    plan: the answer, or the nearest one where there is a shortfall.
    """

    target: str
    year: int
    side: str
    plan: PlanFact
    shortfall: ShortfallFact | None = None
    frontier: tuple[PointFact, ...] = ()


def plan_fact(plan: Plan) -> PlanFact:
    return PlanFact(
        goal=plan.goal,
        asked=plan.asked,
        steps=tuple(
            StepFact(
                id=step.id,
                title=step.title,
                year=step.year,
                scale=step.scale,
                cost=step.cost,
                begun=step.begun,
            )
            for step in plan.steps
        ),
        cost=plan.cost,
        currency=plan.currency,
        chance=plan.chance.fresh,
        error=plan.chance.error,
        scenarios=plan.chance.scenarios,
        without=plan.chance.without,
        bound=plan.bound,
        gap=plan.gap,
        closed=plan.closed,
        losses=tuple(loss.words for loss in plan.losses),
        bindings=tuple(binding.words for binding in plan.bindings),
        method=plan.method,
    )


def planning_fact(
    target: str, year: int, side: str, answer: Plan | Shortfall, frontier: Sequence[Point] = ()
) -> PlanningFact:
    nearest = answer.nearest if isinstance(answer, Shortfall) else answer
    return PlanningFact(
        target=target,
        year=year,
        side=side,
        plan=plan_fact(nearest),
        shortfall=_shortfall(answer) if isinstance(answer, Shortfall) else None,
        frontier=tuple(
            PointFact(
                budget=point.budget,
                chance=point.plan.chance.scenarios,
                fresh=point.plan.chance.fresh,
                steps=len(point.plan.steps),
            )
            for point in frontier
        ),
    )


def _shortfall(answer: Shortfall) -> ShortfallFact:
    return ShortfallFact(
        asked=answer.asked,
        proven=answer.proven,
        words=answer.words,
        lifted=tuple(one.words for one in answer.lifted),
        needed=plan_fact(answer.needed) if answer.needed else None,
    )
