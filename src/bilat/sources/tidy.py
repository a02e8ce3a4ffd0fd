"""Columns as a file has them + a description → the tidy report, and what could not be taken.

Everything is done by columns; a writing is understood once, however many rows have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from bilat.errors import NoAnswer, Problem
from bilat.language import say
from bilat.sources import complaints as told_as
from bilat.sources.amounts import amounts, unknown_units, valuation
from bilat.sources.beside import codes_beside
from bilat.sources.columns import Columns, as_text, coded_report, is_one_of, plain, word, words
from bilat.sources.complaints import Complaint, Refused, told
from bilat.sources.currency import Rates
from bilat.sources.dataset import Areas, Dataset, ValueColumn
from bilat.sources.numbers import numbers
from bilat.sources.partners import Area, Atlas, is_area
from bilat.sources.periods import finder, written_periods
from bilat.sources.products import classifications, product_codes

Table = dict[str, pa.ChunkedArray]


@dataclass(frozen=True)
class Column:
    """One field of the report: as written, as read (null where unknown), and what to say then."""

    written: pa.ChunkedArray
    read: pa.ChunkedArray
    complaint: Complaint


def tidy(
    source: Columns, spec: Dataset, vintage: date, rates: Rates
) -> tuple[pa.Table, list[Problem]]:
    """The report, unchecked. Raises NoAnswer when a column that carries the answer is missing."""
    _require(source, spec)
    source = _only(source, spec)
    fields = _fields(source, spec)
    problems = list(unknown_units(source, spec))
    parts = []
    for value in spec.values:
        part, found = _of_value(source, spec, value, fields, rates)
        parts.append(part)
        problems += found
    table = pa.concat_tables(parts) if len(parts) > 1 else parts[0]
    return _report(table, source.file, spec, vintage), problems


def _require(source: Columns, spec: Dataset) -> None:
    present = source.table.column_names
    product = spec.product
    needed = [
        *(value.column for value in spec.values),
        *spec.reporter.columns,
        *spec.partner.columns,
        *(spec.period.column, spec.period.month, spec.flow.column),
        product.column,
        *(() if product.classification else (product.classification_column,)),
        *(spec.currency_column, spec.power_column),
    ]
    missing = [name for name in dict.fromkeys(needed) if name and name not in present]
    if missing:
        raise NoAnswer(
            say(
                "{file}: no column {missing}. “{dataset}” needs it; the file has {present}",
                file=source.file,
                missing=", ".join(f"“{name}”" for name in missing),
                dataset=spec.id,
                present=", ".join(present),
            )
        )


def _only(source: Columns, spec: Dataset) -> Columns:
    for name, wanted in spec.only.items():
        if name in source.table.column_names:
            mask = is_one_of(source.texts(name), wanted)
            if not pc.all(mask).as_py():
                source = source.where(mask)
    return source


def _fields(source: Columns, spec: Dataset) -> dict[str, Column]:
    """What every column of values shares."""
    codes = product_codes(source, spec.product)
    product_text = _text(source, spec.product.column)
    edition_text = _text(source, spec.product.classification_column)
    editions = classifications(source, spec.product, codes)
    partner, kind = _areas(source, spec.partner, _code), _areas(source, spec.partner, _kind)
    reporter = _areas(source, spec.reporter, _country)
    return {
        "reporter": reporter,
        "partner": partner,
        "partner_kind": kind,
        "product": Column(product_text, codes, told_as.UNKNOWN_PRODUCT),
        "classification": Column(edition_text, editions, told_as.UNKNOWN_EDITION),
    }


def _areas(source: Columns, spec: Areas, say_of: Callable[[Area], str | None]) -> Column:
    """What is said of each area; of several columns the first whose text is known decides."""
    atlas = Atlas(spec, codes_beside(source.folder, spec.table))
    complaint = told_as.unknown_area(atlas.nearest)
    if spec.code is not None:
        fixed = word(spec.code, len(source), pa.string())
        return Column(fixed, fixed, complaint)

    def find(text: str | None) -> str | None:
        area = atlas.find(text)
        return say_of(area) if area else None

    found = [words(source.texts(name), find, pa.string()) for name in spec.columns]
    read = pc.coalesce(*map(plain, found)) if len(found) > 1 else found[0]
    return Column(source.texts(spec.columns[0]), read, complaint)


def _code(area: Area) -> str | None:
    return area.code if area.kind != "country" or is_area(area.code) else None


def _country(area: Area) -> str | None:
    """Who reports is a country: a union's report repeats those of its members."""
    return area.code if area.kind == "country" and is_area(area.code) else None


def _kind(area: Area) -> str:
    return area.kind


def _text(source: Columns, name: str) -> pa.ChunkedArray:
    if name in source.table.column_names:
        return source.texts(name)
    return word("", len(source), pa.string())


