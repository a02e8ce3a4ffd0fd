"""How fast is a year loaded, and how fast is a pair's history answered?

    python benchmarks/warehouse.py [--rows 10000000] [--years 25] [--year-rows 2000000]

The files are made here, from a seed: country pairs and products with heavy tails, in the order and
the columns of BACI (t, i, j, k, v, q). Beside each figure stands the same work by bare DuckDB in
the same run: CSV → sorted zstd Parquet for the load, one sorted Parquet file for the question. Each
load runs in a process of its own, whose peak memory is told. Takes about 100 bytes of disk a row.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from bilat.sources.report import REPORTS
from bilat.warehouse import Warehouse

COUNTRIES, PRODUCTS, FIRST_YEAR = 226, 5_000, 1998
VINTAGE, LATER = date(2025, 1, 30), date(2026, 1, 1)


def names() -> tuple[list[str], list[str]]:
    """Alpha-3-like codes, not in the order of the numbers that the files use; HS-like codes."""
    rng = np.random.default_rng(0)
    places = rng.choice(26**3, COUNTRIES, replace=False)
    codes = [chr(65 + n // 676) + chr(65 + n // 26 % 26) + chr(65 + n % 26) for n in places]
    products = np.sort(rng.choice(np.arange(10_000, 980_000), PRODUCTS, replace=False))
    return codes, [f"{product:06}" for product in products]


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


def written(folder: Path, year: int, rows: int, *, with_csv: bool) -> Path:
    """One year as its publisher's CSV and as the reports that a reader makes of it."""
    data = year_of(year, rows)
    codes, products = names()
    if with_csv:
        columns = {"t": np.full(rows, year), **data, "k": np.array(products)[data["k"]]}
        pa_csv.write_csv(pa.table(columns), folder / f"{year}.csv")
    path = folder / f"{year}.parquet"
    pq.write_table(reports_of(data, year, rows, codes, products), path, row_group_size=1_000_000)
    return path


def reports_of(
    data: dict[str, Any], year: int, rows: int, codes: list[str], products: list[str]
) -> pa.Table:
    def same(value: Any, kind: Any) -> Any:
        return pa.repeat(pa.scalar(value, kind), rows)

    def words(numbers: Any, values: list[str]) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array(numbers.astype(np.int32)), pa.array(values))

    constants: dict[str, Any] = {
        "partner_kind": "country",
        "flow": "X",
        "start": date(year, 1, 1),
        "months": 12,
        "classification": "H0",
        "currency": "USD",
        "rate": 1.0,
        "quantity_unit": "t",
        "valuation": "FOB",
        "dataset": "baci-like",
        "vintage": VINTAGE,
        "file": f"{year}.csv",
    }
    columns = {name: same(value, REPORTS.field(name).type) for name, value in constants.items()}
    columns["reporter"], columns["partner"] = (words(data[side], codes) for side in "ij")
    columns["product"] = words(data["k"], products)
    columns["value_usd"] = pa.array(data["v"] * 1_000)
    columns["value_original"] = pa.array(data["v"])
    columns["net_kg"], columns["quantity"] = pa.array(data["q"] * 1_000), pa.array(data["q"])
    columns["line"] = pa.array(np.arange(2, rows + 2))
    return pa.table({name: columns[name] for name in REPORTS.names})


def batches(path: Path) -> Iterator[pa.RecordBatch]:
    """The file piece by piece, words as numbers."""
    words = [field.name for field in REPORTS if pa.types.is_string(field.type)]
    with pq.ParquetFile(path, read_dictionary=words) as file, ThreadPoolExecutor(1) as ahead:
        coming = ahead.submit(file.read_row_group, 0)
        for number in range(1, file.num_row_groups + 1):
            piece = coming.result()
            if number < file.num_row_groups:
                coming = ahead.submit(file.read_row_group, number)
            yield from piece.to_batches()


def load(path: Path, address: Path) -> None:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    Warehouse(address).load(batches(path), content_hash=digest)


def yardstick(csv: Path, parquet: Path) -> None:
    duckdb.execute(
        "COPY (SELECT * FROM read_csv($csv) ORDER BY i, j, k) TO $parquet "
        "(FORMAT parquet, COMPRESSION zstd)",
        {"csv": str(csv), "parquet": str(parquet)},
    )


