"""One file out of the warehouse, for people and for other programs."""

from __future__ import annotations

import contextlib
import os
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from bilat.errors import OutputRefused
from bilat.language import say
from bilat.warehouse import queries
from bilat.warehouse.engine import Engine
from bilat.warehouse.table import Table

Format = Literal["parquet", "csv"]


def export(table: Table, engine: Engine, path: Path, kind: Format, *, as_of: date | None) -> int:
    """See `Warehouse.export`. The file appears whole or not at all; raises OutputRefused."""
    snapshot = table.snapshot()
    asked = {} if as_of is None else {"as_of": as_of}
    query = queries.EVERYTHING if as_of is None else queries.flows(asked)
    files = snapshot.files if as_of is None else snapshot.touching(vintage=(None, as_of))
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        rows = _write(engine.stream(query, table.uris(files), asked), aside, kind)
        aside.replace(path)
    except OSError as error:
        raise OutputRefused(
            say(
                "{path}: cannot be written ({why}). Choose another file, "
                "or make room and check your rights there",
                path=str(path),
                why=error.strerror or str(error),
            )
        ) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    return rows


def _write(reader: Any, path: Path, kind: Format) -> int:
    rows = 0
    with path.open("wb") as file:
        writer: Any
        if kind == "csv":
            writer = pa_csv.CSVWriter(file, reader.schema)
        else:
            writer = pq.ParquetWriter(file, reader.schema, compression="zstd")
        with writer:
            for batch in reader:
                writer.write_batch(batch)
                rows += batch.num_rows
        file.flush()
        os.fsync(file.fileno())
    return rows
