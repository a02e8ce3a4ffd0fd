"""Tables from a notebook: a DataFrame of any library, an Arrow table, or a dict of lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.sources.columns import Columns

NAME = "table"
"""What problems call a table that has no file."""


def read_arrow(data: Any, name: str = NAME) -> Columns:
    """Its columns; line counts rows from 1; name: what problems call it.

    Raises NoAnswer for anything that is no table.
    """
    table = _table(data)
    columns = {column: _plain(table.column(column)) for column in table.column_names}
    lines = pa.array(np.arange(1, table.num_rows + 1))
    return Columns(name, pa.table(columns), lines)


def _table(data: Any) -> pa.Table:
    try:
        if isinstance(data, pa.Table):
            return data
        if hasattr(data, "__arrow_c_stream__"):
            return pa.table(data)
        if isinstance(data, Mapping):
            return pa.table({str(name): pa.array(values) for name, values in data.items()})
    except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
        raise NoAnswer(say("This table cannot be read: {why}", why=str(error))) from None
    raise NoAnswer(
        say(
            "{kind} is no table. Give a path, a DataFrame, an Arrow table or a dict of lists",
            kind=type(data).__name__,
        )
    )


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Large and view strings as strings; dictionaries of them too."""
    kind = column.type
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    if pa.types.is_dictionary(kind):
        return column.cast(pa.string())
    if pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    return column
