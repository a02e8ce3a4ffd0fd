"""Reports in a compact form: repeated words as small numbers, so that ten million rows fit.

A categorical column is its sorted values and, for each row, the rank of its value. Ranks sort as
values do; the sorting key of a row is a few of them packed into one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bilat.language import say
from bilat.sources.report import FLOWS, KEY, PARTNER_KINDS, REPORTS
from bilat.warehouse.trouble import ReportsRefused

Ranks = npt.NDArray[Any]

PLAIN = ("value_usd", "value_original", "rate", "net_kg", "quantity", "line")
"""Columns whose values seldom repeat; all others are categorical."""
CATEGORICAL = tuple(name for name in REPORTS.names if name not in PLAIN)
ORDER = (
    "reporter",
    "partner",
    "product",
    "flow",
    "start",
    "months",
    "classification",
    "dataset",
    "vintage",
)
"""How rows are sorted: what a pair's question asks for stands together. All of KEY, and vintage."""
_WORD_BITS = 63
_SAMPLE = 20_000


@dataclass(frozen=True)
class Category:
    """values: sorted, None first. ranks: (rows,) places in values; None when all are the first."""

    values: tuple[Any, ...]
    ranks: Ranks | None

    def at(self, rows: Ranks) -> Ranks:
        if self.ranks is None:
            return np.zeros(len(rows), dtype=np.uint8)
        return self.ranks[rows]


@dataclass(frozen=True)
class Columns:
    """A portion of reports: ``rows`` of them, by column."""

    rows: int
    categories: Mapping[str, Category]
    plain: Mapping[str, Any]
    """pyarrow arrays, one chunk each; a Scalar where every row says the same."""


class Gathering:
    """Takes batches or tables in and gives back columns."""

    def __init__(self) -> None:
        self.rows = 0
        self._seen: dict[str, dict[Any, int]] = {name: {} for name in CATEGORICAL}
        self._codes: dict[str, list[Ranks]] = {name: [] for name in CATEGORICAL}
        self._plain: dict[str, list[Any]] = {name: [] for name in PLAIN}

    def add(self, batch: pa.RecordBatch | pa.Table) -> None:
        self.rows += batch.num_rows
        for name in CATEGORICAL:
            for chunk in _chunks(batch.column(name)):
                self._codes[name].append(_coded(chunk, self._seen[name]))
        for name in PLAIN:
            self._plain[name] += _chunks(batch.column(name))

    def done(self) -> Columns:
        """The columns; what was gathered is let go as it is taken over, to spare memory."""
        dollars = _places(self._plain["value_original"]) == _places(self._plain["value_usd"])
        if dollars:  # the same memory: kept once
            self._plain.pop("value_original")
        with ThreadPoolExecutor(2) as pool:  # numpy and Arrow let other threads run meanwhile
            categories = dict(zip(CATEGORICAL, pool.map(self._category, CATEGORICAL), strict=True))
            names = list(self._plain)
            plain = dict(zip(names, pool.map(self._joined, names), strict=True))
        if dollars:
            plain["value_original"] = plain["value_usd"]
        columns = Columns(self.rows, categories, plain)
        _refuse_bad_words(columns)
        _refuse_bad_values(columns)
        return columns

    def _category(self, name: str) -> Category:
        return _category(self._seen.pop(name), self._codes.pop(name))

    def _joined(self, name: str) -> Any:
        return _joined(self._plain.pop(name), REPORTS.field(name))


def _chunks(column: Any) -> list[Any]:
    return column.chunks if isinstance(column, pa.ChunkedArray) else [column]


def _places(chunks: Iterable[Any]) -> list[Any]:
    # Where the values stand in memory.
    return [
        (chunk.offset, len(chunk), *(buffer and buffer.address for buffer in chunk.buffers()))
        for chunk in chunks
    ]


def _coded(column: Any, seen: dict[Any, int]) -> Ranks:
    """(rows,) codes of one batch: numbers in order of first appearance over all batches."""
    encoded = column
    if not pa.types.is_dictionary(column.type):
        encoded = column.dictionary_encode(null_encoding="encode")
    words, indices = encoded.dictionary.to_pylist(), encoded.indices
    if indices.null_count:
        indices = indices.fill_null(len(words))
        words.append(None)
    code = np.array([seen.setdefault(word, len(seen)) for word in words], dtype=np.uint32)
    if len(seen) == 1:
        return np.broadcast_to(np.uint8(0), len(column))
    here: Ranks = indices.to_numpy(zero_copy_only=False)
    narrow = _narrow(len(seen))
    if np.array_equal(code, np.arange(len(code))):
        return here.astype(narrow)
    return code.astype(narrow).take(here)


def _category(seen: Mapping[Any, int], codes: list[Ranks]) -> Category:
    values = sorted(seen, key=lambda value: (value is not None, value))
    if len(values) <= 1:
        return Category(tuple(values), None)
    rank = np.empty(len(values), dtype=_narrow(len(values)))
    rank[[seen[value] for value in values]] = np.arange(len(values))
    return Category(tuple(values), rank[np.concatenate(codes)])


