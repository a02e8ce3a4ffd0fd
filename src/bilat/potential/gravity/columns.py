"""Columns of a table (numpy or Arrow) as numbers, and as codes of what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import Message, say, say_many
from bilat.potential.presence import Vector

Codes = NDArray[np.int32]
Rows = NDArray[np.intp]
Table = Mapping[str, Any]
"""Column by name: a dict of numpy arrays or lists, or an Arrow table as it is."""

SPARE = 8
"""A range of whole numbers up to this many times the rows is coded by a table, without sorting."""


@dataclass(frozen=True)
class Factor:
    """What a row belongs to. codes: (n,) from 0. keys: per column, its value at each level."""

    columns: tuple[str, ...]
    codes: Codes
    keys: tuple[NDArray[Any], ...]

    @property
    def name(self) -> str:
        return "^".join(self.columns)

    @property
    def levels(self) -> int:
        return len(self.keys[0])

    def of(self, rows: Rows | NDArray[np.bool_]) -> Factor:
        """The same for some rows; levels that they do not have are gone."""
        present, codes = _compact(self.codes[rows], self.levels)
        return Factor(self.columns, codes, tuple(key[present] for key in self.keys))


def factor(table: Table, columns: str | Sequence[str]) -> Factor:
    """One column, or several of which each combination that occurs is a level.

    Raises NoAnswer for a column that is not there or has missing values.
    """
    names = (columns,) if isinstance(columns, str) else tuple(columns)
    first, *more = (_single(table, name) for name in names)
    for other in more:
        first = _crossed(first, other)
    return first


def numbers(table: Table, name: str) -> Vector:
    """(n,) in double precision. Raises NoAnswer where something is missing or no number."""
    column = _column(table, name)
    if hasattr(column, "to_numpy"):
        column = column.to_numpy()
    try:
        values = np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError):
        raise NoAnswer(
            say("{column} does not hold numbers. Name another column", column=name)
        ) from None
    _refuse(name, ~np.isfinite(values))
    return values


def refuse_negative(name: str, values: Vector) -> None:
    bad = np.flatnonzero(values < 0)
    if len(bad):
        raise NoAnswer(
            say(
                "{column}: row {row} is negative. Trade is not; mend it or take it out",
                column=name,
                row=int(bad[0]),
            )
        )


def _column(table: Table, name: str) -> Any:
    try:
        return table[name]
    except KeyError:
        raise NoAnswer(
            say("there is no column {column}. Name one of the table's columns", column=name)
        ) from None


def _refuse(name: str, missing: NDArray[np.bool_]) -> None:
    count = int(np.count_nonzero(missing))
    if count:
        raise NoAnswer(_missing(name, count, int(np.argmax(missing))))


def _missing(name: str, count: int, row: int) -> Message:
    return say_many(
        "{column}: {n} value is missing, in row {row}. Fill it, or take the row out",
        "{column}: {n} values are missing, the first in row {row}. Fill them, or take the rows out",
        n=count,
        column=name,
        row=row,
    )


def _single(table: Table, name: str) -> Factor:
    column = _column(table, name)
    if hasattr(column, "dictionary_encode"):
        return _from_arrow(name, column)
    values = np.asarray(column)
    if values.dtype.kind == "f":
        _refuse(name, ~np.isfinite(values))
    if values.dtype.kind in "iub":
        return _from_whole_numbers(name, values)
    return _from_words(name, values)


def _from_arrow(name: str, column: Any) -> Factor:
    if hasattr(column, "combine_chunks"):
        column = column.combine_chunks()
    _refuse(name, column.is_null().to_numpy(zero_copy_only=False))
    if not hasattr(column, "indices"):
        column = column.dictionary_encode()
    keys = column.dictionary.to_numpy(zero_copy_only=False)
    present, codes = _compact(column.indices.to_numpy().astype(np.int32), len(keys))
    return Factor((name,), codes, (keys[present],))


def _from_whole_numbers(name: str, values: NDArray[Any]) -> Factor:
    values = values.astype(np.int64)
    low, high = int(values.min(initial=0)), int(values.max(initial=0))
    if high - low > SPARE * len(values) + 1024:
        keys, places = np.unique(values, return_inverse=True)
        return Factor((name,), places.astype(np.int32), (keys,))
    present, codes = _compact(values - low, high - low + 1)
    return Factor((name,), codes, (present + low,))


def _from_words(name: str, values: NDArray[Any]) -> Factor:
    """In a dictionary: many times as fast as sorting words."""
    known: dict[Any, int] = {}
    codes = np.fromiter(
        (known.setdefault(value, len(known)) for value in values.tolist()), np.int32, len(values)
    )
    _refuse(name, np.array([key is None for key in known])[codes] if None in known else codes < 0)
    return Factor((name,), codes, (np.array(list(known)),))


def _crossed(one: Factor, other: Factor) -> Factor:
    both = one.codes.astype(np.int64) * other.levels + other.codes
    many = one.levels * other.levels
    if many > SPARE * len(both) + 1024:
        present, places = np.unique(both, return_inverse=True)
        codes = places.astype(np.int32)
    else:
        present, codes = _compact(both, many)
    first, second = np.divmod(present, other.levels)
    keys = (*(key[first] for key in one.keys), *(key[second] for key in other.keys))
    return Factor(one.columns + other.columns, codes, keys)


def _compact(codes: NDArray[Any], levels: int) -> tuple[NDArray[np.int64], Codes]:
    """The levels that occur, and the codes among those."""
    occurs = np.zeros(levels, dtype=bool)
    occurs[codes] = True
    place = np.cumsum(occurs, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(occurs), place[codes]
