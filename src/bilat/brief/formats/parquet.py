"""One table as Parquet, with typed columns."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from bilat.brief.formats.publication import Publication
from bilat.brief.formats.typed import columns
from bilat.brief.story.blocks import Table
from bilat.errors import OutputRefused
from bilat.language import say


def parquet(output: Publication, table: Table) -> bytes:
    """Every row of the table. Raises OutputRefused without PyArrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise OutputRefused(
            say(
                "{name} needs {module}. Install it: pip install 'bilat[statistics]'",
                name="Parquet",
                module="pyarrow",
            )
        ) from None
    named = columns(output, table)
    arrays = {title: pa.array(_alike(values)) for title, values in named.items()}
    out = io.BytesIO()
    pq.write_table(pa.table(arrays), out, compression="zstd")
    return out.getvalue()


def _alike(values: list[Any]) -> list[Any]:
    """Values of one kind: numbers, days, yes and no; else texts."""
    there = [value for value in values if value is not None]
    if there and all(isinstance(value, int) for value in there):
        return values
    if there and all(isinstance(value, int | float) for value in there):
        return [None if value is None else float(value) for value in values]
    if there and all(type(value) is date for value in there):
        return values
    return [None if value is None else str(value) for value in values]
