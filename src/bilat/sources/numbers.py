"""Numbers as tables write them: spaces in thousands, a comma for the point, dots for nothing."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from bilat.sources.columns import as_text
from bilat.sources.dataset import Layout

_NUMBER = r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$"
_SPACES = r"[\s\x{a0}\x{202f}\x{2009}']"


class Numbers(NamedTuple):
    """values: (n,) floats, null for an empty cell or no number; unreadable: (n,) true for those."""

    values: pa.ChunkedArray
    unreadable: pa.ChunkedArray | None


def numbers(column: pa.ChunkedArray, layout: Layout) -> Numbers:
    """A column of numbers; whether a missing one is empty or unreadable stands beside it."""
    if pa.types.is_null(column.type):
        return Numbers(column.cast(pa.float64()), None)
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        values = column.cast(pa.float64())
        bad = pc.is_finite(values) if pc.any(pc.is_nan(values)).as_py() else None
        return Numbers(values if bad is None else pc.if_else(bad, values, None), None)
    return _of_text(as_text(column).cast(pa.string()), layout)


def _of_text(text: pa.ChunkedArray, layout: Layout) -> Numbers:
    bare = pc.replace_substring_regex(text, _SPACES, "")
    if layout.decimal == ",":
        bare = pc.replace_substring(pc.replace_substring(bare, ".", ""), ",", ".")
    readable = pc.match_substring_regex(bare, _NUMBER).fill_null(fill_value=False)
    empty = pc.is_in(bare, value_set=pa.array(["", *layout.missing], pa.string()))
    empty = pc.or_(empty, pc.is_null(bare))
    values = pc.if_else(readable, bare, None).cast(pa.float64())
    unreadable = pc.invert(pc.or_(readable, empty))
    return Numbers(values, unreadable if pc.any(unreadable).as_py() else None)
