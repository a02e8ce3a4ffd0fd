"""Totals, products and confidential rows are three kinds of numbers; each is treated as its own.

Totals are more reliable than their products, so each has its own reliability. Confidential rows of
two reporters hide different goods: they are not compared, nothing is learned from them, and the
exporter's figure stays as reported. Where a total exists its products are made to add up to it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bilat.mirror.blend import POINTS
from bilat.mirror.cells import Cells, Flags, Floats, Geography, Ints, in_order
from bilat.mirror.margin import USUAL_MARGIN
from bilat.mirror.methods import CONFIDENTIAL, POOLED, RESIDUAL, SCALED
from bilat.mirror.pooled import pool
from bilat.mirror.reconcile import Flows, reconcile
from bilat.mirror.totals import add_up

FEW_CELLS, FEW_REPORTERS = 30, 3
"""With fewer discrepancies, or reporters in one direction, nobody can be told from the others."""
CONFIDENTIAL_ERROR = 0.7
"""Log standard error of what is shown under no product: a judgement, that of a poor reporter."""


def reconcile_strata(
    cells: Cells,
    geography: Geography,
    *,
    total: int | None,
    confidential: int | None,
    rng: np.random.Generator,
) -> Flows:
    """total, confidential: the product codes of those rows, None where there are none."""
    cells = in_order(cells)
    if total is None and confidential is None:
        return _answer(cells, geography, rng)
    sums, hidden = cells.product == _code(total), cells.product == _code(confidential)
    flows = Flows.empty(cells)
    for rows in (np.flatnonzero(~sums & ~hidden), np.flatnonzero(sums)):
        if len(rows):
            flows.put(rows, _answer(cells.take(rows), geography, rng))
    rows = np.flatnonzero(hidden)
    flows.put(rows, _as_reported(cells.take(rows)))
    return flows if total is None else _added_up(flows, sums, hidden, confidential)


def _code(code: int | None) -> int:
    return -1 if code is None else code


def _answer(cells: Cells, geography: Geography, rng: np.random.Generator) -> Flows:
    return _pooled(cells) if few(cells) else reconcile(cells, geography, rng=rng)


def few(cells: Cells) -> bool:
    """Whether the small-sample version has to do."""
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
    a, b = ours.cells, more.cells
    cells = replace(
        a,
        exporter=np.concatenate([a.exporter, b.exporter]),
        importer=np.concatenate([a.importer, b.importer]),
        product=np.concatenate([a.product, b.product]),
        period=np.concatenate([a.period, b.period]),
        x=np.concatenate([a.x, b.x]),
        m=np.concatenate([a.m, b.m]),
    )
    order = np.lexsort((cells.period, cells.product, cells.importer, cells.exporter))
    answers = {
        name: np.concatenate([getattr(ours, name), getattr(more, name)], axis=-1)[..., order]
        for name in ("value", "error", "ends", "weight", "margin", "method")
    }
    return Flows(cells.take(order), **answers)
