"""Which cells the reporters are judged by, where there are more than are needed.

A small country has few flows: of a large table an even sample would leave it hardly any, and its
reliability would be drawn to the median. So the even sample is topped up: every reporter keeps, in
each direction, all the discrepancies that it has up to `LEAST`. Biases and variances are estimated
given who declared a cell, so that seeing a reporter's cells more often than others' shifts nothing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from os import cpu_count

import numpy as np

from bilat.mirror.cells import Cells, Codes, Flags, Ints

SAMPLE = 300_000
"""Cells that the model is learned from: more would not move it by as much as it is unsure."""
LEAST = 500
"""Discrepancies after which a variance is known to 6 %, √(2/500)."""
STRETCH = 250_000
"""Rows looked at together, so that memory does not grow with the table."""


def sample_rows(cells: Cells, rng: np.random.Generator) -> Ints:
    """Rows that both sides declared, about `SAMPLE` of them at most, in order."""
    tried = spread_out(len(cells), 2 * SAMPLE, rng)
    both = tried[(cells.x[tried] > 0) & (cells.m[tried] > 0)]
    rows = both[spread_out(len(both), SAMPLE, rng)]
    everything = len(tried) == len(cells) and len(rows) == len(both)
    return rows if everything else _topped_up(cells, rows, rng)


def spread_out(n: int, wanted: int, rng: np.random.Generator) -> Ints:
    """Ordered row numbers, one at random out of each of ``wanted`` equal stretches of n rows."""
    if n <= wanted:
        return np.arange(n)
    return np.asarray((np.arange(wanted) + rng.random(wanted)) * (n / wanted)).astype(np.int64)


def _topped_up(cells: Cells, rows: Ints, rng: np.random.Generator) -> Ints:
    short = tuple(
        np.bincount(side[rows], minlength=cells.countries) < LEAST
        for side in (cells.exporter, cells.importer)
    )
    stretches = range(0, len(cells), STRETCH)
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        found = np.concatenate([*pool.map(partial(_of_the_short, cells, short), stretches)])
    mixed = rng.permutation(found)
    chosen = [rows]
    for side, few in zip((cells.exporter, cells.importer), short, strict=True):
        own = mixed[few[side[mixed]]]
        chosen.append(own[_place(side[own]) < LEAST])
    return np.unique(np.concatenate(chosen))


def _of_the_short(cells: Cells, short: tuple[Flags, ...], start: int) -> Ints:
    """Rows of a stretch that both sides declared and that one of the ``short`` reporters did."""
    here = slice(start, start + STRETCH)
    theirs = short[0].take(cells.exporter[here]) | short[1].take(cells.importer[here])
    rows = np.flatnonzero(theirs) + start
    return np.asarray(rows[(cells.x.take(rows) > 0) & (cells.m.take(rows) > 0)], np.int64)


def _place(code: Codes) -> Ints:
    """(n,) how many rows before have the same code."""
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], code[order])
    place = np.empty(len(code), np.int64)
    place[order] = np.arange(len(code)) - starts
    return place
