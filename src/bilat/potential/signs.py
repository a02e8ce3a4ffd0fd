"""Signs that a pair's trade gets better, and not only bigger: the first years beside the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bilat.potential.quality import DirectionQuality, YearQuality
from bilat.potential.technology import advanced

SignName = Literal[
    "technology", "processed", "spread", "advantages", "ladder", "complexity", "intra"
]
YEARS = 3
"""Years on each side that are taken together, where there are as many: one year may be odd."""


@dataclass(frozen=True)
class Measure:
    """One sign of a year. same: a difference below it says nothing."""

    name: SignName
    of: Callable[[YearQuality], float]
    same: float
    is_share: bool = False


def equal_products(year: YearQuality) -> float:
    """How many products of equal size would be as concentrated: the inverse of the Herfindahl."""
    return 1 / year.concentration if year.concentration > 0 else float("nan")


MEASURES = (
    Measure("technology", lambda year: advanced(year.technology), 0.01, is_share=True),
    Measure("processed", lambda year: year.processed, 0.01, is_share=True),
    Measure("spread", equal_products, 0.1),
    Measure("advantages", lambda year: float(year.advantages), 1.0),
    Measure("ladder", lambda year: year.ladder, 0.01, is_share=True),
    Measure("complexity", lambda year: year.complexity, 0.01),
)
"""Of each, more is better."""


@dataclass(frozen=True)
class Sign:
    """before, after: means of the first and the last years that are told. verdict: 1 better, −1
    worse, 0 as before."""

    name: SignName
    before: float
    after: float
    verdict: Literal[-1, 0, 1]
    is_share: bool


@dataclass(frozen=True)
class Signs:
    """first, last: the years taken together. growth: of trade between them."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    growth: float
    found: tuple[Sign, ...]

    def count(self, verdict: int) -> int:
        return sum(one.verdict == verdict for one in self.found)


def signs(one: DirectionQuality) -> Signs | None:
    """None with fewer than two years of trade. A sign that is not known on both sides is left
    out."""
    told = one.told
    if len(told) < 2:
        return None
    count = taken_together(len(told))
    first, last = told[:count], told[-count:]
    found = tuple(sign for each in MEASURES if (sign := _sign(each, first, last)))
    growth = _mean([year.trade for year in last]) / _mean([year.trade for year in first]) - 1
    return Signs(
        tuple(year.year for year in first), tuple(year.year for year in last), growth, found
    )


def taken_together(years: int) -> int:
    """How many years of so many stand on each side; none counts on both."""
    return min(YEARS, years // 2)


def _sign(
    measure: Measure, first: tuple[YearQuality, ...], last: tuple[YearQuality, ...]
) -> Sign | None:
    before, after = (_mean([measure.of(year) for year in years]) for years in (first, last))
    if not (np.isfinite(before) and np.isfinite(after)):
        return None
    return Sign(measure.name, before, after, verdict(before, after, measure.same), measure.is_share)


def verdict(before: float, after: float, same: float) -> Literal[-1, 0, 1]:
    rise = after - before
    return 0 if abs(rise) < same else 1 if rise > 0 else -1


def _mean(values: list[float]) -> float:
    known = [value for value in values if np.isfinite(value)]
    return sum(known) / len(known) if known else float("nan")
