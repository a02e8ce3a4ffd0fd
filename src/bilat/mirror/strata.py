"""Totals, products and confidential rows are three kinds of numbers; each is treated as its own.

Totals are more reliable than their products, so each has its own reliability. Confidential rows of
two reporters hide different goods: they are not compared, nothing is learned from them, and the
exporter's figure stays as reported. Where a total exists its products are made to add up to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from os import cpu_count
from typing import Any, TypeVar

import numpy as np

from bilat.mirror.cells import Cells, Flags, Floats, Geography, Ints, in_order
from bilat.mirror.flows import Flows, apply_here
from bilat.mirror.margin import USUAL_MARGIN
from bilat.mirror.methods import CONFIDENTIAL, POOLED, RESIDUAL, SCALED
from bilat.mirror.mixture import POINTS
from bilat.mirror.model import Model, learn
from bilat.mirror.pooled import pool
from bilat.mirror.totals import add_up

Answer = TypeVar("Answer")

FEW_CELLS, FEW_REPORTERS = 30, 3
"""With fewer discrepancies, or reporters in one direction, nobody can be told from the others."""
CONFIDENTIAL_ERROR = 0.7
"""Log standard error of what is shown under no product: a judgement, that of a poor reporter."""


BLOCK = 1 << 18
"""Cells that are answered at a time, and so about the rows of a row group when they are written."""


@dataclass(frozen=True)
class Stratum:
    """Some rows and what is known of them: the model learned from them or, of a small sample, the
    answers themselves. rows: in order; None means all."""

    rows: Ints | None
    known: Model | Flows

    def answer(self, cells: Cells, rows: Ints) -> Flows:
        """cells: those of the table's ``rows``."""
        if isinstance(self.known, Model):
            return apply_here(self.known, cells)
        return self.known.take(rows if self.rows is None else np.searchsorted(self.rows, rows))


@dataclass(frozen=True)
class Strata:
    """A table whose reporters are known, so that any of its pairs can be answered by themselves.

    cells: sorted. products, totals: None where there are none. total, confidential: product codes.
    """

    cells: Cells
    products: Stratum | None
    totals: Stratum | None
    total: int | None
    confidential: int | None

    def answer(self, block: slice) -> Flows:
        """Flows of whole pairs; where there are totals, rows for residuals may be added."""
        cells, rows = self.cells.take(block), np.arange(block.start, block.stop)
        sums, hidden = _kinds(cells, self.total, self.confidential)
        if self.products and not sums.any() and not hidden.any():
            return self.products.answer(cells, rows)
        flows = Flows.empty(cells)
        for stratum, own in ((self.products, ~sums & ~hidden), (self.totals, sums)):
            at = np.flatnonzero(own)
            if stratum and len(at):
                flows.put(at, stratum.answer(cells.take(at), rows[at]))
        at = np.flatnonzero(hidden)
        flows.put(at, _as_reported(cells.take(at)))
        return flows if not sums.any() else _added_up(flows, sums, hidden, self.confidential)

    def blocks(self) -> Iterator[slice]:
        """The rows in stretches of about `BLOCK`, all of a pair together."""
        start = 0
        while start < len(self.cells):
            stop = _end_of_pair(self.cells, min(start + BLOCK, len(self.cells)) - 1)
            yield slice(start, stop)
            start = stop


def learn_strata(
    cells: Cells,
    geography: Geography,
    *,
    total: int | None,
    confidential: int | None,
    rng: np.random.Generator,
    unit_values: Floats | None = None,
) -> Strata:
    """cells: sorted. total, confidential: the product codes of those rows, None where there are
    none. unit_values: (products,) dollars a kilogram, nan where unknown."""
    if total is None and confidential is None:
        known = _known(cells, geography, rng, unit_values)
        return Strata(cells, Stratum(None, known), None, None, None)
    sums, hidden = _kinds(cells, total, confidential)
    found: list[Stratum | None] = []
    for rows in (np.flatnonzero(~sums & ~hidden), np.flatnonzero(sums)):
        if not len(rows):
            found.append(None)
            continue
        found.append(Stratum(rows, _known(cells.take(rows), geography, rng, unit_values)))
    return Strata(cells, found[0], found[1], total, confidential)


def reconcile_strata(
    cells: Cells,
    geography: Geography,
    *,
    total: int | None,
    confidential: int | None,
    rng: np.random.Generator,
    unit_values: Floats | None = None,
) -> Flows:
    """As `learn_strata`, for cells in any order; the flows come sorted."""
    strata = learn_strata(
        in_order(cells),
        geography,
        total=total,
        confidential=confidential,
        rng=rng,
        unit_values=unit_values,
    )
    return all_flows(strata)


def all_flows(strata: Strata) -> Flows:
    parts = list(in_turn(strata.answer, strata.blocks()))
    if not parts:
        return Flows.empty(strata.cells)
    return _together(parts)


