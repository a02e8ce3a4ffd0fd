"""Put the two reports of each flow beside each other: exporter's and importer's, in one row.

A report becomes one number, its flow's key with the side that reported in the lowest bit. Sorted,
both reports of a flow are neighbours, and so are two reports that say the same thing. As long as
they fit, the number of the row stands in the lower bits of the same 64: numbers alone sort several
times faster than an order of rows. Every processor sorts a run of them; runs are cut where flows
end, and each cut is merged and paired apart from the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from os import cpu_count
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bilat.language import say
from bilat.warehouse.declared import Declared, Table, opened

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Floats = NDArray[np.float64]
Number = TypeVar("Number", np.int32, np.float64)
_Beside: TypeAlias = tuple[Codes, Codes, Codes, Codes, Floats, Floats]
"""Exporter, importer, product, period, both sides' dollars."""
WIDEST = 63
"""Bits of a number that is never negative."""
CHUNK = 1 << 16
"""Rows that are worked on at a time: they stay in the processor's cache."""
TWICE = say("{where}: two rows say the same thing: {row}. Keep the one that counts")


@dataclass(frozen=True)
class Paired:
    """n flows, sorted by exporter, importer, product, period, with what either side reported; those
    of which no side reported more than nothing are left out.

    exporter, importer, product, period: (n,) codes. x, m: (n,) dollars, nan where not reported.
    countries, products, periods: names by code; periods in their own order. distance_km: (c, c),
    nan where unknown. contiguous: (c, c). unit_values: by code of product, median dollars a
    kilogram of its reports, nan where no report has a weight.
    """

    exporter: Codes
    importer: Codes
    product: Codes
    period: Codes
    x: Floats
    m: Floats
    countries: list[str]
    products: list[str]
    periods: list[Any]
    distance_km: Floats
    contiguous: NDArray[np.bool_]
    unit_values: Floats

    def __len__(self) -> int:
        return len(self.x)


def pair_reports(reports: Table, geo: Table | None = None) -> Paired:
    """Raises BilatError for a table that is not as `declared` says; a flow without a row in ``geo``
    is no error, its distance is unknown."""
    with opened(reports, geo) as (ours, theirs):
        names = (ours.names("reporter", "partner"), ours.names("product"), ours.values("period"))
        keys = Keys(*names, rows=len(ours))
        beside = _beside(keys, *_read(ours, keys), ours)
        shape = (len(names[0]), len(names[0]))
        distance, contiguous = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
        if theirs is not None:
            _fill(theirs, names[0], distance, contiguous)
        known = ours.unit_values() if ours.weighed else {}
    values = np.array([known.get(name, np.nan) for name in names[1]], dtype=np.float64)
    return Paired(*beside, *names, distance, contiguous, values)


