"""Every query of the product over the reports: relational SQL that each engine takes as it is.

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

_NAMED = "partner_kind IN ('country', 'unspecified')"
_TRADE = f"flow IN ('X', 'M') AND (partner_kind = 'world' OR {_NAMED})"
_LINES = "reporter, partner, partner_kind, flow, start, product, value_usd, net_kg"
_REPORT = "reporter, flow, start"
_LINE = "reporter, partner, flow, start, product, classification"

_ONE_VINTAGE = f"""
    valid AS (SELECT {_LINES} FROM reports WHERE {{where}})
"""  # noqa: S608
_SEVERAL = f"""
    SELECT {_REPORT} FROM reports WHERE {{where}}
    GROUP BY {_REPORT} HAVING min(vintage) < max(vintage)
"""  # noqa: S608
_LATEST = f"""
    several AS ({_SEVERAL}),
    newest AS (
        SELECT {_LINE}, max(vintage) AS vintage
        FROM reports SEMI JOIN several USING ({_REPORT}) WHERE {{where}}
        GROUP BY {_LINE}
    ),
    valid AS (
        SELECT {_LINES} FROM reports ANTI JOIN several USING ({_REPORT})
        WHERE {{where}}
        UNION ALL
        SELECT {_LINES} FROM reports JOIN newest USING ({_LINE}, vintage)
        WHERE {{where}}
    )
"""  # noqa: S608
"""Yearly lines of one dataset: only where a report has several vintages is one chosen, since a
number has one value a vintage."""

_EVERYONE = f"""
    said AS (
        SELECT reporter AS country, flow, start, product,
            sum(CASE WHEN partner_kind = 'world' THEN value_usd END) AS whole,
            sum(CASE WHEN {_NAMED} THEN value_usd END) AS parts
        FROM valid GROUP BY reporter, flow, start, product
    ),
    own AS (SELECT country, flow, start, product, coalesce(whole, parts) AS value FROM said),
    spoke AS (SELECT DISTINCT country, flow, start FROM own),
    of_others AS (
        SELECT partner AS country, CASE WHEN flow = 'X' THEN 'M' ELSE 'X' END AS flow,
            start, product, sum(value_usd) AS value
        FROM valid WHERE partner_kind = 'country'
        GROUP BY partner, flow, start, product
    ),
    everyone AS (
        SELECT country, flow, start, product, value FROM own
        UNION ALL
        SELECT country, flow, start, product, value
        FROM of_others ANTI JOIN spoke USING (country, flow, start)
    )
"""  # noqa: S608
"""Each country's exports and imports as it reports them; a silent one's as its partners do."""


def _worth(condition: str) -> str:
    return f"sum(CASE WHEN {condition} THEN {{value}} ELSE CAST(0 AS DOUBLE) END)"


_BY = "CAST(year(start) AS BIGINT) AS year, {code} AS product"
_GROUPED = "year(start), {code}"
_WHOLE, _CUT = "product", "substr(product, 1, $digits)"
"""The code as reported; cut where fewer digits are asked for, which takes half as long again."""


def _markets(source: str, exporter: str, importer: str, world: str, value: str) -> str:
    columns = ", ".join(
        f"{_worth(condition)} AS {name}"
        for name, condition in (
            ("world", world),
            ("exports_a", f"{exporter} = $a"),
            ("exports_b", f"{exporter} = $b"),
            ("imports_a", f"{importer} = $a"),
            ("imports_b", f"{importer} = $b"),
        )
    ).replace("{value}", value)
    return f"SELECT {_BY}, {columns} FROM {source} GROUP BY {_GROUPED} ORDER BY year, product"  # noqa: S608


_MARKETS = {
    "exporters": _markets(f"valid WHERE {_NAMED}", "reporter", "partner", "true", "value_usd"),
    "everyone": _markets(
        "everyone", "flow = 'X' AND country", "flow = 'M' AND country", "flow = 'X'", "value"
    ),
}
_EXPORTS = {
    "exporters": f"""
        SELECT reporter AS country, {_BY}, sum(value_usd) AS value FROM valid WHERE {_NAMED}
        GROUP BY reporter, {_GROUPED}
    """,  # noqa: S608
    "everyone": f"""
        SELECT country, {_BY}, sum(value) AS value FROM everyone WHERE flow = 'X'
        GROUP BY country, {_GROUPED}
    """,  # noqa: S608
}
_SUPPLIERS = f"""
    SELECT {{supplier}} AS supplier, {_BY}, sum(value_usd) AS value, sum(net_kg) AS kg,
        sum(CASE WHEN net_kg > 0 THEN value_usd END) AS weighed
    FROM valid WHERE partner_kind = 'country'
    GROUP BY {{supplier}}, {_GROUPED} ORDER BY year, supplier, product
