"""Put the two reports of each flow beside each other: exporter's and importer's, in one row.

Reports come as a Parquet or CSV file or an Arrow table with the columns reporter, partner, flow
(X or M), period, product, value_usd; what cannot be meant is refused here, with an example.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bilat.errors import BilatError
from bilat.language import Message, say

Table: TypeAlias = "Path | pa.Table"
REPORT_COLUMNS = ("reporter", "partner", "flow", "period", "product", "value_usd")
GEO_COLUMNS = ("a", "b", "distance_km", "contiguous")
MEMORY = "1200MB"

REPORT_CHECKS: tuple[tuple[str, Message], ...] = (
    (
        " or ".join(f"{name} is null" for name in REPORT_COLUMNS),
        say("{where}: a value is missing here: {row}. Fill it in, or leave the row out"),
    ),
    (
        "flow not in ('X', 'M')",
        say("{where}: the flow is neither X nor M here: {row}. Keep exports and imports only"),
    ),
    (
        "isnan(value_usd::double) or isinf(value_usd::double) or value_usd < 0",
        say(
            "{where}: the value is no amount of dollars here: {row}. Mend it, or leave the row out"
        ),
    ),
    (
        "reporter = partner",
        say("{where}: a country trades with itself here: {row}. Leave the row out"),
    ),
)
GEO_CHECKS: tuple[tuple[str, Message], ...] = (
    (
        "a is null or b is null or not coalesce(distance_km between 0 and 1e6, false)",
        say("{where}: the distance is no length here: {row}. Mend it, or leave the row out"),
    ),
)


@dataclass(frozen=True)
class Paired:
    """n flows, sorted by key, each once, with what either side reported.

    key: (n,) ((exporter·c + importer)·p + product)·t + period, of codes. x, m: (n,) dollars, nan
    where not reported. countries, products, periods: names by code; periods in their own order.
    distance_km: (c, c), nan where unknown. contiguous: (c, c).
    """

    key: NDArray[np.int64]
    x: NDArray[np.float64]
    m: NDArray[np.float64]
    countries: list[str]
    products: list[str]
    periods: list[Any]
    distance_km: NDArray[np.float64]
    contiguous: NDArray[np.bool_]


def pair_reports(reports: Table, geo: Table | None = None) -> Paired:
    """Raises BilatError for a table that is not as described above; a flow without a row in ``geo``
    is no error, its distance is unknown."""
    with duckdb.connect(config={"memory_limit": MEMORY}) as base:
        _open(base, "reports", reports, REPORT_COLUMNS, REPORT_CHECKS)
        names = _names(base)
        codes = tuple(len(name) for name in names)
        key, x, m = _joined(base, codes)
        _refuse_duplicates(base, key, reports)
        shape = (codes[0], codes[0])
        distance, contiguous = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
        if geo is not None:
            _open(base, "geo", geo, GEO_COLUMNS, GEO_CHECKS)
            _fill(base, names[0], distance, contiguous)
    return Paired(key, x, m, *names, distance, contiguous)


def _open(base: Any, name: str, table: Table, columns: tuple[str, ...], checks: Any) -> None:
    """A view of the table, once it has passed its checks."""
    where = _where(table)
    if isinstance(table, pa.Table):
        source = table
    elif not table.is_file():
        raise BilatError(say("{where}: no such file. Name a Parquet or CSV file", where=where))
    else:
        source = _scan(base, table)
    base.register(f"{name}_source", source)
    there = base.table(f"{name}_source").columns
    missing = [column for column in columns if column not in there]
    if missing:
        message = say(
            "{where}: no column {column}; needed are {needed}",
            where=where,
            column=missing[0],
            needed=", ".join(columns),
        )
        raise BilatError(message)
    base.table(f"{name}_source").select(*columns).create_view(name)
    for wrong, message in checks:
        _refuse(base, name, wrong, message, where)


def _where(table: Table) -> str:
    return "the table" if isinstance(table, pa.Table) else str(table)


def _scan(base: Any, path: Path) -> Any:
    try:
        if path.suffix.lower() == ".csv":
            text = {"types": {"reporter": "VARCHAR", "partner": "VARCHAR", "product": "VARCHAR"}}
            with path.open(encoding="utf-8") as lines:
                header = lines.readline()
            known = {name: kind for name, kind in text["types"].items() if name in header}
            return base.read_csv(str(path), dtype=known or None)
        return base.read_parquet(str(path))
    except (duckdb.Error, UnicodeDecodeError) as error:
        message = say(
            "{where}: it cannot be read as a table ({reason}). Give a Parquet or CSV file",
            where=str(path),
            reason=str(error).splitlines()[0],
        )
        raise BilatError(message) from error


def _refuse(base: Any, name: str, wrong: str, message: Message, where: str) -> None:
    found = base.execute(f"select * from {name} where {wrong} limit 1").fetchone()  # noqa: S608
    if found is not None:
        row = ", ".join(str(value) for value in found)
        raise BilatError(message.with_args(where=where, row=row))


def _names(base: Any) -> tuple[list[str], list[str], list[Any]]:
    """Countries, products, periods in order; and an enum of each for quick codes."""
    lists = []
    for kind, query in (
        ("country", "select reporter::varchar v from reports union select partner from reports"),
        ("product", "select distinct product::varchar v from reports"),
        ("period", "select distinct period v from reports"),
    ):
        values = [row[0] for row in base.sql(query).order("v").fetchall()]
        base.execute(f"create table {kind}_names as select unnest(?) as v", [_texts(values)])
        base.execute(f"create type {kind}_code as enum (select v from {kind}_names)")  # noqa: S608
        lists.append(values)
    return lists[0], lists[1], lists[2]


def _texts(values: list[Any]) -> list[str]:
    return [str(value) for value in values] or [""]


def _joined(base: Any, sizes: tuple[int, ...]) -> tuple[Any, Any, Any]:
    c, p, t = sizes
    key = (
        "((enum_code({i}::varchar::country_code)::bigint * {c} "
        "+ enum_code({j}::varchar::country_code)) * {p} "
        "+ enum_code(product::varchar::product_code)) * {t} "
        "+ enum_code(period::varchar::period_code)"
    )
    ours = key.format(i="reporter", j="partner", c=c, p=p, t=t)
    theirs = key.format(i="partner", j="reporter", c=c, p=p, t=t)
    side = "select {key} as key, value_usd::double as value from reports where flow = '{flow}'"
    query = (
        "select coalesce(x.key, m.key) as key, "  # noqa: S608 (made of our own words and numbers)
        "coalesce(x.value, 'nan'::double) as x, coalesce(m.value, 'nan'::double) as m "
        f"from ({side.format(key=ours, flow='X')}) x "
        f"full join ({side.format(key=theirs, flow='M')}) m on x.key = m.key order by 1"
    )
    columns = base.execute(query).fetchnumpy()
    x, m = (np.asarray(columns[name], dtype=np.float64) for name in ("x", "m"))
    return np.asarray(columns["key"], dtype=np.int64), x, m


def _refuse_duplicates(base: Any, key: Any, reports: Table) -> None:
    if not bool((key[1:] == key[:-1]).any()):
        return
    query = (
        "select reporter, partner, flow, period, product from reports "
        "group by all having count(*) > 1 limit 1"
    )
    row = ", ".join(str(value) for value in base.execute(query).fetchone())
    message = say(
        "{where}: two rows say the same thing: {row}. Keep the one that counts",
        where=_where(reports),
        row=row,
    )
    raise BilatError(message)


def _fill(base: Any, countries: list[str], distance: Any, contiguous: Any) -> None:
    """A row holds for both directions."""
    codes = {name: code for code, name in enumerate(countries)}
    rows = base.execute("select a, b, distance_km::double, contiguous::boolean from geo").fetchall()
    for a, b, kilometres, touching in rows:
        if a in codes and b in codes:
            i, j = codes[a], codes[b]
            distance[i, j] = distance[j, i] = kilometres
            contiguous[i, j] = contiguous[j, i] = bool(touching)
