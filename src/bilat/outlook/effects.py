"""Measures as random additions to a level: does it come about, how large, how late.

For measure k in draw ω, with a common luck F shared by all measures,

    F = κ·B + √(1 − κ²)·G                     B: normal score of the baseline's final level
    comes about  ⇔  Φ(√ρ·F + √(1 − ρ)·ε) ≥ 1 − chance,  and all that it depends on comes about
    size  = likely·exp(z·σ),  z = √ρ·F + √(1 − ρ)·η,  σ by side from low and high (10 %, 90 %)
    start = max(stated start + delay, starts of what it depends on),  delay ~ Exp(mean)
    adds in a period  =  size·(1 − displaced)·(r − r₀)

(a one-factor Gaussian copula: Vasicek 2002, *Risk* 15, for events; ρ, κ and the delay are stated
judgements of `Assumptions`). r is the share of the full effect that works in the period on average,
0 before the start, rising evenly over the ramp. r₀ is that share in the last year of data, without
delay: what works already is in the baseline's data, so that only what comes on top is added.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from bilat.outlook.measures import Measure, in_order

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

Z_80 = 1.2815515655446004
"""Standard normal 90 % point: low and high are 80 % apart."""
STEPS = 12
"""Delays are counted in months."""
CHUNK = 4_096
"""Draws that are worked on at a time, so that they stay in a processor's cache."""


@dataclass(frozen=True)
class Assumptions:
    """Judgements that no record states; each is shown with the results and can be changed.

    common: share of the variance of a measure's luck that all measures have in common.
    with_baseline: correlation of that common luck with the baseline. delay: mean delay of a start
    in years. spread: log standard deviation of an effect whose range nobody states.
    """

    common: float = 0.25
    with_baseline: float = 0.3
    delay: float = 0.5
    spread: float = 0.35


@dataclass(frozen=True)
class Draws:
    """Random numbers of every measure, drawn once so that changes are compared on the same luck.

    luck: (n,) common factor F. event, size: (k, n) standard normal. delay: (k, n) years.
    """

    luck: Singles
    event: Singles
    size: Singles
    delay: Singles

    def __len__(self) -> int:
        return len(self.luck)

    def first(self, n: int) -> Draws:
        """The first n draws."""
        return Draws(self.luck[:n], self.event[:, :n], self.size[:, :n], self.delay[:, :n])


def draw(
    measures: Sequence[Measure], final: Floats, assumptions: Assumptions, rng: np.random.Generator
) -> Draws:
    """final: (n,) baseline levels of the last period, one a draw.

    Each measure has a stream of its own that depends on its id alone: adding or removing another
    measure leaves its luck as it was.
    """
    n, k = len(final), len(measures)
    root = int(rng.integers(2**63))
    own = _normal(np.random.default_rng([root, 0]), n)
    kappa = assumptions.with_baseline
    luck = np.float32(kappa) * scores(final) + np.float32((1 - kappa**2) ** 0.5) * own
    event, size, delay = (np.empty((k, n), np.float32) for _ in range(3))

    def fill(number: int) -> None:
        stream = np.random.default_rng([root, 1, crc32(measures[number].id.encode())])
        event[number], size[number] = _normal(stream, n), _normal(stream, n)
        delay[number] = stream.standard_exponential(n, dtype=np.float32)

    with ThreadPoolExecutor() as pool:
        list(pool.map(fill, range(k)))
    delay *= np.float32(assumptions.delay)
    return Draws(luck, event, size, delay)


def _normal(stream: np.random.Generator, n: int) -> Singles:
    return stream.standard_normal(n, dtype=np.float32)


def scores(values: Floats) -> Singles:
    """(n,) standard normal scores by rank (Blom), so that any distribution can share a copula."""
    n = len(values)
    places = np.empty(n)
    places[np.argsort(values, kind="stable")] = np.arange(1, n + 1)
    return np.asarray(ndtri((places - 0.375) / (n + 0.25)), dtype=np.float32)


@dataclass(frozen=True)
class Drawn:
    """What became of every measure in every draw.

    amount: (k, n) addition a year at full effect, base unit, 0 where it does not come about.
    month: (k, n) whole months by which it begins later than stated.
    """

    amount: Singles
    month: Ints


def become(measures: Sequence[Measure], draws: Draws, assumptions: Assumptions) -> Drawn:
    """Raises NoAnswer for dependencies that are unknown or go round in a ring."""
    k, n = draws.event.shape
    place = {measure.id: number for number, measure in enumerate(measures)}
    on = np.empty((k, n), bool)
    begins = np.empty((k, n), np.float32)
    amount = np.empty((k, n), np.float32)
    for number in in_order(measures):
        measure = measures[number]
        before = [place[name] for name in measure.depends_on]
        on[number] = comes_about(measure, draws, number, assumptions)
        late = np.float32(0 if measure.begun else 1)
        begins[number] = np.float32(measure.start) + late * draws.delay[number]
        for other in before:
            on[number] &= on[other]
            np.maximum(begins[number], begins[other], out=begins[number])
        kept = np.float32(1 - measure.displaced)
        amount[number] = sizes(measure, draws, number, assumptions) * kept * on[number]
    stated = np.array([[measure.start] for measure in measures], np.float32).reshape(k, 1)
    return Drawn(amount, np.floor((begins - stated) * STEPS + 0.5).astype(np.int64))


