"""Cells as Arrow columns, and a table on its way into a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bilat.errors import OutputRefused
from bilat.language import say
from bilat.mirror.arrow import numbers, times, words
from bilat.mirror.cells import Cells

REPEATED = ["exporter", "importer", "period", "product", "method", "side", "verdict"]
"""Columns whose values recur, so that the file holds them as a dictionary."""
DENSE = ["value_fob_usd", "lo80", "hi80", "lo95", "hi95", "x_reported", "m_reported"]
DENSE += ["expected", "reported"]
"""Columns of digits that hardly recur: pressing them would make writing take a quarter longer and
make the file 5 % smaller."""
UNSORTED = ["product", "method", "side", "verdict"]
"""Columns whose least and greatest are the same in every row group, and so help no reader."""


@dataclass(frozen=True)
class Words:
    """Names by code, as they stand in a table."""

    countries: pa.Array
    products: pa.Array
    periods: pa.Array

    @classmethod
    def of(cls, countries: Sequence[str], products: Sequence[str], periods: Sequence[Any]) -> Words:
        return cls(words(countries), words(products), times(periods))

    def columns(self, cells: Cells) -> dict[str, pa.Array]:
        """What says which flow a row is of."""
        return {
            "exporter": named(cells.exporter, self.countries),
            "importer": named(cells.importer, self.countries),
            "period": self.periods.take(numbers(cells.period)),
            "product": named(cells.product, self.products),
        }


def named(codes: NDArray[np.int32], names: pa.Array) -> pa.Array:
    """(n,) codes as a dictionary. names: each once."""
    return pa.DictionaryArray.from_arrays(numbers(codes), names)


def put(groups: Iterator[pa.RecordBatch], out: Path) -> int:
    """Write a Parquet file a row group at a time and give the number of rows; nothing partial is
    left, and no earlier file lost, if it fails. Raises OutputRefused."""
    partial = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            rows = _write(groups, partial)
            partial.replace(out)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputRefused(
            say("{where}: not written: {reason}", where=out, reason=reason)
        ) from error
    return rows


def _write(groups: Iterator[pa.RecordBatch], path: Path) -> int:
    first = next(groups)
    rows = 0
    with pq.ParquetWriter(path, first.schema, **_options(first.schema.names)) as file:
        for group in chain([first], groups):
            file.write_batch(group)
            rows += len(group)
    return rows


def _options(columns: list[str]) -> dict[str, Any]:
    pressed = [name for name in columns if name not in DENSE]
    return {
        "use_dictionary": [name for name in columns if name in REPEATED],
        "compression": {name: "zstd" if name in pressed else "none" for name in columns},
        "compression_level": dict.fromkeys(pressed, 1),
        "write_statistics": [name for name in columns if name not in UNSORTED],
    }
