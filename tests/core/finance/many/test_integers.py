"""Products beyond 64 bits, divided and rounded: against Python's whole numbers of any size."""

from __future__ import annotations

import numpy as np

from bilat.finance.many.integers import LARGEST, quotient


def test_quotients_are_those_of_unlimited_integers() -> None:
    rng = np.random.default_rng(4)
    base = rng.integers(0, LARGEST, 20_000)
    rate = rng.integers(0, 10**8, 20_000)
    days = rng.integers(0, 3_660, 20_000)
    below = np.full_like(base, 365 * 10**8)
    found, halves = quotient(base, rate, days, below)
    for b, r, d, q, half in zip(base, rate, days, found, halves, strict=True):
        product, denominator = int(b) * int(r) * int(d), 365 * 10**8
        assert int(q) == (2 * product + denominator) // (2 * denominator)
        assert bool(half) == (2 * product % (2 * denominator) == denominator)


def test_halves_go_up_and_are_told() -> None:
    one = np.ones(4, np.int64)
    found, halves = quotient(np.array([1, 2, 3, 5]), one, one, 2 * one)
    assert found.tolist() == [1, 1, 2, 3]
    assert halves.tolist() == [True, False, True, True]
