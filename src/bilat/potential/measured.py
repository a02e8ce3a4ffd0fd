"""From a measure in force to what `synthetic` compares: its flow, and flows that it did not touch.

The flow is the trade of the measure's products in its direction. Donors are the same products of
the exporter, or of anybody in a panel, sold to other countries, and what else the exporter sells to
the importer, by heading. Left out are the importer's purchases of those products from others (the
measure may have drawn them off), trade in the other direction, and products of other measures.
Values enter as logarithms less their mean before the start (Ferman and Pinto 2021): the growth is
compared, not the size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import Text, say
from bilat.potential.presence import Matrix, Vector
from bilat.potential.synthetic import LEVEL, Effect, did_it_work

HEADING = 4
DONORS = 20
"""Of the exporter, and the nearest in size. More fit the past by chance, and then foretell badly:
see benchmarks/worked.py."""
LARGEST, HALVINGS = 4.0, 12
"""Of a gap that is looked for, in logarithms, and how finely."""
BEFORE = 4
"""Years before the start that a control is fitted to, at least."""

Flow = tuple[str, str, str]
"""Exporter, importer, and the heading; an empty heading: the measure's products."""
Row = tuple[str, str, str, int, float]
"""Exporter, importer, product code, year, dollars."""


@dataclass(frozen=True)
class Case:
    """A measure in one direction. products: beginnings of codes, empty for all goods. start: the
    first year that counts as since; avoided: products of other measures."""

    id: str
    title: Text
    exporter: str
    importer: str
    products: tuple[str, ...]
    start: int
    avoided: tuple[str, ...] = ()

    def concerns(self, product: str) -> bool:
        return not self.products or product.startswith(self.products)


@dataclass(frozen=True)
class Compared:
    """years: (t,). actual: (t,) dollars. donors: (k, t) dollars, named. start: place of the first
    year since, t where there is none. gaps: donors left out for years without trade. far: for
    their size. visible: the smallest steady gap, in logarithms, that would be called an effect;
    None where none would."""

    case: Case
    years: tuple[int, ...]
    actual: Vector
    names: tuple[Flow, ...]
    donors: Matrix
    start: int
    gaps: int
    far: int
    visible: float | None
    effect: Effect = field(repr=False)

    @property
    def control(self) -> Vector:
        """(t,) dollars."""
        mean = np.log(self.actual[: self.start]).mean()
        control: Vector = np.exp(self.effect.control + mean)
        return control

    @property
    def since(self) -> int:
        """Years since the start."""
        return len(self.years) - self.start


def compare(case: Case, rows: Iterable[Row], last: int | None = None) -> Compared:
    """last: the last year that counts. Raises NoAnswer where the flow, the time before, or the
    donors do not suffice."""
    series = _series(case, rows, last)
    own = series.pop((case.exporter, case.importer, ""), {})
    years = _years(case, own, max((max(one) for one in series.values()), default=0))
    actual = np.array([own[year] for year in years])
    start = sum(year < case.start for year in years)
    whole = {name: one for name, one in series.items() if all(one.get(y, 0) > 0 for y in years)}
    names = _nearest(case, whole, years[:start], actual[:start])
    if len(names) < 2:
        raise _no_donors(case, len(series))
    donors = np.array([[whole[name][year] for year in years] for name in names])
    logs, others = _logs(actual, start), np.array([_logs(d, start) for d in donors])
    effect = did_it_work(logs, others, start)
    gaps, far = len(series) - len(whole), len(whole) - len(names)
    visible = _visible(logs, others, start, effect)
    return Compared(case, years, actual, names, donors, start, gaps, far, visible, effect)


def _visible(logs: Vector, donors: Matrix, start: int, effect: Effect) -> float | None:
    """By halving: placebos stay what they are, so that a larger gap only lowers p."""

    def seen(gap: float) -> bool:
        flow = np.concatenate([logs[:start], effect.control[start:] + gap])
        return did_it_work(flow, donors, start).p <= LEVEL

    if start == len(logs) or not seen(LARGEST):
        return None
    low, high = 0.0, LARGEST
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if seen(middle) else (middle, high)
    return high


def _logs(values: Vector, start: int) -> Vector:
    logs = np.log(values)
    logs -= logs[:start].mean()
    return np.asarray(logs, dtype=np.float64)


