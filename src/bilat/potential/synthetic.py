"""Did a measure work? A flow against a synthetic control made of flows that had no such measure.

Abadie, Diamond and Hainmueller (2010), on outcomes alone (Ferman, Pinto and Possebom 2020): weights
w ≥ 0, Σw = 1, chosen on the time before, foretell what would have come. Each donor is put in the
measure's place in turn; how often a donor's gap is as large, against its own fit before, says how
surprising the measure's is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bilat.potential.presence import Matrix, Vector

Verdict = Literal["too_early", "no_fit", "no_effect", "more", "less"]
LEVEL = 0.10
"""A gap is called an effect if at most this share of placebos is as large."""
YEARS = 3
"""Fewer periods since the start than this say too little."""
FIT = 0.5
"""Of the flow's own spread before: a control that misses by more explains nothing."""
WIDE = 5.0
"""Donors whose control missed by more than so many times the measure's are no comparison."""
STRICT = 1e4
"""Weight of Σw = 1 against the fit, in units of the data; what is left of it is divided out."""


@dataclass(frozen=True)
class Effect:
    """control, gap: (t,) what would have come, and what came beyond it, in the unit of the flow.

    weights: (k,) of the donors. before, after: root mean squared gap of the time before and since.
    rank: of ``placebos`` + 1 (the flow itself counts), 1 is the most surprising; p = rank over
    them. mean: gap a period since the start.
    """

    control: Vector
    gap: Vector
    weights: Vector
    before: float
    after: float
    rank: int
    placebos: int
    mean: float
    verdict: Verdict

    @property
    def p(self) -> float:
        return self.rank / (self.placebos + 1)


def did_it_work(flow: Vector, donors: Matrix, start: int) -> Effect:
    """The effect since period ``start`` on a flow (t,), by donors (k, t).

    Values of one kind throughout (best logarithms, or indices to the same base), without gaps.
    Raises ValueError with fewer than two periods before the start, or fewer than two donors.
    """
    _check(flow, donors, start)
    weights = _weights(flow[:start], donors[:, :start])
    gap = flow - weights @ donors
    own = _ratio(gap, start)
    ratios = [
        _ratio(placebo, start)
        for placebo in _placebos(donors, start)
        if _spread(placebo[:start]) <= WIDE * max(_spread(gap[:start]), 1e-12)
    ]
    rank = 1 + sum(ratio >= own for ratio in ratios)
    found = Effect(
        control=weights @ donors,
        gap=gap,
        weights=weights,
        before=_spread(gap[:start]),
        after=_spread(gap[start:]),
        rank=rank,
        placebos=len(ratios),
        mean=float(gap[start:].mean()) if start < len(flow) else 0.0,
        verdict="no_effect",
    )
    return _judged(found, flow, start)


def _judged(found: Effect, flow: Vector, start: int) -> Effect:
    verdict: Verdict
    if found.before > FIT * float(np.std(flow[:start])):
        verdict = "no_fit"
    elif len(flow) - start < YEARS or 1 / (found.placebos + 1) > LEVEL:
        verdict = "too_early"
    elif found.p > LEVEL:
        verdict = "no_effect"
    else:
        verdict = "more" if found.mean > 0 else "less"
    return Effect(**{**vars(found), "verdict": verdict})


def _placebos(donors: Matrix, start: int) -> list[Vector]:
    """Each donor's gap against a control of the others."""
    gaps = []
    for place in range(len(donors)):
        others = np.delete(donors, place, axis=0)
        weights = _weights(donors[place, :start], others[:, :start])
        gaps.append(donors[place] - weights @ others)
    return gaps


def _weights(flow: Vector, donors: Matrix) -> Vector:
    """The nearest point of the donors' hull: non-negative least squares with a row for the sum."""
    from scipy.optimize import nnls

    scale = max(float(np.abs(donors).max()), 1e-12)
    rows = np.vstack([donors.T / scale, np.full((1, len(donors)), STRICT)])
    weights, _rest = nnls(rows, np.append(flow / scale, STRICT))
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _ratio(gap: Vector, start: int) -> float:
    return _spread(gap[start:]) / max(_spread(gap[:start]), 1e-12)


def _spread(gap: Vector) -> float:
    return float(np.sqrt(np.mean(gap**2))) if len(gap) else 0.0


def _check(flow: Vector, donors: Matrix, start: int) -> None:
    if donors.ndim != 2 or donors.shape[1] != len(flow):
        raise ValueError("donors have as many periods as the flow")
    if not (np.all(np.isfinite(flow)) and np.all(np.isfinite(donors))):
        raise ValueError("the flow and its donors have no gaps")
    if start < 2 or len(donors) < 2:
        raise ValueError("there are at least two periods before the start, and two donors")
