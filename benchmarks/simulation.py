"""How long do 100,000 paths × 60 months × 50 measures take, and how much memory?

    python benchmarks/simulation.py [--paths 100000] [--months 60] [--measures 50] [--runs 5]

Beside it, in the same run, the same additions by plain numpy (one array a measure, all in memory),
without contributions and quantiles.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bilat.outlook.measures import Measure
from bilat.outlook.simulation import simulate

Floats = NDArray[np.float64]


def measures(count: int) -> list[Measure]:
    """Every fifth waits for the one before it."""
    return [
        Measure(
            f"m{k}",
            f"Measure {k}",
            low=5e5,
            likely=1e6 + 1e4 * k,
            high=2e6,
            start=2026 + k % 4,
            ramp=float(k % 3),
            chance=min(0.3 + 0.01 * k, 0.95),
            displaced=0.1,
            depends_on=(f"m{k - 1}",) if k % 5 == 4 else (),
        )
        for k in range(count)
    ]


def plain(baseline: Floats, edges: Floats, many: list[Measure]) -> Floats:
    """What a notebook would do: level plus each measure's additions, delays and luck drawn."""
    rng = np.random.default_rng(0)
    n = len(baseline)
    middle = (edges[1:] + edges[:-1]) / 2
    total = baseline.copy()
    for measure in many:
        size = measure.likely * np.exp(0.35 * rng.standard_normal(n)) * (rng.random(n) < 0.5)
        begins = measure.start + rng.exponential(0.5, n)
        rise = (middle[None, :] - begins[:, None]) / max(measure.ramp, 1e-9)
        total += size[:, None] * np.clip(rise, 0, 1)
    return total


def seconds(work: Callable[[], object], runs: int) -> float:
    taken = []
    for _run in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--paths", type=int, default=100_000)
    arguments.add_argument("--months", type=int, default=60)
    arguments.add_argument("--measures", type=int, default=50)
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    steps = np.random.default_rng(1).normal(0, 0.05, (given.paths, given.months))
    baseline = 12e6 * np.exp(steps.cumsum(1))
    edges = 2026 + np.arange(given.months + 1) / 12
    many = measures(given.measures)
    ours = seconds(
        lambda: simulate(baseline, edges, 20e6, many, rng=np.random.default_rng(2)), given.runs
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bare = seconds(lambda: plain(baseline, edges, many), given.runs)
    print(f"simulate, with contributions and quantiles: {ours:.2f} s, {peak:.0f} MiB at most")
    print(f"plain numpy, additions alone: {bare:.2f} s; ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
