"""How fast is a year loaded, and how fast is a pair's history answered?

    python benchmarks/warehouse.py [--rows 10000000] [--years 25] [--year-rows 500000] [--keep PATH]

The files are made here, from a seed: country pairs and products with heavy tails, in the order, the
codes and the columns of BACI (t, i, j, k, v, q). They are loaded as `bilat load` does it: read and
checked, hashed, committed. Beside each figure stands the same work by bare DuckDB in the same run:
CSV → sorted zstd Parquet for the load; for the question one Parquet file with the columns of BACI,
sorted by pair, product and year, in groups of a million rows. Each load runs in a process of its
own, whose peak memory is told. Takes about 30 bytes of disk a row. --keep: a folder that stays;
what stands in it from an earlier run is not made again.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from bilat.cli.load import How, load_file
from bilat.sources.partners import m49
from bilat.warehouse import Warehouse

COUNTRIES, PRODUCTS, FIRST_YEAR = 226, 5_000, 1998
VINTAGE, LATER = date(2025, 1, 30), date(2026, 1, 1)
HOW = How("cepii-baci-hs92", VINTAGE)


@cache
def countries() -> dict[int, str]:
    """M49 → alpha-3 of so many countries, one number each, in the order of the numbers."""
    numbers = {area.code: int(code) for code, area in m49().items() if area.kind == "country"}
    rng = np.random.default_rng(0)
    chosen = rng.choice(sorted(numbers.values()), COUNTRIES, replace=False).tolist()
    alpha3 = {number: code for code, number in numbers.items()}
    return {number: alpha3[number] for number in sorted(chosen)}


@cache
def products() -> list[str]:
    """HS-like codes."""
    rng = np.random.default_rng(1)
    numbers = np.sort(rng.choice(np.arange(10_000, 980_000), PRODUCTS, replace=False))
    return [f"{number:06}" for number in numbers]


def year_of(year: int, rows: int) -> dict[str, Any]:
    """(rows,) i, j, k sorted and unique; v thousand dollars and q tonnes, lognormal."""
    rng = np.random.default_rng(year)
    weight = 1 / np.arange(1, COUNTRIES + 1) ** 0.8
    product_weight = 1 / np.arange(1, PRODUCTS + 1) ** 0.4
    weight, product_weight = weight / weight.sum(), product_weight / product_weight.sum()
    keys = np.empty(0, dtype=np.int64)
    while len(keys) < rows:
        i, j = (rng.choice(COUNTRIES, rows, p=weight) for _ in range(2))
        k = rng.choice(PRODUCTS, rows, p=product_weight)
        drawn = ((i * COUNTRIES + j) * PRODUCTS + k)[i != j]
        keys = np.unique(np.concatenate([keys, drawn]))
    keys = np.sort(rng.choice(keys, rows, replace=False))
    value = np.round(rng.lognormal(3, 2.5, rows), 3)
    return {
        "i": keys // PRODUCTS // COUNTRIES,
        "j": keys // PRODUCTS % COUNTRIES,
        "k": keys % PRODUCTS,
        "v": value,
        "q": np.round(value * rng.lognormal(0, 1, rows), 3),
    }


def written(folder: Path, year: int, rows: int) -> Path:
    """One year as its publisher's CSV."""
    data = year_of(year, rows)
    numbers, codes = np.array(list(countries())), np.array(products())
    columns = {
        "t": np.full(rows, year),
        "i": numbers[data["i"]],
        "j": numbers[data["j"]],
        "k": codes[data["k"]],
        "v": data["v"],
        "q": data["q"],
    }
    path = folder / f"{year}.csv"
    pa_csv.write_csv(pa.table(columns), path)
    return path


def load(path: Path, address: Path) -> None:
    problems, loaded = load_file(path, HOW, Warehouse(address))
    assert not problems, problems
    assert loaded.rows


def yardstick(csv: Path, parquet: Path) -> None:
    duckdb.execute(
        "COPY (SELECT * FROM read_csv($csv) ORDER BY i, j, k) TO $parquet "
        "(FORMAT parquet, COMPRESSION zstd)",
        {"csv": str(csv), "parquet": str(parquet)},
    )


def make(folder: Path, rows: int) -> None:
    written(folder, 1990, rows)


def in_a_process(*arguments: object) -> tuple[float, float]:
    """Seconds that the step took inside, without starting; peak MiB of the process."""
    command = [sys.executable, __file__, *map(str, arguments)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert child.stdout
    seconds = float(child.stdout.read())
    _pid, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"failed: {command}")
    return seconds, usage.ru_maxrss / 1024


def step(arguments: list[str]) -> None:
    """``--step load FROM TO``, ``yardstick FROM TO`` or ``make FOLDER ROWS``."""
    name, source, target = arguments
    began = time.perf_counter()
    if name == "make":
        make(Path(source), int(target))
    else:
        {"load": load, "yardstick": yardstick}[name](Path(source), Path(target))
    print(time.perf_counter() - began)


