"""How fast is complexity, and does it give the numbers of the package that others use?

    python benchmarks/complexity.py [--peer VENV/bin/python] [--years 10] [--products 5000]

A world is made here, from a seed: 200 countries × 5,000 products, heavy tails, a third of the cells
filled, every country and product with some exports. Each step runs in a process of its own, whose
peak memory is told; the seconds are those of the computation alone. --peer: a Python in which
``ecomplexity`` 0.5.3 is installed (pip install ecomplexity==0.5.3, in an environment of its own: it
is no dependency of ours); its answers are compared with ours, cell by cell.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

COUNTRIES = 200
NAMES = ("eci", "pci", "density", "coi", "cog")

PEER = """
import sys, time
import numpy as np, pandas as pd
from ecomplexity import ecomplexity
values = np.load(sys.argv[1])
n, m = values.shape
table = pd.DataFrame({
    "time": 2023,
    "loc": np.repeat([f"c{i:03}" for i in range(n)], m),
    "prod": np.tile([f"p{j:04}" for j in range(m)], n),
    "val": values.ravel(),
})
began, worked = time.perf_counter(), time.process_time()
done = ecomplexity(table, {"time": "time", "loc": "loc", "prod": "prod", "val": "val"})
seconds, busy = time.perf_counter() - began, time.process_time() - worked
done = done.sort_values(["loc", "prod"])
cell = lambda name: done[name].to_numpy(float).reshape(n, m)
np.savez(sys.argv[2], eci=cell("eci")[:, 0], pci=cell("pci")[0], density=cell("density"),
         coi=cell("coi")[:, 0], cog=cell("cog"))
print(seconds, busy)
"""


def world(seed: int, products: int) -> np.ndarray:
    """(200, products) dollars."""
    rng = np.random.default_rng(seed)
    size = rng.lognormal(0, 1.5, (COUNTRIES, 1)) * rng.lognormal(0, 1.0, (1, products))
    skill, need = rng.normal(size=(COUNTRIES, 1)), rng.normal(size=(1, products))
    filled = rng.random((COUNTRIES, products)) < 1 / (1 + np.exp(0.7 + need - skill))
    filled[rng.integers(COUNTRIES, size=products), np.arange(products)] = True
    filled[np.arange(COUNTRIES), rng.integers(products, size=COUNTRIES)] = True
    return np.round(filled * size * rng.lognormal(8, 1.5, size.shape))


def step(arguments: list[str]) -> None:
    """``--step SOURCE TARGET YEARS``: ours, of so many years one after another."""
    from bilat.potential.complexity import complexity

    source, target, years = arguments
    first = np.load(source)
    worlds = [first, *(world(seed, first.shape[1]) for seed in range(1, int(years)))]
    began, worked = time.perf_counter(), time.process_time()
    for values in worlds:
        done = complexity(values)
        if values is first:
            np.savez(target, **{name: getattr(done, name) for name in NAMES})
    print(time.perf_counter() - began, time.process_time() - worked)


def in_a_process(*command: object) -> tuple[float, float, float]:
    """Seconds that it says itself, those of all processors, and its peak MiB."""
    child = subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE)
    assert child.stdout
    said = child.stdout.read().split()
    _pid, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"failed: {command[0]}")
    return float(said[-2]), float(said[-1]), usage.ru_maxrss / 1024


def show(what: str, seconds: float, busy: float, memory: float) -> None:
    print(f"{what}: {seconds:.2f} s, of all processors {busy:.2f} s; {memory:.0f} MiB")


def apart(ours: Path, theirs: Path) -> None:
    """The largest difference, where the peer has a number."""
    mine, other = np.load(ours), np.load(theirs)
    for name in NAMES:
        difference = np.abs(mine[name] - other[name])
        print(f"  {name}: at most {np.nanmax(difference):.1e} apart")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--products", type=int, default=5_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        source, ours, theirs = folder / "world.npy", folder / "ours.npz", folder / "theirs.npz"
        np.save(source, world(0, asked.products))
        one = in_a_process(sys.executable, __file__, "--step", source, ours, 1)
        show(f"one year, {COUNTRIES} × {asked.products:,}", *one)
        years = in_a_process(sys.executable, __file__, "--step", source, ours, asked.years)
        show(f"{asked.years} years", *years)
        if asked.peer:
            peer = in_a_process(asked.peer, "-c", PEER, source, theirs)
            show("ecomplexity 0.5.3", *peer)
            print(f"  {peer[0] / one[0]:.0f} times as long, {peer[1] / one[1]:.0f} times the work")
            apart(ours, theirs)


if __name__ == "__main__":
    if "--step" in sys.argv:
        step(sys.argv[2:])
    else:
        main()
