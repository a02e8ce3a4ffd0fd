"""How often is a gain found that is there, and one that is not? On real trade, by number of donors.

    python benchmarks/worked.py ../shared/data/annual_imports_1995_2019.parquet [--flows 100]

Yearly totals between countries (partner_m49, reporter_m49, year, import_usd). Flows are drawn from
a seed; each gets a made-up measure in 2010, which raises its trade by nothing, 35 % or 82 % (0.3
and 0.6 in logarithms) in each of five years. What else happened in 2010 counts as chance.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from math import exp
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from bilat.errors import NoAnswer
from bilat.potential import measured
from bilat.potential.measured import Case, Row, compare

START, LAST = 2010, 2014
GAINS = (0.0, 0.3, 0.6)
SMALLEST = 1e6
DONORS = (10, 15, 20, 30, 60)


def exports(path: Path) -> dict[str, list[Row]]:
    """Rows by exporter."""
    table = pq.read_table(path)
    names = ("partner_m49", "reporter_m49", "year", "import_usd")
    found: dict[str, list[Row]] = defaultdict(list)
    for exporter, importer, year, value in zip(*(table[n].to_pylist() for n in names), strict=True):
        if value and year <= LAST:
            found[str(exporter)].append((str(exporter), str(importer), "", year, float(value)))
    return found


def drawn(rows: dict[str, list[Row]], count: int) -> list[tuple[str, str]]:
    """Pairs with at least a million dollars in every year."""
    years: Counter[tuple[str, str]] = Counter()
    for exporter, of_exporter in rows.items():
        years.update((exporter, row[1]) for row in of_exporter if row[4] >= SMALLEST)
    most = max(years.values())
    pairs = sorted(pair for pair, n in years.items() if n == most)
    chosen = np.random.default_rng(5).choice(len(pairs), min(count, len(pairs)), replace=False)
    return [pairs[at] for at in chosen]


def verdicts(rows: dict[str, list[Row]], pairs: list[tuple[str, str]], gain: float) -> Counter[str]:
    found: Counter[str] = Counter()
    for exporter, importer in pairs:
        case = Case("made-up", "Made up", exporter, importer, (), START)
        raised = [
            (a, b, code, year, value * (exp(gain) if b == importer and year >= START else 1))
            for a, b, code, year, value in rows[exporter]
        ]
        try:
            found[compare(case, raised, LAST).effect.verdict] += 1
        except NoAnswer:
            found["no_answer"] += 1
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("panel", type=Path)
    asked.add_argument("--flows", type=int, default=100)
    options = asked.parse_args()
    rows = exports(options.panel)
    pairs = drawn(rows, options.flows)
    for donors in DONORS:
        measured.DONORS = donors
        for gain in GAINS:
            told = verdicts(rows, pairs, gain)
            listed = ", ".join(f"{name} {n}" for name, n in sorted(told.items()))
            print(f"{donors} donors, gain {exp(gain) - 1:.0%}, {len(pairs)} flows: {listed}")


if __name__ == "__main__":
    main()
