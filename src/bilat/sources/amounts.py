"""Values in dollars with the rate used; weights in kilograms; quantities with their unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from bilat.errors import Place, Problem
from bilat.language import say, say_many
from bilat.sources.columns import Columns, constant, different, look, plain, word, words
from bilat.sources.currency import Rates
from bilat.sources.dataset import Dataset
from bilat.sources.numbers import numbers
from bilat.vocabulary import is_currency


@dataclass(frozen=True)
class Amounts:
    """(n,) each. original in `currency`, usd = original / rate, rate: currency for one dollar."""

    original: pa.ChunkedArray
    currency: pa.ChunkedArray
    rate: pa.ChunkedArray
    usd: pa.ChunkedArray
    net_kg: pa.ChunkedArray
    quantity: pa.ChunkedArray
    unit: pa.ChunkedArray


def amounts(
    source: Columns,
    spec: Dataset,
    values: pa.ChunkedArray,
    start: pa.ChunkedArray,
    months: pa.ChunkedArray,
    rates: Rates,
) -> Amounts:
    """values: (n,) in the table's unit; start, months: (n,) the period, for its rate."""
    original = pc.multiply(values, spec.scale) if spec.scale != 1 else values
    if spec.power_column:
        powers = numbers(source.table.column(spec.power_column), spec.layout).values
        original = pc.multiply(original, pc.power(10.0, powers.fill_null(0.0)))
    currency = _currency(source, spec)
    rate = _rate(source, spec, currency, start, months, rates)
    usd = original if _all_dollars(spec) else pc.divide(original, rate)
    quantity, unit = _quantity(source, spec)
    return Amounts(original, currency, rate, usd, _weight(source, spec), quantity, unit)


def _all_dollars(spec: Dataset) -> bool:
    return not spec.currency_column and spec.currency == "USD"


def _currency(source: Columns, spec: Dataset) -> pa.ChunkedArray:
    if not spec.currency_column:
        return word(spec.currency, len(source), pa.string())
    column = source.texts(spec.currency_column)
    return words(column, lambda text: (text or "").strip() or spec.currency, pa.string())


def _rate(
    source: Columns,
    spec: Dataset,
    currency: pa.ChunkedArray,
    start: pa.ChunkedArray,
    months: pa.ChunkedArray,
    rates: Rates,
) -> pa.ChunkedArray:
    """Null where the rates do not have the currency in that period."""
    if _all_dollars(spec):
        return constant(1.0, len(source), pa.float64())
    asked = pc.binary_join_element_wise(
        plain(currency), *(plain(column).cast(pa.string()) for column in (start, months)), "|"
    )

    def find(text: str | None) -> float | None:
        code, day, length = (text or "||").split("|")
        if not day or not is_currency(code):
            return None
        return rates.find(code, date.fromisoformat(day), int(length))

    return look(asked, find, pa.float64())


def valuation(
    source: Columns, spec: Dataset, values: pa.ChunkedArray, flow: pa.ChunkedArray
) -> pa.ChunkedArray:
    """(n,) FOB or CIF; values: (n,) in the table's unit."""
    usual = spec.valuations
    result = words(flow, lambda text: usual.get(text or ""), pa.string())
    for name, column in spec.valuation_columns.items():
        if column in source.table.column_names:
            stated = numbers(source.table.column(column), spec.layout).values
            same = pc.equal(stated, values).fill_null(fill_value=False)
            result = pc.if_else(same, name, plain(result))
    return result


def _weight(source: Columns, spec: Dataset) -> pa.ChunkedArray:
    name = spec.amounts.weight
    if name not in source.table.column_names:
        return constant(None, len(source), pa.float64())
    weight = numbers(source.table.column(name), spec.layout).values
    return pc.multiply(weight, spec.amounts.kg) if spec.amounts.kg != 1 else weight


def _quantity(source: Columns, spec: Dataset) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """Quantity and unit; none of both where one is missing."""
    names = source.table.column_names
    chosen = spec.amounts
    if chosen.quantity not in names or not (chosen.unit or chosen.unit_column in names):
        return constant(None, len(source), pa.float64()), word(None, len(source), pa.string())
    quantity = numbers(source.table.column(chosen.quantity), spec.layout).values
    if chosen.unit:
        unit = word(chosen.unit, len(source), pa.string())
    else:
        column = source.texts(chosen.unit_column)
        unit = words(column, lambda text: chosen.units.get(text or "") or None, pa.string())
    both = pc.and_(pc.is_valid(unit), pc.is_valid(quantity))
    return pc.if_else(both, quantity, None), pc.if_else(both, plain(unit), None)


def unknown_units(source: Columns, spec: Dataset) -> Iterator[Problem]:
    """Quantities without a unit: their values are kept, the quantities are not."""
    chosen = spec.amounts
    if chosen.quantity in source.table.column_names and not chosen.unit:
        if chosen.unit_column not in source.table.column_names:
            yield Problem(
                Place(source.file),
                say(
                    "the quantities in “{column}” have no unit; they are left out",
                    column=chosen.quantity,
                ),
                say("Name the unit in the description: amounts.unit or amounts.unit_column"),
                severity="warning",
            )
            return
        column = source.texts(chosen.unit_column)
        for text in different(column):
            if text not in chosen.units:
                yield _unknown_unit(source, column, text)


def _unknown_unit(source: Columns, column: pa.ChunkedArray, text: str) -> Problem:
    rows = pc.indices_nonzero(pc.equal(column.cast(pa.string()), text))
    return Problem(
        Place(source.file, source.lines[rows[0].as_py()].as_py()),
        say_many(
            "“{text}” is no unit that is known; {n} quantity is left out, its value is kept",
            "“{text}” is no unit that is known; {n} quantities are left out, their values are kept",
            n=len(rows),
            text=text,
        ),
        say("Add it to the description's amounts.units"),
        severity="warning",
    )
