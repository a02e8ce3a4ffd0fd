"""Lines against their total: products of one partner, partners of one world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilat.errors import Problem
from bilat.language import Message, say, say_many
from bilat.sources.columns import coded_report, look
from bilat.sources.complaints import LISTED, named, place_of
from bilat.sources.dataset import Dataset
from bilat.sources.keys import Floats, Ints, floats, has, key_of, sums
from bilat.sources.report import CONFIDENTIAL, REPORTS, TOTAL

OF_PRODUCTS = ("reporter", "partner", "flow", "start", "months")
OF_PARTNERS = ("reporter", "flow", "start", "months", "classification", "product")
UNKNOWN_IN_RESIDUAL = ("net_kg", "quantity", "quantity_unit")


class Gap(NamedTuple):
    """row: of the total; missing: dollars that the total has more than its lines."""

    row: int
    total: float
    missing: float


Text = Callable[[pa.Table, Gap], tuple[Message, Message]]


def residuals(table: pa.Table, spec: Dataset) -> tuple[pa.Table, list[Problem]]:
    """Lines of product XXXXXX that make each partner's lines up to its total, and what is told.

    Where lines make less than `product.least_share` of the total, the file is a selection of
    products, and nothing is made.
    """
    total = has(table, "product", [TOTAL])
    if total.all() or not total.any():
        return table.slice(0, 0), []
    lines = _finest(table, total)
    gaps = list(_gaps(table, total, lines, OF_PRODUCTS, spec))
    made = [gap for gap in gaps if 0 < gap.missing <= (1 - spec.product.least_share) * gap.total]
    selected = [gap for gap in gaps if gap.missing > (1 - spec.product.least_share) * gap.total]
    over = [gap for gap in gaps if gap.missing < 0]
    problems = [
        *_told(table, made, _confidential),
        *_told(table, selected, _selection),
        *_told(table, over, _over_total),
    ]
    return _lines(table, lines, made), problems


def check_world(table: pa.Table, spec: Dataset) -> list[Problem]:
    """Countries and unnamed areas against the world; groups are never counted."""
    world = has(table, "partner_kind", ["world"])
    if not world.any():
        return []
    named = has(table, "partner_kind", ["country", "unspecified"])
    gaps = list(_gaps(table, world, named, OF_PARTNERS, spec))
    return list(_told(table, gaps, _partners))


def _finest(table: pa.Table, total: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The lines with the most digits of their group, and the confidential ones."""
    lengths = look(table.column("product"), len, pa.int64())
    digits = lengths.to_numpy().astype(np.int64)
    digits[total] = 0
    _unique, groups = np.unique(key_of(table, OF_PRODUCTS), return_inverse=True)
    most = np.zeros(groups.max() + 1, np.int64)
    np.maximum.at(most, groups, digits)
    confidential = has(table, "product", [CONFIDENTIAL])
    finest: npt.NDArray[np.bool_] = ((digits == most[groups]) | confidential) & ~total
    return finest


def _gaps(
    table: pa.Table,
    totals: npt.NDArray[np.bool_],
    lines: npt.NDArray[np.bool_],
    names: Sequence[str],
    spec: Dataset,
) -> Iterator[Gap]:
    """Totals with lines that differ from them by more than the tolerance."""
    _unique, groups = np.unique(key_of(table, names), return_inverse=True)
    groups = np.asarray(groups, dtype=np.int64)
    values = floats(table, "value_usd")
    made, count = _sums(groups, values, lines)
    rows = np.flatnonzero(totals)
    for row in rows.tolist():
        total, group = float(values[row]), groups[row]
        missing = total - float(made[group])
        if count[group] and abs(missing) > spec.tolerance * total + spec.scale:
            yield Gap(row, total, missing)


def _sums(groups: Ints, values: Floats, chosen: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    size = int(groups.max()) + 1
    made = sums(groups[chosen], size, values[chosen])
    return made, sums(groups[chosen], size, np.ones(int(chosen.sum())))


def _lines(table: pa.Table, lines: npt.NDArray[np.bool_], gaps: Sequence[Gap]) -> pa.Table:
    """One row of product XXXXXX for each gap, in the classification of the group's lines."""
    if not gaps:
        return table.slice(0, 0)
    keys = key_of(table, OF_PRODUCTS)
    first = dict(zip(keys[lines].tolist(), np.flatnonzero(lines).tolist(), strict=True))
    editions = table.column("classification")
    rows = table.take(pa.array([gap.row for gap in gaps])).to_pylist()
    for row, gap in zip(rows, gaps, strict=True):
        row.update(dict.fromkeys(UNKNOWN_IN_RESIDUAL))
        row["product"] = CONFIDENTIAL
        row["classification"] = editions[first[int(keys[gap.row])]].as_py()
        row["value_usd"] = gap.missing
        row["value_original"] = gap.missing * (row["rate"] or 1.0)
    made = pa.Table.from_pylist(rows, schema=REPORTS)
    return coded_report(dict(zip(made.column_names, made.columns, strict=True)))


def _told(table: pa.Table, gaps: Sequence[Gap], text: Text) -> Iterator[Problem]:
    """The largest one by one, the others together."""
    ordered = sorted(gaps, key=lambda gap: -abs(gap.missing))
    for gap in ordered[:LISTED]:
        what, remedy = text(table, gap)
        yield Problem(place_of(table, gap.row), what, remedy, severity="warning")
    if rest := ordered[LISTED:]:
        _what, remedy = text(table, rest[0])
        what = say_many(
            "{n} more total differs from its lines, by {value} USD in all",
            "{n} more totals differ from their lines, by {value} USD in all",
            n=len(rest),
            value=round(sum(abs(gap.missing) for gap in rest)),
        )
        yield Problem(place_of(table, rest[0].row), what, remedy, severity="warning")


def _confidential(table: pa.Table, gap: Gap) -> tuple[Message, Message]:
    return (
        say(
            "{partner}, {flow} {period}: the products make {missing} USD less than their total of "
            "{total} USD; the difference is kept as product XXXXXX",
            **_named(table, gap),
        ),
        say("Reporters count confidential goods in totals only; nothing is to be done"),
    )


def _selection(table: pa.Table, gap: Gap) -> tuple[Message, Message]:
    return (
        say(
            "{partner}, {flow} {period}: the products make {missing} USD less than their total of "
            "{total} USD; the file seems to hold a selection of products",
            **_named(table, gap),
        ),
        say("Read the whole file if confidential goods are to be known"),
    )


def _over_total(table: pa.Table, gap: Gap) -> tuple[Message, Message]:
    return (
        say(
            "{partner}, {flow} {period}: the products make {missing} USD more than their total of "
            "{total} USD",
            **_named(table, gap),
        ),
        say("See whether the file holds breakdowns beside the lines: choose with `only`"),
    )


def _partners(table: pa.Table, gap: Gap) -> tuple[Message, Message]:
    about = _named(table, gap)
    if gap.missing > 0:
        what = say(
            "{flow} {period}, {product}: the partners make {missing} USD less than the total of "
            "{total} USD",
            **about,
        )
    else:
        what = say(
            "{flow} {period}, {product}: the partners make {missing} USD more than the total of "
            "{total} USD",
            **about,
        )
    return what, say("The publisher may leave out small or confidential partners; both are kept")


def _named(table: pa.Table, gap: Gap) -> dict[str, Any]:
    row = named(table, gap.row)
    return {**row, "missing": round(abs(gap.missing)), "total": round(gap.total)}
