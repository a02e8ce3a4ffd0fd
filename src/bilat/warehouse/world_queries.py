"""Queries over the world's yearly trade by product, in the SQL of `queries`: dollars by year.

By default codes are as they are reported. With ``by_edition`` each code has its edition of the
Harmonized System before it, ``H6870110``, so that whoever asks can bring them to one; a report that
stands in several editions counts in the newest.
"""

from __future__ import annotations

from collections.abc import Mapping

from bilat.warehouse.queries import Parameters, where_of

_NAMED = "partner_kind IN ('country', 'unspecified')"
_TRADE = f"flow IN ('X', 'M') AND (partner_kind = 'world' OR {_NAMED})"
_LINES = "reporter, partner, partner_kind, flow, start, product, value_usd, net_kg"
_REPORT = "reporter, flow, start"
_LINE = "reporter, partner, flow, start, product, classification"

_ONE_VINTAGE = """
    {name} AS (SELECT {lines} FROM reports WHERE {where})
"""
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
    {{name}} AS (
        SELECT {{lines}} FROM reports ANTI JOIN several USING ({_REPORT})
        WHERE {{where}}
        UNION ALL
        SELECT {{lines}} FROM reports JOIN newest USING ({_LINE}, vintage)
        WHERE {{where}}
    )
"""  # noqa: S608
"""Yearly lines of one dataset: only where a report has several vintages is one chosen, since a
number has one value a vintage."""
_BY_EDITION = f"""
    newest_edition AS (
        SELECT {_REPORT}, max(classification) AS classification FROM of_editions GROUP BY {_REPORT}
    ),
    valid AS (
        SELECT reporter, partner, partner_kind, flow, start,
            concat(classification, product) AS product, value_usd, net_kg
        FROM of_editions JOIN newest_edition USING ({_REPORT}, classification)
    )
"""  # noqa: S608
"""Where codes keep their edition. The names of later editions sort behind those of earlier ones."""
_EDITIONS = """
    SELECT CAST(year(start) AS BIGINT) AS year, classification AS edition,
        sum(value_usd) AS value
    FROM reports WHERE {where} GROUP BY year(start), classification ORDER BY year, edition
"""

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


def revised(asked: Parameters) -> str:
    """Reports that have several vintages: where there is none, nothing has to be chosen."""
    return _SEVERAL.format(where=_trade(asked)) + f"ORDER BY {_REPORT}"


def editions(asked: Parameters) -> str:
    """By year and edition, dollars of all vintages: which editions there are to be told apart."""
    return _EDITIONS.format(where=_trade(asked))


def markets(asked: Parameters, *, chosen: bool = True, by_edition: bool = False) -> str:
    """By year and product: the world's exports, and those and the imports of a and b, dollars.

    asked: a, b, months, dataset, and as_of, or vintage where the dataset has only one. digits: of
    the codes, where they are to be cut. flow: X where exporters alone report; without it see
    `_EVERYONE`. chosen: False where no report is `revised`, which takes a fraction of the time.
    """
    return _over_lines(_MARKETS, asked, chosen=chosen, by_edition=by_edition)


def exports(asked: Parameters, *, chosen: bool = True, by_edition: bool = False) -> str:
    """By year, country and product, dollars. asked: as for `markets`, without a and b."""
    return _over_lines(_EXPORTS, asked, chosen=chosen, by_edition=by_edition)


def dyads(asked: Parameters, *, chosen: bool = True) -> str:
    """By year, exporter, importer and product, dollars. asked: as for `exports`; 0 digits are the
    total of all products."""
    kind = "exporters" if "flow" in asked else "everyone"
    more = "" if "flow" in asked else f", {_HEARD}"
    text = _DYADS[kind].format(code=_code(asked))
    return f"WITH {_lines(asked, chosen=chosen)}{more} {text}"


def suppliers(asked: Parameters, *, chosen: bool = True, by_edition: bool = False) -> str:
    """By year, supplier and product what one market buys, in dollars; kg, and the dollars of what
    has a weight.

    asked: as for `markets`, and the market as partner with flow X, or as reporter with flow M.
    """
    supplier = "reporter" if asked["flow"] == "X" else "partner"
    text = _SUPPLIERS.format(supplier=supplier, code=_code(asked))
    return f"WITH {_lines(asked, chosen=chosen, by_edition=by_edition)} {text}"


def _over_lines(
    texts: Mapping[str, str], asked: Parameters, *, chosen: bool, by_edition: bool
) -> str:
    kind = "exporters" if "flow" in asked else "everyone"
    more = "" if "flow" in asked else f", {_EVERYONE}"
    lines = _lines(asked, chosen=chosen, by_edition=by_edition)
    return f"WITH {lines}{more} {texts[kind].format(code=_code(asked))}"


def _code(asked: Parameters) -> str:
    return _CUT if "digits" in asked else _WHOLE


def _lines(asked: Parameters, *, chosen: bool, by_edition: bool = False) -> str:
    conditions = {name: one for name, one in asked.items() if name not in ("a", "b", "digits")}
    text = _LATEST if chosen and "vintage" not in asked else _ONE_VINTAGE
    where = _trade(conditions)
    if not by_edition:
        return text.format(name="valid", lines=_LINES, where=where)
    lines = text.format(name="of_editions", lines=f"{_LINES}, classification", where=where)
    return f"{lines}, {_BY_EDITION}"


def _trade(asked: Parameters) -> str:
    """A flow that is asked for is one of them, and every text looks at the partner itself."""
    return where_of(asked) if "flow" in asked else f"{where_of(asked)} AND {_TRADE}"
