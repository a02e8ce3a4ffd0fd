"""How near to the truth is the mirror, where the truth is known? Beside plain ways and an oracle.

    PYTHONPATH=. python benchmarks/mirror_accuracy.py [--seeds 1] [--coverage]

``--coverage`` asks instead how coverage differs between worlds of a kind.

Scores flows of at least 1,000 dollars that at least one side reported; a way that needs the silent
side takes the other's figure as it is. The oracle knows every reporter's noise and bias and every
margin, weighs both reports by their precision, and does not look for slips. The table of
``shared/peers.md`` is repeated for comparison: its world was made by the same description.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from benchmarks.mirror_world import (
    SCENARIOS,
    Floats,
    Ints,
    Scenario,
    World,
    reported_cells,
    world,
)

from bilat.mirror import Flows, reconcile


@dataclass(frozen=True)
class Score:
    """Median absolute log error, share within 10 %, error weighted by value."""

    median: float
    within: float
    weighted: float

    def __str__(self) -> str:
        return f"{self.median:8.4f} {self.within:8.3f} {self.weighted:8.3f}"


@dataclass(frozen=True)
class Coverage:
    """Share of the truth inside the 80 % and the 95 % intervals."""

    inside80: float
    inside95: float


def filled(first: Floats, second: Floats) -> Floats:
    return np.where(first > 0, first, second)


def oracle(made: World) -> Floats:
    """Inverse-variance weights of the true noise, after the true bias and margin."""
    logs = (
        np.log(made.x) - made.bias[0][made.exporter],
        np.log(made.m) - made.bias[1][made.importer] - made.log_margin,
    )
    noise = (made.noise[0][made.exporter], made.noise[1][made.importer])
    precision = [
        np.where(np.isnan(log), 0.0, 1 / np.maximum(scale, 1e-9) ** 2)
        for log, scale in zip(logs, noise, strict=True)
    ]
    with np.errstate(invalid="ignore"):
        both = sum(np.nan_to_num(log) * p for log, p in zip(logs, precision, strict=True))
        return np.asarray(np.exp(both / (precision[0] + precision[1])))


SMALLEST = 1_000.0
WAYS: dict[str, Callable[[World], Floats]] = {
    "importer's CIF": lambda made: filled(made.m, made.x),
    "exporter's FOB": lambda made: filled(made.x, made.m),
    "mean": lambda made: (filled(made.x, made.m) + filled(made.m, made.x)) / 2,
    "oracle": oracle,
}


KINDS = {
    "few reporters, 400 products": (replace(SCENARIOS["few reporters"], products=400), 24),
    "twice as noisy, 20 countries": (
        replace(SCENARIOS["exporters twice as noisy"], countries=20),
        6,
    ),
    "8 countries, 20 products, 4 years": (Scenario(countries=8, products=20, periods=4), 60),
    "8 countries, 4 products, 3 years": (Scenario(countries=8, products=4, periods=3), 200),
}
"""Worlds whose coverage is compared, and how many of each."""


def scored(made: World, rows: Ints) -> Ints:
    """Of the reported rows, those that count."""
    return np.flatnonzero(made.truth[rows] >= SMALLEST)


def score(estimate: Floats, truth: Floats) -> Score:
    error = np.abs(np.log(estimate / truth))
    weighted = np.abs(estimate - truth).sum() / truth.sum()
    return Score(float(np.median(error)), float(np.mean(error < np.log(1.1))), float(weighted))


def coverage(flows: Flows, truth: Floats, kept: Ints) -> Coverage:
    low95, low80, high80, high95 = flows.ends[:, kept]
    return Coverage(
        float(np.mean((low80 <= truth) & (truth <= high80))),
        float(np.mean((low95 <= truth) & (truth <= high95))),
    )


def measured(made: World) -> tuple[dict[str, Score], Coverage]:
    """Every way's score on one world, ours last, and our coverage."""
    cells, geography, rows = reported_cells(made)
    flows = reconcile(cells, geography, rng=np.random.default_rng(0))
    kept = scored(made, rows)
    truth = made.truth[rows][kept]
    scores = {name: score(way(made)[rows][kept], truth) for name, way in WAYS.items()}
    scores["bilat mirror"] = score(flows.value[kept], truth)
    return scores, coverage(flows, truth, kept)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--coverage", action="store_true")
    arguments = parser.parse_args()
    with np.errstate(divide="ignore", invalid="ignore"):
        if arguments.coverage:
            compare_worlds()
        else:
            compare_ways(arguments.seeds)


def compare_worlds() -> None:
    """Mean, least and most of both shares, and worlds within 78–82 % and 94–96 %."""
    for name, (scenario, count) in KINDS.items():
        found = [measured(world(replace(scenario, seed=seed + 1)))[1] for seed in range(count)]
        shares = np.array([(one.inside80, one.inside95) for one in found])
        good = int((np.abs(shares - (0.80, 0.95)) <= (0.02, 0.01)).all(1).sum())
        figures = np.column_stack([shares.mean(0), shares.min(0), shares.max(0)])
        print(
            f"{name:<34} {figures[0].round(3)} {figures[1].round(3)} {good} of {count}", flush=True
        )


def compare_ways(seeds: int) -> None:
    print(f"{'':<32} {'median':>8} {'within':>8} {'weighted':>8}   80 %   95 %")
    for name, scenario in SCENARIOS.items():
        for seed in range(1, seeds + 1):
            report(f"{name}, seed {seed}", *measured(world(replace(scenario, seed=seed))))


def report(name: str, scores: dict[str, Score], inside: Coverage) -> None:
    print(name)
    for way, result in scores.items():
        ours = f"  {inside.inside80:.3f}  {inside.inside95:.3f}" if way == "bilat mirror" else ""
        print(f"  {way:<30} {result}{ours}")


if __name__ == "__main__":
    main()
