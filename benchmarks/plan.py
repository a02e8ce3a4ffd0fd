"""How long does a plan take? 60 measures, 5 years, 500 scenarios, to a gap of 1 %.

    python benchmarks/plan.py [--seeds 3] [--kinds steady,usual,…] [--goals chance,cost]
    python benchmarks/plan.py --classical 60     # the programme with a binary for each scenario

Programmes are drawn at random, with a seed: effects, starts over two and a half years, ramps,
chances, displacement, costs, eight owners with two starts a year each, 12 dependencies in the mean,
three measures in ten that can be carried out in part. The baseline is a random walk of the
logarithm, of the yearly spread that stands in the table. The budget is a share of all costs. Wall
and processor seconds include the drawing of scenarios and the check on 20,000 fresh draws.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from bilat.outlook.measures import Measure
from bilat.outlook.plan import (
    Effort,
    Limits,
    Plan,
    Question,
    greatest_chance,
    least_cost,
    question,
)
from bilat.outlook.plan.limits import purse_of
from bilat.outlook.plan.space import space_of
from bilat.vocabulary import Money

Floats = NDArray[np.float64]

EDGES = np.arange(2025, 2031, dtype=float)
LEVEL = 300.0
MEASURES = 60
DRAWS = 40_000


@dataclass(frozen=True)
class Kind:
    """spread: of the baseline, a year. target: times the level now. share: of all costs that the
    budget is. asked: the chance for the least cost."""

    spread: float
    target: float
    share: float
    asked: float


KINDS = {
    "usual": Kind(0.20, 1.4, 0.35, 0.5),
    "ambitious": Kind(0.20, 2.0, 0.35, 0.25),
    "calm": Kind(0.10, 1.4, 0.20, 0.5),
    "steady": Kind(0.05, 1.4, 0.20, 0.5),
    "certain": Kind(0.0, 1.4, 0.20, 0.5),
}


def usd(amount: float) -> Money:
    return Money(amount=Decimal(str(round(amount, 2))), currency="USD")


def programme(rng: np.random.Generator) -> list[Measure]:
    return [_measure(rng, number) for number in range(MEASURES)]


def _measure(rng: np.random.Generator, number: int) -> Measure:
    likely = float(rng.lognormal(np.log(8), 0.7))
    waits = number > 0 and rng.random() < 12 / MEASURES
    return Measure(
        f"m{number}",
        f"Measure {number}",
        likely=likely,
        low=likely * rng.uniform(0.3, 0.8),
        high=likely * rng.uniform(1.2, 2.2),
        start=2025 + float(rng.uniform(0, 2.5)),
        ramp=float(rng.uniform(0, 2)),
        chance=float(rng.uniform(0.25, 1)),
        displaced=float(rng.uniform(0, 0.4)),
        depends_on=(f"m{rng.integers(0, number)}",) if waits else (),
        owners=(f"ministry {rng.integers(0, 8)}",),
        cost=usd(likely * rng.uniform(0.3, 2)),
        smallest=1.0 if rng.random() > 0.3 else 0.4,
    )


def instance(kind: Kind, seed: int) -> tuple[Question, Limits]:
    rng = np.random.default_rng(seed)
    measures = programme(rng)
    baseline = LEVEL * np.exp(np.cumsum(rng.normal(0, kind.spread, (DRAWS, 5)), axis=1))
    case = question(baseline, EDGES, LEVEL * kind.target, measures, rng=rng)
    total = sum(float(measure.cost.amount) for measure in measures if measure.cost)
    return case, Limits(budget=usd(kind.share * total), starts=2)


def planned(name: str, seed: int, goal: str, gap: float) -> None:
    kind, wall, cpu = KINDS[name], time.perf_counter(), time.process_time()
    case, limits = instance(kind, seed)
    effort = Effort(gap=gap)
    late = wall + 120

    def watch(progress: object) -> bool:
        return time.perf_counter() > late

    if goal == "chance":
        plan = greatest_chance(case, limits, effort=effort, watch=watch, explain=False)
    else:
        free = Limits(starts=2)
        found = least_cost(case, free, kind.asked, effort=effort, watch=watch, explain=False)
        assert isinstance(found, Plan)
        plan = found
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(
        f"| {name} | {kind.spread:.2f} | {seed} | {goal} | {100 * plan.chance.without:.1f} "
        f"| {100 * plan.chance.scenarios:.1f} | {100 * plan.chance.fresh:.1f} "
        f"± {100 * plan.chance.error:.1f} | {len(plan.steps)} | {100 * plan.gap:.2f} "
        f"| {plan.parts} | {wall:.0f} | {cpu:.0f} |",
        flush=True,
    )


def classical(name: str, seed: int, seconds: float) -> None:
    """max Σz_ω with Σ a_jω x_j ≥ g_ω z_ω over 500 plain draws of baseline and measures."""
    case, limits = instance(KINDS[name], seed)
    space = space_of(case.options, limits, purse_of(case.measures, limits))
    rng = np.random.default_rng(seed)
    n = space.adds.shape[1]
    # One draw of the baseline for each scenario, from its law given the scenario's luck.
    below = rng.random((n, 1)) > case.law.value
    gaps = case.law.at[np.minimum(below.sum(1), len(case.law.at) - 1)]
    gaps[below.all(1)] = np.inf
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 2), ("time_limit", seconds)):
        solver.setOptionValue(option, value)
    solver.setOptionValue("mip_rel_gap", 0.01)
    _columns(solver, space.columns, n, set(space.y.tolist()))
    for row, top in zip(space.rows, space.top, strict=True):
        columns = np.flatnonzero(row).astype(np.int32)
        solver.addRow(-highspy.kHighsInf, top, len(columns), columns, row[columns])
    for scenario, gap in enumerate(gaps):
        z = space.columns + scenario
        if not np.isfinite(gap) or space.adds[:, scenario].sum() < gap:
            solver.changeColBounds(z, 0.0, 0.0)
        elif gap > 0:
            adds = np.minimum(space.adds[:, scenario], np.where(space.smallest < 1, np.inf, gap))
            columns = np.append(space.w, z).astype(np.int32)
            solver.addRow(0.0, highspy.kHighsInf, len(columns), columns, np.append(adds, -gap))
    start = time.perf_counter()
    solver.run()
    info = solver.getInfo()
    best, bound = info.objective_function_value, info.mip_dual_bound
    print(
        f"| {name} | {seed} | {100 * best / n:.1f} | {100 * bound / n:.1f} "
        f"| {100 * (bound - best) / max(best, 1):.1f} | {time.perf_counter() - start:.0f} |",
        flush=True,
    )


def _columns(solver: Any, columns: int, scenarios: int, integer: set[int]) -> None:
    for column in range(columns + scenarios):
        solver.addVar(0.0, 1.0)
        if column in integer or column >= columns:
            solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        if column >= columns:
            solver.changeColCost(column, 1.0)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--goals", default="chance,cost")
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--classical", type=float, metavar="SECONDS")
    options = parser.parse_args()
    if options.classical:
        print("| kind | seed | chance % | bound % | gap % | seconds |")
        print("|-|-|-|-|-|-|")
        for name in options.kinds.split(","):
            for seed in range(1, options.seeds + 1):
                classical(name, seed, options.classical)
        return
    print(
        "| kind | spread | seed | goal | without % | scenarios % | fresh % | measures | gap % "
        "| parts | seconds | processor |"
    )
    print("|-|-|-|-|-|-|-|-|-|-|-|-|")
    for name in options.kinds.split(","):
        for goal in options.goals.split(","):
            for seed in range(1, options.seeds + 1):
                planned(name, seed, goal, options.gap)


if __name__ == "__main__":
    main()
