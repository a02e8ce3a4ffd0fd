"""Arrays and names as Arrow columns, made of their bytes.

`pyarrow.array` does the same, but it loads pandas where pandas is installed: as long as a million
flows take.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def numbers(values: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    """(n,) numbers, not copied. missing: (n,) what is null."""
    values = np.ascontiguousarray(values)
    known = None if missing is None else pa.py_buffer(np.packbits(~missing, bitorder="little"))
    kind = pa.from_numpy_dtype(values.dtype)
    return pa.Array.from_buffers(kind, len(values), [known, pa.py_buffer(values)])


def known_numbers(values: NDArray[np.floating[Any]]) -> pa.Array:
    """(n,) numbers, null where they are nan."""
    return numbers(values, np.isnan(values))


def words(names: Sequence[str]) -> pa.Array:
    texts = [name.encode() for name in names]
    ends = np.cumsum([0, *map(len, texts)], dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(texts))]
    return pa.Array.from_buffers(pa.string(), len(texts), buffers)


def times(periods: Sequence[Any]) -> pa.Array:
    """Periods, as the reports write them."""
    if all(type(period) is int for period in periods):
        return numbers(np.array(periods, np.int64))
    if all(type(period) is str for period in periods):
        return words(periods)
    return pa.array(list(periods))
