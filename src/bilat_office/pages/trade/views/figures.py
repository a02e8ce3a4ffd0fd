"""One figure opened: source, publisher, version, method, and who loaded or entered it when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.fact import Level
from bilat.brief.facts.pair import PairFact
from bilat.brief.facts.stated import stated_facts
from bilat.brief.facts.ways import TradeWay, WayRow, trade_ways
from bilat.brief.trade_day import TradeDay
from bilat.language import Message, say
from bilat.programme import Observation, Programme
from bilat.trade.observed import Reported
from bilat.vocabulary import Period, Quantity, Unit
from bilat.vocabulary.text_type import Unreadable
from bilat_office.pages.addresses import address_of
from bilat_office.pages.reckoning import programme_unshown
from bilat_office.pages.trade.asking import BOTH, Asked, asked_of
from bilat_office.pages.trade.days import day_of, question, statistics
from bilat_office.pages.trade.views.product_figure import (
    figure_origins,
    no_figure,
    of_product,
)
from bilat_office.pages.trade.views.years import CRUMB, figure_address
from bilat_office.pages.trade.waiting import arrived, waiting
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import OfficeRefused

TITLE = say("A figure of trade")


@require_safe
@page
def figure(request: HttpRequest) -> HttpResponse:
    """Of an indicator, a period and a side; or of a product of one direction."""
    visit = visit_of(request)
    asked = asked_of(request.GET, visit.office.sides)
    is_product = bool(request.GET.get("product"))
    whole = question(visit, asked if is_product else Asked())
    found = statistics(visit, whole)
    if found is None:
        return waiting(visit, TITLE, [CRUMB])
    day = day_of(visit, found, whole)
    if is_product:
        context = of_product(visit, day, asked, request.GET["product"])
    elif request.GET.get("indicator"):
        context = _of_indicator(visit, day)
    else:
        context = {"title": TITLE, "is_empty": True}
    context["breadcrumbs"] = [CRUMB]
    return arrived(visit) or render(request, "trade/figure.html", context)


# Of an indicator


def _of_indicator(visit: Visit, day: TradeDay) -> dict[str, Any]:
    query = visit.request.GET
    programme = programme_unshown(visit)
    ways = trade_ways(day.trade, visit.office.sides, stated_facts(programme, visit.today))
    way = next((way for way in ways if way.indicator == query["indicator"]), None)
    period = _period(query.get("period", ""))
    row = way.of(period) if way else None
    if way is None or row is None:
        raise no_figure()
    side = query.get("side", "")
    if side == BOTH:
        return _of_both(visit, day, way, row)
    level = next((one for one in (row.first, row.second) if one and one.side == side), None)
    if level is None:
        raise no_figure()
    return _of_side(visit, day, way, row, level)


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except Unreadable as error:
        raise OfficeRefused("period", error.message) from None


def _of_side(
    visit: Visit, day: TradeDay, way: TradeWay, row: WayRow, level: Level
) -> dict[str, Any]:
    programme = programme_unshown(visit)
    loaded = _loaded(day.trade.pair, way, level)
    entered = _entered(programme, level, way)
    facts: list[tuple[Message, Any]] = [
        (say("Value"), level.in_unit(way.display_unit)),
        (say("Reported by"), day.side_name(level.side)),
        (say("Period"), level.period),
        (say("Valuation"), _valuation(way, level, loaded, entered)),
        (say("Method"), level.method or tuple(_method(loaded, entered is not None))),
    ]
    vintage = loaded.vintage if loaded else entered.vintage if entered else None
    facts.append((say("Version of"), vintage or say("not stated")))
    return {
        "title": say("{title}, {period}", title=way.title, period=row.period),
        "facts": facts,
        "parts": list(_parts(visit, day, way, level)),
        "record": entered and address_of("observations", entered.id),
        "entered": entered and list(visit.door.history("observations", entered.id))[-1:],
        "origins": figure_origins(visit, day, level.sources),
        "beside": _beside(day, way, row, level.side),
    }


def _valuation(
    way: TradeWay, level: Level, loaded: Reported | None, entered: Observation | None
) -> Any:
    known = loaded.valuation if loaded else entered.valuation if entered else None
    if known:
        return known
    if not way.exporter:
        return say("exports FOB and imports CIF, added")
    usual = "FOB" if level.side == way.exporter else "CIF"
    return say("not stated; {usual} is usual for it", usual=usual)


def _method(loaded: Reported | None, is_entered: bool) -> Iterator[Message]:  # noqa: FBT001
    if loaded is None:
        yield (
            say("entered as the source published it")
            if is_entered
            else say("months or quarters added up")
        )
        return
    if loaded.basis == "published":
        yield say("total as published")
    else:
        yield say("sum of the finest products and the confidential")
    if loaded.parts > 1:
        yield say("periods added up: {n}", n=loaded.parts)


def _loaded(pair: PairFact | None, way: TradeWay, level: Level) -> Reported | None:
    """What the warehouse has, where the figure is the warehouse's and no entered one."""
    for one in pair.reported if pair else ():
        if (one.exporter, one.reporter, one.period) == (way.exporter, level.side, level.period):
            return one if one.source in level.sources else None
    return None