def _of_value(
    source: Columns, spec: Dataset, value: ValueColumn, shared: dict[str, Column], rates: Rates
) -> tuple[pa.Table, list[Problem]]:
    """The rows that one column of values makes, and those that it cannot."""
    found = numbers(source.table.column(value.column), spec.layout)
    fields = {**shared, **_flow(source, spec, value), **_period(source, spec, value)}
    money = amounts(source, spec, found.values, fields["start"].read, fields["months"].read, rates)
    cells = source.table.column(value.column)
    fields["value_original"] = Column(cells, money.original, told_as.NOT_A_NUMBER)
    fields["value_usd"] = Column(money.currency, money.usd, told_as.NO_RATE)
    stated = pc.is_valid(found.values)
    if found.unreadable is not None:
        stated = pc.or_(stated, found.unreadable)
    good, problems = _sift(source, fields, stated)
    table: Table = {name: field.read for name, field in fields.items()}
    table |= {"currency": money.currency, "rate": money.rate, "net_kg": money.net_kg}
    table |= {"quantity": money.quantity, "quantity_unit": money.unit}
    table["valuation"] = valuation(source, spec, found.values, fields["flow"].read)
    table["line"] = pa.chunked_array([source.lines])
    made = pa.table(table)
    return (made if good is None else made.filter(good)), problems


def _flow(source: Columns, spec: Dataset, value: ValueColumn) -> dict[str, Column]:
    if value.flow is not None:
        fixed = word(value.flow, len(source), pa.string())
        return {"flow": Column(fixed, fixed, told_as.UNKNOWN_FLOW)}
    written = _text(source, spec.flow.column)
    read = words(written, lambda text: spec.flow.values.get((text or "").strip()), pa.string())
    return {"flow": Column(written, read, told_as.UNKNOWN_FLOW)}


def _period(source: Columns, spec: Dataset, value: ValueColumn) -> dict[str, Column]:
    periods = spec.period
    if value.period is not None:
        periods = periods.model_copy(update={"fixed": value.period})
    written = written_periods(source, periods)
    find = finder(written, periods)

    def start(text: str | None) -> date | None:
        period = find(text)
        return period.start if period else None

    def months(text: str | None) -> int | None:
        period = find(text)
        return period.months if period else None

    return {
        "start": Column(written, words(written, start, pa.date32()), told_as.UNKNOWN_PERIOD),
        "months": Column(written, words(written, months, pa.int16()), told_as.UNKNOWN_PERIOD),
    }


ORDER = (
    "value_original",
    "reporter",
    "partner",
    "flow",
    "start",
    "product",
    "classification",
    "value_usd",
)
"""What is looked at first: a row is told once, by the first thing that is wrong with it."""


def _sift(
    source: Columns, fields: dict[str, Column], stated: pa.ChunkedArray
) -> tuple[pa.ChunkedArray | None, list[Problem]]:
    """Which rows are good (None: all), and what is wrong with the stated ones that are not."""
    good = stated
    problems: list[Problem] = []
    for name in ORDER:
        field = fields[name]
        if field.read.null_count:
            valid = pc.is_valid(field.read)
            bad = pc.and_(good, pc.invert(valid))
            problems += _told(source, fields, field, bad)
            good = pc.and_(good, valid)
    value = fields["value_original"]
    below = pc.less(value.read, 0.0).fill_null(fill_value=False)
    if pc.any(below).as_py():
        nameless = Column(word("", len(source), pa.string()), value.read, told_as.NEGATIVE)
        problems += _told(source, fields, nameless, pc.and_(good, below))
        good = pc.and_(good, pc.invert(below))
    return (None if pc.all(good).as_py() is not False else good), problems


def _told(
    source: Columns, fields: dict[str, Column], field: Column, bad: pa.ChunkedArray
) -> Iterator[Problem]:
    if not pc.any(bad).as_py():
        return
    rows = pa.table(
        {
            "line": pa.chunked_array([source.lines]),
            "written": field.written,
            "flow": fields["flow"].written,
            "period": fields["start"].written,
            "value": fields["value_original"].read,
            "currency": fields["value_usd"].written,
        }
    ).filter(bad)
    cells = [_texts(rows.column(name)) for name in ("written", "flow", "period", "currency")]
    numbers_of = (rows.column(name).to_pylist() for name in ("line", "value"))
    refused = [
        Refused(line, written, flow, period, value, currency)
        for line, value, written, flow, period, currency in zip(*numbers_of, *cells, strict=True)
    ]
    yield from told(source.file, field.complaint, refused)


def _texts(column: pa.ChunkedArray) -> list[str]:
    return [text or "" for text in as_text(column).to_pylist()]


def _report(table: pa.Table, file: str, spec: Dataset, vintage: date) -> pa.Table:
    """All columns of the report, in its order; repeated words as numbers."""
    rows = table.num_rows
    columns: Table = {name: table.column(name) for name in table.column_names}
    columns["dataset"] = word(spec.id, rows, pa.string())
    columns["vintage"] = word(vintage, rows, pa.date32())
    columns["file"] = word(file, rows, pa.string())
    return coded_report(columns)
