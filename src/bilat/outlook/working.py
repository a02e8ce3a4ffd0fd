"""What a measure adds in each year if it starts as stated: without draws, for a table by year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bilat.outlook.effects import shares
from bilat.outlook.measures import Measure


def stated_additions(measure: Measure, years: Sequence[int]) -> tuple[float, ...]:
    """likely·(1 − displaced)·share in each of these consecutive years, base unit of the indicator.

    share: as in `bilat.outlook.effects`, of the full effect and beyond what worked already in the
    year before the first. The chance that it comes about is not in it.
    """
    if not years:
        return ()
    edges = np.array([*years, years[-1] + 1], float)
    full = measure.likely * (1 - measure.displaced)
    return tuple(float(share) * full for share in shares(measure, edges, 0)[0])
