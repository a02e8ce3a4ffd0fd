"""A planner asks for the best plan; on small programmes, all plans are counted by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from bilat.outlook.measures import Measure
from bilat.outlook.plan import (
    Effort,
    Limits,
    Plan,
    Question,
    Shortfall,
    greatest_chance,
    least_cost,
    question,
)
from bilat.outlook.plan.options import started_in
from bilat.vocabulary import Money

pytest.importorskip("highspy")

YEARS = np.arange(2025, 2028, dtype=float)
"""The years 2025 and 2026; the target is due at the end of 2026."""
EXACT = Effort(gap=1e-4)
BY_SCENARIO = Effort(gap=1e-4, few=0)
"""Splits as large programmes are split: not by options, but by what scenarios get."""
BY_PROOF = Effort(gap=1e-4, few=0, rounds=0)
"""Without exchanges, that find the best of small programmes at once, even if the bound is wrong."""
CASES = [
    *((number, EXACT) for number in range(5)),
    (0, BY_SCENARIO),
    (3, BY_SCENARIO),
    (3, BY_PROOF),
]
"""(number of the programme and of its limits, way of searching)"""
ROUNDING = 2e-4
"""The gap that is asked for, and rounding of single precision."""

Choice = Mapping[int, tuple[int, float]]
"""place → (year, scale)"""


def usd(amount: float) -> Money:
    return Money(amount=Decimal(str(round(amount, 2))), currency="USD")


def programme(seed: int, count: int = 7, *, partial: bool = False) -> list[Measure]:
    """Measures with everything that a plan must respect; three quarters can start in two years."""
    rng = np.random.default_rng(seed)
    found = []
    for k in range(count):
        likely = float(rng.uniform(8, 30))
        found.append(
            Measure(
                f"m{k}",
                f"Measure {k}",
                likely=likely,
                low=likely * 0.6,
                high=likely * 1.5,
                start=2025.25 if rng.random() < 0.75 else 2026.0,
                ramp=float(rng.uniform(0, 0.5)),
                chance=float(rng.uniform(0.5, 1)),
                depends_on=(f"m{k - 2}",) if k in (3, 5) else (),
                excludes=("m1",) if k == 4 else (),
                owners=("north",) if k % 2 else ("south", "north"),
                cost=usd(rng.uniform(5, 20)),
                finance=usd(rng.uniform(10, 40)),
                facility="line" if k % 3 == 0 else None,
                smallest=0.5 if partial and k in (0, 2) else 1.0,
            )
        )
    return found


def asked(measures: list[Measure], seed: int, spread: float = 0.12) -> Question:
    draws = 100 * np.exp(np.random.default_rng(seed).normal(0, spread, (60, 2)))
    rng = np.random.default_rng(seed)
    return question(draws, YEARS, 150.0, measures, rng=rng, scenarios=30, fresh=500)


def choices(measures: list[Measure], scales: tuple[float, ...] = ()) -> Iterator[Choice]:
    """Every way of choosing measures, years and scales, allowed or not."""
    ways: list[list[tuple[int, float] | None]] = []
    for measure in measures:
        years = range(int(measure.start), 2027)
        parts = scales if measure.smallest < 1 and scales else (1.0,)
        ways.append([None, *product(years, parts)])
    for way in product(*ways):
        yield {place: pair for place, pair in enumerate(way) if pair is not None}


def allowed(measures: list[Measure], choice: Choice, limits: Limits) -> bool:
    ids = {measures[place].id: year for place, (year, _) in choice.items()}
    starts: dict[tuple[str, int], int] = {}
    drawn: dict[tuple[str, int], float] = {}
    spent: dict[int, float] = {}
    for place, (year, scale) in choice.items():
        measure = measures[place]
        if any(ids.get(name, 9999) > year for name in measure.depends_on):
            return False
        if any(name in ids for name in measure.excludes):
            return False
        for owner in measure.owners:
            starts[owner, year] = starts.get((owner, year), 0) + 1
        if measure.facility and measure.finance:
            key = (measure.facility, year)
            drawn[key] = drawn.get(key, 0) + scale * float(measure.finance.amount)
        if measure.cost:
            spent[year] = spent.get(year, 0) + scale * float(measure.cost.amount)
    return (
        (limits.budget is None or sum(spent.values()) <= float(limits.budget.amount))
        and all(spent.get(y, 0) <= float(m.amount) for y, m in limits.by_year.items())
        and all(n <= (limits.starts_for(owner) or 99) for (owner, _), n in starts.items())
        and all(
            sum(v for (line, _), v in drawn.items() if line == name) <= float(m.amount)
            for name, m in limits.facilities.items()
        )
        and all(
            drawn.get(key, 0) <= float(m.amount) for key, m in limits.facilities_by_year.items()
        )
    )


def chance_of(asked: Question, choice: Choice) -> float:
    """By the options' additions, looked up one by one."""
    adds = np.zeros(asked.options.adds.shape[1])
    for number, option in enumerate(asked.options.options):
        year, scale = choice.get(option.measure, (0, 0.0))
        if year == option.year and all(choice[p][0] == y for p, y in option.years if p in choice):
            adds += scale * asked.options.adds[number].astype(float)
    return float(asked.law.chance(adds).mean())


def cost_of(measures: list[Measure], choice: Choice) -> float:
    costs = [(measures[place].cost, scale) for place, (_, scale) in choice.items()]
    return sum(float(cost.amount) * scale for cost, scale in costs if cost)


