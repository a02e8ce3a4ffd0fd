"""A few reports only: one pair of countries, some years, no third country to judge them by.

Nobody can tell from two series which of them is right. So both are believed alike, and how much is
learned from how far they lie apart, together with what is usual. For each direction of trade, in
logs, with c = ln(1 + τ),

    x_t = y_t + b_X + e_t,   m_t = y_t + c + b_M + e'_t,
    b ~ N(0, β²),  e ~ N(0, s²),  c ~ N(ln 1.033, 0.03²)        (1.033: mean of BACI, see `margin`)

The sum of both biases is independent of their difference, which is all that is seen; hence

    y_t = ½(x_t + m_t − ĉ),   variance ½s² + ½β² + ¼var(c)

and where one side is silent, y_t = x_t − b̂_X with b̂_X = −b̂_M = −½(ḡ − ĉ)·shrinkage, variance
s² + ½β² (more where nothing was seen of the other). s² is pooled over all pairs of the table and
β² taken per pair, each drawn to 0.15² with 4 observations' belief; intervals are Student's, of 8
degrees. A year in which both lie apart far more than usual is settled by each side's own
neighbouring years.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.mirror.cells import Cells, Flags, Floats, Ints
from bilat.mirror.margin import USUAL_MARGIN
from bilat.mirror.mixture import LEVELS
from bilat.mirror.reliability import BIAS, NOISE

MARGIN_DOUBT, BELIEF = 0.03, 4.0
DEGREES = 8.0
FAR = 1.0
"""A year apart by more than this beyond the usual gap, and by four standard errors, is gross."""

BOTH, EXPORTER_WRONG, IMPORTER_WRONG, EXPORTER, IMPORTER = range(5)


@dataclass(frozen=True)
class Pooled:
    """value: (n,) dollars FOB. error, weight, margin, method: (n,). ends: (4, n) dollars."""

    value: Floats
    error: Floats
    ends: Floats
    weight: Floats
    margin: Floats
    method: Ints


def pool(cells: Cells) -> Pooled:
    """cells: sorted, few. Every one gets a value, however little is known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        x = np.where(cells.x > 0, np.log(cells.x), np.nan)
        m = np.where(cells.m > 0, np.log(cells.m), np.nan)
    pairs = [np.flatnonzero(cells.pair == pair) for pair in np.unique(cells.pair)]
    noise = _noise([m[rows] - x[rows] for rows in pairs])
    found = np.zeros((5, len(cells)))
    for rows in pairs:
        found[:, rows] = _one_pair(x[rows], m[rows], noise, _series(cells, rows))
    value, error, weight, cost, method = found
    # Loading it takes as long as a hundred thousand flows, which have no need of it.
    from scipy.special import stdtrit

    points = stdtrit(DEGREES, np.array(LEVELS))[:, None]
    ends = np.exp(value + points * error)
    return Pooled(np.exp(value), error, ends, weight, np.expm1(cost), method.astype(np.int64))


def _series(cells: Cells, rows: Ints) -> Ints:
    """(r,) which product each row is a year of."""
    return np.asarray(cells.product[rows], dtype=np.int64)


def _noise(gaps: list[Floats]) -> float:
    """Pooled s², from each pair's absolute deviations from its median gap, gross ones cut off."""
    squares, count = BELIEF * NOISE**2, BELIEF
    for gap in gaps:
        known = gap[~np.isnan(gap)]
        if len(known) < 2:
            continue
        away = np.abs(known - np.median(known))
        usual = max(float(np.median(away)) / 0.6745, 0.02)
        kept = away[away < max(4 * usual, 0.1)]
        squares += float((kept**2).sum()) / 2 * len(known) / max(len(known) - 1, 1)
        count += len(kept) - 1
    return squares / count


def _one_pair(x: Floats, m: Floats, noise: float, series: Ints) -> Floats:
    """(5, r) log value, error, weight, ln(1 + τ), method."""
    gap = m - x
    known = gap[~np.isnan(gap)]
    gross = np.zeros(len(x), dtype=bool)
    middle, count = USUAL_MARGIN, 0
    if len(known):
        middle = float(np.median(known))
        limit = max(FAR, 4 * float(np.sqrt(2 * noise)))
        gross = np.abs(np.nan_to_num(gap - middle)) > limit
        count = int((~gross & ~np.isnan(gap)).sum())
        middle = float(gap[~gross & ~np.isnan(gap)].mean()) if count else middle
    bias = _bias(middle - USUAL_MARGIN, count, noise)
    doubt = 2 * noise / max(count, 1)
    spread = MARGIN_DOUBT**2 + 2 * bias + doubt
    seen = 1.0 if count else 0.0
    cost = USUAL_MARGIN + seen * MARGIN_DOUBT**2 / spread * (middle - USUAL_MARGIN)
    lean = seen * bias / spread * (middle - USUAL_MARGIN)
    margin_left = MARGIN_DOUBT**2 * (1 - seen * MARGIN_DOUBT**2 / spread)
    own = noise + bias * (1 - seen * bias / spread)
    pair = noise / 2 + bias / 2 + margin_left / 4
    return _answers((x, m - cost), (own, own + margin_left, pair), lean, cost, gross, series)


def _bias(apart: float, count: int, noise: float) -> float:
    """β², renewed by one observed difference of two biases, whose variance is 2β²."""
    if not count:
        return BIAS**2
    extra = max(apart**2 - 2 * noise / count - MARGIN_DOUBT**2, 0.0) / 2
    return (BELIEF * BIAS**2 + extra) / (BELIEF + 1)


def _answers(
    logs: tuple[Floats, Floats],
    variances: tuple[float, float, float],
    lean: float,
    cost: float,
    gross: Flags,
    series: Ints,
) -> Floats:
    x, m = logs
    strange_x, strange_m = _strange(x, series), _strange(m, series)
    drop_x = np.isnan(x) | (gross & (strange_x > strange_m))
    drop_m = np.isnan(m) | (gross & (strange_m > strange_x))
    value = np.where(drop_x, m - lean, np.where(drop_m, x + lean, (x + m) / 2))
    variance = np.where(drop_x, variances[1], np.where(drop_m, variances[0], variances[2]))
    undecided = gross & ~drop_x & ~drop_m
    variance = variance + undecided * np.nan_to_num(x - m) ** 2 / 4
    weight = np.where(drop_x, 0.0, np.where(drop_m, 1.0, 0.5))
    method = np.where(drop_x, EXPORTER_WRONG, np.where(drop_m, IMPORTER_WRONG, BOTH))
    method = np.where(np.isnan(m), EXPORTER, np.where(np.isnan(x), IMPORTER, method))
    return np.stack([value, np.sqrt(variance), weight, np.full(len(x), cost), method])


def _strange(logs: Floats, series: Ints) -> Floats:
    """(r,) how far each report is from the median of the two before and the two after it."""
    away = np.zeros(len(logs))
    for row in range(len(logs)):
        near = [
            logs[other]
            for other in range(max(row - 2, 0), min(row + 3, len(logs)))
            if other != row and series[other] == series[row] and not np.isnan(logs[other])
        ]
        if near and not np.isnan(logs[row]):
            away[row] = abs(logs[row] - float(np.median(near)))
    return away