"""  # noqa: S608

_HEARD = """
    spoke AS (SELECT DISTINCT reporter AS exporter, start FROM valid WHERE flow = 'X'),
    heard AS (
        SELECT partner AS exporter, reporter AS importer, start, product, value_usd
        FROM valid WHERE flow = 'M' AND partner_kind = 'country'
    ),
    flows AS (
        SELECT reporter AS exporter, partner AS importer, start, product, value_usd
        FROM valid WHERE flow = 'X' AND partner_kind = 'country'
        UNION ALL
        SELECT exporter, importer, start, product, value_usd
        FROM heard ANTI JOIN spoke USING (exporter, start)
    )
"""
"""Each exporter's own reports; of one that reports no exports in a year, its partners' imports."""
_DYADS = {
    "exporters": f"""
        SELECT reporter AS exporter, partner AS importer, {_BY}, sum(value_usd) AS value
        FROM valid WHERE partner_kind = 'country'
        GROUP BY reporter, partner, {_GROUPED} ORDER BY year, exporter, importer, product
    """,  # noqa: S608
    "everyone": f"""
        SELECT exporter, importer, {_BY}, sum(value_usd) AS value FROM flows
        GROUP BY exporter, importer, {_GROUPED} ORDER BY year, exporter, importer, product
    """,  # noqa: S608
}

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
    return _FLOWS.format(where=_where(asked))


def pair(asked: Parameters) -> str:
    """asked: a, b, as_of, and product if it matters."""
    rest = {name: value for name, value in asked.items() if name not in ("a", "b")}
    return _FLOWS.format(where=f"{_PAIR} AND {_where(rest)}")


def totals(asked: Parameters) -> str:
    asked = {name: value for name, value in asked.items() if name not in ("total", "confidential")}
    return _TOTALS.format(where=_where(asked))


def vintages(asked: Parameters) -> str:
    return _VINTAGES.format(where=_where(asked))


def revised(asked: Parameters) -> str:
    """Reports that have several vintages: where there is none, nothing has to be chosen."""
    return _SEVERAL.format(where=_trade(asked)) + f"ORDER BY {_REPORT}"


def markets(asked: Parameters, *, chosen: bool = True) -> str:
    """By year and product: the world's exports, and those and the imports of a and b, dollars.

    asked: a, b, months, dataset, and as_of, or vintage where the dataset has only one. digits: of
    the codes, where they are to be cut. flow: X where exporters alone report; without it see
    `_EVERYONE`. chosen: False where no report is `revised`, which takes a fraction of the time.
    """
    return _over_lines(_MARKETS, asked, chosen=chosen)


def exports(asked: Parameters, *, chosen: bool = True) -> str:
    """By year, country and product, dollars. asked: as for `markets`, without a and b."""
    return _over_lines(_EXPORTS, asked, chosen=chosen)


def dyads(asked: Parameters, *, chosen: bool = True) -> str:
    """By year, exporter, importer and product, dollars. asked: as for `exports`; 0 digits are the
    total of all products."""
    kind = "exporters" if "flow" in asked else "everyone"
    more = "" if "flow" in asked else f", {_HEARD}"
    text = _DYADS[kind].format(code=_code(asked))
    return f"WITH {_lines(asked, chosen=chosen)}{more} {text}"


def suppliers(asked: Parameters, *, chosen: bool = True) -> str:
    """By year, supplier and product what one market buys, in dollars; kg, and the dollars of what
    has a weight.

    asked: as for `markets`, and the market as partner with flow X, or as reporter with flow M.
    """
    supplier = "reporter" if asked["flow"] == "X" else "partner"
    text = _SUPPLIERS.format(supplier=supplier, code=_code(asked))
    return f"WITH {_lines(asked, chosen=chosen)} {text}"


def _over_lines(texts: Mapping[str, str], asked: Parameters, *, chosen: bool) -> str:
    kind = "exporters" if "flow" in asked else "everyone"
    more = "" if "flow" in asked else f", {_EVERYONE}"
    return f"WITH {_lines(asked, chosen=chosen)}{more} {texts[kind].format(code=_code(asked))}"


def _code(asked: Parameters) -> str:
    return _CUT if "digits" in asked else _WHOLE


def _lines(asked: Parameters, *, chosen: bool) -> str:
    conditions = {name: one for name, one in asked.items() if name not in ("a", "b", "digits")}
    text = _LATEST if chosen and "vintage" not in asked else _ONE_VINTAGE
    return text.format(where=_trade(conditions))


def _trade(asked: Parameters) -> str:
    """A flow that is asked for is one of them, and every text looks at the partner itself."""
    return _where(asked) if "flow" in asked else f"{_where(asked)} AND {_TRADE}"


def portion(asked: Parameters) -> str:
    return f"SELECT {_COLUMNS} FROM reports WHERE {_where(asked)}"  # noqa: S608


def repeated(asked: Parameters) -> str:
    """Keys that have two values of one vintage."""
    return _REPEATED.format(where=_where(asked))


def _where(asked: Parameters) -> str:
    return " AND ".join(CONDITIONS[name] for name in asked)
