"""Products beyond 64 bits, divided and rounded: against Python's whole numbers of any size."""

from __future__ import annotations

import numpy as np

from bilat.finance.many.integers import LARGEST, quotient


def test_quotients_are_those_of_unlimited_integers() -> None:
    rng = np.random.default_rng(4)
    base = rng.integers(0, LARGEST, 20_000)
    rate = rng.integers(0, 10**8, 20_000)
    days = rng.integers(0, 3_660, 20_000)
    denominator = 365 * 10**8
    found = quotient(base, rate, days, denominator)
    for b, r, d, q in zip(base, rate, days, found, strict=True):
        product = int(b) * int(r) * int(d)
        assert int(q) == (2 * product + denominator) // (2 * denominator)


def test_halves_go_up() -> None:
    one = np.ones(4, np.int64)
    assert quotient(np.array([1, 2, 3, 5]), one, one, 2).tolist() == [1, 1, 2, 3]


def test_what_is_nearer_to_a_half_than_the_noise_of_the_exact_path_is_a_half() -> None:
    """Over 10¹³ one part is a tenth of the noise of 10⁻¹²; half of the noise is on its side."""
    one, denominator = np.ones(4, np.int64), 10**13
    half = denominator // 2
    base = np.array([half - 6, half - 5, half - 1, half])
    assert quotient(base, one, one, denominator).tolist() == [0, 1, 1, 1]