class Keys:
    """How a report is written as one number, and read again.

    From the highest bit: exporter, importer, product, period, the side that reports (0 the
    exporter), the row; each in as many bits as it needs. There is no row in it (``row`` bits are 0)
    where it would not fit into 63 bits.
    """

    def __init__(
        self, countries: Sequence[str], products: Sequence[str], periods: Sequence[Any], rows: int
    ) -> None:
        self.names = (countries, countries, products, periods)
        self.widths = [max(len(names) - 1, 1).bit_length() for names in self.names]
        needed = max(rows, 1).bit_length()
        self.row = needed if sum(self.widths) + 1 + needed <= WIDEST else 0
        period = self.row + 1
        product = period + self.widths[3]
        importer = product + self.widths[2]
        exporter = importer + self.widths[1]
        codes = np.arange(max(len(countries), len(products), len(periods)), dtype=np.int64)
        ours, theirs = codes[: len(countries)] << exporter, codes[: len(countries)] << importer
        self._reporter = np.concatenate([ours, theirs + (1 << self.row)])
        self._partner = np.concatenate([theirs, ours])
        self._product = codes[: len(products)] << product
        self._period = codes[: len(periods)] << period
        self._codes = [{str(name): code for code, name in enumerate(side)} for side in self.names]

    def of(self, batch: pa.RecordBatch) -> Ints:
        """(n,) the numbers of some reports, without their rows."""
        countries, _partners, products, periods = self._codes
        place = np.arange(len(countries))
        side = _looked_up(batch["flow"], {"X": 0, "M": 1}, np.array([0, len(countries)]))
        key = self._reporter.take(side + _looked_up(batch["reporter"], countries, place))
        key += self._partner.take(side + _looked_up(batch["partner"], countries, place))
        key += _looked_up(batch["product"], products, self._product)
        key += _looked_up(batch["period"], periods, self._period)
        return key

    def apart(self, key: Ints) -> tuple[Codes, Codes, Codes, Codes]:
        """Exporter, importer, product, period of (n,) keys of flows."""
        found, rest = [], key
        for width in reversed(self.widths):
            found.append((rest & ((1 << width) - 1)).astype(np.int32))
            rest = rest >> width
        return found[3], found[2], found[1], found[0]

    def example(self, key: int) -> list[Any]:
        """Reporter, partner, flow, period, product of one report's number."""
        codes = [int(code[0]) for code in self.apart(np.array([key >> 1]))]
        sides = [self.names[0][code] for code in codes[:2]]
        flow = "M" if key & 1 else "X"
        names = sides[::-1] if key & 1 else sides
        return [*names, flow, self.names[3][codes[3]], self.names[2][codes[2]]]


def _looked_up(column: pa.Array, codes: Mapping[str, int], values: Ints) -> Ints:
    """(n,) the value of each name's code; a name is looked up once, not at every row."""
    coded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    known = [codes.get(str(name), 0) for name in coded.dictionary.to_pylist()]
    return values[known].take(_plain(coded.indices, np.int32))


def _plain(column: pa.Array, kind: type[Number]) -> NDArray[Number]:
    """(n,) numbers of a column without nulls. `to_numpy` does the same, but loads pandas where it
    is installed."""
    numbers = pc.cast(column, pa.from_numpy_dtype(kind), safe=False)
    size = np.dtype(kind).itemsize
    return np.frombuffer(numbers.buffers()[1], kind, len(numbers), numbers.offset * size)


def _read(declared: Declared, keys: Keys) -> tuple[Ints, Floats]:
    """(n,) the number of every report, and its dollars, in the table's order."""
    n = len(declared)
    key, value = np.empty(n, np.int64), np.empty(n)

    def fill(stretch: tuple[int, int]) -> None:
        part, start = stretch
        for batch in declared.batches(part):
            rows = slice(start, start + len(batch))
            key[rows] = keys.of(batch)
            if keys.row:
                key[rows] += np.arange(rows.start, rows.stop)
            value[rows] = _plain(batch["value_usd"], np.float64)
            start = rows.stop

    _in_parallel(fill, declared.stretches())
    return key, value


def _beside(keys: Keys, key: Ints, value: Floats, declared: Declared) -> _Beside:
    """Flows in order, each once, and both sides' dollars. ``key`` is sorted in place."""
    runs = _runs(key) if keys.row else [key]
    if not keys.row:
        order = np.argsort(key, kind="stable")
        runs, value = [key.take(order)], value.take(order)

    cuts = _whole_flows(runs, keys.row + 1)
    # There are never more flows than reports.
    found = _Room(len(key))
    starts: list[Future[int]] = [Future() for _ in range(len(cuts) + 1)]
    starts[0].set_result(0)

    def fill(place: int) -> None:
        try:
            columns = _paired(keys, _sorted_part(runs, cuts[place], value, keys.row), declared)
            start = starts[place].result()
        except BaseException as error:
            starts[place + 1].set_exception(error)
            raise
        starts[place + 1].set_result(start + len(columns[0]))
        found.put(start, columns)

    _in_parallel(fill, range(len(cuts)))
    return found.take(starts[-1].result())


