"""Grouping rows by some of their columns, as whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilat.sources.columns import coded, is_one_of, plain

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def key_of(table: pa.Table, names: Sequence[str]) -> Ints:
    """(n,) a number that is equal where all these columns are equal."""
    key = np.zeros(table.num_rows, np.int64)
    with ThreadPoolExecutor(2) as pool:  # Arrow lets other threads run meanwhile
        for codes, size in pool.map(_codes, (table.column(name) for name in names)):
            if size > 1:
                key *= size
                key += codes
    return key


def _codes(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int32], int]:
    chunks = coded(column).chunks
    if not chunks or len(chunks[0].dictionary) <= 1:
        return np.zeros(0, np.int32), 1
    codes = np.concatenate([chunk.indices.to_numpy(zero_copy_only=False) for chunk in chunks])
    return codes.astype(np.int32, copy=False), len(chunks[0].dictionary)


def sums(groups: Ints, count: int, values: Floats) -> Floats:
    """(count,) the sum of the values in each group; groups: (n,) from 0 to count - 1."""
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64, copy=False)


def floats(table: pa.Table, name: str) -> Floats:
    """(n,) a column of numbers; nan where it has none."""
    return np.asarray(plain(table.column(name)).to_numpy(), dtype=np.float64)


def has(table: pa.Table, name: str, wanted: Iterable[Any]) -> npt.NDArray[np.bool_]:
    """(n,) true where the column says one of ``wanted``."""
    return np.asarray(is_one_of(table.column(name), wanted).to_numpy(), dtype=bool)