def comes_about(measure: Measure, draws: Draws, number: int, assumptions: Assumptions) -> Flags:
    if measure.chance >= 1:
        return np.ones(len(draws), bool)
    threshold = np.float32(ndtri(1 - measure.chance))
    return np.asarray(_latent(draws.luck, draws.event[number], assumptions) >= threshold)


def sizes(measure: Measure, draws: Draws, number: int, assumptions: Assumptions) -> Singles:
    """(n,) additions a year, before chance and displacement.

    A stated low of 0 has no logarithm: the lower half then falls evenly in the level instead.
    """
    z = _latent(draws.luck, draws.size[number], assumptions)
    likely, low, high = spread_of(measure, assumptions)
    if likely <= 0:
        return np.zeros(len(draws), np.float32)
    up = np.exp(np.maximum(z, 0) * np.float32(log(high / likely) / Z_80))
    if low <= 0:
        down = np.maximum(1 + np.minimum(z, 0) / np.float32(Z_80), 0)
    else:
        down = np.exp(np.minimum(z, 0) * np.float32(log(likely / low) / Z_80))
    return np.asarray(np.float32(likely) * up * down, np.float32)


def spread_of(measure: Measure, assumptions: Assumptions) -> tuple[float, float, float]:
    """likely, low, high; where an end is not stated, by the assumed spread."""
    factor = float(np.exp(Z_80 * assumptions.spread))
    low = measure.likely / factor if measure.low is None else measure.low
    high = measure.likely * factor if measure.high is None else measure.high
    return measure.likely, low, max(high, measure.likely)


def _latent(luck: Singles, own: Singles, assumptions: Assumptions) -> Singles:
    rho = assumptions.common
    return np.asarray(np.float32(rho**0.5) * luck + np.float32((1 - rho) ** 0.5) * own)


def shares(measure: Measure, edges: Floats, months: int) -> Singles:
    """(months + 1, t) additional share of the full effect in each period, by months of delay.

    edges: (t + 1,) years where the periods begin and the last one ends; the last year of data is
    the year before the first. A period of length w adds w times its mean rate. The row of the
    greatest delay stands for all longer ones.
    """
    starts = measure.start + np.arange(months + 1)[:, None] / STEPS
    done = np.diff(_integral(edges[None, :] - starts, measure.ramp), axis=1)
    origin = np.array([[edges[0] - 1, edges[0]]]) - measure.start
    already = np.diff(_integral(origin, measure.ramp), axis=1)
    return np.maximum(done - already * np.diff(edges), 0).astype(np.float32)


def _integral(since: Floats, ramp: float) -> Floats:
    """∫ of the working share from the start to ``since`` years after it."""
    u = np.maximum(since, 0)
    if ramp <= 0:
        return u
    return np.where(u < ramp, u * u / (2 * ramp), u - ramp / 2)


def additions(measures: Sequence[Measure], drawn: Drawn, edges: Floats) -> Singles:
    """(n, t) what all measures together add to each period of each draw."""
    k, n = drawn.amount.shape
    total = np.zeros((n, len(edges) - 1), np.float32)
    months = _months(edges)
    tables = [shares(measure, edges, months) for measure in measures]

    def work(start: int) -> None:
        rows = slice(start, min(start + CHUNK, n))
        here = total[rows]
        for number in range(k):
            late = np.minimum(drawn.month[number, rows], months)
            part = tables[number].take(late, axis=0)
            part *= drawn.amount[number, rows, None]
            here += part

    with ThreadPoolExecutor() as pool:
        list(pool.map(work, range(0, n, CHUNK)))
    return total


def additions_at(measures: Sequence[Measure], drawn: Drawn, edges: Floats, period: int) -> Singles:
    """(k, n) what each measure adds in one period of each draw."""
    months = _months(edges)
    rows = [
        shares(measure, edges, months)[:, period].take(np.minimum(drawn.month[number], months))
        * drawn.amount[number]
        for number, measure in enumerate(measures)
    ]
    return np.array(rows, np.float32).reshape(len(measures), drawn.amount.shape[1])


def _months(edges: Floats) -> int:
    """Delays beyond the last period plus one year add nothing within the grid."""
    return int(np.ceil((edges[-1] - edges[0] + 1) * STEPS))