LIMITS = [
    Limits(budget=usd(35)),
    Limits(budget=usd(50), starts=2),
    Limits(budget=usd(60), starts=3, starts_of={"south": 1}),
    Limits(budget=usd(60), facilities={"line": usd(30)}),
    Limits(facilities_by_year={("line", 2025): usd(25)}, by_year={2025: usd(20), 2026: usd(15)}),
]


@pytest.mark.parametrize("spread", [0.12, 0.0], ids=["uncertain", "certain"])
@pytest.mark.parametrize(("number", "effort"), CASES)
def test_no_plan_counted_by_hand_has_a_greater_chance(
    number: int, spread: float, effort: Effort
) -> None:
    """With a certain baseline the chance is a step in each scenario: the hardest kind."""
    measures, limits = programme(number), LIMITS[number]
    case = asked(measures, number, spread)
    plan = greatest_chance(case, limits, effort=effort, explain=False)
    counted = max(
        chance_of(case, choice) for choice in choices(measures) if allowed(measures, choice, limits)
    )
    assert plan.closed
    assert plan.chance.scenarios == pytest.approx(counted, rel=ROUNDING)
    assert plan.bound >= counted - 1e-6


@pytest.mark.parametrize("spread", [0.12, 0.0], ids=["uncertain", "certain"])
@pytest.mark.parametrize(("number", "effort"), [(1, EXACT), (3, EXACT), (3, BY_PROOF)])
def test_no_plan_counted_by_hand_is_cheaper(number: int, spread: float, effort: Effort) -> None:
    measures, limits = programme(number), LIMITS[number]
    case = asked(measures, number, spread)
    every = [choice for choice in choices(measures) if allowed(measures, choice, limits)]
    chances = np.array([chance_of(case, choice) for choice in every])
    costs = np.array([cost_of(measures, choice) for choice in every])
    wanted = float(np.quantile(chances, 0.9)) - 1e-6
    plan = least_cost(case, limits, wanted, effort=effort, explain=False)
    assert isinstance(plan, Plan)
    assert plan.closed
    assert plan.chance.scenarios >= wanted - 1e-9
    assert plan.cost == pytest.approx(costs[chances >= wanted].min(), rel=ROUNDING)


def test_a_scale_between_is_as_good_as_the_finest_grid() -> None:
    """A grid in steps of 1/50 cannot be better; the plan cannot be worse than the grid."""
    measures, limits = programme(2, 5, partial=True), Limits(budget=usd(30))
    case = asked(measures, 2)
    grid = tuple(np.linspace(0.5, 1, 26))
    counted = max(
        chance_of(case, choice)
        for choice in choices(measures, grid)
        if allowed(measures, choice, limits)
    )
    plan = greatest_chance(case, limits, effort=Effort(gap=1e-3), explain=False)
    assert plan.closed
    assert counted * (1 - 2e-3) <= plan.chance.scenarios <= plan.bound + 1e-9
    assert plan.bound >= counted - 1e-6


def test_an_option_adds_what_the_simulation_says() -> None:
    """Start, delay and dependencies are reckoned twice, here and in the outlook: they agree."""
    from bilat.outlook.effects import additions_at, become, draw

    measures = programme(3)
    case = asked(measures, 3)
    draws = draw(measures, np.arange(200.0), case.assumptions, np.random.default_rng(5))
    from bilat.outlook.plan.options import options_of

    found = options_of(measures, draws, case.assumptions, YEARS)
    for number, option in enumerate(found.options):
        years = dict(option.years) | {option.measure: option.year}
        moved = [started_in(m, years.get(k, int(m.start))) for k, m in enumerate(measures)]
        drawn = become(moved, draws, case.assumptions)
        adds = additions_at(moved, drawn, YEARS, 1)[option.measure]
        assert found.adds[number] == pytest.approx(adds, rel=1e-5, abs=1e-5)


def test_a_chance_out_of_reach_says_what_binds_and_what_it_would_take() -> None:
    measures = programme(4)
    case = asked(measures, 4)
    limits = Limits(budget=usd(15), starts=2)
    every = [choice for choice in choices(measures) if allowed(measures, choice, limits)]
    best = max(chance_of(case, choice) for choice in every)
    free = Limits(starts=2)
    rich = [choice for choice in choices(measures) if allowed(measures, choice, free)]
    chances = np.array([chance_of(case, choice) for choice in rich])
    wanted = (best + float(chances.max())) / 2
    found = least_cost(case, limits, wanted, effort=EXACT)
    assert isinstance(found, Shortfall)
    assert found.proven
    assert found.nearest.chance.scenarios == pytest.approx(best, rel=ROUNDING)
    assert "budget" in str(found.lifted[0].limit)
    costs = np.array([cost_of(measures, choice) for choice in rich])
    assert found.needed is not None
    assert found.needed.cost == pytest.approx(costs[chances >= wanted].min(), rel=ROUNDING)
    assert str(round(found.needed.cost)) in str(found.words)


@pytest.mark.parametrize("spread", [0.12, 0.0], ids=["uncertain", "certain"])
def test_the_hull_of_a_chance_is_never_below_it_and_touches_it(spread: float) -> None:
    """Looked at from many points, over ranges at random."""
    law = asked(programme(1), 1, spread).law
    rng = np.random.default_rng(2)
    for _ in range(50):
        low, high = np.sort(rng.uniform(0, 60, (2, 30)), axis=0)
        ranges = law.ranges(low, high)
        lines = law.lines(ranges, rng.uniform(low, high))
        for share in np.linspace(0, 1, 40):
            here = low + share * (high - low)
            assert (lines.base + lines.slope * here >= law.chance(here) - 1e-9).all()
        for end in (lines.left, lines.right):
            assert lines.base + lines.slope * end == pytest.approx(law.chance(end), abs=1e-9)
