"""The plan with the greatest chance within limits, or the cheapest with a chance asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.plan.case import Scales, case_of
from bilat.outlook.plan.describe import plan_of
from bilat.outlook.plan.effort import Effort, Watch
from bilat.outlook.plan.limits import Limits
from bilat.outlook.plan.question import Question
from bilat.outlook.plan.relaxed import Goal
from bilat.outlook.plan.results import Plan, Point, Shortfall
from bilat.outlook.plan.search import search
from bilat.outlook.plan.shortfall import shortfall_of
from bilat.vocabulary import Money


def greatest_chance(
    question: Question,
    limits: Limits,
    *,
    effort: Effort | None = None,
    watch: Watch | None = None,
    explain: bool = True,
) -> Plan:
    """Raises NoAnswer for money without a rate, and where the solver is not installed."""
    case = case_of(question, limits)
    found = search(case.space, question.law, Goal("chance"), effort or Effort(), None, watch)
    return plan_of(case, Goal("chance"), found, explain=explain)


def least_cost(
    question: Question,
    limits: Limits,
    chance: float,
    *,
    effort: Effort | None = None,
    watch: Watch | None = None,
    explain: bool = True,
) -> Plan | Shortfall:
    """chance: to be reached in the scenarios, 0 to 1. Raises like `greatest_chance`."""
    if not 0 < chance <= 1:
        raise NoAnswer(
            say("a chance of {chance} cannot be asked for: name one from 0 to 1", chance=chance)
        )
    case, goal = case_of(question, limits), Goal("cost", chance)
    found = search(case.space, question.law, goal, effort or Effort(), None, watch)
    if found.scales is None:
        return shortfall_of(case, chance, found, effort or Effort(), watch)
    return plan_of(case, goal, found, explain=explain)


def frontier(
    question: Question,
    limits: Limits,
    budgets: Sequence[Money],
    *,
    effort: Effort | None = None,
    watch: Watch | None = None,
) -> tuple[Point, ...]:
    """The greatest chance for each budget, from the smallest on; in the scenarios it never falls,
    as each search begins with the plan before."""
    points: list[Point] = []
    before: Scales = {}
    cases = [case_of(question, replace(limits, budget=budget)) for budget in budgets]
    ordered = sorted(zip(budgets, cases, strict=True), key=lambda pair: pair[1].budget())
    for budget, case in ordered:
        start = case.scales(before) if before else None
        found = search(case.space, question.law, Goal("chance"), effort or Effort(), start, watch)
        points.append(Point(budget, plan_of(case, Goal("chance"), found, explain=False)))
        before = case.named(found)
    return tuple(points)