def make(folder: Path, rows: int) -> None:
    written(folder, 1990, rows, with_csv=True)


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
    csv, reports = folder / "1990.csv", folder / "1990.parquet"
    print(f"{rows:,} rows, CSV {csv.stat().st_size / 1e6:.0f} MB")
    ratios = []
    for run in range(runs):
        bare, bare_peak = in_a_process("--step", "yardstick", csv, folder / "bare.parquet")
        ours, our_peak = in_a_process("--step", "load", reports, folder / f"load-{run}")
        ratios.append(ours / bare)
        print(
            f"  bare DuckDB {bare:6.2f} s {bare_peak:6.0f} MiB   "
            f"load {ours:6.2f} s {our_peak:6.0f} MiB   ratio {ours / bare:.2f}"
        )
    print(f"load: median ratio {statistics.median(ratios):.2f} (wanted: at most 1.50)")
    csv.unlink()
    reports.unlink()


def pairs_to_ask(questions: int) -> list[tuple[str, str]]:
    """Pairs as they come: large and small ones."""
    codes, _products = names()
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
    warehouse = Warehouse(folder / "history")
    began = time.perf_counter()
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        path = written(folder, year, rows, with_csv=False)
        load(path, Path(warehouse.address))
        path.unlink()
    print(f"{years} years made and loaded in {time.perf_counter() - began:.0f} s")
    pairs = pairs_to_ask(questions)
    loose = milliseconds(lambda a, b: ask_ours(warehouse, a, b), pairs)
    began = time.perf_counter()
    compacted = warehouse.compact(keep_days=0)
    print(
        f"compacted from {compacted.files_before} to {compacted.files_after} files "
        f"in {time.perf_counter() - began:.0f} s"
    )
    bare = Bare(folder / "sorted.parquet", warehouse.touched())
    for a, b in pairs[:3]:
        assert bare.ask(a, b).num_rows == ask_ours(warehouse, a, b).num_rows
    theirs, ours = [], []
    for _round in range(3):  # in turns, so that a busy moment of the machine meets both
        theirs += milliseconds(bare.ask, pairs)
        ours += milliseconds(lambda a, b: ask_ours(warehouse, a, b), pairs)
    told = {"bare DuckDB": theirs, "warehouse": ours, "warehouse before compaction": loose}
    for name, spent in told.items():
        print(f"  {name:<28} median {statistics.median(spent):6.1f} ms  slowest {max(spent):6.1f}")
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"pair: median ratio {ratio:.2f} of {years * rows:,} rows (wanted: at most 1.50)")


def ask_ours(warehouse: Warehouse, a: str, b: str) -> pa.Table:
    return warehouse.pair(a, b, as_of=LATER, products="all")


class Bare:
    """One sorted Parquet file and DuckDB, nothing else."""

    def __init__(self, path: Path, sorted_files: list[str]) -> None:
        self._duckdb = duckdb.connect()
        self._duckdb.execute("SET parquet_metadata_cache = true")
        self._duckdb.execute(
            "COPY (SELECT * FROM read_parquet($files)) TO $path (FORMAT parquet, COMPRESSION zstd)",
            {"files": sorted(sorted_files), "path": str(path)},
        )
        self._path = str(path)

    def ask(self, a: str, b: str) -> pa.Table:
        query = (
            "SELECT * FROM read_parquet($path) WHERE reporter IN ($a, $b) AND partner IN ($a, $b) "
            "ORDER BY reporter, partner, product, start"
        )
        parameters = {"path": self._path, "a": a, "b": b}
        return self._duckdb.sql(query, params=parameters).to_arrow_table()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--years", type=int, default=25)
    parser.add_argument("--year-rows", type=int, default=2_000_000)
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--step", nargs=3)
    chosen = parser.parse_args()
    if chosen.step:
        step(chosen.step)
        return
    with tempfile.TemporaryDirectory() as scratch:
        if chosen.rows:
            measure_load(Path(scratch), chosen.rows, chosen.runs)
        if chosen.years:
            measure_pairs(Path(scratch), chosen.years, chosen.year_rows, chosen.questions)


if __name__ == "__main__":
    main()
