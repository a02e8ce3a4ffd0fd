"""Two reports of every flow become one flow with its uncertainty: the conductor of this room."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from bilat.mirror.blend import Blend, blend, blend_plain
from bilat.mirror.cells import Cells, Floats, Floats32, Geography, Ints, in_order, put_rows
from bilat.mirror.explain import GROUP_OF_BOTH, GROUP_OF_ONE, explain_both, explain_one
from bilat.mirror.methods import EXPORTER, EXPORTER_MENDED, NO_DISTANCE
from bilat.mirror.model import Model, learn

CHUNK = 131_072
"""Cells that are worked on at a time: small enough for a processor's cache."""
NEAR_ENOUGH = 4.0
"""A squared standardised discrepancy below which no other explanation is worth asking for, …"""
NARROW = 1.0
"""… if the discrepancy itself is no larger than this, in logs."""


@dataclass(frozen=True)
class Flows:
    """One row per cell, in the cells' order.

    cells: the reports. value: (n,) dollars FOB. error: (n,) log standard error. ends: (4, n)
    dollars at 2.5, 10, 90, 97.5 %. weight: (n,) the exporter's, 0 to 1. margin: (n,) τ, the cost of
    the way as a share of FOB. method: (n,) a code of `methods`.
    """

    cells: Cells
    value: Floats
    error: Floats32
    ends: Floats32
    weight: Floats32
    margin: Floats32
    method: NDArray[np.uint8]

    @classmethod
    def empty(cls, cells: Cells) -> Flows:
        """Room for the answers."""
        n = len(cells)
        logs = tuple(np.empty(n, np.float32) for _ in range(3))
        ends = np.empty((4, n), np.float32)
        return cls(cells, np.empty(n), logs[0], ends, logs[1], logs[2], np.empty(n, np.uint8))

    def __len__(self) -> int:
        return len(self.value)

    def take(self, rows: Ints | slice) -> Flows:
        return Flows(
            self.cells.take(rows),
            self.value[rows],
            self.error[rows],
            self.ends[:, rows],
            self.weight[rows],
            self.margin[rows],
            self.method[rows],
        )

    def put(self, rows: Ints | slice, part: Flows) -> None:
        """Take over another's answers for some rows."""
        self.value[rows], self.error[rows], self.ends[:, rows] = part.value, part.error, part.ends
        self.weight[rows], self.margin[rows] = part.weight, part.margin
        self.method[rows] = part.method


def reconcile(
    cells: Cells,
    geography: Geography,
    *,
    rng: np.random.Generator,
    unit_values: Floats | None = None,
) -> Flows:
    """cells: as `Cells` describes, in any order; the flows come sorted. unit_values: (products,)
    dollars a kilogram, nan where unknown."""
    cells = in_order(cells)
    return apply(learn(cells, geography, rng, unit_values), cells)


def apply(model: Model, cells: Cells) -> Flows:
    """Reconcile sorted cells by what was learned, a chunk at a time, on every processor."""
    flows = Flows.empty(cells)
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        starts = range(0, len(cells), CHUNK)
        for _done in pool.map(lambda start: _chunk(model, flows, start), starts):
            pass
    return flows


def apply_here(model: Model, cells: Cells) -> Flows:
    """The same on this thread alone, for one of several stretches of a table."""
    flows = Flows.empty(cells)
    for start in range(0, len(cells), CHUNK):
        _chunk(model, flows, start)
    return flows


def _chunk(model: Model, flows: Flows, start: int) -> None:
    """Fill the rows from ``start`` on; one row on each side is read as a neighbour."""
    n = len(flows.cells)
    stop = min(start + CHUNK, n)
    first = max(start - 1, 0)
    cells = flows.cells.take(slice(first, min(stop + 1, n)))
    with np.errstate(all="ignore"):
        x, m, cost = model.corrected(cells)
        result = _Chunk(model, cells, (x, m), model.variances(cells))
        inner = slice(start - first, stop - first)
        result.fill(inner)
    rows = slice(start, stop)
    _write(flows, rows, result, inner, cost)