def measure_load(folder: Path, rows: int, runs: int) -> None:
    # In a process too: a child begins with the peak of its parent.
    in_a_process("--step", "make", folder, rows)
    csv = folder / "1990.csv"
    print(f"{rows:,} rows, CSV {csv.stat().st_size / 1e6:.0f} MB")
    bare, ours = [], []
    for run in range(runs):
        seconds, bare_peak = in_a_process("--step", "yardstick", csv, folder / "bare.parquet")
        bare.append(seconds)
        seconds, our_peak = in_a_process("--step", "load", csv, folder / f"load-{run}")
        ours.append(seconds)
        print(
            f"  bare DuckDB {bare[-1]:6.2f} s {bare_peak:6.0f} MiB   "
            f"load {ours[-1]:6.2f} s {our_peak:6.0f} MiB   ratio {ours[-1] / bare[-1]:.2f}"
        )
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"load: ratio of medians {ratio:.2f} (wanted: at most 1.50)")
    csv.unlink()


def pairs_to_ask(questions: int) -> list[tuple[str, str]]:
    """Pairs as they come: large and small ones."""
    codes = list(countries().values())
    rng = np.random.default_rng(5)
    chosen = (rng.choice(COUNTRIES, 2, replace=False) for _ in range(questions))
    return [(codes[a], codes[b]) for a, b in chosen]


def milliseconds(ask: Callable[[str, str], Any], pairs: list[tuple[str, str]]) -> list[float]:
    spent = []
    for a, b in pairs:
        began = time.perf_counter()
        ask(a, b)
        spent.append(1_000 * (time.perf_counter() - began))
    return spent


def measure_pairs(folder: Path, years: int, rows: int, questions: int) -> None:
    address = folder / "history"
    pairs = pairs_to_ask(questions)
    if not address.exists():
        fill(folder, address, years, rows, pairs)
    warehouse = Warehouse(address)
    bare = Bare(folder / "sorted.parquet", warehouse.touched())
    for a, b in pairs[:3]:
        assert bare.ask(a, b).num_rows == ask_ours(warehouse, a, b).num_rows
    theirs, ours = [], []
    for _round in range(3):  # in turns, so that a busy moment of the machine meets both
        theirs += milliseconds(bare.ask, pairs)
        ours += milliseconds(lambda a, b: ask_ours(warehouse, a, b), pairs)
    tell("bare DuckDB", theirs)
    tell("warehouse", ours)
    ratio = statistics.median(ours) / statistics.median(theirs)
    stored = warehouse.status().rows
    print(f"pair: ratio of medians {ratio:.2f} of {stored:,} rows (wanted: at most 1.50)")


def fill(folder: Path, address: Path, years: int, rows: int, pairs: list[tuple[str, str]]) -> None:
    """Load the years one after the other, ask, and compact."""
    warehouse = Warehouse(address)
    began = time.perf_counter()
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        path = written(folder, year, rows)
        load(path, address)
        path.unlink()
    print(f"{years} years made and loaded in {time.perf_counter() - began:.0f} s", flush=True)
    tell("before compaction", milliseconds(lambda a, b: ask_ours(warehouse, a, b), pairs))
    began = time.perf_counter()
    compacted = warehouse.compact(keep_days=0)
    print(
        f"compacted from {compacted.files_before} to {compacted.files_after} files "
        f"in {time.perf_counter() - began:.0f} s",
        flush=True,
    )


def tell(name: str, spent: list[float]) -> None:
    slowest, median = max(spent), statistics.median(spent)
    print(f"  {name:<20} median {median:6.1f} ms  slowest {slowest:6.1f}", flush=True)


def ask_ours(warehouse: Warehouse, a: str, b: str) -> pa.Table:
    return warehouse.pair(a, b, as_of=LATER, products="all")


class Bare:
    """One sorted Parquet file with the columns of BACI and DuckDB, nothing else."""

    def __init__(self, path: Path, sorted_files: list[str]) -> None:
        self._duckdb = duckdb.connect()
        self._duckdb.execute("SET parquet_metadata_cache = true")
        self._numbers = {code: place for place, code in enumerate(sorted(countries().values()))}
        if not path.exists():
            self._copy(path, sorted_files)
        self._path = str(path)

    def _copy(self, path: Path, sorted_files: list[str]) -> None:
        codes = ", ".join(f"'{code}'" for code in self._numbers)
        self._duckdb.execute(f"CREATE TYPE country AS ENUM ({codes})")
        self._duckdb.execute(
            "COPY (SELECT year(start)::SMALLINT AS t, enum_code(reporter::country)::SMALLINT AS i, "
            "enum_code(partner::country)::SMALLINT AS j, product::INTEGER AS k, "
            "value_usd / 1000 AS v, net_kg / 1000 AS q FROM read_parquet($files)) "
            "TO $path (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000)",
            {"files": sorted(sorted_files), "path": str(path)},
        )

    def ask(self, a: str, b: str) -> pa.Table:
        query = (
            "SELECT * FROM read_parquet($path) WHERE i IN ($a, $b) AND j IN ($a, $b) "
            "ORDER BY i, j, k, t"
        )
        parameters = {"path": self._path, "a": self._numbers[a], "b": self._numbers[b]}
        return self._duckdb.sql(query, params=parameters).to_arrow_table()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--years", type=int, default=25)
    parser.add_argument("--year-rows", type=int, default=500_000)
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--step", nargs=3)
    chosen = parser.parse_args()
    if chosen.step:
        step(chosen.step)
        return
    with tempfile.TemporaryDirectory() as scratch:
        if chosen.rows:
            measure_load(Path(scratch), chosen.rows, chosen.runs)
        if chosen.years:
            folder = chosen.keep or Path(scratch)
            folder.mkdir(exist_ok=True)
            measure_pairs(folder, chosen.years, chosen.year_rows, chosen.questions)


if __name__ == "__main__":
    main()
