"""Trade by year: what exporter and importer report, one flow of both, and what people stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bilat.brief.charts import picture
from bilat.brief.charts.trade import flow_chart
from bilat.brief.facts.fact import Level
from bilat.brief.facts.stated import StatedFact, stated_facts
from bilat.brief.facts.trade import FlowFact
from bilat.brief.facts.ways import TradeWay, WayRow, trade_ways, years_of
from bilat.brief.story.ways import way_finding
from bilat.brief.trade_day import TradeDay
from bilat.language import say
from bilat.trade import REASONS
from bilat.vocabulary import Quantity, Unit
from bilat_office.pages.addresses import address_of
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import Format
from bilat_office.pages.reckoning import KEPT_FOR, programme_unshown, standing
from bilat_office.pages.trade.asking import BOTH, Asked, asked_of
from bilat_office.pages.trade.days import day_of, entered_sources, question, statistics
from bilat_office.pages.trade.keeping import key_of
from bilat_office.pages.trade.origins import origins
from bilat_office.pages.trade.statistics import has_warehouse
from bilat_office.pages.trade.waiting import arrived, waiting
from bilat_office.pages.visit import Visit, page, visit_of

TITLE = say("Trade")
CRUMB = (TITLE, "/trade")
RECENT = 10
"""Years that stand open; the earlier ones are folded away until somebody asks for years."""


@dataclass(frozen=True)
class ShownFigure:
    """One figure: as words write it, and the page that says where it comes from."""

    text: str
    address: str


@dataclass(frozen=True)
class ShownRow:
    """One period of one direction."""

    period: Any
    first: ShownFigure | None
    second: ShownFigure | None
    difference: str
    gap: float | None
    reason: Any
    flow: ShownFigure | None
    interval: str
    stated: Sequence[tuple[StatedFact, Any, str]]
    """Each statement, the name of its side, and its page."""


@require_safe
@page
def trade(request: HttpRequest) -> HttpResponse:
    """The figures by year, or all that the filters leave as a file."""
    visit = visit_of(request)
    asked = asked_of(request.GET, visit.office.sides)
    whole = question(visit, Asked())
    found = statistics(visit, whole)
    if found is None:
        return waiting(visit, TITLE)
    day = day_of(visit, found, whole)
    programme = programme_unshown(visit)
    every = trade_ways(day.trade, visit.office.sides, stated_facts(programme, visit.today))
    ways = [_filtered(way, asked) for way in every if _is_asked(way, asked)]
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(visit, ways)
    sources = [item for item in day.sources if item.id in set(_sources(ways))]
    fold = _folded_until(ways, asked)
    context = {
        "asked": asked,
        "ways": [_shown(visit, day, way, asked, fold) for way in ways if way.rows],
        "count": sum(len(way.rows) for way in ways),
        "is_empty": not every,
        "is_filtered": bool(set(request.GET) - {"order"}),
        "years": years_of(every),
        "directions": _directions(visit, every),
        "sources": [item for item in day.sources if item.id in set(_sources(every))],
        "origins": origins(visit, sources, entered_sources(programme)),
        "has_warehouse": has_warehouse(),
        "why": found.why,
        "notes": day.trade.pair.notes if day.trade.pair else (),
        "title": TITLE,
    }
    return arrived(visit) or render(request, "trade/years.html", context)


def _directions(visit: Visit, ways: Iterable[TradeWay]) -> list[tuple[str, Any]]:
    found: dict[str, Any] = {}
    for way in ways:
        if way.exporter:
            found[way.exporter] = direction_name(visit, way.exporter)
        else:
            found[BOTH] = say("both together (turnover)")
    return list(found.items())


def direction_name(visit: Visit, exporter: str) -> Any:
    importer = next(side for side in visit.office.sides if side != exporter)
    return say(
        "{exporter} to {importer}",
        exporter=visit.office.side_name(exporter),
        importer=visit.office.side_name(importer),
    )


def _is_asked(way: TradeWay, asked: Asked) -> bool:
    return not asked.exporter or (way.exporter or BOTH) == asked.exporter


def _filtered(way: TradeWay, asked: Asked) -> TradeWay:
    rows = [row for row in way.rows if _in_years(row, asked)]
    if asked.source:
        rows = [_of_source(row, asked.source) for row in rows]
    kept = tuple(row for row in rows if row.first or row.second or row.stated or row.reconciled)
    return way.model_copy(update={"rows": kept if asked.newest_first else kept[::-1]})


def _in_years(row: WayRow, asked: Asked) -> bool:
    year = row.period.end.year
    return (asked.since or 0) <= year <= (asked.until or 9999)


def _of_source(row: WayRow, source: str) -> WayRow:
    """With what rests on this source alone; a comparison needs both reports."""
    first, second = (
        level if level and source in level.sources else None for level in (row.first, row.second)
    )
    both = bool(first and second)
    return row.model_copy(
        update={
            "first": first,
            "second": second,
            "difference": row.difference if both else None,
            "gap": row.gap if both else None,
            "reason": row.reason if both else None,
            "reconciled": row.reconciled if both else None,
            "stated": tuple(item for item in row.stated if source in item.sources),
        }
    )


def _sources(ways: Iterable[TradeWay]) -> Iterator[str]:
    for way in ways:
        for row in way.rows:
            for each in (row.first, row.second, *row.stated):
                yield from each.sources if each else ()


def _folded_until(ways: Sequence[TradeWay], asked: Asked) -> int:
    """The last year that is folded away; none of those that the filters ask for."""
    if asked.since or asked.until:
        return 0
    return max(years_of(ways), default=0) - RECENT


def _years_text(rows: Sequence[WayRow]) -> str:
    first, *_between, last = sorted(row.period.end.year for row in (rows[0], *rows))
    return f"{first}–{last}" if first < last else str(first)


def _shown(visit: Visit, day: TradeDay, way: TradeWay, asked: Asked, fold: int) -> dict[str, Any]:
    first, second = (day.side_name(side) for side in way.reporters)
    names = {"first": first, "second": second}
    recent = [row for row in way.rows if row.period.end.year > fold]
    earlier = [row for row in way.rows if row.period.end.year <= fold]
    return {
        "id": way.indicator,
        "title": way.title,
        "unit": Unit.parse(way.display_unit),
        "is_direction": bool(way.exporter),
        "first": say("{first}, exporter (FOB)", **names) if way.exporter else first,
        "second": say("{second}, importer (CIF)", **names) if way.exporter else second,
        "rows": [_row(visit, way, row) for row in recent],
        "earlier": [_row(visit, way, row) for row in earlier],
        "earlier_years": _years_text(earlier) if earlier else "",
        "has_flow": any(row.reconciled for row in way.rows),
        "finding": way_finding(way, day.side_name),
        "chart": _chart(visit, day, way, asked),
    }


def _row(visit: Visit, way: TradeWay, row: WayRow) -> ShownRow:
    words, scale = visit.words, Unit.parse(way.display_unit).scale
    one = row.reconciled
    return ShownRow(
        period=row.period,
        first=_figure(visit, way, row, row.first),
        second=_figure(visit, way, row, row.second),
        difference="" if row.difference is None else words.number(row.difference / scale, 1),
        gap=row.gap,
        reason=REASONS[row.reason] if row.reason else None,
        flow=ShownFigure(words.number(one.value / scale, 1), figure_address(way, row, BOTH))
        if one
        else None,
        interval=f"{words.number(one.low80 / scale, 1)}–{words.number(one.high80 / scale, 1)}"
        if one
        else "",
        stated=[
            (item, visit.office.side_name(item.side), address_of("figures", item.id))
            for item in row.stated
        ],
    )


def _figure(visit: Visit, way: TradeWay, row: WayRow, level: Level | None) -> ShownFigure | None:
    if level is None:
        return None
    number = level.in_unit(way.display_unit).scaled
    return ShownFigure(visit.words.number(number, 1), figure_address(way, row, level.side))


def figure_address(way: TradeWay, row: WayRow, side: str) -> str:
    query = urlencode({"indicator": way.indicator, "period": str(row.period), "side": side})
    return f"{reverse('trade_figure')}?{query}"


def _chart(visit: Visit, day: TradeDay, way: TradeWay, asked: Asked) -> str:
    """Of the years that the filters leave; none where no full year has a report."""
    flow = next(flow for flow in day.trade.flows if flow.indicator == way.indicator)
    periods = {row.period for row in way.rows if row.first or row.second or row.stated}
    rows = tuple(row for row in flow.rows if row.period in periods and row.levels)
    if not any(row.period.is_year for row in rows):
        return ""
    words = visit.words
    key = key_of("chart", standing(visit).key, visit.today, way.indicator, asked, words.lang)
    kept = cache.get(key)
    if kept is None:
        drawn: FlowFact = flow.model_copy(update={"rows": rows})
        kept = picture(flow_chart(day, drawn, words), "svg", words.lang).decode()
        cache.set(key, kept, timeout=KEPT_FOR)
    return str(kept)


def _file(visit: Visit, ways: Iterable[TradeWay]) -> HttpResponse:
    words = visit.words
    labels = (
        say("Indicator"), say("Unit"), say("Period"), say("First reporter"), say("First report"),
        say("Second reporter"), say("Second report"), say("Difference"), say("In per cent"),
        say("Likely reason"), say("One flow (FOB)"), say("80% from"), say("80% to"), say("Stated"),
        say("Sources"),
    )  # fmt: skip
    rows = (_cells(visit, way, row) for way in ways for row in way.rows)
    kind: Format = "xlsx" if visit.request.GET["format"] == "xlsx" else "csv"
    return table_file("trade", kind, [words(label) for label in labels], rows)


def _cells(visit: Visit, way: TradeWay, row: WayRow) -> list[str]:
    words, unit, one = visit.words, Unit.parse(way.display_unit), row.reconciled
    first, second = (visit.office.side_name(side) for side in way.reporters)
    said = (
        f"{words.show(visit.office.side_name(item.side))}: {words.show(item.text)}"
        for item in row.stated
    )
    flow = [one.value, one.low80, one.high80] if one else [None, None, None]
    return [
        words.show(way.title), words.show(unit), words.show(row.period),
        words.show(first), _scaled(row.first and row.first.value, unit),
        words.show(second), _scaled(row.second and row.second.value, unit),
        _scaled(row.difference, unit),
        "" if row.gap is None else f"{row.gap * 100:.1f}%",
        words(REASONS[row.reason]) if row.reason else "",
        *(_scaled(value, unit) for value in flow),
        "; ".join(said),
        "; ".join(dict.fromkeys(s for each in (row.first, row.second, *row.stated) if each
                                for s in each.sources)),
    ]  # fmt: skip


def _scaled(value: Any, unit: Unit) -> str:
    return "" if value is None else f"{Quantity(value, unit).scaled:.1f}"
