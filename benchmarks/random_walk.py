"""How honest is the plain random walk? Coverage and chances on a panel of yearly imports.

    python benchmarks/random_walk.py PANEL.parquet [--drift-weight 80 --step 0.2 --step-weight 4]

PANEL: four columns, two countries, year, dollars (0 where nothing was reported). Flows above 1
million dollars at the origin, at least 8 observations before it, origins 2005 to 2014, horizon 5.
"""

from __future__ import annotations

import argparse

import duckdb
import numpy as np

from bilat.outlook.random_walk import Prior, forecast

HORIZONS = (1, 3, 5)


def series(path: str) -> list[dict[int, float]]:
    rows = duckdb.read_parquet(path).fetchall()
    flows: dict[tuple[object, object], dict[int, float]] = {}
    for exporter, importer, year, value in (row[:4] for row in rows):
        if value and value > 0:
            flows.setdefault((exporter, importer), {})[int(year)] = float(value)
    return list(flows.values())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("panel")
    parser.add_argument("--drift-weight", type=float, default=Prior.drift_weight)
    parser.add_argument("--step", type=float, default=Prior.step)
    parser.add_argument("--step-weight", type=float, default=Prior.step_weight)
    parser.add_argument("--cases", type=int, default=4000)
    options = parser.parse_args()
    prior = Prior(options.drift_weight, options.step, options.step_weight)
    cases = [
        (flow, origin)
        for flow in series(options.panel)
        for origin in range(2005, 2015)
        if flow.get(origin, 0) > 1e6
        and sum(year <= origin for year in flow) >= 8
        and all(origin + h in flow for h in HORIZONS)
    ]
    rng = np.random.default_rng(1)
    chosen = [cases[i] for i in rng.choice(len(cases), min(options.cases, len(cases)), False)]
    report(chosen, prior)


def report(cases: list[tuple[dict[int, float], int]], prior: Prior) -> None:
    print(f"{len(cases)} cases, {prior}")
    for h in HORIZONS:
        inside80, inside95, scores, chances, doubled = [], [], [], [], []
        for flow, origin in cases:
            years = sorted(year for year in flow if year <= origin)
            fit = forecast(years, [flow[year] for year in years], prior=prior)
            truth = flow[origin + h]
            low95, low80, high80, high95 = fit.quantile([0.025, 0.1, 0.9, 0.975], h)
            inside80.append(low80 <= truth <= high80)
            inside95.append(low95 <= truth <= high95)
            shares = np.linspace(0.025, 0.975, 39)
            gaps = np.log(truth) - np.log(fit.quantile(shares.tolist(), h))
            scores.append(2 * np.mean(np.maximum(shares * gaps, (shares - 1) * gaps)))
            chances.append(fit.chance_of(2 * flow[origin], h))
            doubled.append(truth >= 2 * flow[origin])
        print(
            f"h={h}: 80% interval covers {np.mean(inside80):.3f}, "
            f"95% covers {np.mean(inside95):.3f}, CRPS {np.mean(scores):.3f}; "
            f"doubling: said {np.mean(chances):.3f}, came {np.mean(doubled):.3f}"
        )


if __name__ == "__main__":
    main()
