"""Products of a pair add up to its total.

A reporter's TOTAL is the better-known number: it misses nothing and misplaces nothing. Where a pair
has one in a period, T, and its products come to S,

    |ln(T/S)| ≤ ln 1.2, or T < S:   every product is multiplied by T/S
    T > 1.2·S:                      the products stay; T − S is the confidential residual (XXXXXX)

1.2 is the limit of the Atlas of Economic Complexity for the same question. Where a confidential row
is reported it takes the difference alone, as long as that leaves it above nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.mirror.cells import Flags, Floats, Ints

LIMIT = 1.2


@dataclass(frozen=True)
class Added:
    """factor: (n,) what each product is multiplied by. group, residual: (g,) the pairs and periods
    that get a confidential row of so many dollars."""

    factor: Floats
    group: Ints
    residual: Floats


def add_up(group: Ints, value: Floats, confidential: Flags, totals: Floats) -> Added:
    """group: (n,) codes of pair and period. value: (n,) dollars. totals: (groups,), nan where
    there is none."""
    size = len(totals)
    shown = np.bincount(group, np.where(confidential, 0.0, value), size)
    hidden = np.bincount(group, np.where(confidential, value, 0.0), size)
    has_hidden = np.bincount(group, confidential, size) > 0
    rest = totals - shown
    with np.errstate(divide="ignore", invalid="ignore"):
        everything = np.where(shown + hidden > 0, totals / (shown + hidden), 1.0)
        absorbs = has_hidden & (rest > 0) & (hidden > 0)
        own = np.where(absorbs, rest / hidden, everything)
    known = ~np.isnan(totals)
    new = known & ~has_hidden & (totals > LIMIT * shown)
    products = np.where(absorbs | new | ~known, 1.0, everything)
    factor = np.where(confidential, np.where(known, own, 1.0)[group], products[group])
    rows = np.flatnonzero(new & (shown > 0))
    return Added(factor, rows, rest[rows])
