"""The same estimate the long way: a column per level, and Newton's method on all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.core.potential.gravity.worlds import Table, codes

Array = NDArray[Any]


@dataclass(frozen=True)
class Dense:
    coefficients: Array
    fitted: Array
    within: Array
    """(n, K) regressors with the dummies taken out."""


def dummies(table: Table, effects: Sequence[Sequence[str]], rows: Array) -> Array:
    blocks = []
    for columns in effects:
        level = np.unique(codes(table, columns)[rows], return_inverse=True)[1]
        blocks.append(np.eye(level.max() + 1)[level])
    return np.hstack(blocks)


def solve(
    table: Table, regressors: Sequence[str], effects: Sequence[Sequence[str]], rows: Array
) -> Dense:
    """rows: those to use. The dummies are redundant, so steps are of least length."""
    trade = table["trade"][rows]
    x = np.column_stack([table[name][rows] for name in regressors])
    d = dummies(table, effects, rows)
    z = np.hstack([x, d])
    log = np.log((trade + trade.mean()) / 2)
    parameters = np.linalg.lstsq(z, log, rcond=None)[0]
    for _step in range(60):
        fitted = np.exp(z @ parameters)
        root = np.sqrt(fitted)[:, None]
        step = np.linalg.lstsq(root * z, (trade - fitted) / root[:, 0], rcond=1e-12)[0]
        parameters = parameters + step
        if np.abs(z @ step).max() < 1e-10:
            break
    fitted = np.exp(z @ parameters)
    root = np.sqrt(fitted)[:, None]
    taken = np.linalg.lstsq(root * d, root * x, rcond=1e-12)[0]
    return Dense(parameters[: x.shape[1]], fitted, x - d @ taken)
