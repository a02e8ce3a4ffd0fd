"""One side's report of one direction by product: what is traded, and what carried the change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from bilat.errors import NoAnswer
from bilat.trade.decomposition import (
    Concentration,
    PriceChange,
    ProductChange,
    concentration,
    price_change,
    product_change,
)
from bilat.trade.observed import source_id
from bilat.trade.reports import CONFIDENTIAL, Report, newest_first

Fate = Literal["continuing", "new", "lost"]


@dataclass(frozen=True)
class ProductLine:
    """One product in two years, dollars and kilograms; 0 where nothing is reported.

    share: of the later year's total. contribution: its change as a share of the earlier total,
    None where the earlier year is not known.
    """

    code: str
    before: float
    after: float
    share: float
    contribution: float | None
    fate: Fate | None
    kg_before: float | None
    kg_after: float | None


@dataclass(frozen=True)
class ProductView:
    """One direction of trade by product, as one side reports it, dollars.

    digits: the length of the codes. hidden: what is confidential or under no product, so that
    lines and hidden make the total. before, and what rests on it, are None where the year before
    is not told by product. editions: classification of the later and the earlier year.
    """

    exporter: str
    importer: str
    reporter: str
    dataset: str
    vintage: date
    year: int
    digits: int
    editions: tuple[str, str | None]
    total: float
    total_before: float | None
    hidden: float
    hidden_before: float | None
    lines: tuple[ProductLine, ...]
    change: ProductChange | None
    prices: PriceChange | None
    spread: Concentration | None
    spread_before: Concentration | None

    @property
    def source(self) -> str:
        return source_id(self.dataset, self.vintage)

    def of(self, code: str) -> ProductLine | None:
        return next((line for line in self.lines if line.code == code), None)


@dataclass(frozen=True)
class Basket:
    """The products of one flow in one year. values, kgs: by code of ``digits`` length.

    hidden: as reported under no product. finest: values by the finest code, and quantities of the
    same codes by unit, kilograms among them.
    """

    edition: str
    vintage: date
    digits: int
    values: Mapping[str, float]
    kgs: Mapping[str, float]
    hidden: float
    finest: Mapping[str, float]
    quantities: Mapping[str, Mapping[str, float]]


def basket(reports: Sequence[Report], digits: int) -> Basket:
    """From the product lines of one reporter, flow and year, of one edition, the newest.

    The publisher's own lines of ``digits`` length are taken where they are as complete as the
    finest ones; else the finest are added up. Where the finest are shorter, they are taken.
    reports: at least one.
    """
    lines = [row for row in reports if row.product != CONFIDENTIAL]
    edition = max((row.classification for row in lines or reports), key=newest_first)
    lines = [row for row in lines if row.classification == edition]
    longest = max((len(row.product) for row in lines), default=digits)
    finest = [row for row in lines if len(row.product) == longest]
    own = [row for row in lines if len(row.product) == digits]
    chosen = own if _value(own) >= 0.999 * _value(finest) else finest
    length = min(digits, longest)
    return Basket(
        edition,
        max(row.vintage for row in reports),
        length,
        _added(chosen, length),
        _weights(chosen, length),
        _hidden(reports, edition),
        _added(finest, longest),
        _quantities(finest),
    )


def _hidden(reports: Iterable[Report], edition: str) -> float:
    """What stands under no product; with the edition of the lines, or with none."""
    return _value(
        row
        for row in reports
        if row.product == CONFIDENTIAL and row.classification in (edition, "")
    )


def _value(rows: Iterable[Report]) -> float:
    return sum(row.value for row in rows)


def _added(rows: Iterable[Report], digits: int) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        sums[row.product[:digits]] += row.value
    return dict(sums)


def _weights(rows: Iterable[Report], digits: int) -> dict[str, float]:
    """Kilograms of products all of whose lines have a weight."""
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        sums[row.product[:digits]] += np.nan if row.kg is None else row.kg
    return {code: kg for code, kg in sums.items() if not np.isnan(kg)}


def _quantities(rows: Iterable[Report]) -> dict[str, dict[str, float]]:
    """Code → unit → quantity, where every line of the code has one in that unit."""
    lines: Counter[str] = Counter()
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        lines[row.product] += 1
        for unit, amount in _amounts(row).items():
            seen[row.product][unit] += 1
            sums[row.product][unit] += amount
    return {
        code: {unit: amount for unit, amount in units.items() if seen[code][unit] == lines[code]}
        for code, units in sums.items()
    }


def _amounts(row: Report) -> dict[str, float]:
    """Unit → amount; a quantity without a unit is in none that could be compared."""
    amounts = {row.unit or "": row.quantity}
    if row.kg:
        amounts["kg"] = row.kg
    return {unit: amount for unit, amount in amounts.items() if unit and amount and amount > 0}


def view(
    way: tuple[str, str],
    reporter: str,
    dataset: str,
    year: int,
    baskets: tuple[Basket, Basket | None],
    totals: tuple[float | None, float | None],
) -> ProductView:
    """way: exporter and importer. baskets, totals: of the year and of the year before."""
    now, then = baskets
    total = max(totals[0] or 0.0, _whole(now))
    total_before = None if then is None else max(totals[1] or 0.0, _whole(then))
    return ProductView(
        *way,
        reporter,
        dataset,
        now.vintage,
        year,
        now.digits,
        (now.edition, then.edition if then else None),
        total,
        total_before,
        total - sum(now.values.values()),
        None if then is None or total_before is None else total_before - sum(then.values.values()),
        _lines(now, then, total, total_before),
        _change(now, then),
        _prices(now, then),
        _spread(now),
        _spread(then),
    )


def _whole(one: Basket) -> float:
    return sum(one.values.values()) + one.hidden


def _lines(
    now: Basket, then: Basket | None, total: float, total_before: float | None
) -> tuple[ProductLine, ...]:
    before = then.values if then else {}
    weights = then.kgs if then else {}
    codes = sorted(now.values.keys() | before.keys())
    lines = (
        ProductLine(
            code,
            before.get(code, 0.0),
            now.values.get(code, 0.0),
            now.values.get(code, 0.0) / total if total else 0.0,
            (now.values.get(code, 0.0) - before.get(code, 0.0)) / total_before
            if total_before
            else None,
            _fate(now.values.get(code, 0.0), before.get(code, 0.0)) if then else None,
            weights.get(code),
            now.kgs.get(code),
        )
        for code in codes
        if now.values.get(code) or before.get(code)
    )
    return tuple(sorted(lines, key=lambda line: (-line.after, -line.before, line.code)))


def _fate(after: float, before: float) -> Fate:
    if after > 0 and before > 0:
        return "continuing"
    return "new" if after > 0 else "lost"


def _change(now: Basket, then: Basket | None) -> ProductChange | None:
    if then is None:
        return None
    codes = sorted(now.values.keys() | then.values.keys())
    before = np.array([then.values.get(code, 0.0) for code in codes])
    return product_change(before, np.array([now.values.get(code, 0.0) for code in codes]))


def _prices(now: Basket, then: Basket | None) -> PriceChange | None:
    """At the finest codes of both years, by weight, else by a unit that both years have."""
    if then is None:
        return None
    codes = sorted(now.finest.keys() | then.finest.keys())
    pairs = [_both(code, now, then) for code in codes]
    values = (
        np.array([then.finest.get(code, 0.0) for code in codes]),
        np.array([now.finest.get(code, 0.0) for code in codes]),
    )
    quantities = (np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs]))
    try:
        return price_change(*values, *quantities)
    except NoAnswer:
        return None


def _both(code: str, now: Basket, then: Basket) -> tuple[float, float]:
    after, before = now.quantities.get(code, {}), then.quantities.get(code, {})
    common = sorted(after.keys() & before.keys(), key=lambda unit: (unit != "kg", unit))
    return (before[common[0]], after[common[0]]) if common else (np.nan, np.nan)


def _spread(one: Basket | None) -> Concentration | None:
    values = [value for value in one.values.values() if value > 0] if one else []
    return concentration(np.array(values)) if values else None
