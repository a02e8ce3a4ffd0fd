"""What the other side will declare: its report of a flow, predicted from the one that is known.

An analyst holds one country's figure and asks what the partner's will be, or whether the one it
published is in line. With r the logarithm of the wanted over the known report, both corrected for
bias and margin, and V what the reliability of the two says of their noise (`model`),

    r/√V = μ(ℓ) + σ(ℓ)·(u + e)

ℓ is the known report's logarithm: small flows are declared more loosely, and a small report has
more often lost something. u stays with a flow through its periods (transit, an agreed method),
e is new in every period. Lines μ and ln σ are regressions; the share φ of u in u + e is the mean
product of a flow's discrepancies in two periods. Of a flow with k other periods of mean z̄ and sum
of squares S about it,

    û = k·φ/(1 − φ + k·φ)·z̄,   s² = (4·(1 − φ) + S)/(4 + k − 1) · (1 + φ/(1 − φ + k·φ))

(best linear prediction of a random effect, Henderson 1975, *Biometrics* 31; a scale of its own,
drawn to the usual one with 4 periods' belief). A period never speaks for itself. The quantiles of
(u + e − û)/s are those of the table's own discrepancies, by length of history and size, so that
gross errors of either side are in the intervals as often as they were seen (as in conformal
prediction with left-out residuals: Barber et al. 2021, *Annals of Statistics* 49).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.mirror.cells import Cells, Floats, Geography, Ints, in_order
from bilat.mirror.expected_few import expect_few, flow_numbers, of_others
from bilat.mirror.mixture import LEVELS
from bilat.mirror.model import Model, learn
from bilat.mirror.strata import few

EXPORTER, IMPORTER = 0, 1
FURTHEST = 3.0
"""Standardised discrepancies count for no more than this where lines and means are taken."""
BELIEF = 4.0
"""Periods that the usual scale is worth beside a flow's own."""
ENOUGH = 200
"""Discrepancies from which on a group of flows has quantiles of its own."""
WANTED = (*LEVELS[:2], 0.5, *LEVELS[2:])


@dataclass(frozen=True)
class Expected:
    """One row per cell, in the cells' order; nan where the other side is silent.

    value: (n,) dollars as that side declares, FOB of an exporter, CIF of an importer: the median.
    ends: (4, n) dollars at 2.5, 10, 90, 97.5 %. others: (n,) the flow's other periods that both
    sides declared.
    """

    cells: Cells
    value: Floats
    ends: Floats
    others: Ints


def expected_reports(
    cells: Cells,
    geography: Geography,
    *,
    side: int,
    rng: np.random.Generator,
    unit_values: Floats | None = None,
) -> Expected:
    """The report of one side (0 exporter, 1 importer) of every cell, from the other side's.

    cells: totals or products, not both, in any order; the answer comes sorted. Reports of ``side``
    that are there teach how the two differ; a cell's own is not used for itself but as one of all
    that the reporters' biases are learned from. unit_values: as `reconcile` takes them.
    """
    cells = in_order(cells)
    if few(cells):
        points, others = expect_few(cells, side, WANTED)
        return Expected(cells, points[2], points[[0, 1, 3, 4]], others)
    model = learn(cells, geography, rng, unit_values)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _expect(model, cells, side)


def _expect(model: Model, cells: Cells, side: int) -> Expected:
    x, m, cost = (part.astype(np.float64) for part in model.corrected(cells))
    square = np.sum(model.variances(cells), axis=0, dtype=np.float64)
    scale, known, wanted = np.sqrt(square), *((m, x) if side == EXPORTER else (x, m))
    apart = (wanted - known) / scale
    middle, width = _by_size(known, apart)
    z = (apart - middle) / width
    lean, error, others = _history(z, flow_numbers(cells))
    taken = _leverage(model, cells) / square
    left_out = (apart / (1 - np.minimum(taken, 0.5)) - middle) / width
    pair_out = (apart / (1 - np.minimum(taken * (1 + others), 0.5)) - middle) / width
    points = _points((left_out - lean) / error, pair_out, (others, _tiers(known)))
    logs = known + scale * (middle + width * (lean + points * error))
    bias = model.reliability.bias[side]
    logs += bias[cells.exporter] if side == EXPORTER else bias[cells.importer] + cost
    found = np.exp(logs)
    return Expected(cells, found[2], found[[0, 1, 3, 4]], others)


