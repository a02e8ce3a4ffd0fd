"""How long does a new equilibrium take, and how far is a peer's from it?

    OPENBLAS_NUM_THREADS=1 python benchmarks/equilibrium.py [--countries 200] [--runs 5]
        [--gegravity PYTHON]

A world is made here from a seed: countries of very different size, distances, sales at home. The
first two countries get trade that is a tenth cheaper. Per scope, the fastest and the median of the
runs stand, in this process, after one that is not counted. --gegravity: an interpreter that has
gegravity 0.3; it is timed on the same world, and its conditional welfare compared.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from bilat.potential.equilibrium import Scope, equilibrium
from bilat.potential.presence import Matrix

SIGMA = 5.0
FACTOR = 0.9
LIMIT_SECONDS = 0.1
SCOPES: tuple[Scope, ...] = ("conditional", "full")
PEER = """
import sys, time, warnings
import numpy as np, pandas as pd
warnings.filterwarnings("ignore")
import gegravity as ge
source, target, sigma, factor = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
flows = np.load(source)
n = len(flows)
names = [f"C{at:03d}" for at in range(n)]
made, spent = flows.sum(axis=1), flows.sum(axis=0)
i, j = (axis.ravel() for axis in np.indices((n, n)))
barrier = np.log(flows / np.outer(made, spent) * made.sum()).ravel()
data = pd.DataFrame({"exporter": [names[x] for x in i], "importer": [names[x] for x in j],
    "year": "2020", "trade": flows.ravel(), "Y": made[i], "E": spent[j], "barrier": barrier})
after = data.copy()
pair = ((i == 0) & (j == 1)) | ((i == 1) & (j == 0))
after.loc[pair, "barrier"] += (1 - sigma) * np.log(factor)
given = pd.DataFrame([{"var": "barrier", "coeff": 1.0, "ste": 0.1}])
coefficients = ge.CostCoeffs(given, identifier_col="var", coeff_col="coeff", stderr_col="ste")
start = time.perf_counter()
base = ge.BaselineData(data, trade_var_name="trade", expend_var_name="E", output_var_name="Y")
model = ge.OneSectorGE(base, year="2020", sigma=sigma, reference_importer=names[-1],
    cost_variables=["barrier"], cost_coeff_values=coefficients, quiet=True)
model.build_baseline()
model.define_experiment(after)
model.simulate()
seconds = time.perf_counter() - start
terms = model.country_mr_terms.sort_index()
np.save(target, np.append((terms["baseline imr"] / terms["conditional imr"]).to_numpy(), seconds))
"""
"""It starts from costs instead of flows: those that the flows imply. Its full scope keeps the
shares of output and spending in the resistances, so the conditional scope is compared."""


def world(n: int, seed: int = 1) -> Matrix:
    """(n, n) flows, each country's trade balanced."""
    rng = np.random.default_rng(seed)
    size = np.exp(rng.normal(0, 1.8, n))
    place = rng.uniform(0, 10_000, (n, 2))
    far = np.hypot(*np.moveaxis(place[:, None] - place[None], 2, 0)) + 300
    flows: Matrix = np.outer(size, size) * (far / 3000) ** -1.0 * np.exp(rng.normal(0, 1, (n, n)))
    np.fill_diagonal(flows, 4 * flows.sum(axis=1))
    return flows + flows.T


def cheaper(n: int) -> Matrix:
    costs = np.ones((n, n))
    costs[0, 1] = costs[1, 0] = FACTOR
    return costs


def timed(flows: Matrix, scope: Scope, runs: int) -> list[float]:
    costs = cheaper(len(flows))
    equilibrium(flows, costs, elasticity=SIGMA, scope=scope)
    seconds = []
    for _run in range(runs):
        start = time.perf_counter()
        equilibrium(flows, costs, elasticity=SIGMA, scope=scope)
        seconds.append(time.perf_counter() - start)
    return seconds


def peer(python: Path, flows: Matrix) -> tuple[float, float]:
    """Seconds, and how far its welfare is from ours at most, conditional scope."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "flows.npy", Path(folder) / "found.npy"
        np.save(source, flows)
        words = [str(python), "-c", PEER, str(source), str(target), str(SIGMA), str(FACTOR)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        *welfare, seconds = np.load(target)
    ours = equilibrium(
        flows,
        cheaper(len(flows)),
        elasticity=SIGMA,
        scope="conditional",
        reference=len(flows) - 1,
    )
    return float(seconds), float(np.abs(ours.welfare - np.array(welfare)).max())


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--countries", type=int, default=200)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--gegravity", type=Path)
    options = asked.parse_args()
    flows = world(options.countries)
    slow = False
    for scope in SCOPES:
        times = timed(flows, scope, options.runs)
        slow |= min(times) > LIMIT_SECONDS
        print(
            f"{options.countries} countries, {scope}: fastest {min(times):.4f} s, "
            f"median {statistics.median(times):.4f} s"
        )
    if options.gegravity:
        seconds, distance = peer(options.gegravity, flows)
        print(f"gegravity, both scopes: {seconds:.1f} s; conditional welfare within {distance:.1e}")
    if slow:
        raise SystemExit(f"slower than {LIMIT_SECONDS} s")


if __name__ == "__main__":
    main()
