"""How long do the schedules of 100,000 contracts of 60 payments take, and how much memory?

    python benchmarks/schedules.py [--deals 100000] [--months 60] [--alone 500] [--compared 500]

First from terms to columns, all together; then, of as many deals as --alone says, one by one by the
exact path. Of --compared deals every payment of both ways must be equal. The memory is the peak of
the process, without what the terms themselves take.
"""

from __future__ import annotations

import argparse
import resource
import time
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


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--deals", type=int, default=100_000)
    arguments.add_argument("--months", type=int, default=60)
    arguments.add_argument("--alone", type=int, default=500)
    arguments.add_argument("--compared", type=int, default=500)
    given = arguments.parse_args()
    asked = contracts(given.deals, given.months)
    before, start = peak(), time.perf_counter()
    found = many_schedules(asked)
    together = time.perf_counter() - start
    numbers = given.deals * given.months
    print(f"{given.deals} deals, {numbers} payments together: {together:.2f} s")
    print(f"memory beyond the terms: {peak() - before:.0f} MiB (terms: {before:.0f} MiB)")
    print(f"handed to the exact path: {len(found.handed)}; interest {found.total('interest')}")
    start = time.perf_counter()
    for one in asked[: given.alone]:
        schedule_of(one)
    alone = (time.perf_counter() - start) / given.alone
    print(f"one by one: {1000 * alone:.2f} ms a deal, {alone * given.deals:.0f} s for all")
    print(f"ratio: {alone * given.deals / together:.0f}")
    rng = np.random.default_rng(2)
    for place in rng.integers(0, given.deals, given.compared):
        assert found.payments(int(place)) == schedule_of(asked[place]).payments
    print(f"equal in every payment: {given.compared} of {given.compared}")


if __name__ == "__main__":
    main()
