"""The same questions on DuckDB and over Spark Connect: what does the second engine cost or bring?

    python benchmarks/second_engine.py [--rows 4000000] [--server sc://host:15002]

Without --server, Sail serves from a process on this machine, so that both engines have the same
cores. Reports of four years are made from a seed, loaded and compacted; each question is asked
several times in turns, the first round is not counted, and the median stands. The answers are
compared: equal but for the last digits of sums.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from bilat.sources.report import REPORTS
from bilat.warehouse import SparkEngine, Warehouse

YEARS, COUNTRIES, PRODUCTS = (2020, 2021, 2022, 2023), 200, 5_000
VINTAGE, LATER = date(2025, 1, 30), date(2026, 1, 1)
SAIL = (
    "import sys; from pysail.spark import SparkConnectServer as Server; "
    "server = Server('127.0.0.1', 0); server.start(background=True); "
    "print(server.listening_address[1], flush=True); sys.stdin.read()"
)


def reports(year: int, rows: int) -> pa.Table:
    """(rows,) reports of exports, unique by pair and product."""
    rng = np.random.default_rng(year)
    keys = np.unique(rng.integers(COUNTRIES * COUNTRIES * PRODUCTS, size=rows))
    names = np.array([f"C{number:02X}" for number in range(COUNTRIES)])
    codes = np.array([f"{number:06}" for number in range(PRODUCTS)])
    whole = {
        "partner_kind": "country",
        "flow": "X",
        "start": date(year, 1, 1),
        "months": 12,
        "classification": "H6",
        "currency": "USD",
        "dataset": "made",
        "vintage": VINTAGE,
        "file": f"{year}.csv",
    }
    columns = {
        "reporter": names[keys // PRODUCTS // COUNTRIES],
        "partner": names[keys // PRODUCTS % COUNTRIES],
        "product": codes[keys % PRODUCTS],
        "value_usd": rng.lognormal(8, 2, len(keys)),
        "line": np.arange(1, len(keys) + 1),
    }
    arrays = [
        pa.array(columns[field.name], field.type)
        if field.name in columns
        else pa.array([whole.get(field.name)] * len(keys), field.type)
        for field in REPORTS
    ]
    return pa.table(arrays, schema=REPORTS)


QUESTIONS: dict[str, Callable[[Warehouse], pa.Table]] = {
    "a pair, all products": lambda trade: trade.pair("C0A", "C1B", products="all", as_of=LATER),
    "a country's totals by year": lambda trade: trade.totals_by_year("C0A", as_of=LATER),
    "all totals by year": lambda trade: trade.totals_by_year(as_of=LATER),
}


def seconds(ask: Callable[[Warehouse], pa.Table], trade: Warehouse) -> tuple[float, pa.Table]:
    began = time.perf_counter()
    answer = ask(trade)
    return time.perf_counter() - began, answer


def equal(one: pa.Table, other: pa.Table) -> bool:
    ours, theirs = (np.asarray(table["value_usd"]) for table in (one, other))
    rest = one.drop_columns("value_usd") == other.drop_columns("value_usd")
    return rest and bool(np.allclose(ours, theirs, rtol=1e-12, atol=0))


def measure(folder: Path, rows: int, server: str, rounds: int) -> None:
    here = Warehouse(folder / "trade")
    for year in YEARS:
        here.load(reports(year, rows // len(YEARS)))
    here.compact(keep_days=0)
    engine = SparkEngine(server)
    there = Warehouse(folder / "trade", engine=engine)
    print(f"{here.status().rows:,} rows in {len(here.touched())} files; median of {rounds}")
    for name, ask in QUESTIONS.items():
        spent: dict[str, list[float]] = {"DuckDB": [], "Spark Connect": []}
        for turn in range(rounds + 1):
            (ours, one), (theirs, other) = seconds(ask, here), seconds(ask, there)
            assert equal(one, other), name
            if turn:
                spent["DuckDB"].append(ours)
                spent["Spark Connect"].append(theirs)
        told = "  ".join(
            f"{who} {1_000 * statistics.median(s):,.0f} ms" for who, s in spent.items()
        )
        print(f"  {name:<28} {one.num_rows:>8,} rows  {told}")
    engine.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=4_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--server")
    chosen = parser.parse_args()
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", SAIL]
    own = None if chosen.server else subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
    with tempfile.TemporaryDirectory() as scratch, own or nullcontext():
        try:
            server = chosen.server
            if own is not None and own.stdout is not None:
                server = f"sc://127.0.0.1:{int(own.stdout.readline())}"
            measure(Path(scratch), chosen.rows, server, chosen.rounds)
        finally:
            if own is not None:
                own.kill()


if __name__ == "__main__":
    main()