def _entered(programme: Programme, level: Level, way: TradeWay) -> Observation | None:
    found = [
        item
        for item in programme.observations
        if (item.indicator, item.reporter, item.period) == (way.indicator, level.side, level.period)
        and item.unit.to_base(item.value) == level.value
    ]
    return max(found, key=lambda item: str(item.vintage or ""), default=None)


def _parts(
    visit: Visit, day: TradeDay, way: TradeWay, level: Level
) -> Iterator[tuple[Any, Any, str]]:
    """Both directions, where the figure is their sum."""
    if way.exporter or level.method is None:
        return
    stated = stated_facts(programme_unshown(visit), visit.today)
    for one in trade_ways(day.trade, visit.office.sides, stated):
        row = one.of(level.period) if one.exporter else None
        for each in (row.first, row.second) if row else ():
            if each and row and each.side == level.side:
                amount = each.in_unit(one.display_unit)
                yield one.title, amount, figure_address(one, row, each.side)


def _beside(day: TradeDay, way: TradeWay, row: WayRow, side: str) -> list[tuple[Any, Any, str]]:
    """The other side's report and what people stated of the same."""
    found: list[tuple[Any, Any, str]] = [
        (day.side_name(one.side), one.in_unit(way.display_unit), figure_address(way, row, one.side))
        for one in (row.first, row.second)
        if one and one.side != side
    ]
    for item in row.stated:
        who = say("{side}, stated on {day}", side=day.side_name(item.side), day=item.stated)
        found.append((who, item.text, address_of("figures", item.id)))
    return found


def _of_both(visit: Visit, day: TradeDay, way: TradeWay, row: WayRow) -> dict[str, Any]:
    one, unit = row.reconciled, Unit.parse(way.display_unit)
    if one is None:
        raise no_figure()
    facts: list[tuple[Message, Any]] = [
        (say("One flow (FOB)"), Quantity(round(one.value, 2), unit)),
        (
            say("80% interval"),
            say(
                "{low} to {high}",
                low=Quantity(round(one.low80, 2), unit),
                high=Quantity(round(one.high80, 2), unit),
            ),
        ),
        (say("Weight of the exporter’s report"), visit.words.percent(one.exporter_weight)),
        (say("Freight taken off the importer’s report"), visit.words.percent(one.cif_margin, 1)),
        (say("Method"), one.method),
    ]
    levels = [level for level in (row.first, row.second) if level]
    cited = dict.fromkeys(source for level in levels for source in level.sources)
    return {
        "title": say(
            "{title}, {period}: one flow of both reports", title=way.title, period=row.period
        ),
        "facts": facts,
        "origins": figure_origins(visit, day, tuple(cited)),
        "beside": _beside(day, way, row, ""),
    }
