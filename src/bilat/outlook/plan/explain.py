"""Why these measures, and what more would bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, log10

import numpy as np
from numpy.typing import NDArray

from bilat.language import Message, say, say_many
from bilat.outlook.announced.shown import Share
from bilat.outlook.plan.case import Case
from bilat.outlook.plan.effort import Effort, Found
from bilat.outlook.plan.limits import Limit
from bilat.outlook.plan.question import Question
from bilat.outlook.plan.relaxed import Goal
from bilat.outlook.plan.results import Binding, Loss, Plan
from bilat.outlook.plan.search import search
from bilat.outlook.plan.space import Space

Floats = NDArray[np.float64]

USED = 0.9
"""From this share on a limit may hold the plan back, and is tried."""
SHARES = (0.1, 0.3, 1.0)
WORTH = 1e-3
"""Smaller gains, of the chance or of the cost, are not told."""
MOST = 12
"""Limits that are tried: those of money, then those of starts, by what is left."""
SEEN = 0.0015
"""A smaller loss would not show in tenths of a per cent."""


def losses_of(
    question: Question, chosen: Sequence[tuple[int, int]], adds: Floats
) -> tuple[Loss, ...]:
    """For each measure that has not begun: the chance without it, the greatest loss first.

    chosen: (place, year). adds: (s, m) what each of them adds in fresh draws.
    """
    whole = question.fresh_chance(adds)
    places = [place for place, _ in chosen]
    found = []
    for place in places:
        if question.measures[place].begun:
            continue
        stay = [other != place and place not in question.options.needs[other] for other in places]
        also = tuple(
            question.measures[other].id
            for other in places
            if place in question.options.needs[other]
        )
        chance = question.fresh_chance(adds[stay])
        found.append(_loss(question, place, also, whole, chance))
    return tuple(sorted(found, key=lambda loss: loss.chance))


def _loss(
    question: Question, place: int, also: tuple[str, ...], whole: float, chance: float
) -> Loss:
    measure = question.measures[place]
    digits = 1 if abs(whole - chance) >= SEEN else 2
    numbers = {"before": Share(whole, digits), "after": Share(chance, digits)}
    if also:
        words = say_many(
            "Without “{measure}”, and the {n} measure that depends on it, the chance falls from "
            "{before} to {after}",
            "Without “{measure}”, and the {n} measures that depend on it, the chance falls from "
            "{before} to {after}",
            n=len(also),
            measure=measure.title,
            **numbers,
        )
    else:
        words = say(
            "Without “{measure}” the chance falls from {before} to {after}",
            measure=measure.title,
            **numbers,
        )
    return Loss(measure.id, also, chance, words)


def bindings_of(case: Case, goal: Goal, found: Found, plan: Plan) -> tuple[Binding, ...]:
    """Limits that hold the plan back, found by raising each and planning again from this plan;
    the greatest gain first."""
    tried = sorted(_full(case, found), key=lambda item: item[1])[:MOST]
    bindings = (_binding(case, goal, found, plan, limit, used) for limit, _, used in tried)
    return tuple(sorted((b for b in bindings if b is not None), key=lambda b: -b.gain))


def _full(case: Case, found: Found) -> Iterator[tuple[Limit, tuple[bool, float], float]]:
    """Limits in use, with their rank and what the plan uses of them."""
    if found.scales is None:
        raise AssertionError("limits of a plan that was not found")
    x = case.space.columns_of(found.scales)
    for row, limit in case.space.limits.items():
        used = float(case.space.rows[row] @ x)
        counted = limit.kind == "starts"
        if used >= (limit.amount if counted else USED * limit.amount):
            yield limit, (counted, limit.amount - used), used


def _binding(
    case: Case, goal: Goal, found: Found, plan: Plan, limit: Limit, used: float
) -> Binding | None:
    unit = 1.0 if limit.kind == "starts" else case.purse.unit
    for more in _steps(limit, limit.amount * unit):
        gain = _gain(case, goal, found, plan, case.space.raised(limit, more / unit))
        if gain > 0:
            words = _in_words(case, goal, limit, more, gain)
            return Binding(limit, used * unit, limit.amount * unit, more, gain, words)
    return None


def _steps(limit: Limit, amount: float) -> tuple[float, ...]:
    """One start more; or money, a tenth of it at first, and more where that buys nothing."""
    if limit.kind == "starts":
        return (1.0,)
    return tuple(dict.fromkeys(_round(amount * share) for share in SHARES))


def _gain(case: Case, goal: Goal, found: Found, plan: Plan, space: Space) -> float:
    """What planning again from this plan gains in another space; 0 if hardly anything."""
    better = search(space, case.question.law, goal, Effort(parts=0), found.scales)
    if goal.kind == "cost":
        saved = (found.cost - better.cost) * case.purse.unit
        return saved if saved > WORTH * plan.cost else 0.0
    gain = case.question.fresh_chance(case.fresh_adds(better)) - plan.chance.fresh
    return gain if gain > WORTH else 0.0


def _in_words(case: Case, goal: Goal, limit: Limit, more: float, gain: float) -> Message:
    amount = more if limit.kind == "starts" else case.purse.money(more / case.purse.unit)
    if goal.kind == "chance":
        return say(
            "{more} more for {limit} would raise the chance by {points} points",
            limit=limit.in_words(),
            more=amount,
            points=round(100 * gain, 1),
        )
    return say(
        "{more} more for {limit} would save {saved}",
        limit=limit.in_words(),
        more=amount,
        saved=case.purse.money(gain / case.purse.unit),
    )


def _round(amount: float) -> float:
    """One digit that is easily said: 1, 2 or 5 with noughts; at least 1."""
    if amount <= 1:
        return 1.0
    power = 10.0 ** floor(log10(amount))
    return max(step * power for step in (1, 2, 5) if step * power <= amount)
