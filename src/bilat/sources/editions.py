"""Reports of one HS edition in the codes of another, by the UN's correlation tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from bilat.errors import Place, Problem
from bilat.language import say, say_many
from bilat.sources.concordance import DIGITS, EDITIONS, Concordance
from bilat.sources.report import CONFIDENTIAL, KEY, REPORTS
from bilat.sources.shares import Basis, Share, shares

SPLITS = pa.schema(
    [
        pa.field("from_edition", pa.string()),
        pa.field("code", pa.string()),
        pa.field("target", pa.string()),
        pa.field("share", pa.float64()),  # of the code's value, over all steps
        pa.field(
            "basis", pa.string()
        ),  # one target, learned, likely target, equal shares: the weakest
    ]
)
_WEAKEST: tuple[Basis, ...] = ("one target", "learned", "likely target", "equal shares")
_ADDED = ("value_usd", "value_original", "net_kg", "quantity")


@dataclass(frozen=True)
class Conversion:
    """reports: all in one edition; splits: how each code was carried over; problems beside."""

    reports: pa.Table
    splits: pa.Table
    problems: tuple[Problem, ...]


def convert(
    reports: pa.Table,
    to: str,
    concordance: Concordance,
    *,
    overlap: pa.Table | None = None,
) -> Conversion:
    """The reports in edition ``to`` (H0–H6); totals and confidential lines stay what they are.

    overlap: reports in which the same flows stand in two adjacent editions; where a code splits,
    its shares are learned from them, else they are equal. Chapters and headings are sums of other
    lines and are left out. Rows of SITC stay as they are.
    """
    parts, splits, problems = [], [], []
    for edition in EDITIONS:
        rows = reports.filter(pc.equal(reports.column("classification"), edition))
        if rows.num_rows and edition != to:
            made, used, found = _converted(rows, edition, to, concordance, overlap)
            parts.append(made)
            splits += used
            problems += found
        elif rows.num_rows:
            parts.append(rows)
    others = pc.is_in(reports.column("classification"), value_set=pa.array(EDITIONS))
    parts.append(reports.filter(pc.invert(others)))
    table = _summed(pa.concat_tables(parts))
    return Conversion(table, pa.Table.from_pylist(splits, schema=SPLITS), tuple(problems))


def _converted(
    rows: pa.Table, edition: str, to: str, concordance: Concordance, overlap: pa.Table | None
) -> tuple[pa.Table, list[dict[str, object]], list[Problem]]:
    table = over_all_steps(edition, to, concordance, overlap)
    product = rows.column("product")
    confidential = pc.equal(product, CONFIDENTIAL)
    known = pc.is_in(product, value_set=pa.array(list(table), pa.string()))
    whole = pc.or_(pc.equal(pc.utf8_length(product), DIGITS), confidential)
    problems = _left_out(rows, pc.invert(whole), pc.and_not(pc.and_not(whole, known), confidential))
    kept = rows.filter(confidential)
    moved = _moved(rows.filter(known), table)
    used = set(pc.unique(product).to_pylist())
    splits = [
        {"from_edition": edition, "code": code, **share._asdict()}
        for code, parts in table.items()
        if code in used
        for share in parts
    ]
    return _in_edition(pa.concat_tables([kept, moved]), to), splits, problems


def over_all_steps(
    edition: str, to: str, concordance: Concordance, overlap: pa.Table | None
) -> dict[str, list[Share]]:
    """Code → its shares in the last edition; a code that one step loses is not known."""
    steps = [shares(concordance, step, overlap) for step in concordance.way(edition, to)]
    result: dict[str, list[Share]] = {}
    for code in steps[0]:
        parts: list[Share] | None = [Share(code, 1.0, "one target")]
        for step in steps:
            parts = _next(parts, step)
        if parts is not None:
            result[code] = parts
    return result


def _next(parts: list[Share] | None, step: dict[str, tuple[Share, ...]]) -> list[Share] | None:
    if parts is None or any(part.target not in step for part in parts):
        return None
    value: dict[str, float] = defaultdict(float)
    basis: dict[str, int] = defaultdict(int)
    for part in parts:
        for share in step[part.target]:
            value[share.target] += part.share * share.share
            weakest = max(_WEAKEST.index(part.basis), _WEAKEST.index(share.basis))
            basis[share.target] = max(basis[share.target], weakest)
    return [Share(to, value[to], _WEAKEST[basis[to]]) for to in sorted(value) if value[to] > 0]


def _moved(rows: pa.Table, table: dict[str, list[Share]]) -> pa.Table:
    """Each row once for each target, its amounts times the share."""
    codes = list(table)
    first, lengths = [], []
    flat: list[Share] = []
    for code in codes:
        first.append(len(flat))
        lengths.append(len(table[code]))
        flat += table[code]
    at = pc.index_in(rows.column("product"), value_set=pa.array(codes, pa.string())).to_pylist()
    row_of = [row for row, code in enumerate(at) for _part in range(lengths[code])]
    part_of = [first[code] + part for code in at for part in range(lengths[code])]
    made = rows.take(pa.array(row_of, pa.int64()))
    share = pa.array([flat[part].share for part in part_of], pa.float64())
    target = pa.array([flat[part].target for part in part_of], pa.string())
    made = _set(made, "product", target)
    for name in _ADDED:
        made = _set(made, name, pc.multiply(made.column(name), share))
    return made


def _in_edition(table: pa.Table, edition: str) -> pa.Table:
    return _set(table, "classification", pa.repeat(pa.scalar(edition), table.num_rows))


def _set(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), REPORTS.field(name), values)


def _summed(table: pa.Table) -> pa.Table:
    """One row a key and vintage; quantities of unlike units, and missing weights, make none."""
    keys = [*KEY, "vintage"]
    others = [name for name in REPORTS.names if name not in (*keys, *_ADDED)]
    strict = pc.ScalarAggregateOptions(skip_nulls=False)
    grouped = table.group_by(keys, use_threads=False).aggregate(
        [(name, "sum", strict) for name in _ADDED]
        + [(name, "first") for name in others]
        + [("quantity_unit", "count_distinct", pc.CountOptions(mode="all"))]
    )
    alike = pc.equal(grouped.column("quantity_unit_count_distinct"), 1)
    columns = {name: grouped.column(name) for name in keys}
    columns |= {name: grouped.column(f"{name}_sum") for name in _ADDED}
    columns |= {name: grouped.column(f"{name}_first") for name in others}
    for name in ("quantity", "quantity_unit"):
        columns[name] = pc.if_else(alike, columns[name], None)
    return pa.table([columns[name] for name in REPORTS.names], schema=REPORTS)


def _left_out(rows: pa.Table, sums: pa.ChunkedArray, unknown: pa.ChunkedArray) -> list[Problem]:
    problems = []
    if pc.any(sums).as_py():
        found = rows.filter(sums)
        what = say_many(
            "{n} line of a chapter or heading is left out: it is the sum of others",
            "{n} lines of chapters and headings are left out: they are sums of others",
            n=found.num_rows,
        )
        remedy = say("Convert the six-digit lines and add those up")
        problems.append(Problem(_place(found), what, remedy, severity="warning"))
    if pc.any(unknown).as_py():
        found = rows.filter(unknown)
        codes = pc.unique(found.column("product")).to_pylist()
        what = say_many(
            "{n} line with a code that the correlation table does not have is left out: {codes}; "
            "{value} USD in all",
            "{n} lines with codes that the correlation table does not have are left out: {codes}; "
            "{value} USD in all",
            n=found.num_rows,
            codes=", ".join(codes[:10]) + (" …" if len(codes) > 10 else ""),
            value=pc.sum(found.column("value_usd")).as_py(),
        )
        remedy = say("See whether the lines stand under the right edition")
        problems.append(Problem(_place(found), what, remedy))
    return problems


def _place(rows: pa.Table) -> Place:
    return Place(rows.column("file")[0].as_py(), rows.column("line")[0].as_py())
