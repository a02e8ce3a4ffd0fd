"""What product codes are called, from a publisher's table of names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bilat.errors import BilatError
from bilat.language import Message, say

NAMES = ("description", "desc_en", "name", "text", "desc")
"""Columns that hold a name, in the order in which they are taken."""


class NamesRefused(BilatError):
    """A table of product names that cannot be used."""

    def __init__(self, path: Path, why: Message) -> None:
        super().__init__(
            say(
                "{file}: {why}. A table of names is CSV or Parquet with the columns code and "
                "description, such as CEPII’s product_codes_HS17_V202501.csv",
                file=str(path),
                why=why,
            )
        )


def read_names(path: Path) -> dict[str, str]:
    """Code → name; of a code that stands twice (in two editions) the last name counts.

    Raises NamesRefused for a file that cannot be read or lacks the columns.
    """
    try:
        rows = _parquet(path) if path.suffix == ".parquet" else _csv(path)
    except (OSError, ValueError, csv.Error) as error:
        raise NamesRefused(path, say("it cannot be read ({why})", why=str(error))) from None
    first = next(iter(rows), {})
    column = next((name for name in NAMES if name in first), None)
    if "code" not in first or column is None:
        raise NamesRefused(path, say("it has no column code, or none with names"))
    return {str(row["code"]).strip(): str(row[column]).strip() for row in rows if row[column]}


def _csv(path: Path) -> list[Mapping[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return _lower(csv.DictReader(file))


def _lower(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [
        {str(name).strip().lower(): value for name, value in row.items() if name} for row in rows
    ]


def _parquet(path: Path) -> list[Mapping[str, Any]]:
    import pyarrow.parquet as pq

    return _lower(pq.read_table(path).to_pylist())