def in_turn(work: Callable[[slice], Answer], blocks: Iterable[slice]) -> Iterator[Answer]:
    """Work on blocks on every processor but one, on which results are taken; they come in order,
    and few wait. Threads that reckon in small steps wait for each other: on two processors two of
    them are no faster than one."""
    workers = max((cpu_count() or 1) - 1, 1)
    waiting: deque[Future[Answer]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for block in blocks:
            waiting.append(pool.submit(work, block))
            if len(waiting) > workers + 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _kinds(cells: Cells, total: int | None, confidential: int | None) -> tuple[Flags, Flags]:
    """(n,) which rows are totals, which are confidential."""
    codes = (-1 if code is None else code for code in (total, confidential))
    sums, hidden = (cells.product == code for code in codes)
    return sums, hidden


def _end_of_pair(cells: Cells, row: int) -> int:
    """The first row after the pair of ``row``."""
    first, last = np.searchsorted(cells.exporter, cells.exporter[row] + np.arange(2))
    importers = cells.importer[first:last]
    return int(first + np.searchsorted(importers, cells.importer[row], side="right"))


def _known(
    cells: Cells, geography: Geography, rng: np.random.Generator, unit_values: Floats | None
) -> Model | Flows:
    return _pooled(cells) if few(cells) else learn(cells, geography, rng, unit_values)


def few(cells: Cells) -> bool:
    """Whether the small-sample version has to do. Some of a large table mostly tell."""
    some = cells.take(slice(None, None, max(len(cells) // BLOCK, 1)))
    return _too_few(some) and _too_few(cells)


def _too_few(cells: Cells) -> bool:
    both = (cells.x > 0) & (cells.m > 0)
    if int(both.sum()) < FEW_CELLS:
        return True
    sides = (cells.exporter, cells.importer)
    return any((np.bincount(side[both]) > 0).sum() < FEW_REPORTERS for side in sides)


def _pooled(cells: Cells) -> Flows:
    flows, done = Flows.empty(cells), pool(cells)
    flows.value[:], flows.error[:], flows.ends[:] = done.value, done.error, done.ends
    flows.weight[:], flows.margin[:] = done.weight, done.margin
    flows.method[:] = done.method + POOLED
    return flows


def _as_reported(cells: Cells) -> Flows:
    """The exporter's figure, or else the importer's less the usual margin."""
    flows = Flows.empty(cells)
    declared = cells.x > 0
    flows.value[:] = np.where(declared, cells.x, cells.m * np.exp(-USUAL_MARGIN))
    flows.error[:], flows.weight[:] = CONFIDENTIAL_ERROR, declared
    flows.ends[:] = flows.value * np.exp(POINTS[:, None] * CONFIDENTIAL_ERROR)
    flows.margin[:], flows.method[:] = np.expm1(USUAL_MARGIN), CONFIDENTIAL
    return flows


def _added_up(flows: Flows, sums: Flags, hidden: Flags, confidential: int | None) -> Flows:
    """Scale products to their totals; rows for residuals are put in where they belong."""
    cells = flows.cells
    group = cells.pair * cells.periods + cells.period
    places, group = np.unique(group, return_inverse=True)
    totals = np.full(len(places), np.nan)
    totals[group[sums]] = flows.value[sums]
    lines = np.flatnonzero(~sums)
    added = add_up(group[lines], flows.value[lines], hidden[lines], totals)
    flows.value[lines] *= added.factor
    flows.ends[:, lines] *= added.factor.astype(np.float32)
    moved = np.abs(added.factor - 1) > 1e-12
    flows.method[lines[moved]] |= SCALED
    if confidential is None or not len(added.group):
        return flows
    return _joined(flows, _residuals(cells, places[added.group], added.residual, confidential))


def _residuals(cells: Cells, places: Ints, values: Floats, confidential: int) -> Flows:
    pair, period = np.divmod(places, cells.periods)
    exporter, importer = np.divmod(pair, cells.countries)
    nothing = np.full(len(places), np.nan)
    new = replace(
        cells,
        exporter=exporter.astype(np.int32),
        importer=importer.astype(np.int32),
        product=np.full(len(places), confidential, np.int32),
        period=period.astype(np.int32),
        x=nothing,
        m=nothing,
    )
    flows = Flows.empty(new)
    flows.value[:], flows.error[:], flows.weight[:] = values, CONFIDENTIAL_ERROR, np.nan
    flows.ends[:] = values * np.exp(POINTS[:, None] * CONFIDENTIAL_ERROR)
    flows.margin[:], flows.method[:] = np.nan, RESIDUAL
    return flows


def _joined(ours: Flows, more: Flows) -> Flows:
    flows = _together([ours, more])
    cells = flows.cells
    return flows.take(np.lexsort((cells.period, cells.product, cells.importer, cells.exporter)))


def _together(parts: list[Flows]) -> Flows:
    codes = ("exporter", "importer", "product", "period", "x", "m")
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(part.cells, name) for part in parts]) for name in codes
    }
    answers = {
        name: np.concatenate([getattr(part, name) for part in parts], axis=-1)
        for name in ("value", "error", "ends", "weight", "margin", "method")
    }
    return Flows(replace(parts[0].cells, **joined), **answers)
