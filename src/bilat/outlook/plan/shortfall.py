"""When no plan has the chance asked for: what binds, and what it would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from bilat.language import Message, say
from bilat.outlook.announced.shown import Share
from bilat.outlook.plan.case import Case, case_of
from bilat.outlook.plan.describe import plan_of
from bilat.outlook.plan.effort import Effort, Found, Watch
from bilat.outlook.plan.limits import Limit
from bilat.outlook.plan.relaxed import Goal
from bilat.outlook.plan.results import Lifted, Plan, Shortfall
from bilat.outlook.plan.search import search

QUICK = Effort(parts=0)
"""A good plan without a proof."""


def shortfall_of(
    case: Case, asked: float, found: Found, effort: Effort, watch: Watch | None
) -> Shortfall:
    goal, law = Goal("chance"), case.question.law
    nearest = search(case.space, law, goal, effort, None, watch)
    plan = plan_of(case, goal, nearest, explain=True)
    lifted = sorted(_lifted(case, nearest), key=lambda other: -other.chance)
    free = replace(case.limits, budget=None, by_year={}, currency=case.purse.currency)
    rich = case_of(case.question, free)
    cheap = search(rich.space, law, Goal("cost", asked), effort, None, watch)
    needed = (
        None if cheap.scales is None else plan_of(rich, Goal("cost", asked), cheap, explain=False)
    )
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
            "Without {limit} the chance could be {chance}",
            limit=what,
            chance=Share(better.chance, 1),
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
    best = Share(nearest.chance.scenarios, 1)
    if needed is not None:
        return say(
            "A chance of {asked} is out of reach within these limits: the greatest found is "
            "{best}. It would cost {cost} {currency}",
            asked=Share(asked),
            best=best,
            cost=Decimal(round(needed.cost)),
            currency=needed.currency or "",
        )
    if lifted and lifted[0].chance > nearest.chance.scenarios:
        return say(
            "A chance of {asked} is out of reach within these limits, and money alone does not "
            "help: the greatest found is {best}, and {chance} without {limit}",
            asked=Share(asked),
            best=best,
            chance=Share(lifted[0].chance, 1),
            limit=lifted[0].limit,
        )
    return say(
        "A chance of {asked} is out of reach with these measures: the greatest found is {best}",
        asked=Share(asked),
        best=best,
    )
