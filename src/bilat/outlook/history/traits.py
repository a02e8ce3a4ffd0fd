"""What is known of a flow at the year from which it is forecast: its traits.

All of them are zero, or nearly so, for an unremarkable flow; a short history draws them to zero.
Own growth is measured against `NORMAL_GROWTH`, so that a flow that grew like trade in general has
nothing to revert to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bilat.outlook.history.panel import ZERO, Array, Codes, Mask, Panel

NORMAL_GROWTH = 0.045
"""Log growth a year of the median flow, in dollars, that is taken as normal."""
GAPS = ((0.0, 0.0), (0.6, 0.3), (0.85, 1.0), (1.0, 2.0))
"""Memory (the weight of a year relative to the next one), and years of prior weight at zero."""
USUAL_STEP = 0.25
"""The usual absolute yearly step in logs; a history of no length is given it."""
MIDDLE_SIZE = float(np.log(1e8))
KNOWN_SIZE = float(np.log(1e6))
"""Smaller flows say little of their countries."""
FEWEST_FOR_USUAL = 30
"""Fewer flows do not tell what is common to all."""
COUNTRY_WEIGHT = 3.0
"""Flows' worth of belief that a country does as all countries do."""

LOCATION = (
    *("last", "short", "medium", "long"),
    *("last_noisy", "short_noisy", "medium_noisy", "long_noisy"),
    *("size", "noise", "empty", "young"),
    *("exporter_short", "importer_short", "exporter_medium", "importer_medium"),
    *("unlikely", "returned"),
)
SCALE = (
    *("one", "size", "noise", "empty", "young", "away", "size_size", "noise_noise"),
    *("size_noise", "empty_noise", "exporter_noise", "importer_noise"),
)
OWN_GROWTH = ("last", "short", "medium", "long")
IS_OWN_GROWTH = np.array([name in OWN_GROWTH for name in LOCATION])
NORMALLY_ZERO = np.array([name not in ("size", "noise", "empty", "young") for name in LOCATION])
"""Traits that a flow with normal growth, in countries like the others, has not at all."""
OF_COUNTRIES = frozenset(
    name
    for name in (*LOCATION, *SCALE)
    if name.startswith(("exporter", "importer", "unlikely", "returned"))
)


@dataclass(frozen=True)
class Traits:
    """location: (n, len(LOCATION)). scale: (n, len(SCALE)). start: (n,) log level, ZERO or NaN
    where there is none. count: (n,) positive years.

    Of a panel also: fall, how far the median flow fell in the last year; usual: (len(LOCATION),)
    mean traits of all its flows.
    """

    location: Array
    scale: Array
    start: Array
    count: Codes
    fall: float = 0.0
    usual: Array | None = None


def traits_of_panel(panel: Panel, column: int) -> Traits:
    """Traits of all pairs at the year in ``column``, each beside the others of its countries."""
    logs = panel.logs[:, : column + 1]
    own = own_traits(logs)
    known = np.isfinite(logs[:, -1]) & (logs[:, -1] > KNOWN_SIZE)
    wanted = (("short", "short"), ("medium", "medium"), ("noise", "noise"))
    for side, member in (("exporter", panel.exporter), ("importer", panel.importer)):
        for name, trait in wanted:
            own[f"{side}_{name}"] = _of_country(own[trait], member, known)
    own["unlikely"] = _unlikely(logs[:, -1], panel, known)
    own["returned"] = _returned(logs[:, -1], panel)
    traits = _assemble(own, logs)
    if known.sum() < FEWEST_FOR_USUAL:
        return traits
    usual = traits.location[known].mean(axis=0)
    return replace(traits, fall=_fall(own["last"], known), usual=usual)


def traits_alone(logs: Array, *, sized: bool = True) -> Traits:
    """Traits of series (n, t) of which nothing but themselves is known.

    sized: False where the level is not in dollars; such series count as flows of middle size.
    """
    own = own_traits(logs)
    if not sized:
        own["size"] = np.zeros(len(logs))
    own.update({name: np.zeros(len(logs)) for name in OF_COUNTRIES})
    return _assemble(own, logs)


def _assemble(own: dict[str, Array], logs: Array) -> Traits:
    size, noise = own["size"], own["noise"]
    own["one"] = np.ones(len(logs))
    own["away"] = np.abs(own["medium"])
    own["size_size"], own["noise_noise"] = size**2 / 10, noise**2
    own["size_noise"], own["empty_noise"] = size * noise, own["empty"] * noise
    for gap in OWN_GROWTH:
        own[f"{gap}_noisy"] = own[gap] * noise
    return Traits(
        location=np.stack([own[name] for name in LOCATION], axis=1),
        scale=np.stack([own[name] for name in SCALE], axis=1),
        start=logs[:, -1],
        count=np.isfinite(logs).sum(axis=1),
    )


