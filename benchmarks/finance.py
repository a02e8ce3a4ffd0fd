"""How long does a schedule take? Deals of 60 payments, one after another.

    python benchmarks/finance.py [--runs 500]

Each deal is made anew: checks, due dates, payments, sums. The first schedule, which also works out
the holidays of its years, is timed apart. Wall milliseconds on one processor: median, and the 95th
percentile.
"""

from __future__ import annotations

import argparse
import time
from statistics import median, quantiles
from typing import Any

from bilat.finance.deal import schedule_of
from bilat.programme.deal_terms import DealTerms

LOAN: dict[str, Any] = {
    "amount": {"amount": "1250000.00", "currency": "USD"},
    "start": "2026-01-31",
    "months": 60,
    "rate": {"percent": "9.75"},
}
BANKING: dict[str, Any] = {"day_count": "A/A", "moved": "following", "calendar": "BLR+KGZ"}
FLOATING = {
    "index": "KEY",
    "share": "2/3",
    "margin": 3,
    "reset_every": 3,
    "observed": [{"day": "2025-12-01", "percent": 14}, {"day": "2026-09-01", "percent": 12}],
}
DEALS: dict[str, dict[str, Any]] = {
    "annuity": {},
    "equal principal": {"repayment": "equal_principal"},
    "annuity, A/A, business days of two countries": BANKING,
    "floating with subsidy, fees, tranches, tax": {
        **BANKING,
        "rate": FLOATING,
        "subsidies": [{"points": 3, "until": "2028-01-31"}],
        "fees": [
            {"kind": "commitment", "percent": "0.5", "on": "undrawn", "due": "payment"},
            {"kind": "insurance", "percent": "0.8", "on": "balance", "due": "year"},
        ],
        "drawdowns": [
            {"day": "2026-01-31", "percent": 60},
            {"day": "2026-05-15", "percent": 40},
        ],
        "taxes": [{"title": "VAT", "percent": 20, "on": ["interest", "fees"]}],
        "grace": {"principal": 6},
    },
}


def timed(terms: DealTerms) -> float:
    """Milliseconds for one schedule."""
    begun = time.perf_counter()
    schedule = schedule_of(terms)
    spent = (time.perf_counter() - begun) * 1000
    assert len(schedule.instalments) == 60
    return spent


def single(runs: int) -> None:
    """One schedule at a time."""
    print(f"{'deal of 60 payments':<48} {'first':>7} {'median':>7} {'95 %':>7}  ms")
    for name, given in DEALS.items():
        terms = DealTerms.model_validate({**LOAN, **given})
        first = timed(terms)
        times = [timed(terms) for _ in range(runs)]
        high = quantiles(times, n=20)[-1]
        print(f"{name:<48} {first:7.2f} {median(times):7.2f} {high:7.2f}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Schedules, timed")
    options.add_argument("--runs", type=int, default=500)
    single(options.parse_args().runs)