def _series(case: Case, rows: Iterable[Row], last: int | None) -> dict[Flow, dict[int, float]]:
    """Dollars by year of every flow that counts."""
    sums: dict[Flow, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for exporter, importer, product, year, value in rows:
        if last is not None and year > last:
            continue
        name = _flow(case, exporter, importer, product)
        if name is not None:
            sums[name][year] += value
    return dict(sums)


def _flow(case: Case, exporter: str, importer: str, product: str) -> Flow | None:
    """What a row adds to; None where it has no place in the comparison."""
    sides = {case.exporter, case.importer}
    if exporter == importer:
        return None
    if (exporter, importer) == (case.exporter, case.importer):
        if case.concerns(product):
            return exporter, importer, ""
        return None if _touched(case, product) else (exporter, importer, product[:HEADING])
    if {exporter, importer} == sides or not case.concerns(product):
        return None
    return None if importer == case.importer else (exporter, importer, "")


def _touched(case: Case, product: str) -> bool:
    """Whether its heading holds a product of this or another measure."""
    heading = product[:HEADING]
    return any(
        one.startswith(heading) or heading.startswith(one)
        for one in (*case.products, *case.avoided)
    )


def _years(case: Case, own: dict[int, float], last: int) -> tuple[int, ...]:
    """The years without a gap up to the last. Raises NoAnswer."""
    traded = {year for year, value in own.items() if value > 0}
    if not traded:
        raise NoAnswer(
            say(
                "{measure}: {exporter} exports none of its products to {importer} in this data. "
                "Name others with --product, or other data",
                measure=case.id,
                exporter=case.exporter,
                importer=case.importer,
            )
        )
    last = max(last, *traded)
    first = last
    while first - 1 in traded:
        first -= 1
    silent = [year for year in range(case.start, last + 1) if year not in traded]
    if silent:
        raise _silent(case, silent[0])
    years = tuple(range(first, last + 1))
    before = sum(year < case.start for year in years)
    if before < BEFORE:
        raise _short(case, before, first)
    return years


def _silent(case: Case, year: int) -> NoAnswer:
    return NoAnswer(
        say(
            "{measure}: nothing of it was traded from {exporter} to {importer} in {year}, after "
            "its start: growth from or to nothing cannot be compared. Name more products with "
            "--product",
            measure=case.id,
            exporter=case.exporter,
            importer=case.importer,
            year=str(year),
        )
    )


def _short(case: Case, before: int, first: int) -> NoAnswer:
    return NoAnswer(
        say(
            "{measure}: from {exporter} to {importer} there are {n} years with trade before its "
            "start in {start} (since {first}); {least} are needed. Load earlier years, or name "
            "more products with --product",
            measure=case.id,
            exporter=case.exporter,
            importer=case.importer,
            n=before,
            start=str(case.start),
            first=str(first),
            least=BEFORE,
        )
    )


def _no_donors(case: Case, seen: int) -> NoAnswer:
    return NoAnswer(
        say(
            "{measure}: of {n} other flows fewer than two have trade in every year, so that there "
            "is nothing to compare with. Load the world’s trade, see docs/sources.md",
            measure=case.id,
            n=seen,
        )
    )


def _nearest(
    case: Case, series: dict[Flow, dict[int, float]], before: tuple[int, ...], actual: Vector
) -> tuple[Flow, ...]:
    """The exporter's own first, as its supply is theirs too; then the nearest in size before the
    start. In the order of their names."""
    size = np.log(actual).mean()

    def distance(name: Flow) -> tuple[bool, float, Flow]:
        mean = np.log([series[name][year] for year in before]).mean()
        return name[0] != case.exporter, float(abs(mean - size)), name

    return tuple(sorted(sorted(series, key=distance)[:DONORS]))


def table_rows(
    exporter: NDArray[np.str_],
    importer: NDArray[np.str_],
    product: NDArray[np.str_] | None,
    year: NDArray[np.int64],
    value: Vector,
) -> Iterator[Row]:
    """Columns as rows. product: None where the table knows totals only."""
    codes = [""] * len(year) if product is None else product.tolist()
    yield from zip(
        exporter.tolist(), importer.tolist(), codes, year.tolist(), value.tolist(), strict=True
    )
