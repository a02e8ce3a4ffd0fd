"""One number a key: rows that stand twice, rows that contradict each other, parts that add up."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from bilat.errors import Problem
from bilat.language import Message, say, say_many
from bilat.sources.complaints import LISTED, named, place_of
from bilat.sources.dataset import Dataset
from bilat.sources.keys import Floats, Ints, floats, key_of
from bilat.sources.report import KEY, REPORTS

ADDED = ("value_usd", "value_original", "net_kg", "quantity")


def unite(table: pa.Table, spec: Dataset) -> tuple[pa.Table, list[Problem]]:
    """Each key once: equal rows become one; of others the first stays, or their sum."""
    keys = key_of(table, KEY)
    if not repeats(keys):
        return table, []
    _unique, first, groups = np.unique(keys, return_index=True, return_inverse=True)
    later = np.flatnonzero(first[groups] != np.arange(len(keys)))
    values = floats(table, "value_usd")
    same = np.isclose(values[later], values[first[groups[later]]], rtol=1e-9, atol=0.0)
    if spec.same_key == "add":
        return _added(table, groups, np.sort(first)), [_told_added(table, later)]
    kept = table.take(pa.array(np.sort(first)))
    problems = [_told_equal(table, later[same])] if same.any() else []
    problems += _told_unequal(table, later[~same], first[groups[later[~same]]], values)
    return kept, problems


def repeats(keys: Ints) -> bool:
    """True where a number stands twice; keys in their order need no sorting."""
    if (keys[1:] > keys[:-1]).all():
        return False
    ordered = np.sort(keys)
    return bool((ordered[1:] == ordered[:-1]).any())


def _added(table: pa.Table, groups: Ints, first: Ints) -> pa.Table:
    """The first row of each key with the sums of all its rows; unlike units add to none."""
    kept = table.take(pa.array(first))
    for name in ADDED:
        values = floats(table, name)
        total = np.bincount(groups, weights=np.nan_to_num(values))[groups[first]]
        missing = np.bincount(groups, weights=np.isnan(values))[groups[first]] > 0
        column = pa.array(total, mask=missing, type=pa.float64())
        kept = kept.set_column(kept.schema.get_field_index(name), REPORTS.field(name), column)
    return kept


def _told_added(table: pa.Table, later: Ints) -> Problem:
    return Problem(
        place_of(table, int(later[0])),
        say_many(
            "{n} row has the key of an earlier one and is added to it",
            "{n} rows have the key of an earlier one and are added to it",
            n=len(later),
        ),
        say("The description says so: same_key is add"),
        severity="warning",
    )


def _told_equal(table: pa.Table, later: Ints) -> Problem:
    return Problem(
        place_of(table, int(later[0])),
        say_many(
            "{n} row repeats an earlier one with the same value and is taken once",
            "{n} rows repeat earlier ones with the same values and are taken once",
            n=len(later),
        ),
        say("Nothing is lost"),
        severity="warning",
    )


def _told_unequal(table: pa.Table, later: Ints, first: Ints, values: Floats) -> list[Problem]:
    told = []
    for row, before in zip(later[:LISTED].tolist(), first[:LISTED].tolist(), strict=True):
        what = say(
            "{partner}, {flow} {period}, {product} stands here again with {value} USD; the first, "
            "on line {line}, says {first} USD and is kept",
            **named(table, row),
            value=float(values[row]),
            line=str(table.column("line")[before].as_py()),
            first=float(values[before]),
        )
        told.append(Problem(place_of(table, row), what, _remedy()))
    if rest := later[LISTED:].tolist():
        what = say_many(
            "{n} more row contradicts an earlier one, {value} USD in all",
            "{n} more rows contradict earlier ones, {value} USD in all",
            n=len(rest),
            value=float(values[rest].sum()),
        )
        told.append(Problem(place_of(table, rest[0]), what, _remedy()))
    return told


def _remedy() -> Message:
    return say(
        "If they are parts of one number, write same_key: add; if they break it down, choose the "
        "rows with `only`"
    )