class _Room:
    """Columns for up to n flows; memory is taken as they are filled."""

    def __init__(self, n: int) -> None:
        self.codes = [np.empty(n, np.int32) for _ in range(4)]
        self.dollars = [np.empty(n) for _ in range(2)]

    def put(self, start: int, columns: _Beside) -> None:
        rows = slice(start, start + len(columns[0]))
        for code, new in zip(self.codes, columns[:4], strict=True):
            code[rows] = new
        for side, dollars in zip(self.dollars, columns[4:], strict=True):
            side[rows] = dollars

    def take(self, rows: int) -> _Beside:
        exporter, importer, product, period = (code[:rows] for code in self.codes)
        x, m = (side[:rows] for side in self.dollars)
        return exporter, importer, product, period, x, m


def _paired(keys: Keys, part: tuple[Ints, Floats], declared: Declared) -> _Beside:
    number, dollars = part
    twice = np.flatnonzero(number[1:] == number[:-1])
    if len(twice):
        raise declared.refuse(TWICE, keys.example(int(number[twice[0]])))
    flow, x, m = _sides(number, dollars)
    return *keys.apart(flow), x, m


def _runs(key: Ints) -> list[Ints]:
    """As many parts as there are processors, each sorted."""
    edges = np.linspace(0, len(key), (cpu_count() or 1) + 1).astype(np.int64)
    runs = [key[first:last] for first, last in pairwise(edges)]
    _in_parallel(lambda run: run.sort(), runs)
    return runs


def _whole_flows(runs: list[Ints], below: int) -> list[tuple[slice, ...]]:
    """Where to cut sorted runs, all of a flow together, at most `CHUNK` reports of each run.

    below: bits that are not the flow's.
    """
    starts = np.unique(np.concatenate([run[CHUNK::CHUNK] >> below << below for run in runs]))
    cuts = [np.concatenate([[0], np.searchsorted(run, starts), [len(run)]]) for run in runs]
    places = range(len(starts) + 1)
    return [tuple(slice(cut[place], cut[place + 1]) for cut in cuts) for place in places]


def _sorted_part(
    runs: list[Ints], part: tuple[slice, ...], value: Floats, row: int
) -> tuple[Ints, Floats]:
    """Flow and side of some reports, sorted, and their dollars."""
    if not row:
        return runs[0][part[0]], value[part[0]]
    key = np.concatenate([run[some] for run, some in zip(runs, part, strict=True)])
    key.sort()
    return key >> row, value.take(key & ((1 << row) - 1))


def _sides(number: Ints, dollars: Floats) -> tuple[Ints, Floats, Floats]:
    """Flows of which a side reported more than nothing, each once, and the dollars of exporter and
    importer, nan where there are none.

    number: (n,) flow and side, sorted, each once.
    """
    flow = number >> 1
    new = np.ones(len(flow), dtype=bool)
    np.not_equal(flow[1:], flow[:-1], out=new[1:])
    place = np.cumsum(new)
    sides = np.full(2 * int(new.sum()), np.nan)
    sides[2 * place - 2 + (number & 1)] = dollars
    x, m = sides[0::2], sides[1::2]
    some = (x > 0) | (m > 0)
    flow = flow[new]
    return (flow, x, m) if some.all() else (flow[some], x[some], m[some])


def _in_parallel(work: Callable[[Any], None], parts: Sequence[Any]) -> None:
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        for _done in pool.map(work, parts):
            pass


def _fill(geo: Declared, countries: list[str], distance: Floats, contiguous: Any) -> None:
    """A row holds for both directions."""
    codes = {name: code for code, name in enumerate(countries)}
    for a, b, kilometres, touching in geo.rows(
        "select a::varchar, b::varchar, distance_km::double, contiguous::boolean from {view}"
    ):
        if a in codes and b in codes:
            i, j = codes[a], codes[b]
            distance[i, j] = distance[j, i] = kilometres
            contiguous[i, j] = contiguous[j, i] = bool(touching)