def _write(flows: Flows, rows: slice, done: _Chunk, inner: slice, cost: Floats32) -> None:
    """From logs back to dollars: the report itself times a correction, so that nothing is lost."""
    cells = done.cells.take(inner)
    only_m = np.flatnonzero(~done.has_x[inner])
    base = cells.x.copy()
    base[only_m] = cells.m.take(only_m)
    x_bias, m_bias = done.model.reliability.bias
    corrected = (-x_bias).astype(np.float32).take(cells.exporter)
    theirs = -m_bias.take(cells.importer.take(only_m)) - cost[inner].take(only_m)
    corrected[only_m] = theirs
    flows.value[rows] = base * np.exp(corrected + done.value[inner])
    flows.ends[:, rows] = base.astype(np.float32) * np.exp(corrected + done.ends[:, inner])
    flows.error[rows] = done.error[inner]
    flows.weight[rows] = done.weight[inner]
    flows.margin[rows] = np.expm1(cost[inner])
    unknown = np.where(done.model.known_way, 0, NO_DISTANCE).astype(np.uint8)
    flows.method[rows] = done.method[inner] | unknown.take(cells.pair)


class _Chunk:
    """Some cells on their way: sorted out by what is known of them, blended, put back together."""

    def __init__(
        self,
        model: Model,
        cells: Cells,
        logs: tuple[Floats32, Floats32],
        variances: tuple[Floats32, Floats32],
    ) -> None:
        n = len(cells)
        self.model, self.cells, self.logs, self.variances = model, cells, logs, variances
        self.has_x, self.has_m = ~np.isnan(logs[0]), ~np.isnan(logs[1])
        # Most cells are plain: all are taken for such, which spares looking them up.
        done = blend_plain(logs[1] - logs[0], *variances)
        self.value, self.error, self.weight = done.value, done.error, done.weight
        self.ends = done.ends
        self.method = np.zeros(n, np.uint8)

    def fill(self, inner: slice) -> None:
        x, m = self.logs
        both = self.has_x & self.has_m
        gap = m - x
        total = self.variances[0] + self.variances[1]
        doubt = (gap * gap > NEAR_ENOUGH * total) | (np.abs(gap) > NARROW)
        use = np.zeros(len(x), bool)
        use[inner] = True
        self._doubtful(np.flatnonzero(both & doubt & use))
        self._one(np.flatnonzero(self.has_x & ~self.has_m & use), 0)
        self._one(np.flatnonzero(self.has_m & ~self.has_x & use), 1)

    def _doubtful(self, rows: Ints) -> None:
        at = self.model.evidence(self.cells, self.logs, self.variances, rows)
        sides = (self.variances[0].take(rows), self.variances[1].take(rows))
        x, m = self.logs[0].take(rows), self.logs[1].take(rows)
        done = blend(explain_both(x, m, sides, self.model.sides, at), GROUP_OF_BOTH)
        self._put(rows, done, done.weight, done.group)

    def _one(self, rows: Ints, side: int) -> None:
        at = self.model.evidence(self.cells, self.logs, self.variances, rows)
        report, variance = self.logs[side].take(rows), self.variances[side].take(rows)
        done = blend(explain_one(report, variance, self.model.sides[side], at), GROUP_OF_ONE)
        mended = (done.group == 1) | (done.group == 2)
        method = EXPORTER + side + (EXPORTER_MENDED - EXPORTER) * mended
        self._put(rows, done, np.full(len(rows), 1 - side, np.float32), method)

    def _put(self, rows: Ints, done: Blend, weight: Floats32, method: NDArray[np.intp]) -> None:
        self.value[rows], self.error[rows], self.weight[rows] = done.value, done.error, weight
        put_rows(self.ends, rows, done.ends)
        self.method[rows] = method
