"""Every query of the product over the reports: plain relational SQL, values always bound.

A query sees one relation, ``reports``, with the columns of `bilat.sources.report.REPORTS`; where
its rows come from is `Engine`'s affair. So another engine over the same tables runs the same texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bilat.sources.report import KEY, REPORTS

Parameters = Mapping[str, Any]
_KEY = ", ".join(KEY)
_COLUMNS = ", ".join(REPORTS.names)

CONDITIONS = {
    "reporter": "reporter = $reporter",
    "partner": "partner = $partner",
    "flow": "flow = $flow",
    "product": "product = $product",
    "classification": "classification = $classification",
    "dataset": "dataset = $dataset",
    "start": "start = $start",
    "months": "months = $months",
    "since": "start >= $since",
    "until": "start < $until",
    "as_of": "vintage <= $as_of",
    "low": "reporter >= $low",
    "high": "reporter <= $high",
}
"""What a question may ask for, one condition a word."""

_VALID = f"""
    known AS (SELECT * FROM reports WHERE {{where}}),
    valid AS (
        SELECT known.* FROM known JOIN (
            SELECT {_KEY}, max(vintage) AS vintage FROM known GROUP BY {_KEY}
        ) AS newest USING ({_KEY}, vintage)
    )
"""  # noqa: S608 (column names of the schema)
"""The latest vintage of each key; a third of the time that a window function takes."""
_SORTED = "ORDER BY reporter, partner, product, flow, start, months, classification, dataset"

FLOWS = f"WITH {_VALID} SELECT {_COLUMNS} FROM valid {_SORTED}"  # noqa: S608

PAIR = """reporter IN ($a, $b) AND partner IN ($a, $b)
    AND ((reporter = $a AND partner = $b) OR (reporter = $b AND partner = $a))"""
"""The first line repeats what the second says: statistics of row groups serve it, no OR."""

VINTAGES = f"SELECT {_COLUMNS} FROM reports WHERE {{where}} {_SORTED}, vintage"  # noqa: S608

TOTALS = f"""
    WITH {_VALID},
    lengths AS (
        SELECT *, length(product) AS digits,
            max(CASE WHEN product NOT IN ($total, $confidential) THEN length(product) END) OVER (
                PARTITION BY dataset, reporter, flow, months, start, classification
            ) AS finest
        FROM valid
    ),
    sums AS (
        SELECT dataset, reporter, partner, flow, start, months, classification,
            CASE WHEN product = $total THEN 'published' ELSE 'summed' END AS basis,
            sum(value_usd) AS value_usd
        FROM lengths
        WHERE product IN ($total, $confidential) OR digits = finest
        GROUP BY dataset, reporter, partner, flow, start, months, classification, basis
    ),
    preferred AS (
        SELECT *, rank() OVER (
            PARTITION BY dataset, reporter, partner, flow, start, months ORDER BY basis
        ) AS place
        FROM sums
    )
    SELECT dataset, reporter, partner, flow, year(start) AS year, months, classification, basis,
        count(*) AS periods, sum(value_usd) AS value_usd
    FROM preferred WHERE place = 1
    GROUP BY dataset, reporter, partner, flow, year(start), months, classification, basis
    ORDER BY dataset, reporter, partner, flow, year, months, classification, basis
"""  # noqa: S608
"""Periods' totals added up by calendar year: as published, else the sum of the finest products."""

CONTENT = """
    SELECT dataset, count(*) AS rows, count(DISTINCT vintage) AS vintages,
        min(vintage) AS first_vintage, max(vintage) AS last_vintage,
        min(start) AS first_start, max(start) AS last_start,
        count(DISTINCT reporter) AS reporters
    FROM reports GROUP BY dataset ORDER BY dataset
"""

REPORTER_ROWS = """
    SELECT dataset, reporter, count(*) AS rows FROM reports
    GROUP BY dataset, reporter ORDER BY dataset, reporter
"""

