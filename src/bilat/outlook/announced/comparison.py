"""What is compared: the question's numbers, the bands of the plain counts, the smooth estimate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite, log, log1p

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.outlook.announced.curve import Curve, fit_curve
from bilat.outlook.announced.rates import Array, Interval, Rate, clusters_of, pair_correlation, rate
from bilat.outlook.announced.shown import Share
from bilat.outlook.announced.target import AnnouncedTarget

GROWTH_EDGES = (-inf, 0.05, 0.10, 0.20, 0.30, inf)
HORIZON_EDGES = (0, 1, 4, 6, inf)
"""Each band holds its lower edge and not its upper one."""

_HORIZON_LABELS = (
    say("within the same year"),
    say("1 to 3 years"),
    say("4 or 5 years"),
    say("more than 5 years"),
)
_LEAST_GROWTH = 0.005
"""Below half a per cent a year a target asks for nothing; the logarithm needs a floor."""


@dataclass(frozen=True)
class Asked:
    """What the target in question asks for; what is None is not compared."""

    required_growth: float | None = None
    """A share a year, from the latest level to the target."""
    horizon: float | None = None
    """Years from the announcement to the deadline."""
    level: float | None = None
    """The target itself, US dollars a year. No feature of the estimate: see the method's page."""

    def __post_init__(self) -> None:
        """Raises NoAnswer for numbers that no target can have."""
        growth, horizon, level = self.required_growth, self.horizon, self.level
        if growth is not None and not (isfinite(growth) and growth > -1):
            raise NoAnswer(say("no base rate for a required growth of {growth}", growth=growth))
        if horizon is not None and not (isfinite(horizon) and horizon >= 0):
            raise NoAnswer(
                say("no base rate for a horizon of {years} years: its end is past", years=horizon)
            )
        if level is not None and not (isfinite(level) and level > 0):
            raise NoAnswer(say("no base rate for a target of {level} dollars", level=level))


@dataclass(frozen=True)
class Band:
    """A plain count that can be verified by hand from the table."""

    label: Message
    targets: tuple[AnnouncedTarget, ...]
    rate: Rate | None
    """None where the band holds no target."""
    holds_asked: bool
    """Whether the target in question falls into it."""


@dataclass(frozen=True)
class Estimate:
    """The chance of comparable targets by the smooth curve, intervals clustered by pair.

    targets, pairs, met: what the curve was fitted to. correlation: inside a pair, of what the curve
    leaves unexplained.
    """

    chance: float
    interval_80: Interval
    interval_95: Interval
    targets: int
    pairs: int
    met: int
    correlation: float
    is_outside: bool
    """Asks for more or less than any target of the class; the nearest that was asked is taken."""


def estimate(targets: Sequence[AnnouncedTarget], asked: Asked) -> Estimate | None:
    """None where no target can be compared (none has a baseline, say)."""
    rows = candidates(targets, asked)
    if not rows:
        return None
    curve = _curve(rows, asked)
    features = features_of(asked, asked.required_growth, asked.horizon)
    return Estimate(
        chance=curve.chance(features),
        interval_80=curve.interval(features, 0.80),
        interval_95=curve.interval(features, 0.95),
        targets=len(rows),
        pairs=len({target.pair for target in rows}),
        met=sum(target.met == "yes" for target in rows),
        correlation=curve.correlation,
        is_outside=curve.is_outside(features),
    )


def _curve(rows: Sequence[AnnouncedTarget], asked: Asked) -> Curve:
    features = np.array([features_of(asked, row.required_growth, row.horizon) for row in rows])
    return fit_curve(features, outcomes(rows), [row.pair for row in rows])


def candidates(targets: Sequence[AnnouncedTarget], asked: Asked) -> list[AnnouncedTarget]:
    """Those with a baseline, if required growth is compared; else all."""
    if asked.required_growth is None:
        return list(targets)
    return [target for target in targets if target.required_growth is not None]


def features_of(asked: Asked, growth: float | None, horizon: float | None) -> Array:
    """(0, 1 or 2,): log required growth, log of one plus the horizon; those that are asked for."""
    features = []
    if asked.required_growth is not None and growth is not None:
        features.append(log(max(growth, _LEAST_GROWTH)))
    if asked.horizon is not None and horizon is not None:
        features.append(log1p(horizon))
    return np.array(features, dtype=float)


def outcomes(targets: Sequence[AnnouncedTarget]) -> Array:
    """(n,): 1 for a target that was met."""
    return np.array([target.met == "yes" for target in targets], dtype=float)


def likeness(targets: Sequence[AnnouncedTarget]) -> float:
    """The correlation inside a pair, of all targets: a band is too small for one of its own."""
    met = outcomes(targets)
    return pair_correlation(met - met.mean(), clusters_of([target.pair for target in targets]))


def rate_of(targets: Sequence[AnnouncedTarget], correlation: float) -> Rate | None:
    """The plain count, with intervals clustered by pair."""
    return rate(outcomes(targets), [target.pair for target in targets], correlation)


def growth_bands(
    targets: Sequence[AnnouncedTarget], asked: Asked, correlation: float
) -> tuple[Band, ...]:
    """By required growth; targets without a baseline are in none."""
    edges = tuple(pairwise(GROWTH_EDGES))
    labels = [_growth_label(low, high) for low, high in edges]
    return _bands(
        targets, lambda t: t.required_growth, edges, labels, asked.required_growth, correlation
    )


def horizon_bands(
    targets: Sequence[AnnouncedTarget], asked: Asked, correlation: float
) -> tuple[Band, ...]:
    """By years from announcement to deadline."""
    edges = tuple(pairwise(HORIZON_EDGES))
    return _bands(targets, lambda t: t.horizon, edges, _HORIZON_LABELS, asked.horizon, correlation)


def both_bands(targets: Sequence[AnnouncedTarget], asked: Asked, correlation: float) -> Band | None:
    """The targets in the band of required growth and in that of the horizon; None unless asked."""
    if asked.required_growth is None or asked.horizon is None:
        return None
    growth = _edges_around(asked.required_growth, GROWTH_EDGES)
    horizon = _edges_around(asked.horizon, HORIZON_EDGES)
    found = [
        target
        for target in targets
        if _is_in(target.required_growth, growth) and _is_in(target.horizon, horizon)
    ]
    label = say(
        "{growth}, {horizon}",
        growth=_growth_label(*growth),
        horizon=_HORIZON_LABELS[HORIZON_EDGES.index(horizon[0])],
    )
    return Band(label, tuple(found), rate_of(found, correlation), holds_asked=True)


Edges = tuple[float, float]


def _bands(
    targets: Sequence[AnnouncedTarget],
    value: Callable[[AnnouncedTarget], float | None],
    edges: Sequence[Edges],
    labels: Sequence[Message],
    asked: float | None,
    correlation: float,
) -> tuple[Band, ...]:
    found = [[target for target in targets if _is_in(value(target), band)] for band in edges]
    return tuple(
        Band(label, tuple(rows), rate_of(rows, correlation), _is_in(asked, band))
        for label, rows, band in zip(labels, found, edges, strict=True)
    )


def _edges_around(value: float, edges: Sequence[float]) -> Edges:
    return next(band for band in pairwise(edges) if _is_in(value, band))


def _is_in(value: float | None, band: Edges) -> bool:
    return value is not None and band[0] <= value < band[1]


def _growth_label(low: float, high: float) -> Message:
    if low == -inf:
        return say("under {high} a year", high=Share(high))
    if high == inf:
        return say("{low} a year or more", low=Share(low))
    return say("{low} to {high} a year", low=Share(low), high=Share(high))
