"""Everything that a warehouse can say of one pair: the analyst's questions, answered at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.programme import Source
from bilat.trade.gaps import Gaps
from bilat.trade.holdings import Holding, holdings
from bilat.trade.observed import Reported, levels, reported, source_of
from bilat.trade.products import ProductView
from bilat.trade.reports import PairReports, Total, reports_of_pair
from bilat.trade.shelf import Shelf

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse

DIGITS = 4


@dataclass(frozen=True)
class PartnerShare:
    """How much of a side's exports (X) or imports (M) of a year the other side makes, dollars."""

    side: str
    flow: str
    year: int
    pair: float
    world: float
    share: float
    source: str


@dataclass(frozen=True)
class ReTrade:
    """Re-exports (RX) or re-imports (RM) of a year, dollars. share: of exports or imports."""

    reporter: str
    flow: str
    year: int
    value: float
    share: float | None
    source: str


@dataclass(frozen=True)
class PairStatistics:
    """What a warehouse says of a pair on a day.

    reported: totals by direction and side. year: of the products; None where nothing is told by
    product. views: each direction by product, the exporter's report first. gaps: both reports by
    product. sources: a record for each dataset and vintage. notes: what a reader has to know.
    """

    sides: tuple[str, str]
    held: tuple[Holding, ...]
    reported: tuple[Reported, ...]
    year: int | None
    views: tuple[ProductView, ...]
    gaps: tuple[Gaps, ...]
    shares: tuple[PartnerShare, ...]
    retrade: tuple[ReTrade, ...]
    sources: tuple[Source, ...]
    notes: tuple[Message, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    """Product code → what it is called, where a table of names was given."""

    @property
    def cited(self) -> set[str]:
        """Sources of everything but the totals, which cite theirs as observations."""
        found = {one.source for one in self.views} | {one.source for one in self.shares}
        found |= {one.source for one in self.retrade}
        return found.union(*(one.sources for one in self.gaps))


def read_statistics(
    warehouse: Warehouse,
    sides: tuple[str, str],
    *,
    as_of: date,
    datasets: Sequence[str] = (),
    year: int | None = None,
    digits: int = DIGITS,
    names: Mapping[str, str] | None = None,
) -> PairStatistics:
    """Ask a warehouse everything about a pair, as known on ``as_of``.

    datasets: in the order of preference; by default each side's own best one (`holdings`). year: of
    the products; by default the latest complete one whose year before is told by product too.
    digits: length of the product codes. Raises DatasetNotHeld, NoAnswer for a year without
    products, and what `Warehouse` raises.
    """
    reports = reports_of_pair(warehouse, sides, as_of)
    totals = reports.totals()
    held = holdings(totals, datasets)
    used = [item for item in held if item.used]
    loaded = reported(totals, used, sides)
    shelf = Shelf(reports, totals, held, digits, named=bool(datasets))
    chosen = _year(shelf, year)
    views, gaps = (shelf.views(chosen), shelf.gaps(chosen)) if chosen else ((), ())
    return PairStatistics(
        sides,
        held,
        loaded,
        chosen,
        views,
        gaps,
        tuple(_partner_shares(reports, loaded, sides)),
        tuple(_retrade(totals, held, sides)),
        _sources(totals, held),
        tuple(_notes(held, views, gaps)),
        names or {},
    )


def _year(shelf: Shelf, wanted: int | None) -> int | None:
    known = shelf.years
    if wanted is None:
        return shelf.newest
    if wanted not in known:
        raise NoAnswer(
            say(
                "{year}: neither side’s reports tell this year by product. Load it, or ask for "
                "one of: {known}",
                year=str(wanted),
                known=", ".join(str(year) for year in sorted(known)) or "–",
            )
        )
    return wanted


def _partner_shares(
    reports: PairReports, loaded: Iterable[Reported], sides: tuple[str, str]
) -> Iterator[PartnerShare]:
    """From totals with the world in the same dataset, the newest year first."""
    groups: dict[tuple[str, str, str], list[Total]] = defaultdict(list)
    for total in reports.world_totals():
        groups[total.dataset, total.reporter, total.flow].append(total)
    worlds = {
        (*key, item.period): item.value
        for key, group in groups.items()
        for item in levels(group, sides)
        if item.period.is_year
    }
    for item in sorted(loaded, key=lambda item: item.period, reverse=True):
        flow = "X" if item.reporter == item.exporter else "M"
        world = worlds.get((item.dataset, item.reporter, flow, item.period), 0.0)
        if world > 0:
            year, share = item.period.start.year, item.value / world
            yield PartnerShare(item.reporter, flow, year, item.value, world, share, item.source)


def _retrade(
    totals: Sequence[Total], held: Sequence[Holding], sides: tuple[str, str]
) -> Iterator[ReTrade]:
    """Full years, by the first dataset of each reporter that has them; the newest first."""
    groups: dict[tuple[str, str, str], list[Total]] = defaultdict(list)
    for total in totals:
        groups[total.dataset, total.reporter, total.flow].append(total)
    found: dict[tuple[int, str, str], ReTrade] = {}
    for holding in held:
        for flow, whole in (("RX", "X"), ("RM", "M")):
            key = (holding.dataset, holding.reporter)
            every = {
                item.period: item.value for item in levels(groups.get((*key, whole), []), sides)
            }
            for item in levels(groups.get((*key, flow), []), sides):
                year, base = item.period.start.year, every.get(item.period)
                if item.period.is_year:
                    share = item.value / base if base else None
                    found.setdefault(
                        (-year, item.reporter, flow),
                        ReTrade(item.reporter, flow, year, item.value, share, item.source),
                    )
    yield from (found[key] for key in sorted(found))


def _sources(totals: Iterable[Total], held: Sequence[Holding]) -> tuple[Source, ...]:
    """One for each dataset and vintage."""
    described = {(item.dataset, item.reporter): item for item in held}
    found: dict[str, Source] = {}
    for total in sorted(totals, key=lambda total: (total.dataset, total.vintage)):
        source = source_of(described[total.dataset, total.reporter], total.vintage)
        found.setdefault(source.id, source)
    return tuple(found.values())


def _newer(held: Sequence[Holding]) -> Iterator[Message]:
    """Datasets that go on after the one that counts for the side."""
    last = {item.reporter: item for item in reversed(held) if item.used}
    for item in held:
        counts = last.get(item.reporter)
        if counts and not item.used and item.kind != "exporters_only" and item.last > counts.last:
            yield say(
                "{dataset} goes on to {last} for {side}, {used} to {end}: name both to have the "
                "later periods too.",
                dataset=item.dataset,
                side=item.reporter,
                last=item.last,
                used=counts.dataset,
                end=counts.last,
            )


def _notes(
    held: Sequence[Holding], views: Iterable[ProductView], gaps: Iterable[Gaps]
) -> Iterator[Message]:
    if not held:
        yield say("The warehouse holds no report of this pair as known on this day.")
    for dataset in dict.fromkeys(
        item.dataset for item in held if item.kind == "exporters_only" and not item.used
    ):
        yield say(
            "{dataset} has exports only, as figures made from both reports have: it counts for "
            "no side. Name it as the dataset to use it.",
            dataset=dataset,
        )
    yield from _newer(held)
    for one in views:
        if one.editions[1] and one.editions[0] != one.editions[1]:
            yield say(
                "{dataset}: {year} is in {edition}, the year before in {before}. Some of the new "
                "and lost products are only codes that changed.",
                dataset=one.dataset,
                year=str(one.year),
                edition=one.editions[0],
                before=one.editions[1],
            )
    for pair in gaps:
        if pair.editions[0] != pair.editions[1]:
            yield say(
                "The exporter reports in {exporter}, the importer in {importer}: some products "
                "that only one of them has are only codes that differ.",
                exporter=pair.editions[0],
                importer=pair.editions[1],
            )