_REPEATED = f"""
    SELECT {_KEY}, vintage, count(*) AS times, min(file) AS file, min(line) AS line FROM reports
    WHERE {{where}} GROUP BY {_KEY}, vintage HAVING count(*) > 1
    ORDER BY {_KEY}, vintage LIMIT 20
"""  # noqa: S608

EVERYTHING = f"SELECT {_COLUMNS} FROM reports {_SORTED}, vintage"  # noqa: S608

_VALUES = [name for name in REPORTS.names if name not in (*KEY, "vintage", "file", "line")]
_DIFFERENT = " OR ".join(f"new.{name} IS DISTINCT FROM old.{name}" for name in _VALUES)
_BOTH = f"FROM read_parquet($new) AS new JOIN reports AS old USING ({_KEY}, vintage)"

CONTRADICTIONS = f"""
    SELECT new.*, old.file AS old_file, old.line AS old_line {_BOTH}
    WHERE {_DIFFERENT} ORDER BY new.file, new.line LIMIT 1
"""
"""The first row of a new file that gives a known key and vintage another value."""

KNOWN = f"SELECT new.line {_BOTH} LIMIT 1"
UNKNOWN = f"""
    SELECT * FROM read_parquet($new) AS new ANTI JOIN reports USING ({_KEY}, vintage)
"""  # noqa: S608

_FROM_FILES = "WITH reports AS (SELECT * FROM read_parquet($files))"


def flows(asked: Parameters) -> str:
    return FLOWS.format(where=_where(asked))


def pair(asked: Parameters) -> str:
    """asked: a, b, as_of, and product if it matters."""
    rest = {name: value for name, value in asked.items() if name not in ("a", "b")}
    return FLOWS.format(where=f"{PAIR} AND {_where(rest)}")


def totals(asked: Parameters) -> str:
    asked = {name: value for name, value in asked.items() if name not in ("total", "confidential")}
    return TOTALS.format(where=_where(asked))


def vintages(asked: Parameters) -> str:
    return VINTAGES.format(where=_where(asked))


def portion(asked: Parameters) -> str:
    return f"SELECT {_COLUMNS} FROM reports WHERE {_where(asked)}"  # noqa: S608


def repeated(asked: Parameters) -> str:
    """Keys that have two values of one vintage."""
    return _REPEATED.format(where=_where(asked))


def _where(asked: Parameters) -> str:
    return " AND ".join(CONDITIONS[name] for name in asked)


def _over_files(query: str) -> str:
    text = query.strip()
    named = text.removeprefix("WITH ")
    return f"{_FROM_FILES} {text}" if named == text else f"{_FROM_FILES}, {named}"


class Engine:
    """DuckDB over the files that a question touches."""

    def __init__(self, *, memory: str | None = None, scratch: Path | None = None) -> None:
        self._duckdb = duckdb.connect()
        self._duckdb.execute("SET parquet_metadata_cache = true")
        self._duckdb.execute("SET enable_progress_bar = false")
        if memory is not None:
            self._duckdb.execute("SET memory_limit = $1", [memory])
        if scratch is not None:
            self._duckdb.execute("SET temp_directory = $1", [str(scratch)])

    def ask(self, query: str, files: Sequence[str], parameters: Parameters) -> pa.Table:
        """The answer as one Arrow table."""
        return self._run(query, files, parameters).to_arrow_table()

    def stream(self, query: str, files: Sequence[str], parameters: Parameters) -> Any:
        """The answer as a pyarrow RecordBatchReader, for answers larger than memory."""
        return self._run(query, files, parameters).to_arrow_reader(100_000)

    def _run(self, query: str, files: Sequence[str], parameters: Parameters) -> Any:
        cursor = self._duckdb.cursor()
        if files:
            everything = {**parameters, "files": list(files)}
            return cursor.sql(_over_files(query), params=everything)
        cursor.register("reports", REPORTS.empty_table())
        return cursor.sql(query, params=dict(parameters))
