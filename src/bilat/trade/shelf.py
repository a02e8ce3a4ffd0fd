"""The products of a pair by year, from the first dataset that tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bilat.trade.gaps import Gaps, Neighbours, added, at_length, hidden_share, product_gaps
from bilat.trade.holdings import Holding
from bilat.trade.observed import source_id
from bilat.trade.products import Basket, ProductView, basket, view
from bilat.trade.reports import PairReports, Total

Way = tuple[str, str]
Told = tuple[str, str, str]
"""Dataset, reporter, flow."""


class Shelf:
    """Baskets of each dataset, reporter, flow and full year; each is filled once.

    named: whether the datasets were asked for, so that no other one is taken.
    """

    def __init__(
        self,
        reports: PairReports,
        totals: Sequence[Total],
        held: Sequence[Holding],
        digits: int,
        *,
        named: bool,
    ) -> None:
        self._reports, self._digits = reports, digits
        self._held = [item for item in held if item.used or not named]
        self._years = _full_years(reports.product_periods())
        self._totals = _year_totals(totals, self._years)
        self._filled: dict[tuple[Told, int], Basket] = {}

    @property
    def years(self) -> set[int]:
        """Full years that any dataset tells by product."""
        return {year for told in self._candidates() for year in self._years.get(told, {})}

    @property
    def newest(self) -> int | None:
        """The latest whose year before is told by the same reports, else the latest."""
        pairs = {
            year
            for told in self._candidates()
            for year in self._years.get(told, {})
            if year - 1 in self._years[told]
        }
        return max(pairs or self.years, default=None)

    def views(self, year: int) -> tuple[ProductView, ...]:
        """Of each direction the exporter's report, then the importer's; else one made of both."""
        found: list[ProductView] = []
        for way in self._ways():
            told = [self._best(way, reporter, year) for reporter in way]
            if not any(told):
                told = [self._best(way, way[0], year, of_both=True)]
            found += [self._view(way, one, year) for one in told if one]
        return tuple(found)

    def gaps(self, year: int) -> tuple[Gaps, ...]:
        """Of the directions that both sides tell by product."""
        pairs = [(way, [self._best(way, one, year) for one in way]) for way in self._ways()]
        return tuple(
            self._gaps(way, (told[0], told[1]), year) for way, told in pairs if told[0] and told[1]
        )

    def _ways(self) -> tuple[Way, Way]:
        first, second = self._reports.sides
        return (first, second), (second, first)

    def _candidates(self) -> list[Told]:
        return [(item.dataset, item.reporter, flow) for item in self._held for flow in ("X", "M")]

    def _best(self, way: Way, reporter: str, year: int, *, of_both: bool = False) -> Told | None:
        """The first dataset with this year and the year before, else with this year."""
        flow = "X" if reporter == way[0] else "M"
        told = [
            (item.dataset, reporter, flow)
            for item in self._held
            if item.reporter == reporter and (item.used or of_both or item.kind != "exporters_only")
        ]
        there = [one for one in told if year in self._years.get(one, {})]
        return next((one for one in there if year - 1 in self._years[one]), next(iter(there), None))

    def _basket(self, told: Told, year: int) -> Basket | None:
        months = self._years.get(told, {}).get(year)
        if months is None:
            return None
        if (told, year) not in self._filled:
            rows = self._reports.products(*told, year)
            rows = [row for row in rows if row.months == months]
            self._filled[told, year] = basket(rows, self._digits)
        return self._filled[told, year]

    def _view(self, way: Way, told: Told, year: int) -> ProductView:
        baskets = self._basket(told, year), self._basket(told, year - 1)
        assert baskets[0] is not None  # noqa: S101 (`_best` found the year)
        totals = self._totals.get((told, year)), self._totals.get((told, year - 1))
        return view(way, told[1], told[0], year, (baskets[0], baskets[1]), totals)

    def _gaps(self, way: Way, told: tuple[Told, Told], year: int) -> Gaps:
        here = [one for one in (self._basket(item, year) for item in told) if one]
        digits = min(one.digits for one in here)
        exported, imported = (at_length(one.values, digits) for one in here)
        around = [added([one for one in self._around(item, year) if one], digits) for item in told]
        hidden = [
            hidden_share(one, self._totals.get((item, year), 0.0))
            for one, item in zip(here, told, strict=True)
        ]
        return Gaps(
            *way,
            year,
            digits,
            (told[0][0], told[1][0]),
            (source_id(told[0][0], here[0].vintage), source_id(told[1][0], here[1].vintage)),
            (here[0].edition, here[1].edition),
            (here[0].hidden, here[1].hidden),
            product_gaps(exported, imported, Neighbours(*around), max(hidden)),
        )

    def _around(self, told: Told, year: int) -> Iterator[Basket | None]:
        yield self._basket(told, year - 1)
        yield self._basket(told, year + 1)


def _full_years(
    periods: Iterable[tuple[str, str, str, date, int]],
) -> dict[Told, dict[int, int]]:
    """Year → length in months of the periods that make it: 12, else 1 or 3 if all are there."""
    seen: dict[tuple[Told, int, int], set[int]] = defaultdict(set)
    for dataset, reporter, flow, start, months in periods:
        seen[(dataset, reporter, flow), start.year, months].add(start.month)
    found: dict[Told, dict[int, int]] = defaultdict(dict)
    for length in (3, 1, 12):
        for (told, year, months), starts in seen.items():
            if months == length and starts == set(range(1, 13, months)):
                found[told][year] = length
    return dict(found)


def _year_totals(
    totals: Iterable[Total], years: dict[Told, dict[int, int]]
) -> dict[tuple[Told, int], float]:
    found: dict[tuple[Told, int], float] = defaultdict(float)
    for total in totals:
        told, year = (total.dataset, total.reporter, total.flow), total.start.year
        if years.get(told, {}).get(year) == total.months:
            found[told, year] += total.value
    return dict(found)
