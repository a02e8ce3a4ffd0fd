"""The plain reference class: all past growth over h years of flows in the same size tenth.

It is what the learned forecast is measured against.
"""

from __future__ import annotations

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.history.panel import Array, Panel
from bilat.outlook.history.shape import INNER
from bilat.outlook.history.traits import KNOWN_SIZE


def plain_growth(panel: Panel, horizon: int, start: Array) -> Array:
    """(n, len(INNER)) quantiles of log growth over ``horizon`` years of flows that start at
    ``start``, (n,) logs. Flows of at least a million dollars teach; tenths are of their levels.

    Raises NoAnswer where the panel has no growth over so many years.
    """
    before, after = panel.logs[:, :-horizon], panel.logs[:, horizon:]
    known = np.isfinite(after) & (before > KNOWN_SIZE)
    if not known.any():
        raise NoAnswer(say("the panel has no growth over {n} years", n=horizon))
    level, growth = before[known], after[known] - before[known]
    edges = np.quantile(level, np.arange(1, 10) / 10)
    tenth = np.searchsorted(edges, level)
    table = np.stack(
        [
            np.quantile(growth[tenth == k] if (tenth == k).any() else growth, INNER)
            for k in range(10)
        ]
    )
    return np.asarray(table[np.searchsorted(edges, start)])
