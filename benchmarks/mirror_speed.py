"""How fast is the mirror, and does its cost stay in proportion? 1, 10 and 30 million flows.

    python benchmarks/mirror_speed.py [--millions 1 10 30] [--runs 3] [--scratch FOLDER]

The arithmetic (arrays to arrays, as in the peers' table) and the command (Parquet to Parquet) run
in child processes, whose peak memory is told; the yardstick runs between them: bare DuckDB reading
a BACI-like CSV of 10 million rows, sorting it and writing zstd Parquet. The best wall-clock
seconds of the runs, with the processors' seconds beside them, which a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
COUNTRIES = {1: 60, 10: 190, 30: 190}
Measured = tuple[float, float, float]
PRODUCTS = {1: 96, 10: 96, 30: 288}

ARITHMETIC = """
import sys, time, numpy as np
from bilat.mirror import Cells, Geography, reconcile
folder = sys.argv[1]
a = {n: np.load(f"{folder}/{n}.npy") for n in ("exporter", "importer", "product", "period", "x",
     "m", "distance", "contiguous", "sizes")}
sizes = [int(n) for n in a["sizes"]]
cells = Cells(a["exporter"], a["importer"], a["product"], a["period"], a["x"], a["m"], *sizes)
began = time.perf_counter()
reconcile(cells, Geography(a["distance"], a["contiguous"]), rng=np.random.default_rng(0))
print(time.perf_counter() - began)
"""
COMMAND = """
import sys, time
began = time.perf_counter()
from bilat.cli.mirror import command
folder = sys.argv[1]
files = ["--reports", f"{folder}/reports.parquet", "--geo", f"{folder}/geo.parquet"]
command([*files, "--out", f"{folder}/flows.parquet"], standalone_mode=False)
print(time.perf_counter() - began, file=sys.stderr)
"""
YARDSTICK = """
import sys, time, duckdb
folder, began = sys.argv[1], time.perf_counter()
duckdb.sql(f"copy (select * from read_csv('{folder}/baci.csv') order by i, j, k, t) "
           f"to '{folder}/baci.parquet' (format parquet, compression zstd)")
print(time.perf_counter() - began)
"""


def measured(program: str, folder: Path) -> Measured:
    """Seconds that the child tells, seconds of its processors, and its peak MiB."""
    command = [sys.executable, "-c", program, str(folder)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    with tempfile.TemporaryFile("w+") as told:
        child = subprocess.Popen(command, stdout=told, stderr=told, env=environment)
        _pid, status, usage = os.wait4(child.pid, 0)
        told.seek(0)
        lines = told.read().split("\n")
    if status:
        raise SystemExit("\n".join(lines))
    told_seconds = float([line for line in lines if line][-1])
    return told_seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def prepare(folder: Path, millions: int) -> None:
    """The world's reports, as arrays, as Parquet, and as a BACI-like CSV; in a child process."""
    code = f"from benchmarks.mirror_speed import made; made({str(folder)!r}, {millions})"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def made(where: str, millions: int) -> None:
    import numpy as np
    import pyarrow.parquet as pq
    from benchmarks.mirror_world import SCENARIOS, report_tables, reported_cells, world

    folder = Path(where)
    folder.mkdir(parents=True, exist_ok=True)
    base = SCENARIOS["base"]
    reality = world(replace(base, countries=COUNTRIES[millions], products=PRODUCTS[millions]))
    cells, geography, _rows = reported_cells(reality)
    for name in ("exporter", "importer", "product", "period", "x", "m"):
        np.save(folder / f"{name}.npy", getattr(cells, name))
    np.save(folder / "distance.npy", geography.distance_km)
    np.save(folder / "contiguous.npy", geography.contiguous)
    np.save(folder / "sizes.npy", np.array([cells.countries, cells.products, cells.periods]))
    reports, geo = report_tables(reality)
    pq.write_table(reports, folder / "reports.parquet")
    pq.write_table(geo, folder / "geo.parquet")
    if millions == 10:
        baci(folder, reality)


def baci(folder: Path, reality: object) -> None:
    """Columns t, i, j, k, v, q, in the order of the published files: year by year."""
    import duckdb
    import numpy as np
    import pyarrow as pa

    columns = [getattr(reality, name) for name in ("period", "exporter", "importer", "product")]
    values = np.round(getattr(reality, "truth") / 1000, 3)  # noqa: B009 (the world's own field)
    names = dict(zip("tijk", columns, strict=True))
    flows = pa.table({**names, "v": values, "q": np.round(values * 0.7, 3)})
    base = duckdb.connect()
    base.register("flows", flows)
    base.execute(
        f"copy (select 2015 + t as t, 4 * i as i, 4 * j as j, 10000 + k * 1000 as k, v, q "  # noqa: S608
        f"from flows order by t, i, j, k) to '{folder}/baci.csv' (header)"
    )


def report(label: str, results: list[Measured], yardstick: list[Measured]) -> None:
    seconds, processors, memory = zip(*results, strict=True)
    times = min(seconds) / min(second for second, _processors, _memory in yardstick)
    print(
        f"{label:<44} {min(seconds):7.2f} s ({min(processors):6.2f} s of processors) "
        f"{max(memory):7.0f} MiB, {times:5.2f} times the yardstick",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--millions", type=int, nargs="*", default=[1, 10, 30])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scratch", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        run(options.scratch or Path(scratch), options.millions, options.runs)


def run(scratch: Path, sizes: list[int], runs: int) -> None:
    folders = {size: scratch / str(size) for size in sorted({*sizes, 10})}
    for size, folder in folders.items():
        if not (folder / "reports.parquet").exists():
            prepare(folder, size)
    for size in sizes:
        began = time.perf_counter()
        rows = [
            (
                measured(YARDSTICK, folders[10]),
                measured(ARITHMETIC, folders[size]),
                measured(COMMAND, folders[size]),
            )
            for _run in range(runs)
        ]
        yardstick, arithmetic, command = zip(*rows, strict=True)
        report("yardstick (10 million rows)", list(yardstick), list(yardstick))
        report(f"{size} million flows, arrays to arrays", list(arithmetic), list(yardstick))
        report(f"{size} million flows, bilat mirror", list(command), list(yardstick))
        print(f"  ({time.perf_counter() - began:.0f} s for {runs} runs)")


if __name__ == "__main__":
    main()
