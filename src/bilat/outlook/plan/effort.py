"""How long a search may go on, and what it tells: on its way, and in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Effort:
    """gap: relative to the best value, at which the search may stop. parts: most that are looked
    into. seconds: for one mixed-integer programme. rounds: of exchanges from one plan.
    few: options up to which it is quickest to decide one after the other."""

    gap: float = 0.01
    parts: int = 200
    seconds: float = 10.0
    rounds: int = 40
    few: int = 24


@dataclass(frozen=True)
class Progress:
    """How far a search is. best, bound: chances, or costs."""

    parts: int
    open: int
    best: float
    bound: float


Watch = Callable[[Progress], bool]
"""Is told after each part; True ends the search, with the bound reached."""


@dataclass(frozen=True)
class Found:
    """scales: (j,), None where no plan suffices. chance: of the scenarios. bound: on the chance
    from above or on the cost from below. parts: looked into. closed: the gap was reached."""

    scales: Floats | None
    chance: float
    cost: float
    bound: float
    parts: int
    closed: bool
