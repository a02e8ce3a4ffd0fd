"""How long do the schedules of 100,000 contracts of 60 payments take, and how much memory?

    python benchmarks/schedules.py [--deals 100000] [--months 60] [--alone 500] [--compared 500]

First from terms to columns, all together; then, of as many deals as --alone says, one by one by the
exact path. Of --compared deals every payment of both ways must be equal. Processor time stands
beside the clock's, which neighbours on the machine stretch. The memory is the peak of the process,
without what the terms themselves take.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from bilat.finance.deal import schedule_of
from bilat.finance.many import many_schedules
from bilat.programme.deal_terms import DealTerms

REPAYMENT = ("annuity", "annuity", "equal_principal")
DAY_COUNT = ("A/365", "A/360", "A/A", "30E/360")


def contracts(count: int, months: int) -> list[DealTerms]:
    """A portfolio: a third repays in equal parts, half has a fee, every fifth a subsidy."""
    rng = np.random.default_rng(1)
    made = []
    for place in range(count):
        stated = {
            "price": {"amount": int(rng.integers(10_000, 5_000_000)), "currency": "USD"},
            "advance": {"percent": int(rng.integers(10, 41))},
            "start": date(2024, 1, 1) + timedelta(days=int(rng.integers(0, 900))),
            "months": months,
            "rate": {"percent": Decimal(int(rng.integers(200, 2500))) / 100},
            "repayment": REPAYMENT[place % 3],
            "day_count": DAY_COUNT[place % 4],
        }
        if place % 2:
            stated["fees"] = [
                {"kind": "insurance", "percent": 1, "due": "payment", "on": "balance"}
            ]
        if place % 5 == 0:
            stated["subsidies"] = [{"points": 3, "leaves": 2}]
        made.append(DealTerms.model_validate(stated))
    return made


def peak() -> float:
    """Of the process so far, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def said(seconds: dict[str, float]) -> str:
    return f"{seconds['clock']:.1f} s, of the processor {seconds['processor']:.1f} s"


@contextmanager
def timed() -> Iterator[dict[str, float]]:
    """Seconds of the clock and of the processor, known when the block has ended."""
    found: dict[str, float] = {}
    clock, processor = time.perf_counter(), time.process_time()
    yield found
    found["clock"] = time.perf_counter() - clock
    found["processor"] = time.process_time() - processor


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--deals", type=int, default=100_000)
    arguments.add_argument("--months", type=int, default=60)
    arguments.add_argument("--alone", type=int, default=500)
    arguments.add_argument("--compared", type=int, default=500)
    given = arguments.parse_args()
    asked = contracts(given.deals, given.months)
    before = peak()
    with timed() as together:
        found = many_schedules(asked)
    print(f"{given.deals} deals of {given.months} payments: {said(together)}")
    print(f"memory beyond the terms: {peak() - before:.0f} MiB (terms: {before:.0f} MiB)")
    print(f"handed to the exact path: {len(found.handed)}; interest {found.total('interest')}")
    with timed() as alone:
        for one in asked[: given.alone]:
            schedule_of(one)
    scale = given.deals / given.alone
    print(f"one by one, scaled to all: {said({k: s * scale for k, s in alone.items()})}")
    print(f"ratio of processor time: {alone['processor'] * scale / together['processor']:.0f}")
    rng = np.random.default_rng(2)
    for place in rng.integers(0, given.deals, given.compared):
        assert found.payments(int(place)) == schedule_of(asked[place]).payments
    print(f"equal in every payment: {given.compared} of {given.compared}")


if __name__ == "__main__":
    main()