def _narrow(size: int) -> type[Any]:
    return np.uint8 if size <= 1 << 8 else np.uint16 if size <= 1 << 16 else np.uint32


def _joined(chunks: list[Any], field: pa.Field) -> Any:
    whole = pa.chunked_array(chunks, type=field.type)
    chunks.clear()
    if field.nullable and _is_constant(whole):
        return whole[0]
    return whole.chunk(0) if whole.num_chunks == 1 else whole.combine_chunks()


def _is_constant(column: pa.ChunkedArray) -> bool:
    if column.null_count:
        return bool(column.null_count == len(column))
    first, last = column[0], column[len(column) - 1]
    return bool(first == last and pc.all(pc.equal(column, first)).as_py())


def packed(columns: Columns, names: Iterable[str] = ORDER) -> list[Ranks]:
    """The sorting key: (rows,) numbers, most significant first; usually one is enough."""
    words: list[Ranks] = []
    room = 0
    for name in names:
        category = columns.categories[name]
        bits = max(len(category.values) - 1, 0).bit_length()
        if category.ranks is None:
            continue
        if not words or room < bits:
            words.append(np.zeros(columns.rows, dtype=np.uint64))
            room = _WORD_BITS
        words[-1] <<= np.uint64(bits)
        words[-1] |= category.ranks
        room -= bits
    return words or [np.zeros(columns.rows, dtype=np.uint64)]


def cut(word: Ranks, count: int) -> Ranks:
    """(rows,) numbers 0 … count - 1: ranges of the key, of about equal length by a sample."""
    sample = np.sort(word[:: max(len(word) // _SAMPLE, 1)])
    edges = sample[[len(sample) * n // count for n in range(1, count)]]
    places: Ranks = np.searchsorted(edges, word, side="right").astype(_narrow(count))
    return places


def in_order(columns: Columns, words: Sequence[Ranks], rows: Ranks) -> Ranks:
    """These rows, sorted. Raises ReportsRefused for a key given twice."""
    keys = [word[rows] for word in words]
    if len(keys) == 1 and bool(np.all(keys[0][:-1] < keys[0][1:])):
        return rows
    order = np.argsort(keys[0], kind="stable") if len(keys) == 1 else np.lexsort(keys[::-1])
    same = np.ones(max(len(rows) - 1, 0), dtype=bool)
    for key in keys:
        placed = key[order]
        same &= placed[1:] == placed[:-1]
    if same.any():
        place = int(np.argmax(same))
        _refuse_twice(columns, int(rows[order[place]]), int(rows[order[place + 1]]))
    sorted_rows: Ranks = rows[order]
    return sorted_rows


def key_text(columns: Columns, row: int) -> str:
    return " ".join(str(_value(columns, name, row)) for name in KEY)


def place(columns: Columns, row: int) -> str:
    return f"{_value(columns, 'file', row)}:{columns.plain['line'][row]}"


def _value(columns: Columns, name: str, row: int) -> Any:
    category = columns.categories[name]
    return category.values[int(category.at(np.array([row]))[0])]


def _refuse_twice(columns: Columns, first: int, second: int) -> None:
    raise ReportsRefused(
        say(
            "{place}: {key} stands also at {there}",
            place=place(columns, second),
            key=key_text(columns, second),
            there=place(columns, first),
        ),
        say("Keep one of the two rows"),
    )


def _refuse_bad_words(columns: Columns) -> None:
    known = {"flow": FLOWS, "partner_kind": PARTNER_KINDS}
    for name, category in columns.categories.items():
        for rank, value in enumerate(category.values):
            missing = value is None and not REPORTS.field(name).nullable
            unknown = name in known and value not in known[name]
            if not (missing or unknown or (name == "months" and value < 1)):
                continue
            row = _first(category, rank)
            if row is not None:  # a dictionary may hold words that no row uses
                raise ReportsRefused(
                    say(
                        "{place}: “{value}” is no {column}",
                        place=place(columns, row),
                        value="" if value is None else str(value),
                        column=name,
                    ),
                    say("Correct the row, or report the reader that made it"),
                )


def _first(category: Category, rank: int) -> int | None:
    """The first row with this value."""
    if category.ranks is None:
        return 0
    there = category.ranks == rank
    return int(np.argmax(there)) if there.any() else None


def _refuse_bad_values(columns: Columns) -> None:
    for name in ("value_usd", "line"):
        array = columns.plain[name]
        bad = pc.invert(pc.fill_null(pc.is_finite(array), fill_value=False))
        if (row := pc.index(bad, value=True).as_py()) >= 0:
            raise ReportsRefused(
                say(
                    "{place}: “{value}” is no {column}",
                    place=place(columns, row),
                    value=str(array[row]),
                    column=name,
                ),
                say("Correct the row, or report the reader that made it"),
            )
