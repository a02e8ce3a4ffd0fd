"""Queries over the reports as they are: relational SQL that each engine takes as it is. Those over
the world's yearly trade by product stand in `world_queries`.

A query sees one relation, ``reports``, with the columns of `bilat.sources.report.REPORTS`; where
its rows come from is the engine's affair. Values are always bound, as ``$name``. So that DuckDB and
Spark give the same answer there stands here only what both read alike: types are cast where they
would differ, rows are sorted by columns that are never null, and a column of USING has no table's
name before it. A test runs each of the texts on both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    "vintage": "vintage = $vintage",
    "length": "length(product) = $length",
    "heading": "substr(product, 1, $digits) = $heading",
    "low": "reporter >= $low",
    "high": "reporter <= $high",
}
"""What a question may ask for, one condition a word."""

_VALID = f"""
    known AS (SELECT * FROM reports WHERE {{where}}),
    valid AS (
        SELECT {_COLUMNS} FROM known JOIN (
            SELECT {_KEY}, max(vintage) AS vintage FROM known GROUP BY {_KEY}
        ) AS newest USING ({_KEY}, vintage)
    )
"""  # noqa: S608 (column names of the schema)
"""The latest vintage of each key; a third of the time that a window function takes."""
_SORTED = "ORDER BY reporter, partner, product, flow, start, months, classification, dataset"

_FLOWS = f"WITH {_VALID} SELECT {_COLUMNS} FROM valid {_SORTED}"  # noqa: S608

_PAIR = """reporter IN ($a, $b) AND partner IN ($a, $b)
    AND ((reporter = $a AND partner = $b) OR (reporter = $b AND partner = $a))"""
"""The first line repeats what the second says: statistics of row groups serve it, no OR."""

_VINTAGES = f"SELECT {_COLUMNS} FROM reports WHERE {{where}} {_SORTED}, vintage"  # noqa: S608

_TOTALS = f"""
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
    SELECT dataset, reporter, partner, flow, CAST(year(start) AS BIGINT) AS year,
        months, classification, basis,
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
_BOTH = f"FROM new JOIN reports AS old USING ({_KEY}, vintage)"
_NEW = ", ".join(name if name in (*KEY, "vintage") else f"new.{name}" for name in REPORTS.names)

CONTRADICTIONS = f"""
    SELECT {_NEW}, old.file AS old_file, old.line AS old_line {_BOTH}
    WHERE {_DIFFERENT} ORDER BY new.file, new.line, old.file, old.line LIMIT 1
"""
"""The first row of a new file that gives a known key and vintage another value."""

KNOWN = f"SELECT 1 AS known {_BOTH} LIMIT 1"
"""One row if a new file brings a known key and vintage."""

UNKNOWN = f"SELECT {_COLUMNS} FROM new ANTI JOIN reports USING ({_KEY}, vintage)"  # noqa: S608


def flows(asked: Parameters) -> str:
    return _FLOWS.format(where=where_of(asked))


def pair(asked: Parameters) -> str:
    """asked: a, b, as_of, and product if it matters."""
    rest = {name: value for name, value in asked.items() if name not in ("a", "b")}
    return _FLOWS.format(where=f"{_PAIR} AND {where_of(rest)}")


def totals(asked: Parameters) -> str:
    asked = {name: value for name, value in asked.items() if name not in ("total", "confidential")}
    return _TOTALS.format(where=where_of(asked))


def vintages(asked: Parameters) -> str:
    return _VINTAGES.format(where=where_of(asked))


def portion(asked: Parameters) -> str:
    return f"SELECT {_COLUMNS} FROM reports WHERE {where_of(asked)}"  # noqa: S608


def repeated(asked: Parameters) -> str:
    """Keys that have two values of one vintage."""
    return _REPEATED.format(where=where_of(asked))


def where_of(asked: Parameters) -> str:
    return " AND ".join(CONDITIONS[name] for name in asked)
