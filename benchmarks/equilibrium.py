"""How long does a new equilibrium take, and how far is a peer's from it?

    python benchmarks/equilibrium.py [--countries 200] [--runs 5] [--gegravity PYTHON]

A world is made here from a seed: countries of very different size, distances, sales at home. The
first two countries get trade that is a tenth cheaper. Per scope, the fastest and the median of the
runs stand, in this process, after one that is not counted. --gegravity: an interpreter that has
gegravity 0.3; it is timed on the same world, and its welfare compared.
"""

from __future__ import annotations

import argparse
import csv
import json
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
import json, sys, time, warnings
import numpy as np, pandas as pd
warnings.filterwarnings("ignore")
import gegravity as ge
from gme import EstimationData, EstimationModel
"""


def world(n: int, seed: int = 1) -> Matrix:
    """(n, n) flows."""
    rng = np.random.default_rng(seed)
    size = np.exp(rng.normal(0, 1.8, n))
    place = rng.uniform(0, 10_000, (n, 2))
    far = np.hypot(*np.moveaxis(place[:, None] - place[None], 2, 0)) + 300
    flows: Matrix = np.outer(size, size) * (far / 3000) ** -1.0 * np.exp(rng.normal(0, 1, (n, n)))
    np.fill_diagonal(flows, 4 * flows.sum(axis=1))
    return flows


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
