"""Grouping rows by some of their columns, as whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

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
    coded = pc.dictionary_encode(column)
    chunks = coded.chunks
    if not chunks:
        return np.zeros(0, np.int32), 1
    codes = np.concatenate([chunk.indices.to_numpy(zero_copy_only=False) for chunk in chunks])
    return codes.astype(np.int32, copy=False), len(chunks[-1].dictionary)


def sums(groups: Ints, count: int, values: Floats) -> Floats:
    """(count,) the sum of the values in each group; groups: (n,) from 0 to count - 1."""
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64, copy=False)


def floats(table: pa.Table, name: str) -> Floats:
    """(n,) a column of numbers; nan where it has none."""
    return np.asarray(table.column(name).to_numpy(), dtype=np.float64)


def mask(condition: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    return np.asarray(condition.to_numpy(), dtype=bool)
