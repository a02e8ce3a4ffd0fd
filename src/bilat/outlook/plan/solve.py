"""The plan with the greatest chance within limits, or the cheapest with a chance asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.outlook.plan.explain import bindings_of, losses_of
from bilat.outlook.plan.limits import Limit, Limits, Purse, purse_of
from bilat.outlook.plan.question import Question
from bilat.outlook.plan.relaxed import Goal
from bilat.outlook.plan.results import Check, Lifted, Plan, Point, Shortfall, Step
from bilat.outlook.plan.search import TINY, Effort, Found, Watch, search
from bilat.outlook.plan.space import Space, space_of
from bilat.vocabulary import Money

Floats = NDArray[np.float64]
Scales = Mapping[tuple[int, int], float]
"""(place, year) → scale: a plan in whatever space."""

QUICK = Effort(parts=0)
"""A good plan without a proof."""


def greatest_chance(
    question: Question,
    limits: Limits,
    *,
    effort: Effort | None = None,
    watch: Watch | None = None,
    explain: bool = True,
) -> Plan:
    """Raises NoAnswer for money without a rate, and where the solver is not installed."""
    case = _case(question, limits)
    found = search(case.space, question.law, Goal("chance"), effort or Effort(), None, watch)
    return case.plan(Goal("chance"), found, explain=explain)


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
    case, goal = _case(question, limits), Goal("cost", chance)
    found = search(case.space, question.law, goal, effort or Effort(), None, watch)
    if found.scales is None:
        return _shortfall(case, chance, found, effort or Effort(), watch)
    return case.plan(goal, found, explain=explain)


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
    cases = [_case(question, replace(limits, budget=budget)) for budget in budgets]
    ordered = sorted(zip(budgets, cases, strict=True), key=lambda pair: pair[1].budget())
    for budget, case in ordered:
        start = case.scales(before) if before else None
        found = search(case.space, question.law, Goal("chance"), effort or Effort(), start, watch)
        points.append(Point(budget, case.plan(Goal("chance"), found, explain=False)))
        before = case.named(found)
    return tuple(points)


@dataclass(frozen=True)
class Case:
    """A question under limits."""

    question: Question
    limits: Limits
    purse: Purse
    space: Space

    def budget(self) -> float:
        return self.purse.value(self.limits.budget, "budget") * self.purse.unit

    def named(self, found: Found) -> Scales:
        if found.scales is None:
            return {}
        options = self.space.options.options
        return {
            (options[j].measure, options[j].year): float(found.scales[j])
            for j in np.flatnonzero(found.scales)
        }

    def scales(self, named: Scales) -> Floats | None:
        """(j,) the same plan in this space; None where an option of it is not here."""
        found = np.zeros(len(self.space.y))
        options = self.space.options.options
        index = {(o.measure, o.year, o.years): number for number, o in enumerate(options)}
        years = dict(named.keys())
        for (place, year), scale in named.items():
            needs = tuple((other, years[other]) for other in self.space.options.needs[place])
            if (place, year, needs) not in index:
                return None
            found[index[place, year, needs]] = scale
        return found

    def plan(self, goal: Goal, found: Found, *, explain: bool) -> Plan:
        if found.scales is None:
            raise NoAnswer(
                say(
                    "no plan is possible: measures that have begun contradict the limits or "
                    "exclude each other"
                )
            )
        chosen = sorted(self.named(found).items())
        adds = self.question.fresh_adds([(*key, scale) for key, scale in chosen])
        unit = self.purse.unit if goal.kind == "cost" else 1.0
        value = found.chance if goal.kind == "chance" else found.cost
        plan = Plan(
            goal=goal.kind,
            asked=goal.least if goal.kind == "cost" else None,
            steps=tuple(self._step(place, year, scale) for (place, year), scale in chosen),
            cost=found.cost * self.purse.unit,
            currency=self.purse.currency,
            chance=_check(self.question, found.chance, adds),
            bound=found.bound * unit,
            gap=abs(found.bound - value) / max(value, TINY),
            closed=found.closed,
            parts=found.parts,
        )
        if not explain:
            return plan
        return replace(
            plan,
            losses=losses_of(self.question, [key for key, _ in chosen], adds),
            bindings=bindings_of(self, goal, found, plan),
        )

    def _step(self, place: int, year: int, scale: float) -> Step:
        measure = self.question.measures[place]
        cost = None
        if measure.cost is not None and not measure.begun:
            cost = self.purse.money(self.purse.value(measure.cost, measure.title) * scale)
        start = measure.start if measure.begun else measure.start % 1 + year
        return Step(measure.id, measure.title, year, start, scale, cost, measure.begun)


def _case(question: Question, limits: Limits) -> Case:
    purse = purse_of(question.measures, limits)
    return Case(question, limits, purse, space_of(question.options, limits, purse))


def _check(question: Question, chance: float, adds: Floats) -> Check:
    fresh, count = question.fresh_chance(adds), len(question.missing)
    error = float(np.sqrt(max(fresh * (1 - fresh), 0.25 / count) / count))
    return Check(chance, fresh, error, float((question.missing <= 0).mean()), count)


def _shortfall(
    case: Case, asked: float, found: Found, effort: Effort, watch: Watch | None
) -> Shortfall:
    goal, law = Goal("chance"), case.question.law
    nearest = search(case.space, law, goal, effort, None, watch)
    plan = case.plan(goal, nearest, explain=False)
    lifted = sorted(_lifted(case, nearest), key=lambda other: -other.chance)
    free = replace(case.limits, budget=None, by_year={}, currency=case.purse.currency)
    rich = _case(case.question, free)
    cheap = search(rich.space, law, Goal("cost", asked), effort, None, watch)
    needed = None if cheap.scales is None else rich.plan(Goal("cost", asked), cheap, explain=False)
    return Shortfall(
        asked=asked,
        proven=not np.isfinite(found.bound),
        nearest=plan,
        lifted=tuple(lifted),
        needed=needed,
        words=_why(asked, plan, lifted, needed),
    )


def _lifted(case: Case, nearest: Found) -> list[Lifted]:
    """Without one limit, or one kind of limit of one owner or line in all its years."""
    groups: dict[tuple[str, str], list[Limit]] = {}
    for limit in case.space.limits.values():
        groups.setdefault((limit.kind, limit.name), []).append(limit)
    found = []
    for (kind, name), limits in sorted(groups.items()):
        space = case.space
        for limit in limits:
            space = space.without(limit)
        better = search(space, case.question.law, Goal("chance"), QUICK, nearest.scales)
        what = _group(kind, name)
        words = say(
            "without {limit}, the chance could be {chance} %",
            limit=what,
            chance=round(100 * better.chance, 1),
        )
        found.append(Lifted(what, better.chance, words))
    return found


def _group(kind: str, name: str) -> Message:
    if kind == "budget":
        return say("the budget")
    if kind == "budget_year":
        return say("the yearly budgets")
    if kind == "starts":
        return say("the limit on starts of {name}", name=name)
    return say("the line {name}", name=name)


def _why(asked: float, nearest: Plan, lifted: Sequence[Lifted], needed: Plan | None) -> Message:
    best = round(100 * nearest.chance.scenarios, 1)
    if needed is not None:
        return say(
            "a chance of {asked} % is out of reach within these limits: the greatest found is "
            "{best} %. It would cost {cost} {currency}",
            asked=round(100 * asked, 1),
            best=best,
            cost=round(needed.cost),
            currency=needed.currency or "",
        )
    if lifted and lifted[0].chance > nearest.chance.scenarios:
        return say(
            "a chance of {asked} % is out of reach within these limits, and money alone does not "
            "help: the greatest found is {best} %, and {chance} % without {limit}",
            asked=round(100 * asked, 1),
            best=best,
            chance=round(100 * lifted[0].chance, 1),
            limit=lifted[0].limit,
        )
    return say(
        "a chance of {asked} % is out of reach with these measures: the greatest found is {best} %",
        asked=round(100 * asked, 1),
        best=best,
    )
