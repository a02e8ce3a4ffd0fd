"""A table of reports as this room's arithmetic wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.mirror.cells import Cells, Floats, Geography, Ints
from bilat.warehouse.pairing import Paired

TOTAL, CONFIDENTIAL = "TOTAL", "XXXXXX"
"""As in `bilat.sources`, which would take longer to load than a million flows to reconcile."""
SEED = 0
"""The sample that reliability is learned from is drawn with it: the same input, the same flows."""


@dataclass(frozen=True)
class Given:
    """products: names by code. unit_values: (products,) dollars a kilogram, nan where unknown."""

    cells: Cells
    geography: Geography
    products: Sequence[str]
    unit_values: Floats

    def code(self, product: str) -> int | None:
        return self.products.index(product) if product in self.products else None


def given(paired: Paired) -> Given:
    """Where there are totals there is a code for what they hold beside the products. Raises
    NoAnswer where nothing is reported."""
    if not paired.countries:
        raise NoAnswer(say("no report to reconcile: the table has no rows"))
    if not len(paired):
        raise NoAnswer(say("no report to reconcile: every value is zero"))
    products, values = list(paired.products), paired.unit_values
    if TOTAL in products and CONFIDENTIAL not in products:
        # Last, so that no other code changes.
        products.append(CONFIDENTIAL)
        values = np.append(values, np.nan)
    sizes = (len(paired.countries), len(products), len(paired.periods))
    codes = (paired.exporter, paired.importer, paired.product, paired.period)
    cells = Cells(*codes, paired.x, paired.m, *sizes, steps(paired.periods))
    return Given(cells, Geography(paired.distance_km, paired.contiguous), products, values)


def steps(periods: Sequence[Any]) -> Ints:
    """Where periods stand in time: years by their number, months (202401, 2024-01 or the first
    day) by theirs; what cannot be read counts as one apart."""
    return np.array([_step(period, place) for place, period in enumerate(periods)], dtype=np.int64)


def _step(period: Any, place: int) -> int:
    if isinstance(period, date):
        return 12 * period.year + period.month
    digits = str(period).replace("-", "")
    if not digits.isdecimal() or len(digits) not in (4, 6):
        return place
    return int(digits) if len(digits) == 4 else 12 * int(digits[:4]) + int(digits[4:])
