"""Which rows can tell something: what is left out before anything is estimated.

As `ppmlhdfe` does (Correia, Guimarães and Zylkin 2020): a level of an effect without any trade
predicts its rows perfectly, at minus infinity; a level with one row says nothing about the rest.
Taking rows out can make more of both, so it is repeated until nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from bilat.potential.gravity.columns import Codes, Factor, Rows
from bilat.potential.presence import Vector


class Fate(IntEnum):
    """Of a row."""

    USED = 0
    NO_TRADE = 1
    """A level of a fixed effect never trades."""
    SINGLETON = 2
    """The only row of a level."""
    SEPARATED = 3
    """Regressors and effects together predict it perfectly; found by the rectifier."""


@dataclass(frozen=True)
class Dropped:
    """Rows left out. fate: (rows of the table,) of `Fate`. regressors: names of those left out, as
    they are combinations of the effects and of the regressors before them."""

    fate: NDArray[np.uint8]
    regressors: tuple[str, ...]

    def rows(self, fate: Fate) -> Rows:
        """Which, counted from 0 in the table."""
        return np.flatnonzero(self.fate == fate)

    @property
    def no_trade(self) -> int:
        return int(np.count_nonzero(self.fate == Fate.NO_TRADE))

    @property
    def singletons(self) -> int:
        return int(np.count_nonzero(self.fate == Fate.SINGLETON))

    @property
    def separated(self) -> int:
        return int(np.count_nonzero(self.fate == Fate.SEPARATED))


def sift(
    trade: Vector, effects: Sequence[Factor], fate: NDArray[np.uint8], *, keep_singletons: bool
) -> NDArray[np.uint8]:
    """The fates after those that `fate` (n,) already has."""
    fate, trades = fate.copy(), trade > 0
    rows = np.flatnonzero(fate == Fate.USED)
    while True:
        before = len(rows)
        for effect in effects:
            codes = effect.codes[rows]
            idle, alone = _useless(codes, trades[rows], effect.levels)
            fate[rows[idle]] = Fate.NO_TRADE
            if not keep_singletons:
                fate[rows[alone & ~idle]] = Fate.SINGLETON
                idle |= alone
            if idle.any():
                rows = rows[~idle]
        if len(rows) == before:
            return fate


def _useless(
    codes: Codes, trades: NDArray[np.bool_], levels: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Rows of levels without trade, and rows that are alone in their level."""
    ever = np.zeros(levels, dtype=bool)
    ever[codes[trades]] = True
    alone = np.bincount(codes, minlength=levels) == 1
    return ~ever[codes], alone[codes]
