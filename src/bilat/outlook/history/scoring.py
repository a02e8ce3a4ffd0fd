"""How good were forecasts, now that the truth is known: proper scores, coverage, reliability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bilat.outlook.history.panel import Array, Codes, Mask
from bilat.outlook.history.shape import INNER

MULTIPLES = (1.5, 2.0, 3.0)
FILLED = 0.05
"""A tenth of the chances is well filled when it holds this share of the forecasts."""


@dataclass(frozen=True)
class Scored:
    """Forecasts with their truth, one row each.

    origin, horizon, third: (n,), third 0 (small) … 2 of the levels of its origin. crps, plain_crps:
    (n,) of log level. inside80, inside95: (n,). chance, plain_chance, came: (n, len(MULTIPLES)).
    """

    origin: Codes
    horizon: Codes
    third: Codes
    crps: Array
    plain_crps: Array
    inside80: Mask
    inside95: Mask
    chance: Array
    plain_chance: Array
    came: Mask


@dataclass(frozen=True)
class Line:
    """Scores of one group of forecasts; ``group`` and ``value`` name it: horizon 3, third 0."""

    group: str
    value: int
    count: int
    crps: float
    plain_crps: float
    inside80: float
    inside95: float


@dataclass(frozen=True)
class Odds:
    """Chances of reaching a multiple of the level in five years. worst: the largest distance
    between chance and outcome in a well-filled tenth; reliability: (chance, came, share) by tenth.
    """

    multiple: float
    said: float
    came: float
    brier: float
    plain_said: float
    plain_brier: float
    worst: float
    reliability: tuple[tuple[float, float, float], ...]


def crps(quantiles: Array, truth: Array) -> Array:
    """(n,) continuous ranked probability score from quantiles (n, len(INNER)).

    Twice the mean pinball loss (Gneiting & Ranjan 2011, *JBES* 29, equation 8).
    """
    gap = truth[:, None] - quantiles
    return np.asarray(2 * np.maximum(INNER * gap, (INNER - 1) * gap).mean(axis=1))


def score(
    origin: int, horizon: int, start: Array, truth: Array, ours: Array, plain: Array
) -> Scored:
    """Score the forecasts of one origin and horizon.

    start, truth: (n,) log levels. ours, plain: (n, len(INNER)) quantiles of log growth.
    """
    growth = truth - start
    thirds = np.searchsorted(np.quantile(start, (1 / 3, 2 / 3)), start) if len(start) else start
    goals = np.log(MULTIPLES)
    return Scored(
        origin=np.full(len(start), origin),
        horizon=np.full(len(start), horizon),
        third=np.asarray(thirds, dtype=np.int64),
        crps=crps(ours, growth),
        plain_crps=crps(plain, growth),
        inside80=_inside(ours, growth, 0.1),
        inside95=_inside(ours, growth, 0.025),
        chance=np.stack([(ours >= goal).mean(axis=1) for goal in goals], axis=1),
        plain_chance=np.stack([(plain >= goal).mean(axis=1) for goal in goals], axis=1),
        came=growth[:, None] >= goals,
    )


def _inside(quantiles: Array, truth: Array, share: float) -> Mask:
    at = int(np.argmin(np.abs(INNER - share)))
    return (quantiles[:, at] <= truth) & (truth <= quantiles[:, -1 - at])


def together(parts: Sequence[Scored]) -> Scored:
    """All parts as one."""
    fields = Scored.__dataclass_fields__
    return Scored(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in fields})


def lines(scored: Scored) -> list[Line]:
    """All forecasts together, then by horizon, by size third and by origin."""
    everything = np.ones(len(scored.origin), dtype=bool)
    found = [_line(scored, "all", 0, everything)]
    for group in ("horizon", "third", "origin"):
        member = getattr(scored, group)
        found += [_line(scored, group, int(v), member == v) for v in np.unique(member)]
    return found


def _line(scored: Scored, group: str, value: int, rows: Mask) -> Line:
    means = [
        float(getattr(scored, name)[rows].mean())
        for name in ("crps", "plain_crps", "inside80", "inside95")
    ]
    return Line(group, value, int(rows.sum()), *means)


def odds(scored: Scored, horizon: int = 5) -> list[Odds]:
    """Chances of each multiple after ``horizon`` years against what came."""
    rows = scored.horizon == horizon
    if not rows.any():
        return []
    columns = zip(MULTIPLES, scored.chance.T, scored.plain_chance.T, scored.came.T, strict=True)
    return [_odds(m, ours[rows], plain[rows], came[rows]) for m, ours, plain, came in columns]


def _odds(multiple: float, ours: Array, plain: Array, came: Mask) -> Odds:
    tenth = np.minimum((ours * 10).astype(int), 9)
    table = [
        (float(ours[rows].mean()), float(came[rows].mean()), float(rows.mean()))
        for rows in (tenth == k for k in range(10))
        if rows.any()
    ]
    away = [abs(said - was) for said, was, share in table if share >= FILLED]
    return Odds(
        multiple=multiple,
        said=float(ours.mean()),
        came=float(came.mean()),
        brier=float(((ours - came) ** 2).mean()),
        plain_said=float(plain.mean()),
        plain_brier=float(((plain - came) ** 2).mean()),
        worst=max(away, default=0.0),
        reliability=tuple(table),
    )
