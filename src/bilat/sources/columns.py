"""A file as named columns, before anything is understood; and how any column is looked through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bilat.errors import Problem

BLOCK = 1_000_000


@dataclass(frozen=True)
class Columns:
    """table: the columns; lines: (n,) where each row stands in the file, from 1."""

    file: str
    table: pa.Table
    lines: pa.Array
    folder: Path | None = None
    """Where the file lies, with the publisher's other tables."""
    problems: tuple[Problem, ...] = ()
    """Rows that are no rows: with too many cells, or too few."""

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def where(self, mask: Any) -> Columns:
        """The rows for which the mask is true."""
        kept = self.table.filter(mask)
        return replace(self, table=kept, lines=self.lines.filter(_flat(mask)))

    def texts(self, name: str) -> pa.ChunkedArray:
        """A column as text: 417.0 of a DataFrame is “417”."""
        return as_text(self.table.column(name))


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any column as text or as a dictionary of texts; whole numbers without “.0”."""
    if pa.types.is_dictionary(column.type):
        return column
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
        whole = pc.all(pc.equal(pc.floor(column), column)).as_py()
        column = column.cast(pa.int64()) if whole is not False else column
    return column if column.type == pa.string() else column.cast(pa.string())


def look(column: pa.ChunkedArray, find: Callable[[str | None], Any], to: pa.DataType) -> Any:
    """What ``find`` says of each text; it is asked once for each different one, and of None."""
    coded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    coded = pa.table({"column": coded}).unify_dictionaries().column("column")
    if coded.num_chunks == 0:
        return pa.chunked_array([], type=to)
    found = pa.array([find(word) for word in coded.chunk(0).dictionary.to_pylist()], type=to)
    with ThreadPoolExecutor() as pool:  # Arrow lets other threads run meanwhile
        chunks = list(pool.map(lambda chunk: found.take(chunk.indices), coded.chunks))
    result = pa.chunked_array(chunks, type=to)
    nothing = find(None)
    if nothing is None or not coded.null_count:
        return result
    return pc.if_else(pc.is_valid(coded), result, pa.scalar(nothing, to))


def different(column: pa.ChunkedArray) -> list[str]:
    """The different texts of a column."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    return [text for text in pc.unique(column).to_pylist() if text is not None]


def constant(value: Any, length: int, to: pa.DataType) -> pa.ChunkedArray:
    """One value ``length`` times; the blocks share their memory."""
    block = pa.repeat(pa.scalar(value, to), min(length, BLOCK))
    blocks = [block] * (length // BLOCK) + ([block.slice(0, length % BLOCK)] if length else [])
    return pa.chunked_array([part for part in blocks if len(part)], type=to)


def is_one_of(column: pa.ChunkedArray, wanted: Iterable[str]) -> pa.ChunkedArray:
    """True where the column says one of ``wanted``."""
    allowed = frozenset(wanted)
    return look(column, lambda text: text in allowed, pa.bool_())


def _flat(array: Any) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def delimiter_of(header: str) -> str:
    """The comma, semicolon or tab that a header has most of.

    >>> delimiter_of("year;partner;value, kUSD")
    ';'
    """
    return max(",;\t", key=header.count)
