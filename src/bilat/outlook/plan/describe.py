"""A plan in words and numbers that people can use, from what the search found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.plan.case import Case
from bilat.outlook.plan.effort import Found
from bilat.outlook.plan.explain import bindings_of, losses_of
from bilat.outlook.plan.question import Question
from bilat.outlook.plan.relaxed import Goal
from bilat.outlook.plan.results import Check, Plan, Step
from bilat.outlook.plan.search import TINY

Floats = NDArray[np.float64]


def plan_of(case: Case, goal: Goal, found: Found, *, explain: bool) -> Plan:
    if found.scales is None:
        raise NoAnswer(
            say(
                "no plan is possible: measures that have begun contradict the limits or "
                "exclude each other"
            )
        )
    chosen = sorted(case.named(found).items())
    adds = case.fresh_adds(found)
    unit = case.purse.unit if goal.kind == "cost" else 1.0
    value = found.chance if goal.kind == "chance" else found.cost
    plan = Plan(
        goal=goal.kind,
        asked=goal.least if goal.kind == "cost" else None,
        steps=tuple(_step(case, place, year, scale) for (place, year), scale in chosen),
        cost=found.cost * case.purse.unit,
        currency=case.purse.currency,
        chance=_check(case.question, found.chance, adds),
        bound=found.bound * unit,
        gap=abs(found.bound - value) / max(value, TINY),
        closed=found.closed,
        parts=found.parts,
    )
    if not explain:
        return plan
    return replace(
        plan,
        losses=losses_of(case.question, [key for key, _ in chosen], adds),
        bindings=bindings_of(case, goal, found, plan),
    )


def _step(case: Case, place: int, year: int, scale: float) -> Step:
    measure = case.question.measures[place]
    cost = None
    if measure.cost is not None and not measure.begun:
        cost = case.purse.money(case.purse.value(measure.cost, measure.title) * scale)
    start = measure.start if measure.begun else measure.start % 1 + year
    return Step(measure.id, measure.title, year, start, scale, cost, measure.begun)


def _check(question: Question, chance: float, adds: Floats) -> Check:
    fresh, count = question.fresh_chance(adds), len(question.missing)
    error = float(np.sqrt(max(fresh * (1 - fresh), 0.25 / count) / count))
    return Check(chance, fresh, error, float((question.missing <= 0).mean()), count)
