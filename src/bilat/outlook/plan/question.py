"""One question of a plan: measures on a baseline, their scenarios, and fresh ones to check with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.effects import Assumptions, Draws, additions_at, become, draw
from bilat.outlook.measures import Measure
from bilat.outlook.plan.law import Law, law_of
from bilat.outlook.plan.options import Options, options_of, started_in

Floats = NDArray[np.float64]

SCENARIOS = 500
FRESH = 20_000
PARTS = 100.0
"""The level is this many units of the programme, whatever its currency."""
EXACT = 1e-6
"""A level is reached where less than this share of it is missing: single precision has no more."""


@dataclass(frozen=True)
class Question:
    """options: with what they add in each scenario, in units of level/`PARTS`. law: the chance by
    what is added. fresh: draws that the plan has not seen; missing: (m,) level less baseline there,
    base unit."""

    measures: tuple[Measure, ...]
    edges: Floats
    level: float
    assumptions: Assumptions
    options: Options
    law: Law
    fresh: Draws
    missing: Floats

    def fresh_adds(self, chosen: Sequence[tuple[int, int, float]]) -> Floats:
        """(s, m) what each (place, year, scale) of a plan adds at the date in fresh draws."""
        places = [place for place, _, _ in chosen]
        measures = [started_in(self.measures[place], year) for place, year, _ in chosen]
        draws = Draws(
            self.fresh.luck,
            self.fresh.event[places],
            self.fresh.size[places],
            self.fresh.delay[places],
        )
        drawn = become(measures, draws, self.assumptions)
        adds = additions_at(measures, drawn, self.edges, len(self.edges) - 2)
        scales = np.array([scale for _, _, scale in chosen]).reshape(-1, 1)
        return np.asarray(adds * scales, float)

    def fresh_chance(self, adds: Floats) -> float:
        """adds: (s, m), of the measures that are carried out."""
        return float((adds.sum(0) >= self.missing).mean())


def question(
    baseline: Floats,
    edges: Sequence[float] | Floats,
    level: float,
    measures: Sequence[Measure],
    *,
    rng: np.random.Generator,
    scenarios: int = SCENARIOS,
    fresh: int = FRESH,
    assumptions: Assumptions | None = None,
) -> Question:
    """baseline: (n, t) levels, base unit a period; edges: (t + 1,) years. The last period is that
    of the target. Half of the draws of the baseline are kept for the check.

    Raises NoAnswer for arrays that do not fit, and for dependencies that cannot be followed.
    """
    grid, final = np.asarray(edges, float), _final(baseline, edges, level)
    believed = assumptions or Assumptions()
    order = rng.permutation(len(final))
    seen, unseen = order[: (len(final) + 1) // 2], order[(len(final) + 1) // 2 :]
    unseen = rng.choice(unseen if len(unseen) else seen, fresh, replace=len(unseen) < fresh)
    spread = np.sort(final[seen])
    places = ((np.arange(scenarios) + 0.5) * len(spread) / scenarios).astype(int)
    draws = draw(measures, rng.permutation(spread[places]), believed, rng)
    options = options_of(measures, draws, believed, grid)
    unit = level / PARTS
    options = replace(options, adds=options.adds / np.float32(unit))
    most = float(options.adds.sum(0, dtype=float).max(initial=0.0)) + 1.0
    missing = level * (1 - EXACT) - final
    return Question(
        measures=tuple(measures),
        edges=grid,
        level=level,
        assumptions=believed,
        options=options,
        law=law_of(missing[seen] / unit, draws.luck.astype(float), most, believed),
        fresh=draw(measures, final[unseen], believed, rng),
        missing=missing[unseen],
    )


def _final(baseline: Floats, edges: Sequence[float] | Floats, level: float) -> Floats:
    """(n,) of the last period."""
    if baseline.ndim != 2 or baseline.shape[1] != len(edges) - 1 or not len(baseline):
        raise NoAnswer(
            say(
                "the baseline is of shape {shape}; it must have a row a draw and {n} columns, one "
                "a period",
                shape=str(baseline.shape),
                n=len(edges) - 1,
            )
        )
    if not np.isfinite(baseline).all() or not level > 0:
        raise NoAnswer(say("levels are negative or missing"))
    return np.asarray(baseline[:, -1], float)
