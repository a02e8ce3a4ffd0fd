"""A deputy minister reads a plan: what to do when, what each step is worth, what holds it back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from bilat.errors import NoAnswer
from bilat.outlook.effects import Assumptions
from bilat.outlook.measures import Measure
from bilat.outlook.plan import (
    Effort,
    Limits,
    Plan,
    Progress,
    Question,
    Shortfall,
    frontier,
    greatest_chance,
    least_cost,
    question,
)
from bilat.outlook.plan.options import started_in
from bilat.outlook.simulation import simulate
from bilat.vocabulary import Money

pytest.importorskip("highspy")

YEARS = np.arange(2025, 2030, dtype=float)
CERTAIN = Assumptions(common=0.0, with_baseline=0.0, delay=0.0)


def usd(amount: float) -> Money:
    return Money(amount=Decimal(str(amount)), currency="USD")


def measure(name: str, likely: float, cost: float | Money = 10.0, **more: Any) -> Measure:
    price = cost if isinstance(cost, Money) else usd(cost)
    settings: dict[str, Any] = {"start": 2025.5, "cost": price, **more}
    return Measure(name, f"The {name}", likely=likely, **settings)


LINE = measure("line", 6, 8, chance=0.8, owners=("energy",))
PLANT = measure("plant", 30, 20, depends_on=("line",), chance=0.8, owners=("industry",))
HERD = measure("herd", 12, 15, start=2026.0, smallest=0.4, owners=("farms",))
ROAD = measure("road", 9, 30, owners=("energy",), ramp=1.0)
FAIR = measure("fair", 2, 1, start=2027.0, owners=("industry",))
ALL = (LINE, PLANT, HERD, ROAD, FAIR)


def walk(n: int = 4_000) -> np.ndarray:
    steps = np.random.default_rng(3).normal(0, 0.12, (n, 4))
    return np.asarray(100 * np.exp(steps.cumsum(1)))


def ask(measures: tuple[Measure, ...] = ALL, seed: int = 1, **more: object) -> Question:
    rng = np.random.default_rng(seed)
    settings: dict[str, Any] = {"scenarios": 100, "fresh": 4_000, **more}
    return question(walk(), YEARS, 140.0, measures, rng=rng, **settings)


def plan_of(limits: Limits, case: Question | None = None) -> Plan:
    return greatest_chance(case or ask(), limits)


def test_a_plan_keeps_to_its_budget_and_to_what_depends_on_what() -> None:
    plan = plan_of(Limits(budget=usd(45), starts=1))
    taken = {step.id: step for step in plan.steps}
    assert plan.cost <= 45.001
    assert sum(float(step.cost.amount) for step in plan.steps if step.cost) == pytest.approx(
        plan.cost, abs=0.05
    )
    assert taken["plant"].year >= taken["line"].year
    assert plan.closed
    assert plan.gap <= 0.01 + 1e-9


def test_the_chance_of_a_plan_is_that_of_the_outlook_with_its_measures() -> None:
    """`simulate` with the chosen measures at their planned starts; 4 standard errors together."""
    case = ask(fresh=20_000)
    plan = plan_of(Limits(budget=usd(60)), case)
    assert all(step.scale == 1 for step in plan.steps)
    taken = {step.id: step.year for step in plan.steps}
    moved = [started_in(m, taken[m.id]) for m in ALL if m.id in taken]
    many = np.tile(walk(), (5, 1))
    told = simulate(many, YEARS, 140.0, moved, rng=np.random.default_rng(9)).chance_with[-1]
    assert plan.chance.fresh == pytest.approx(told, abs=4 * 2**0.5 * plan.chance.error)
    assert plan.chance.scenarios == pytest.approx(told, abs=0.06)
    assert plan.chance.optimism == plan.chance.scenarios - plan.chance.fresh


def test_without_a_measure_the_chance_falls_to_what_the_rest_would_give() -> None:
    case = ask()
    plan = plan_of(Limits(budget=usd(60)), case)
    losses = {loss.id: loss for loss in plan.losses}
    assert losses["line"].also == ("plant",)
    assert losses["line"].chance <= losses["plant"].chance
    places = [(k, s.year, s.scale) for s in plan.steps for k, m in enumerate(ALL) if m.id == s.id]
    rest = [item for item in places if ALL[item[0]].id not in ("line", "plant")]
    assert losses["line"].chance == case.fresh_chance(case.fresh_adds(rest))
    assert case.fresh_chance(case.fresh_adds(places)) == plan.chance.fresh
    before, after = plan.chance.fresh, losses["line"].chance
    assert str(losses["line"].words) == (
        "Without “The line”, and the 1 measure that depends on it, the chance falls from "
        f"{before:.1%} to {after:.1%}"
    )


def test_a_plan_says_what_more_money_would_bring() -> None:
    case = ask()
    plan = plan_of(Limits(budget=usd(30)), case)
    (binding,) = plan.bindings
    assert binding.limit.kind == "budget"
    richer = plan_of(Limits(budget=usd(30 + binding.more)), case)
    assert binding.gain == pytest.approx(richer.chance.fresh - plan.chance.fresh, abs=0.01)
    assert "more for the budget would raise the chance by" in str(binding.words)


def test_a_plan_that_no_limit_holds_back_names_none() -> None:
    plan = plan_of(Limits(budget=usd(1000)))
    assert plan.bindings == ()
    assert {step.id for step in plan.steps} == {m.id for m in ALL}


def test_more_money_never_lowers_the_frontier() -> None:
    budgets = [usd(amount) for amount in (60, 0, 30, 15)]
    points = frontier(ask(), Limits(starts=1), budgets)
    assert [point.budget for point in points] == [usd(a) for a in (0, 15, 30, 60)]
    chances = [point.plan.chance.scenarios for point in points]
    assert chances == sorted(chances)
    assert points[0].plan.steps == ()
    assert points[0].plan.chance.fresh == points[0].plan.chance.without


def test_the_cheapest_plan_is_the_mirror_image_of_the_best_one() -> None:
    case = ask()
    best = plan_of(Limits(budget=usd(43)), case)
    asked = best.chance.scenarios - 1e-6
    cheap = least_cost(case, Limits(), asked, effort=Effort(gap=1e-3))
    assert isinstance(cheap, Plan)
    assert cheap.cost <= best.cost + 1e-6
    assert cheap.chance.scenarios >= asked - 1e-9
    assert cheap.bound <= cheap.cost


def test_a_chance_that_no_money_buys_is_refused_with_the_best_there_is() -> None:
    found = least_cost(ask(), Limits(budget=usd(1000)), 0.999)
    assert isinstance(found, Shortfall)
    assert found.proven
    assert found.needed is None
    assert "out of reach with these measures" in str(found.words)


def test_what_has_begun_goes_on_and_takes_no_money() -> None:
    begun = measure("mill", 20, 500, begun=True, start=2024.75, owners=("industry",))
    plan = plan_of(Limits(budget=usd(0), starts=0), ask((begun, FAIR)))
    (step,) = plan.steps
    assert (step.id, step.cost, step.begun, plan.cost) == ("mill", None, True, 0)
    assert plan.chance.fresh > plan.chance.without


def test_measures_that_exclude_each_other_are_not_both_taken() -> None:
    other = measure("ferry", 11, 12, excludes=("herd",))
    plan = plan_of(Limits(), ask((HERD, other)))
    assert len(plan.steps) == 1


def test_a_sure_case_is_answered_exactly() -> None:
    """Baseline 100, target 140: the plant's 30 and the road's 12 reach it; nothing cheaper does."""
    sure = [
        measure(name, size, cost, low=size, high=size, start=2025.0)
        for name, size, cost in (("plant", 30, 20), ("road", 12, 9), ("fair", 5, 1))
    ]
    flat = np.full((50, 4), 100.0)
    rng = np.random.default_rng(1)
    case = question(flat, YEARS, 140.0, sure, rng=rng, assumptions=CERTAIN, scenarios=20, fresh=100)
    plan = least_cost(case, Limits(), 1.0)
    assert isinstance(plan, Plan)
    assert {step.id for step in plan.steps} == {"plant", "road"}
    assert (plan.cost, plan.chance.fresh) == (29, 1)
    poor = greatest_chance(case, Limits(budget=usd(28)))
    assert poor.chance.scenarios == 0


def test_measures_that_come_too_late_are_of_no_use() -> None:
    late = measure("late", 50, start=2031.0)
    waiting = measure("waiting", 50, depends_on=("late",))
    plan = plan_of(Limits(), ask((late, waiting)))
    assert plan.steps == ()
    assert plan.gap == 0
    found = least_cost(ask((late, waiting)), Limits(), 0.9)
    assert isinstance(found, Shortfall)
    assert found.nearest.steps == ()


def test_a_target_already_met_needs_no_plan() -> None:
    rng = np.random.default_rng(1)
    case = question(walk() + 140, YEARS, 140.0, ALL, rng=rng, scenarios=20, fresh=100)
    plan = least_cost(case, Limits(), 0.99)
    assert isinstance(plan, Plan)
    assert (plan.steps, plan.cost, plan.chance.fresh) == ((), 0, 1)


def test_a_begun_measure_that_waits_for_a_new_one_works_only_with_it() -> None:
    mill = measure("mill", 30, begun=True, start=2025.0, depends_on=("line",))
    poor, rich = (plan_of(Limits(budget=usd(b)), ask((LINE, mill))) for b in (0, 8))
    assert poor.steps == ()
    assert {step.id for step in rich.steps} == {"line", "mill"}
    assert rich.cost == 8


def test_dependencies_in_a_ring_are_refused() -> None:
    with pytest.raises(NoAnswer, match="in a ring"):
        ask((measure("a", 1, depends_on=("b",)), measure("b", 1, depends_on=("a",))))


def test_a_baseline_that_does_not_fit_is_refused() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(NoAnswer, match="4 columns"):
        question(walk()[:, :2], YEARS, 140.0, ALL, rng=rng)
    with pytest.raises(NoAnswer, match="negative or missing"):
        question(walk(), YEARS, 0.0, ALL, rng=rng)


def test_the_same_seed_gives_the_same_plan() -> None:
    first, second = (plan_of(Limits(budget=usd(45), starts=1)) for _ in range(2))
    assert first == second


def test_a_long_search_reports_and_can_be_stopped() -> None:
    told: list[Progress] = []

    def stop(progress: Progress) -> bool:
        told.append(progress)
        return True

    plan = greatest_chance(ask(), Limits(budget=usd(40)), watch=stop, effort=Effort(gap=1e-9))
    assert len(told) == 1
    assert not plan.closed
    assert plan.bound > plan.chance.scenarios


def test_two_currencies_need_a_rate() -> None:
    foreign = measure("herd", 12, cost=Money(amount=Decimal(900), currency="KGS"))
    case = ask((LINE, PLANT, foreign))
    with pytest.raises(NoAnswer, match="The herd is in KGS, the plan in USD"):
        greatest_chance(case, Limits(budget=usd(30)))
    with pytest.raises(NoAnswer, match="say in which of them it reckons"):
        greatest_chance(case, Limits())
    rates = {"KGS": Decimal("0.0115")}
    plan = greatest_chance(case, Limits(budget=usd(40), rates=rates), explain=False)
    assert {step.id: step.cost for step in plan.steps}["herd"] == usd(10.35)


def test_a_chance_beyond_one_cannot_be_asked_for() -> None:
    with pytest.raises(NoAnswer, match="cannot be asked for"):
        least_cost(ask(), Limits(), 50.0)
