"""A file as named columns, before anything is understood; and how any column is looked through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bilat.errors import Problem
from bilat.sources.report import CODED

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


def coded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any column as numbers into one dictionary that all its chunks share."""
    numbered = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    return numbered.unify_dictionaries()


def coded_report(columns: Mapping[str, pa.ChunkedArray]) -> pa.Table:
    """The columns of a report, by name, as a table in the schema CODED."""
    arrays = [
        coded(columns[field.name]) if pa.types.is_dictionary(field.type) else columns[field.name]
        for field in CODED
    ]
    return pa.table(arrays, schema=CODED)


def plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The values themselves, where a column is numbers into a dictionary."""
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def look(column: pa.ChunkedArray, find: Callable[[Any], Any], to: pa.DataType) -> pa.ChunkedArray:
    """What ``find`` says of each text; it is asked once for each different one, and of None."""
    asked, answers = _asked(column, find)
    if len(set(answers)) == 1:
        return constant(answers[0], len(column), to)
    found = pa.array(answers, to)
    return pa.chunked_array(_each(asked, found.take), type=to)


def words(column: pa.ChunkedArray, find: Callable[[Any], Any], to: pa.DataType) -> pa.ChunkedArray:
    """As `look`, but as numbers into the different answers: ten million rows stay small."""
    asked, answers = _asked(column, find)
    different = [answer for answer in dict.fromkeys(answers) if answer is not None]
    if len(set(answers)) == 1:
        return word(answers[0], len(column), to)
    number = {answer: place for place, answer in enumerate(different)}
    places = pa.array([number.get(answer) for answer in answers], pa.int32())
    values = pa.array(different, to)
    same = answers == different  # then the numbers stay as they are
    chunks = asked if same else _each(asked, places.take)
    chunks = [pa.DictionaryArray.from_arrays(chunk, values) for chunk in chunks]
    return pa.chunked_array(chunks, type=pa.dictionary(pa.int32(), to))


def _asked(column: pa.ChunkedArray, find: Callable[[Any], Any]) -> tuple[list[pa.Array], list[Any]]:
    """Each chunk's places, without nulls, in the answers; the last answer is that of None."""
    numbered = coded(column)
    if not numbered.num_chunks:
        return [], [find(None)]
    answers = [find(text) for text in numbered.chunk(0).dictionary.to_pylist()]
    chunks = [chunk.indices for chunk in numbered.chunks]
    if numbered.null_count:
        chunks = [chunk.fill_null(len(answers)) for chunk in chunks]
        answers.append(find(None))
    return chunks, answers


def _each(chunks: list[pa.Array], do: Callable[[pa.Array], pa.Array]) -> list[pa.Array]:
    with ThreadPoolExecutor() as pool:  # Arrow lets other threads run meanwhile
        return list(pool.map(do, chunks))


def different(column: pa.ChunkedArray) -> list[str]:
    """The different texts of a column."""
    if pa.types.is_dictionary(column.type):
        column = plain(column)
    return [text for text in pc.unique(column).to_pylist() if text is not None]


def constant(value: Any, length: int, to: pa.DataType) -> pa.ChunkedArray:
    """One value ``length`` times; the blocks share their memory."""
    return _repeated(pa.repeat(pa.scalar(value, to), min(length, BLOCK)), length, to)


def _repeated(block: pa.Array, length: int, to: pa.DataType) -> pa.ChunkedArray:
    blocks = [block] * (length // BLOCK) + ([block.slice(0, length % BLOCK)] if length else [])
    return pa.chunked_array([part for part in blocks if len(part)], type=to)


def word(value: Any, length: int, to: pa.DataType) -> pa.ChunkedArray:
    """One value ``length`` times, as numbers into a dictionary that holds only it."""
    indices = pa.array(np.zeros(min(length, BLOCK), np.int32))
    if value is None:
        indices = pa.nulls(len(indices), pa.int32())
    block = pa.DictionaryArray.from_arrays(indices, pa.array([] if value is None else [value], to))
    return _repeated(block, length, pa.dictionary(pa.int32(), to))


def is_one_of(column: pa.ChunkedArray, wanted: Iterable[Any]) -> pa.ChunkedArray:
    """True where the column says one of ``wanted``."""
    allowed = frozenset(wanted)
    return look(column, lambda value: value in allowed, pa.bool_())


def _flat(array: Any) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def delimiter_of(header: str) -> str:
    """The comma, semicolon or tab that a header has most of.

    >>> delimiter_of("year;partner;value, kUSD")
    ';'
    """
    return max(",;\t", key=header.count)
