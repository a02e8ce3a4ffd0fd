"""How long does the export potential of a pair take, from a warehouse of the world, cold?

    PYTHONPATH=. python benchmarks/potential.py [--year-rows 8000000] [--keep PATH] [--runs 3]

A world as BACI has it is made here, from a seed: five years, 226 countries, 5,000 products, country
pairs and products with heavy tails (see benchmarks/warehouse.py). It is loaded and compacted once;
then `bilat potential` runs in a process of its own, from starting Python to the printed table, so
many times, and the fastest and the median stand, with the peak memory. Beside it stands the same
question alone, without Python's start and without the second opinion. Takes about 15 bytes of disk
a row. --keep: a folder that stays; a world that is there is not made again.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
from benchmarks.warehouse import countries, products, year_of

from bilat.sources.report import CODED
from bilat.warehouse import Warehouse

FIRST_YEAR, YEARS = 2019, 5
VINTAGE, LATER = date(2025, 1, 30), "2026-01-01"
LIMIT_SECONDS = 5.0


def reports(year: int, rows: int) -> pa.Table:
    """(rows,) exports of one year, in dollars."""
    data = year_of(year, rows)
    names, codes = list(countries().values()), products()
    constant = {
        "partner_kind": "country",
        "flow": "X",
        "start": date(year, 1, 1),
        "months": 12,
        "classification": "H0",
        "currency": "USD",
        "valuation": "FOB",
        "dataset": "cepii-baci-hs92",
        "vintage": VINTAGE,
        "file": f"{year}.csv",
    }
    coded = {
        "reporter": (data["i"], names),
        "partner": (data["j"], names),
        "product": (data["k"], codes),
    }
    columns = []
    for field in CODED:
        if field.name in coded:
            place, values = coded[field.name]
            column = pa.DictionaryArray.from_arrays(place.astype(np.int32), values)
        elif field.name in constant:
            one = pa.array([constant[field.name]], field.type.value_type)
            column = pa.DictionaryArray.from_arrays(np.zeros(rows, np.int32), one)
        elif field.name == "value_usd":
            column = pa.array(data["v"] * 1000)
        elif field.name == "net_kg":
            column = pa.array(data["q"] * 1000)
        elif field.name == "line":
            column = pa.array(np.arange(1, rows + 1))
        else:
            column = pa.nulls(rows, field.type)
        columns.append(column.cast(field.type))
    return pa.table(columns, schema=CODED)


def make(address: Path, rows: int) -> None:
    warehouse = Warehouse(address)
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        warehouse.load(reports(year, rows), content_hash=f"{year} {rows}")
    warehouse.compact(keep_days=0)


def cold(address: Path, pair: tuple[str, str]) -> tuple[float, float, float]:
    """Seconds, seconds of all processors, and peak MiB of the command in a process of its own."""
    command = [sys.executable, "-m", "bilat.cli.main", "potential", *pair]
    command += ["--warehouse", str(address), "--as-of", LATER]
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"failed: {command}")
    seconds = time.perf_counter() - began
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def question(address: Path, pair: tuple[str, str]) -> float:
    from bilat.potential.world import read_pair

    began = time.perf_counter()
    read_pair(Warehouse(address), pair, as_of=date.fromisoformat(LATER))
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--year-rows", type=int, default=8_000_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        address = (asked.keep or Path(scratch)) / "warehouse"
        if not address.exists():
            make(address, asked.year_rows)
        status = Warehouse(address).status()
        print(f"{status.rows:,} rows, {status.files} files, {status.size / 1e6:.0f} MB")
        names = sorted(countries().values())
        pair = names[len(names) // 3], names[len(names) // 2]
        runs = [cold(address, pair) for _run in range(asked.runs)]
        seconds = [run[0] for run in runs]
        print(f"the command, cold: fastest {min(seconds):.2f} s, ", end="")
        print(f"median {statistics.median(seconds):.2f} s; of all processors ", end="")
        print(f"{min(run[1] for run in runs):.2f} s; {max(run[2] for run in runs):.0f} MiB")
        print(f"the pair’s question alone, in a warm process: {question(address, pair):.2f} s")
        print(
            "under" if min(seconds) < LIMIT_SECONDS else "over", f"the limit of {LIMIT_SECONDS} s"
        )


if __name__ == "__main__":
    main()
