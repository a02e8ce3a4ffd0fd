"""Which side errs how, and whose noise is whose: learned from a sample of cells."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from os import cpu_count

import numpy as np

from bilat.mirror.cells import Cells, Floats, Floats32
from bilat.mirror.explain import BOTH, Sides, explain_both
from bilat.mirror.faults import KINDS, WRONG, Faults
from bilat.mirror.level import Evidence
from bilat.mirror.reliability import SMALLEST, Reliability

ROUNDS = 6
SCORE_DEGREES = 3.0
CELLS = 16_384
"""Cells that are explained at a time: they stay in a processor's cache."""


def learn_faults(
    x: Floats32, m: Floats32, variances: tuple[Floats32, Floats32], start: Faults, at: Evidence
) -> tuple[Sides, Floats32]:
    """Rates of faults by side, by expectation-maximisation over cells that both sides reported; and
    (n,) the probability of none.

    Starts from the faults of the discrepancies, half on each side.
    """
    rates = start.rates / 2
    rates[0] = 1 - rates[1:].sum()
    half = replace(start, rates=rates)
    sides = (half, half)
    for _round in range(ROUNDS):
        found = _chances(x, m, variances, sides, at)
        gap = (m - x).astype(float)
        noise = (variances[0] + variances[1]).astype(float)
        sides = (
            _renewed(sides[0], found, 0, (-gap, noise)),
            _renewed(sides[1], found, 1, (gap, noise)),
        )
    return sides, _chances(x, m, variances, sides, at)[0]


def _chances(
    x: Floats32, m: Floats32, variances: tuple[Floats32, Floats32], sides: Sides, at: Evidence
) -> Floats32:
    """(12, n) probabilities of the explanations, on every processor."""
    chances = np.empty((len(BOTH), len(x)), np.float32)

    def fill(first: int) -> None:
        here = slice(first, first + CELLS)
        own = (variances[0][here], variances[1][here])
        chances[:, here] = explain_both(x[here], m[here], own, sides, at.take(here)).chance

    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        for _done in pool.map(fill, range(0, len(x), CELLS)):
            pass
    return chances


def _renewed(
    faults: Faults, chances: Floats32, side: int, gap_and_noise: tuple[Floats, Floats]
) -> Faults:
    gap, noise = gap_and_noise
    counts = np.array([chances[BOTH[:, side] == kind].sum() for kind in range(KINDS)])
    only = (BOTH[:, side] == WRONG) & (BOTH[:, 1 - side] != WRONG)
    chance = chances[only].sum(0).astype(float)
    weight = chance.sum() + 20
    shift = float((chance * gap).sum() / weight)
    second = ((chance * ((gap - shift) ** 2 - noise)).sum() + 20) / weight
    renewed = faults.with_rates(counts, prior=50.0)
    return renewed.with_wrong(shift, float(np.clip(second, 0.1, 16.0)))


def split(
    reliability: Reliability, cells: Cells, gap: Floats, middle: Floats, sound: Floats
) -> Reliability:
    """Settle how much of the noise is the exporters': the constant that discrepancies leave open.

    If the exporter's noise is the larger, a report gap X − M goes with a level ½(X + M) that lies
    above its surroundings: E[2·gap·middle] = v^X − v^M (Grubbs 1948, *JASA* 43, for two instruments
    that measure one thing). Levels jump, so the product is taken with the score ψ of a Student t of
    3 degrees, which a jump cannot dominate: by Stein's identity 2·E[gap·ψ(middle)] =
    (v^X − v^M)·E[ψ'(middle)], whatever ψ and the distribution of jumps are. The constant c in
    v^X + c, v^M − c is the weighted mean over cells that solves this. Weights fall with the square
    of a cell's variance: c has to be right where it is large beside it, in precise pairs.

    gap: (n,) ln X − ln M, corrected. middle: (n,) ½(X + M) less the neighbours' level. sound: (n,)
    probability of no gross error. The estimate is drawn to none
    by its standard error, and held where every variance stays positive.
    """
    v = reliability.variance
    ours, theirs = v[0][cells.exporter], v[1][cells.importer]
    weight = sound / (ours + theirs) ** 2
    room = _room(reliability)
    psi, slope = _score(middle)
    norm = float((weight * slope).sum())
    if norm <= 0 or not np.isfinite(norm):
        return reliability
    each = weight * (gap * psi - (ours - theirs) / 2 * slope)
    mean = float(each.sum()) / norm
    error = float(np.sqrt(((each - mean * weight * slope) ** 2).sum())) / norm
    doubt = (room[0] + room[1]) / 2 + SMALLEST
    trust = doubt**2 / (doubt**2 + error**2)
    edge = 0.005 * (room[0] + room[1])
    c = float(np.clip(trust * mean, edge - room[0], room[1] - edge))
    moved = np.maximum(v + np.array([[c], [-c]]), SMALLEST)
    share = reliability.variance_doubt * (v / moved) ** 2 + trust * error**2 / moved**2
    return replace(reliability, variance=moved, variance_doubt=share)


def _score(middle: Floats) -> tuple[Floats, Floats]:
    """(n,) ψ and ψ' of a Student t of 3 degrees with the scale of the middles."""
    moves = np.abs(middle[middle != 0])
    square = SCORE_DEGREES * (float(np.median(moves)) / 0.6745) ** 2 if len(moves) else 1.0
    below = square + middle**2
    return middle / below, (square - middle**2) / below**2


def _room(reliability: Reliability) -> tuple[float, float]:
    """The smallest well-founded variance of each direction: how far c can go either way."""
    rows = zip(reliability.variance, reliability.seen, strict=True)
    smallest = [row[seen >= 0.2 * np.max(seen)].min() for row, seen in rows]
    return float(smallest[0]), float(smallest[1])
