"""JSON records: a list, one record a line, or a list inside an answer of a service (`data`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.sources.columns import Columns

LISTS = ("data", "dataset", "results", "value")
"""Where services put the records of an answer."""


def read_records(path: Path) -> Columns:
    """The records as columns; line counts records from 1. Raises NoAnswer where there are none."""
    try:
        records = _listed(_parsed(path.read_text(encoding="utf-8-sig")))
    except ValueError as error:
        raise NoAnswer(
            say("{file}: this is not JSON: {why}", file=path.name, why=str(error))
        ) from None
    if records is None:
        raise NoAnswer(
            say(
                "{file}: no list of records. It should be a list, or an object with one under: "
                "{keys}",
                file=path.name,
                keys=", ".join(LISTS),
            )
        )
    return columns_of_records(path.name, records)


def columns_of_records(file: str, records: list[dict[str, Any]]) -> Columns:
    """Each key a column; a record without it has none there."""
    names = dict.fromkeys(name for record in records for name in record)
    columns = {name: _column([record.get(name) for record in records]) for name in names}
    lines = pa.array(range(1, len(records) + 1), pa.int64())
    return Columns(file, pa.table(columns), lines)


def _parsed(text: str) -> Any:
    if text.lstrip().startswith("{") and "\n{" in text.strip():
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return json.loads(text)


def _listed(data: Any) -> list[dict[str, Any]] | None:
    if isinstance(data, dict):
        data = next((data[key] for key in LISTS if isinstance(data.get(key), list)), None)
    if isinstance(data, list) and all(isinstance(item, dict) for item in data):
        return data
    return None


def _column(values: list[Any]) -> pa.ChunkedArray:
    try:
        array = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # numbers and texts mixed
        array = pa.array([None if value is None else str(value) for value in values], pa.string())
    return pa.chunked_array([array])
