"""Products: what is traded, what carried the change, where both reports differ, datasets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bilat.brief.charts import picture
from bilat.brief.charts.products import change_chart, gaps_chart
from bilat.brief.facts.pair import PairFact
from bilat.brief.story.blocks import Table
from bilat.brief.story.discrepancy import gaps_table
from bilat.brief.story.products import change_table, product_table
from bilat.brief.story.warehouse import shares_section, warehouse_section
from bilat.brief.trade_day import TradeDay
from bilat.language import Message, say
from bilat.trade.products import ProductView
from bilat_office.pages.reckoning import KEPT_FOR, programme_unshown
from bilat_office.pages.trade.asking import LEVELS, Asked, asked_of
from bilat_office.pages.trade.days import day_of, entered_sources, question, statistics
from bilat_office.pages.trade.grid import Row, grid, grid_file, sources_in
from bilat_office.pages.trade.keeping import key_of
from bilat_office.pages.trade.origins import Origin, origins
from bilat_office.pages.trade.statistics import has_warehouse
from bilat_office.pages.trade.views.years import CRUMB, direction_name
from bilat_office.pages.trade.waiting import arrived, waiting
from bilat_office.pages.visit import Visit, page, visit_of

PRODUCTS = say("Products")
GAPS = say("Both reports by product")
WAREHOUSE = say("Shares, re-exports and datasets")


@require_safe
@page
def products(request: HttpRequest) -> HttpResponse:
    """One direction by one report: the change, the list, and what it is made of."""
    visit = visit_of(request)
    asked = asked_of(request.GET, visit.office.sides)
    read = _read(visit, asked, PRODUCTS)
    if isinstance(read, HttpResponse):
        return read
    day, why = read
    pair = day.trade.pair
    view = _view(pair, asked)
    context = _context(visit, asked, pair, why, PRODUCTS)
    if pair is None or view is None:
        return arrived(visit) or render(request, "trade/products.html", context)
    table = product_table(day, pair, view)
    if "format" in request.GET:
        return grid_file(visit, table, "products")
    made_of = change_table(day, view)
    context |= {
        "asked_exporter": view.exporter,
        "asked_reporter": view.reporter,
        "grid": grid(visit, table, _product_address(view)),
        "tables": [grid(visit, made_of, paged=False)],
        "chart": _change_chart(visit, day, view, asked) if view.change else "",
        "chart_says": _change_says(day, view),
        "origins": _origins(visit, day, (table, made_of)),
        "reporters": [
            (one.reporter, visit.office.side_name(one.reporter))
            for one in pair.views
            if one.exporter == view.exporter
        ],
    }
    return arrived(visit) or render(request, "trade/products.html", context)


@require_safe
@page
def gaps(request: HttpRequest) -> HttpResponse:
    """One direction product by product: the importer against the exporter, with likely reasons."""
    visit = visit_of(request)
    asked = asked_of(request.GET, visit.office.sides)
    read = _read(visit, asked, GAPS)
    if isinstance(read, HttpResponse):
        return read
    day, why = read
    pair = day.trade.pair
    found = [one for one in pair.gaps if asked.exporter in ("", one.exporter)] if pair else []
    context = _context(visit, asked, pair, why, GAPS)
    if pair is None or not found:
        return arrived(visit) or render(request, "trade/products.html", context)
    one = found[0]
    table = gaps_table(day, pair, one)
    if "format" in request.GET:
        return grid_file(visit, table, "gaps")
    base = {"exporter": one.exporter, "year": one.year, "level": one.digits}

    def address(row: Row, place: int) -> str:
        return _figure({**base, "product": row[0].value}) if place == 0 else ""

    drawn = any(line.gap for line in one.lines)
    context |= {
        "asked_exporter": one.exporter,
        "grid": grid(visit, table, address),
        "tables": [],
        "chart": _gaps_chart(visit, day, one.exporter, asked) if drawn else "",
        "chart_says": say("The products in which the two reports are furthest apart."),
        "origins": _origins(visit, day, (table,)),
    }
    return arrived(visit) or render(request, "trade/products.html", context)


@require_safe
@page
def datasets(request: HttpRequest) -> HttpResponse:
    """What else the warehouse says of the pair, each table as a file of its own."""
    visit = visit_of(request)
    asked = asked_of(request.GET, visit.office.sides)
    read = _read(visit, asked, WAREHOUSE)
    if isinstance(read, HttpResponse):
        return read
    day, why = read
    pair = day.trade.pair
    tables = list(_warehouse_tables(day, pair)) if pair else []
    wanted = next((one for one in tables if one.name == request.GET.get("table")), None)
    if "format" in request.GET and (wanted or tables):
        return grid_file(visit, wanted or tables[0], (wanted or tables[0]).name)
    context = _context(visit, asked, pair, why, WAREHOUSE) | {
        "tables": [grid(visit, one, paged=False) for one in tables],
        "notes": pair.notes if pair else (),
        "origins": _origins(visit, day, tables),
    }
    return arrived(visit) or render(request, "trade/datasets.html", context)


def _warehouse_tables(day: TradeDay, pair: PairFact) -> Sequence[Table]:
    sections = (shares_section(day, pair), warehouse_section(day, pair))
    blocks = [block for section in sections if section for block in section.blocks]
    return [block for block in blocks if isinstance(block, Table)]


def _read(
    visit: Visit, asked: Asked, title: Message
) -> HttpResponse | tuple[TradeDay, Message | None]:
    """The day, and why the warehouse has no answer; or the page that says that it is coming."""
    whole = question(visit, asked)
    found = statistics(visit, whole)
    if found is None:
        return waiting(visit, title, [CRUMB])
    return day_of(visit, found, whole), found.why


def _context(
    visit: Visit, asked: Asked, pair: PairFact | None, why: Message | None, title: Message
) -> dict[str, Any]:
    reported = pair.reported if pair else ()
    return {
        "title": title,
        "asked": asked,
        "why": why,
        "has_warehouse": has_warehouse(),
        "breadcrumbs": [CRUMB],
        "directions": [(side, direction_name(visit, side)) for side in visit.office.sides],
        "years": sorted({one.period.start.year for one in reported if one.period.is_year})[::-1],
        "year": asked.year or (pair.year if pair else None),
        "levels": LEVELS,
        "datasets": list(dict.fromkeys(one.dataset for one in pair.held)) if pair else [],
        "is_filtered": bool(set(visit.request.GET) - {"sort", "order", "page", "wait"}),
        "notes": pair.notes if pair else (),
    }


def _view(pair: PairFact | None, asked: Asked) -> ProductView | None:
    """The direction and report that are asked for, else the first that is there."""
    views = pair.views if pair else ()
    return next(
        (
            one
            for one in views
            if asked.exporter in ("", one.exporter) and asked.reporter in ("", one.reporter)
        ),
        next((one for one in views if asked.exporter in ("", one.exporter)), None),
    )


def _product_address(view: ProductView) -> Any:
    base = {"exporter": view.exporter, "year": view.year, "level": view.digits}

    def address(row: Row, place: int) -> str:
        return _figure({**base, "product": row[0].value}) if place == 0 else ""

    return address


def _figure(query: dict[str, Any]) -> str:
    return f"{reverse('trade_figure')}?{urlencode(query)}"


def _origins(visit: Visit, day: TradeDay, tables: Sequence[Table]) -> list[Origin]:
    cited = set(sources_in(*tables))
    entered = entered_sources(programme_unshown(visit))
    return origins(visit, [item for item in day.sources if item.id in cited], entered)


def _change_says(day: TradeDay, view: ProductView) -> Message:
    moved = max(view.lines, key=lambda line: abs(line.after - line.before), default=None)
    if moved is None or view.total_before is None:
        return say("No product is told.")
    names = {"code": moved.code, "before": str(view.year - 1), "year": str(view.year)}
    if moved.after >= moved.before:
        return say("From {before} to {year} product {code} grew most.", **names)
    return say("From {before} to {year} product {code} fell most.", **names)


def _change_chart(visit: Visit, day: TradeDay, view: ProductView, asked: Asked) -> str:
    subject = f"{view.exporter}-{view.reporter}"
    return _drawn(visit, "change", subject, asked, lambda: change_chart(day, subject, visit.words))


def _gaps_chart(visit: Visit, day: TradeDay, exporter: str, asked: Asked) -> str:
    return _drawn(visit, "gaps", exporter, asked, lambda: gaps_chart(day, exporter, visit.words))


def _drawn(visit: Visit, name: str, subject: str, asked: Asked, draw: Any) -> str:
    """Of the warehouse alone, so that it is the same for everybody."""
    key = key_of(name, subject, question(visit, asked), visit.words.lang)
    kept = cache.get(key)
    if kept is None:
        kept = picture(draw(), "svg", visit.words.lang).decode()
        cache.set(key, kept, timeout=KEPT_FOR)
    return str(kept)
