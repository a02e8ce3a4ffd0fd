"""Where a flow's level should be: what its reports of the periods before and after say.

Two reports that differ by a factor of ten do not tell which one slipped. The same flow a period
earlier and later does, mostly. This evidence chooses between explanations; it is never blended into
the value, so a true jump stays a jump.

The density of a level y, given neighbouring reports u_1 … u_n (corrected, logs) of variance v, is

    f(y) = 0.98/n·Σ t₅((y − u)/s)/s + 0.02·t₅((y − g)/s_g)/s_g,    s² = step² + v

with t₅ the Student density of 5 degrees, step the usual change in one period, and g the level that
the pair and the product have otherwise; the heavy tails let a neighbour be wrong itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.mirror.cells import Cells, Codes, Flags, Floats, Floats32, Ints, some

ELSEWHERE = 0.02
"""How much the level of pair and product counts beside the neighbours."""


@dataclass(frozen=True)
class Levels:
    """pair: (c·c,), product: (p,) logs that add to a usual level; spread, step: log scales."""

    pair: Floats32
    product: Floats32
    spread: float
    step: float

    def usual(self, cells: Cells, rows: Ints | slice) -> Floats32:
        """(n,) the log level that pair and product have."""
        pair = some(cells.exporter, rows) * np.int64(cells.countries)
        pair += some(cells.importer, rows)
        return np.asarray(self.pair.take(pair) + self.product.take(some(cells.product, rows)))


@dataclass(frozen=True)
class Evidence:
    """For n cells: the neighbours' corrected reports (4, n), nan where there is none, their
    squared scales (4, n), and the usual level (n,) with its squared scale."""

    near: Floats32
    squares: Floats32
    usual: Floats32
    usual_square: float

    def density(self, level: Floats32) -> Floats32:
        """(…, n) density of log levels, up to a constant. level: (…, n)."""
        known = ~np.isnan(self.near)
        count = known.sum(0, dtype=np.float32)
        share = np.where(count > 0, np.float32(ELSEWHERE), np.float32(1))
        each = np.where(known, (1 - share) / np.maximum(count, 1), np.float32(0))
        total = _student(level - self.usual, np.float32(self.usual_square), share)
        for u, square, height in zip(np.nan_to_num(self.near), self.squares, each, strict=True):
            total += _student(level - u, square, height)
        return total

    def take(self, rows: slice) -> Evidence:
        near, squares = self.near[:, rows], self.squares[:, rows]
        return Evidence(near, squares, self.usual[rows], self.usual_square)


def _student(away: Floats32, square: Floats32 | np.float32, height: Floats32) -> Floats32:
    """``height`` times the density of 5 degrees of freedom, up to a constant. ``away`` is lost."""
    away *= away
    away *= 1 / (5 * square)
    away += 1
    cube = away * away
    cube *= away
    return np.divide(height / np.sqrt(square), cube, out=cube)


def evidence(
    cells: Cells,
    logs: tuple[Floats32, Floats32],
    variances: tuple[Floats32, Floats32],
    levels: Levels,
    rows: Ints,
) -> Evidence:
    """For chosen rows of sorted cells. logs, variances: (n,) of both sides, corrected."""
    near = np.full((4, len(rows)), np.nan, dtype=np.float32)
    squares = np.ones((4, len(rows)), dtype=np.float32)
    step = np.float32(levels.step**2)
    for place, offset in enumerate((-1, 1)):
        other = np.clip(rows + offset, 0, len(cells) - 1)
        beside = neighbours(cells, rows, other)
        for side in (0, 1):
            near[2 * place + side] = np.where(beside, logs[side].take(other), np.float32(np.nan))
            squares[2 * place + side] = step + variances[side].take(other)
    return Evidence(near, squares, levels.usual(cells, rows), levels.spread**2)


def neighbours(cells: Cells, rows: Ints, other: Ints) -> Flags:
    """(r,) whether two rows are one flow, one period apart."""
    steps = np.arange(cells.periods) if cells.steps is None else cells.steps
    when = (steps.take(cells.period.take(at)) for at in (rows, other))
    apart = np.abs(next(when) - next(when)) == 1
    same = cells.exporter.take(rows) == cells.exporter.take(other)
    same &= cells.importer.take(rows) == cells.importer.take(other)
    same &= cells.product.take(rows) == cells.product.take(other)
    return np.asarray(apart & same)


def usual_levels(cells: Cells, level: Floats) -> Levels:
    """Pair and product effects of a sample's log levels (shrunk means), and their spread.

    level: (n,). The step is left at its default; see `with_step`.
    """
    pair, c = cells.pair, cells.countries
    centre = float(np.median(level)) if len(level) else 0.0
    away = level - centre
    by_pair = _shrunk(pair, away, c * c)
    by_product = _shrunk(cells.product, away - by_pair[pair], cells.products)
    left = away - by_pair[pair] - by_product[cells.product]
    spread = max(_scale(left), 0.3)
    parts = ((by_pair + centre).astype(np.float32), by_product.astype(np.float32))
    return Levels(*parts, spread, 0.4)


def with_step(levels: Levels, changes: Floats) -> Levels:
    """The usual change of a level in one period, from (n,) changes; 0.4 until there are some."""
    step = _scale(np.append(changes, [-0.27, 0.27] * 5))
    return Levels(levels.pair, levels.product, levels.spread, max(step, 0.05))


def _shrunk(code: Ints | Codes, values: Floats, size: int, belief: float = 2.0) -> Floats:
    count = np.bincount(code, minlength=size)
    return np.asarray(np.bincount(code, values, size) / (count + belief))


def _scale(values: Floats) -> float:
    """Robust standard deviation about zero: the median of |values| over that of a normal."""
    return float(np.median(np.abs(values)) / 0.6745) if len(values) else 1.0