def _leverage(model: Model, cells: Cells) -> Floats:
    """(n,) error variance of the biases behind a cell. As a share of its noise it is how much of
    its own discrepancy they took up: without it, the discrepancy would have been 1/(1 − share)
    times as large; without its whole flow, whose discrepancies are alike, as much the more."""
    unsure = model.reliability.bias_variance
    return np.asarray(unsure[0][cells.exporter] + unsure[1][cells.importer])


def _tiers(known: Floats) -> Ints:
    """(n,) quarter of the known reports, 0 to 3, by size."""
    edges = np.nanquantile(known, [0.25, 0.5, 0.75])
    return np.searchsorted(edges, known).astype(np.int64)


def _by_size(known: Floats, apart: Floats) -> tuple[Floats, Floats]:
    """(n,) μ and σ, from lines in the logarithm of the known report."""
    seen = ~np.isnan(apart)
    size = known - float(known[seen].mean())
    spread = np.column_stack([np.ones(len(size)), size])
    bounded = np.clip(apart[seen], -FURTHEST, FURTHEST)
    middle = spread @ np.linalg.lstsq(spread[seen], bounded, rcond=None)[0]
    away = np.log(np.abs(apart[seen] - middle[seen]) + 0.05)
    line = np.linalg.lstsq(spread[seen], away, rcond=None)[0]
    width = np.exp(np.clip(spread @ np.array([0.0, line[1]]), -2.0, 2.0))
    return middle, width * _usual(apart[seen] - middle[seen], width[seen])


def _usual(away: Floats, width: Floats) -> float:
    return max(float(np.median(np.abs(away / width))) / 0.6745, 1e-6)


def _history(z: Floats, flow: Ints) -> tuple[Floats, Floats, Ints]:
    """û, s and k of every cell, from the flow's other periods."""
    seen = ~np.isnan(z)
    own = np.where(seen, np.clip(z, -FURTHEST, FURTHEST), 0.0)
    count, first, second = (
        of_others(part, flow) for part in (seen.astype(np.float64), own, own**2)
    )
    share, within = _persistent(own[seen], first[seen], count[seen])
    mean = first / np.maximum(count, 1)
    about = np.maximum(second - count * mean**2, 0.0)
    drawn = 1 - share + count * share
    usual = (BELIEF * within + about) / (BELIEF + np.maximum(count - 1, 0))
    error = np.sqrt(usual * (1 + share / drawn))
    return count * share / drawn * mean, error, count.astype(np.int64)


def _persistent(own: Floats, first: Floats, count: Floats) -> tuple[float, float]:
    """φ, and the variance of e: from the mean product of a discrepancy and its flow's others."""
    total = max(float(np.mean(own**2)), 1e-9)
    there = count > 0
    if there.sum() < ENOUGH:
        return 0.0, total
    product = float(np.mean(own[there] * first[there] / count[there]))
    share = float(np.clip(product / total, 0.0, 0.95))
    return share, total * (1 - share)


def _points(e: Floats, z: Floats, kinds: tuple[Ints, Ints]) -> Floats:
    """(5, n) standardised quantiles at `WANTED`, by length of history and size of the known report.

    e: (n,) (u + e − û)/s. z: (n,) u + e. Without a history a flow is like any: every discrepancy,
    taken alone, says how far it may be. kinds: lengths of history, quarters of size.
    """
    seen = ~np.isnan(e)
    alone = z / max(float(np.sqrt(np.mean(np.clip(z[seen], -FURTHEST, FURTHEST) ** 2))), 1e-9)
    length, tier = np.searchsorted([1, 3], kinds[0], side="right"), kinds[1]
    points = np.empty((len(WANTED), len(e)))
    for kind in range(3):
        pool = seen if kind == 0 else seen & (length == kind)
        pool = pool if pool.sum() >= ENOUGH else seen
        for size in range(4):
            like = pool & (tier == size)
            like = like if like.sum() >= ENOUGH else pool
            taken = (alone if kind == 0 else e)[like]
            points[:, (length == kind) & (tier == size)] = np.quantile(taken, WANTED)[:, None]
    return points
