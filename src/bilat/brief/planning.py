"""A brief with a plan: what is asked of the search, and the answer among the brief's facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bilat.brief.brief import Brief
from bilat.brief.facts.plan import planning_fact
from bilat.finance.lines import Rates, rooms_of
from bilat.outlook import Luck
from bilat.outlook.plan import Limits, Point, Question, frontier, greatest_chance, least_cost
from bilat.outlook.plan.effort import Watch
from bilat.outlook.planning import plan_question
from bilat.programme import Programme, Target
from bilat.vocabulary import Money

POINTS = 8
"""Budgets of the frontier, from nothing to the one asked for."""


@dataclass(frozen=True)
class Demand:
    """What a plan is asked to do.

    chance: to be reached at the least cost, 0 to 1; None: as great a chance as the limits allow.
    budget: for all measures together. rates: what one unit of another currency is worth in
    ``currency``. starts: measures that each owner may start in a year. year, side: one of the
    announced dates, and whose statistics to start from; None: those with the best chance.
    """

    target: Target
    chance: float | None = None
    budget: Decimal | None = None
    currency: str = "USD"
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    starts: int | None = None
    year: int | None = None
    side: str | None = None


def with_plan(
    brief: Brief, programme: Programme, demand: Demand, luck: Luck, watch: Watch | None = None
) -> Brief:
    """The brief of this programme with its ``planning``.

    watch: told how far each search is; it ends one by answering True. Raises NoAnswer where there
    is nothing to plan for, and for money in a currency without a rate.
    """
    asked = plan_question(
        programme, demand.target, brief.as_of, luck, year=demand.year, side=demand.side
    )
    limits = limits_of(brief, programme, demand)
    if demand.chance is None:
        answer: Any = greatest_chance(asked.question, limits, watch=watch)
    else:
        answer = least_cost(asked.question, limits, demand.chance, watch=watch)
    points = _frontier(asked.question, limits, watch)
    planning = planning_fact(demand.target.id, asked.year, asked.side, answer, points)
    return brief.model_copy(update={"planning": planning})


def limits_of(brief: Brief, programme: Programme, demand: Demand) -> Limits:
    """With what is left on the programme's credit lines on the brief's day."""
    rates = dict(demand.rates)
    budget = demand.budget
    return Limits(
        budget=None if budget is None else Money(amount=budget, currency=demand.currency),
        facilities=rooms_of(programme, brief.as_of, Rates(demand.currency, rates)),
        starts=demand.starts,
        currency=demand.currency,
        rates=rates,
    )


def _frontier(question: Question, limits: Limits, watch: Watch | None) -> tuple[Point, ...]:
    """Only where a budget was named: else no amount is more natural than another. More than all
    measures cost together brings nothing."""
    if limits.budget is None or not limits.budget.amount:
        return ()
    costs = [measure.cost for measure in question.measures if measure.cost]
    most, currency = limits.budget.amount, limits.budget.currency
    if all(cost.currency == currency for cost in costs):
        most = min(most, sum((cost.amount for cost in costs), Decimal(0))) or most
    budgets = [
        Money(amount=(most * step / POINTS).quantize(Decimal("0.01")), currency=currency)
        for step in range(POINTS + 1)
    ]
    return frontier(question, limits, budgets, watch=watch)
