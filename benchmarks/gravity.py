"""How fast is three-way PPML, and how much memory does it take, beside pyfixest and R fixest?

    python benchmarks/gravity.py [--thousands 762] [--runs 3]
        [--pyfixest PYTHON] [--backends rust numba within] [--rscript RSCRIPT] [--penppml FILE]

PYTHON is an interpreter that has pyfixest, RSCRIPT an Rscript that has fixest; without them only
ours is measured. All see the same rows (a synthetic panel with known coefficients, or a Parquet
file of exports with provisions of trade agreements), in child processes, in turn. Seconds are those
of the estimate with errors clustered by pair, without reading; the first run of a child, as a user
has it, and the second, when compilers and caches are warm, with the processors' seconds, which a
busy machine disturbs less; the best of the runs each. Peak memory is the child's, its libraries and
the data included. pyfixest gets its effects as whole numbers; ours and fixest make them from
exporter, importer and year, in the time measured.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from benchmarks.gravity_world import panel, provisions

ROOT = Path(__file__).parents[1]
Told = dict[str, list[float]]

OURS = """
import json, sys, time, numpy as np
from pathlib import Path
from bilat.potential.gravity import ppml
folder, names = Path(sys.argv[1]), sys.argv[2].split(",")
columns = [*names, "exporter", "importer", "year", "trade"]
table = {name: np.load(folder / f"{name}.npy") for name in columns}
pair = ("exporter", "importer")
effects = [("exporter", "year"), ("importer", "year"), pair]
seconds, processors = [], []
for _run in range(2):
    began, busy = time.perf_counter(), time.process_time()
    found = ppml(
        table, "trade", names, effects=effects, cluster=[pair], small_sample="fixest"
    )
    seconds.append(time.perf_counter() - began)
    processors.append(time.process_time() - busy)
print(json.dumps({
    "seconds": seconds, "processors": processors,
    "coefficients": list(found.coefficients), "errors": list(found.errors),
}))
"""
PYFIXEST = """
import json, sys, time, warnings, numpy as np, pandas as pd, pyfixest as pf
from pyfixest.demeaners import LsmrDemeaner, MapDemeaner
warnings.simplefilter("ignore")
folder, names, backend = sys.argv[1], sys.argv[2].split(","), sys.argv[3]
columns = [*names, "exporter", "importer", "year", "trade"]
frame = pd.DataFrame({name: np.load(f"{folder}/{name}.npy") for name in columns})
frame["it"] = frame.groupby(["exporter", "year"]).ngroup()
frame["jt"] = frame.groupby(["importer", "year"]).ngroup()
frame["ij"] = frame.groupby(["exporter", "importer"]).ngroup()
way = LsmrDemeaner(backend="within") if backend == "within" else MapDemeaner(backend=backend)
seconds, processors = [], []
for _run in range(2):
    began, busy = time.perf_counter(), time.process_time()
    found = pf.fepois(
        f"trade ~ {'+'.join(names)} | it + jt + ij", frame, vcov={"CRV1": "ij"}, demeaner=way
    )
    seconds.append(time.perf_counter() - began)
    processors.append(time.process_time() - busy)
print(json.dumps({
    "seconds": seconds, "processors": processors,
    "coefficients": list(found.coef()), "errors": list(found.se()),
}))
"""
FIXEST = """
arguments <- commandArgs(TRUE)
suppressPackageStartupMessages(library(fixest)); setFixest_nthreads(2)
file <- file.path(arguments[1], "rows.csv")
rows <- if (requireNamespace("data.table", quietly = TRUE)) {
  data.table::fread(file, data.table = FALSE)
} else read.csv(file)
model <- as.formula(paste("trade ~", gsub(",", "+", arguments[2]),
  "| exporter^year + importer^year + exporter^importer"))
seconds <- c(); processors <- c()
for (run in 1:2) {
  began <- Sys.time(); busy <- sum(proc.time()[1:2])
  found <- fepois(model, rows, cluster = ~ exporter^importer, notes = FALSE)
  seconds <- c(seconds, as.numeric(Sys.time() - began, units = "secs"))
  processors <- c(processors, sum(proc.time()[1:2]) - busy)
}
all <- function(x) paste(sprintf("%.15g", x), collapse = ", ")
cat(sprintf('{"seconds": [%s], "processors": [%s], "coefficients": [%s], "errors": [%s]}\\n',
  all(seconds), all(processors), all(coef(found)), all(se(found))))
"""


def measured(command: Sequence[str]) -> tuple[Told, float]:
    """What the child told on its last line, and its peak MiB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
        _pid, status, usage = os.wait4(child.pid, 0)
        out.seek(0)
        lines = [line for line in out.read().split("\n") if line]
    if status:
        raise SystemExit("\n".join(lines))
    told: Told = json.loads(lines[-1])
    return told, usage.ru_maxrss / 1024


def competitors(options: argparse.Namespace, folder: Path, names: str) -> dict[str, list[str]]:
    rows = [str(folder), names]
    commands = {"bilat": [sys.executable, "-c", OURS, *rows]}
    if options.rscript:
        script = folder / "fixest.R"
        script.write_text(FIXEST, encoding="utf-8")
        commands["R fixest, 2 threads"] = [options.rscript, str(script), *rows]
    if options.pyfixest:
        for backend in options.backends:
            commands[f"pyfixest {backend}"] = [options.pyfixest, "-c", PYFIXEST, *rows, backend]
    return commands


def compare(commands: dict[str, list[str]], runs: int) -> None:
    told: dict[str, list[tuple[Told, float]]] = {name: [] for name in commands}
    for _run in range(runs):
        for name, command in commands.items():
            told[name].append(measured(command))
    ours = told["bilat"][0][0]
    for name, results in told.items():
        first, second = (min(one["seconds"][at] for one, _memory in results) for at in (0, 1))
        busy = min(one["processors"][1] for one, _memory in results)
        memory = max(memory for _one, memory in results)
        apart = [
            float(np.max(np.abs(np.divide(results[0][0][key], ours[key]) - 1)))
            for key in ("coefficients", "errors")
        ]
        print(
            f"{name:<20} {first:6.2f} s, again {second:6.2f} s ({busy:6.2f} s of processors), "
            f"{memory:5.0f} MiB; apart: coefficients {apart[0]:.0e}, errors {apart[1]:.0e}",
            flush=True,
        )


def saved(folder: Path, rows: dict[str, np.ndarray], *, csv: bool) -> None:
    for name, column in rows.items():
        np.save(folder / f"{name}.npy", column)
    if csv:
        columns = [column.tolist() for column in rows.values()]
        with (folder / "rows.csv").open("w", encoding="utf-8") as file:
            file.write(",".join(rows) + "\n")
            file.writelines(",".join(map(repr, row)) + "\n" for row in zip(*columns, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--thousands", type=int, default=762)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pyfixest")
    parser.add_argument("--backends", nargs="*", default=["rust", "numba", "within"])
    parser.add_argument("--rscript")
    parser.add_argument("--penppml", type=Path)
    options = parser.parse_args()
    rows = provisions(options.penppml) if options.penppml else panel(options.thousands)
    names = [name for name in rows if name not in {"exporter", "importer", "year", "trade"}]
    print(f"{len(rows['trade'])} rows, {np.mean(rows['trade'] == 0):.0%} without trade, {names}")
    with tempfile.TemporaryDirectory() as scratch:
        saved(Path(scratch), rows, csv=bool(options.rscript))
        compare(competitors(options, Path(scratch), ",".join(names)), options.runs)


if __name__ == "__main__":
    main()
