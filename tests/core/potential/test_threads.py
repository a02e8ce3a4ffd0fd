"""Who shares a server computes on one thread; on how many does not change what is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bilat.potential.threads import LIMITS

HERE = "import json, sys, numpy as np\n"
COUNT = """
matrix = np.ones((700, 700))
matrix @ matrix
lines = open("/proc/self/status").read().splitlines()
print([line.split()[1] for line in lines if line.startswith("Threads")][0])
"""
INDICES = """
from bilat.potential.complexity import complexity
rng = np.random.default_rng(3)
ability, need = rng.normal(size=(80, 1)), rng.normal(size=(1, 700))
makes = rng.random((80, 700)) < 1 / (1 + np.exp(need - 2 * ability))
found = complexity(makes * np.exp(rng.normal(size=(80, 700))))
json.dump([found.eci.tolist(), found.pci.tolist(), found.coi.tolist()], sys.stdout)
"""


def told(code: str, **environment: str) -> str:
    """What a fresh process prints, in which no limit is set but these."""
    rest = {name: value for name, value in os.environ.items() if name not in LIMITS}
    run = [sys.executable, "-c", HERE + code]
    return subprocess.run(
        run, env={**rest, **environment}, capture_output=True, check=True, text=True
    ).stdout


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to count threads in")
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor is one thread anyway")
def test_a_command_and_the_office_take_one_thread_and_a_notebook_what_it_likes() -> None:
    command = "import sys; assert 'numpy' not in sys.modules; import numpy as np"
    assert int(told(COUNT)) > 1
    for begins in ("import bilat.cli.main", "import bilat_office.settings"):
        code = f"{begins}\n{command}\n{COUNT}"
        run = [sys.executable, "-c", code]
        rest = {name: value for name, value in os.environ.items() if name not in LIMITS}
        done = subprocess.run(run, env=rest, capture_output=True, check=True, text=True)
        assert int(done.stdout) == 1, begins


def test_indices_are_the_same_on_one_thread_and_on_two() -> None:
    one, two = (json.loads(told(INDICES, OPENBLAS_NUM_THREADS=count)) for count in "12")
    for first, second in zip(one, two, strict=True):
        # Sums in another order, carried by an eigenvector that is well apart from the next.
        assert second == pytest.approx(first, abs=1e-9)
