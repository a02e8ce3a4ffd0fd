"""Sorted Parquet files from columns: each written, hashed and flushed to the disk."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake.transaction import AddAction

from bilat.sources.report import REPORTS
from bilat.warehouse.columns import (
    CATEGORICAL,
    ORDER,
    PLAIN,
    Category,
    Columns,
    Ranks,
    cut,
    in_order,
    packed,
)
from bilat.warehouse.table import DataFile

ROW_GROUP_ROWS = 40_000
"""Small: a pair's question reads whole groups."""
WORKERS = min(os.cpu_count() or 1, 4)
_BLOCK = 1 << 20
_WRITING = {
    "compression": "zstd",
    "compression_level": 1,
    "use_dictionary": [*CATEGORICAL, "rate"],
    "column_encoding": {"line": "DELTA_BINARY_PACKED"},
    "store_schema": False,
    "write_statistics": ["reporter", "partner", "start"],  # of the product: a sixth of the time
}


@dataclass(frozen=True)
class Part:
    """A file as written: what the log needs, and the SHA-256 of its bytes."""

    file: DataFile
    sha256: str
    modified: int  # milliseconds since 1970, as the disk has it


def write_parts(
    columns: Columns, folder: Path, *, home: str, first: int, file_rows: int
) -> list[Part]:
    """Write the rows in their order, ``file_rows`` a file.

    home: where the folder will stand, as a path inside the warehouse. first: number of the first
    file. Raises ReportsRefused for a key given twice.
    """
    words = packed(columns)
    count = max(round(columns.rows / file_rows), 1)
    ranges = cut(words[0], count)

    def write(number: int) -> Part | None:
        rows = in_order(columns, words, np.flatnonzero(ranges == number))
        return _write(columns, rows, folder, home, first + number) if len(rows) else None

    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [pool.submit(write, number) for number in range(count)]
        try:
            done = [job.result() for job in jobs]
        finally:
            pool.shutdown(cancel_futures=True)
    return [part for part in done if part is not None]


def _write(columns: Columns, rows: Ranks, folder: Path, home: str, number: int) -> Part:
    name = f"part-{number:05}.parquet"
    path = folder / name
    with path.open("wb") as file:
        pq.write_table(_table(columns, rows), file, row_group_size=ROW_GROUP_ROWS, **_WRITING)
        file.flush()
        os.fsync(file.fileno())
    low, high = {}, {}
    for column in ORDER:
        category = columns.categories[column]
        ranks = category.at(rows)
        low[column] = category.values[int(ranks.min())]
        high[column] = category.values[int(ranks.max())]
    stat = path.stat()
    data = DataFile(f"{home}/{name}", stat.st_size, len(rows), low, high)
    with path.open("rb") as written:
        digest = sha256_of(written)
    return Part(data, digest, stat.st_mtime_ns // 1_000_000)


def number_of(file: Path) -> int:
    """The number in the name that `write_parts` gave."""
    return int(file.stem.removeprefix("part-"))


def sha256_of(file: Any) -> str:
    """Of a file that is open for reading."""
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def add_actions(parts: Sequence[Part], *, data_change: bool = True) -> list[AddAction]:
    """The log's entries for new files."""
    return [
        AddAction(
            part.file.path,
            part.file.size,
            {},
            part.modified,
            data_change=data_change,
            stats=part.file.stats(),
        )
        for part in parts
    ]


def file_hashes(parts: Sequence[Part]) -> str:
    """Path → SHA-256, as the commit keeps them for `Warehouse.verify`."""
    return json.dumps({part.file.path: part.sha256 for part in parts})


def _table(columns: Columns, rows: Ranks) -> pa.Table:
    arrays: dict[str, Any] = {}
    for name in PLAIN:
        same = name == "value_original" and columns.plain[name] is columns.plain["value_usd"]
        arrays[name] = arrays["value_usd"] if same else _plain(columns.plain[name], rows)
    for name in CATEGORICAL:
        arrays[name] = _words(columns.categories[name], rows, REPORTS.field(name).type)
    types = {name: array.type for name, array in arrays.items()}
    schema = pa.schema([REPORTS.field(name).with_type(types[name]) for name in REPORTS.names])
    return pa.table([arrays[name] for name in REPORTS.names], schema=schema)


def _plain(values: Any, rows: Ranks) -> Any:
    if isinstance(values, pa.Scalar):
        return pa.repeat(values, len(rows))
    return values.take(pa.array(rows))


def _words(category: Category, rows: Ranks, kind: Any) -> Any:
    """Strings stay numbered, so that Parquet takes the numbers; other kinds are written out."""
    ranks = category.at(rows)
    values = pa.array(category.values, kind)
    if not pa.types.is_string(kind):
        return values.take(pa.array(ranks))
    if category.values[0] is not None:
        return pa.DictionaryArray.from_arrays(pa.array(ranks.astype(np.int32)), values)
    indices = pa.array(ranks.astype(np.int32) - 1, mask=ranks == 0)
    return pa.DictionaryArray.from_arrays(indices, values[1:])