def own_traits(logs: Array) -> dict[str, Array]:
    """Traits that a series (n, t) has by itself; the last column is the start."""
    positive = np.isfinite(logs)
    start = np.where(positive[:, -1], logs[:, -1], 0.0)
    age = np.arange(logs.shape[1] - 1, 0, -1)
    past = positive[:, :-1] & positive[:, -1:]
    excess = np.where(past, start[:, None] - logs[:, :-1] - NORMAL_GROWTH * age, 0.0)
    own = {}
    for name, (memory, prior) in zip(OWN_GROWTH, GAPS, strict=True):
        weight = past * (memory ** (age - 1.0) if memory else age == 1)
        own[name] = (excess * weight).sum(axis=1) / (weight.sum(axis=1) + prior + 1e-9)
    own["size"] = np.where(positive[:, -1], start - MIDDLE_SIZE, 0.0)
    own["noise"] = _noise(logs, positive)
    own["empty"] = _empty(logs, positive)
    own["young"] = 1 / np.sqrt(positive.sum(axis=1) + 1.0)
    return own


def _noise(logs: Array, positive: Mask) -> Array:
    """(n,) log of the mean absolute yearly step against the usual one, recent steps counting more.

    A step over several years is divided by their square root.
    """
    n, t = logs.shape
    seen = np.where(positive, np.arange(t), -1)
    before = np.maximum.accumulate(seen, axis=1)
    before = np.concatenate([np.full((n, 1), -1), before[:, :-1]], axis=1)
    stepped = positive & (before >= 0)
    previous = np.take_along_axis(logs, np.maximum(before, 0), axis=1)
    step = np.abs(np.where(stepped, logs, 0.0) - np.where(stepped, previous, 0.0))
    step /= np.sqrt(np.where(stepped, seen - before, 1))
    weight = stepped * 0.9 ** np.arange(t - 1, -1, -1)
    mean = ((step * weight).sum(axis=1) + 2 * USUAL_STEP) / (weight.sum(axis=1) + 2)
    return np.asarray(np.log(mean / USUAL_STEP))


def _empty(logs: Array, positive: Mask) -> Array:
    """(n,) share of the years since the first that had no trade, recent years counting more."""
    t = logs.shape[1]
    since = np.maximum.accumulate(positive, axis=1)
    weight = 0.85 ** np.arange(t - 1, -1, -1)
    zero = ((since & (logs == ZERO)) * weight).sum(axis=1)
    return np.asarray(zero / np.maximum((since & ~np.isnan(logs)) @ weight, 1e-9))


def _of_country(trait: Array, member: Codes, known: Mask) -> Array:
    """(n,) mean trait of the *other* flows of a country, against the median of all flows."""
    if not known.any():
        return np.zeros(len(trait))
    away = np.where(known, np.clip(trait - np.median(trait[known]), -1, 1), 0.0)
    total, count = np.bincount(member, away), np.bincount(member, known)
    return np.asarray((total[member] - away) / (count[member] - known + COUNTRY_WEIGHT))


def _unlikely(level: Array, panel: Panel, known: Mask) -> Array:
    """(n,) log level above what the sizes of both countries' other trade would suggest."""
    if not known.any():
        return np.zeros(len(level))
    middle = level[known].mean()
    rest = np.where(known, level - middle, 0.0)
    sides = (panel.exporter, panel.importer)
    counts = [np.bincount(side, known) + 1.0 for side in sides]
    effects = [np.zeros(len(count)) for count in counts]
    for _ in range(10):
        for this, other in ((0, 1), (1, 0)):
            left = np.where(known, rest - effects[other][sides[other]], 0.0)
            effects[this] = np.bincount(sides[this], left) / counts[this]
    fitted = effects[0][sides[0]] + effects[1][sides[1]]
    return np.asarray(np.where(known, rest - fitted, 0.0))


def _returned(level: Array, panel: Panel) -> Array:
    """(n,) a third of the log level of the flow the other way round above this one's; else 0."""
    countries = len(panel.names)
    there = panel.exporter * countries + panel.importer
    back = panel.importer * countries + panel.exporter
    order = np.argsort(there)
    other = order[np.minimum(np.searchsorted(there, back, sorter=order), len(order) - 1)]
    both = (there[other] == back) & np.isfinite(level) & np.isfinite(level[other])
    above = np.where(both, level[other], 0.0) - np.where(both, level, 0.0)
    return np.asarray(above / 3)


def _fall(last: Array, known: Mask) -> float:
    """How far the median flow fell in the last year, in logs."""
    return max(0.0, -(float(np.median(last[known])) + NORMAL_GROWTH))
