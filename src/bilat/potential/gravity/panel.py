"""The fixed effects' side of a weighted least-squares problem, as sums over levels.

Rows are sorted by the effect with the most levels (a pair's, in a gravity equation); that effect is
eliminated exactly. What is left are tables of weights between effects: a product with one of them
costs one pass over the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bilat.potential.gravity.columns import Codes, Factor, Rows
from bilat.potential.presence import Vector

Levels = list[NDArray[np.float64]]
"""One array per effect, in the panel's order: (levels,) or (levels, columns)."""


@dataclass(frozen=True)
class Panel:
    """n rows. effects: the one with the most levels last; the rows are sorted by it."""

    effects: tuple[Factor, ...]

    @property
    def rows(self) -> int:
        return len(self.effects[-1].codes)

    @cached_property
    def bounds(self) -> Codes:
        """(levels + 1,) where each level of the last effect begins."""
        return _bounds(self.effects[-1])

    @cached_property
    def order(self) -> tuple[Rows, ...]:
        """How rows are sorted by each effect but the last two, for the tables among the others."""
        return tuple(sorting(effect) for effect in self.effects[:-2])

    def totals(self, values: Vector) -> Levels:
        """Sums of (n,) over the levels of each effect."""
        return [self.total(values, at) for at in range(len(self.effects))]

    def total(self, values: Vector, at: int) -> Vector:
        """The sums for one effect."""
        if at == len(self.effects) - 1:
            sums: Vector = np.add.reduceat(values, self.bounds[:-1])
            return sums
        of_effect: Vector = self.table(values, at).T @ np.ones(self.effects[-1].levels)
        return of_effect

    def table(self, weights: Vector, at: int) -> sparse.csr_matrix:
        """The last effect by effect ``at``: sums of weights. Not copied."""
        effect = self.effects[at]
        shape = self.effects[-1].levels, effect.levels
        return sparse.csr_matrix((weights, effect.codes, self.bounds), shape=shape, copy=False)

    def between(self, weights: Vector, one: int, other: int) -> sparse.csr_matrix:
        """Effect ``one`` by effect ``other``, neither the last; one < other."""
        columns = self._columns[one, other]
        shape = self.effects[one].levels, self.effects[other].levels
        data = weights[self.order[one]]
        return sparse.csr_matrix((data, columns, self._bounds[one]), shape=shape, copy=False)

    def to_rows(self, values: Vector, at: int) -> Vector:
        """(n,) each row's level of one effect."""
        if at == len(self.effects) - 1:
            return np.repeat(values, np.diff(self.bounds))
        return values[self.effects[at].codes]

    def spread(self, values: Levels) -> Vector:
        """(n,) the sum of each row's levels."""
        row = self.to_rows(values[-1], len(values) - 1)
        for at, value in enumerate(values[:-1]):
            row += self.to_rows(value, at)
        return row

    @cached_property
    def _columns(self) -> dict[tuple[int, int], Codes]:
        last = len(self.effects) - 1
        return {
            (one, other): self.effects[other].codes[self.order[one]]
            for one in range(last)
            for other in range(one + 1, last)
        }

    @cached_property
    def _bounds(self) -> tuple[Codes, ...]:
        return tuple(_bounds(effect) for effect in self.effects[:-2])


def arranged(effects: Sequence[Factor]) -> tuple[Panel, Rows]:
    """The panel, and the rows in its order."""
    by_size = sorted(effects, key=lambda effect: effect.levels)
    order = sorting(by_size[-1])
    sorted_effects = (Factor(e.columns, e.codes[order], e.keys) for e in by_size)
    return Panel(tuple(sorted_effects)), order


def sorting(effect: Factor) -> Rows:
    """The stable order of the rows by level: two passes over 16 bits each, which numpy counts."""
    low = (effect.codes & 0xFFFF).astype(np.uint16)
    order = np.argsort(low, kind="stable")
    if effect.levels > 1 << 16:
        high = (effect.codes >> 16).astype(np.uint16)
        order = order[np.argsort(high[order], kind="stable")]
    return order


def _bounds(effect: Factor) -> Codes:
    counts = np.bincount(effect.codes, minlength=effect.levels)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
