"""Whether trade gets better, and not only bigger: signs, charts and tables of one direction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.charts.quality import quality_chart
from bilat.brief.facts.potential import PotentialFacts
from bilat.brief.story.blocks import Block, Chart, Paragraph, Table
from bilat.brief.story.potential_quality import (
    quality_blocks,
    quality_title,
    together_blocks,
)
from bilat.language import say
from bilat_office.pages.trade import studies
from bilat_office.pages.trade.asking import Asked, asked_of
from bilat_office.pages.trade.days import question
from bilat_office.pages.trade.drawing import drawn
from bilat_office.pages.trade.grid import grid, grid_file
from bilat_office.pages.trade.keeping import key_of
from bilat_office.pages.trade.statistics import has_warehouse
from bilat_office.pages.trade.views.opportunities import (
    direction_filters,
    method_of,
    origins_of,
)
from bilat_office.pages.trade.views.years import CRUMB
from bilat_office.pages.trade.waiting import arrived, may_wait, waiting
from bilat_office.pages.visit import Visit, page, visit_of

TITLE = say("Quality of growth")
LEVEL = 6


@require_safe
@page
def quality(request: HttpRequest) -> HttpResponse:
    """One direction over up to ten years, and both together."""
    visit = visit_of(request)
    asked = asked_of(request.GET, visit.office.sides, level=LEVEL)
    context = direction_filters(visit, asked, TITLE)
    if not has_warehouse():
        return arrived(visit) or render(request, "trade/quality.html", context)
    found = studies.quality(question(visit, asked), waits=may_wait(visit))
    if found is None:
        return waiting(visit, TITLE, [CRUMB])
    facts = found.value
    if facts is None or facts.quality is None:
        context |= {"why": found.why}
        return arrived(visit) or render(request, "trade/quality.html", context)
    sides = visit.office.sides
    exporter = asked.exporter if asked.exporter in sides else sides[0]
    blocks = _blocks(facts, exporter)
    if "format" in request.GET:
        tables = [one for one in blocks if isinstance(one, Table)]
        wanted = request.GET.get("table", "")
        table = next((one for one in tables if one.name == wanted), tables[0])
        return grid_file(visit, table, table.name.lower())
    context |= {
        "facts": facts,
        "asked_exporter": exporter,
        "parts": _grouped(_part(visit, facts, asked, one) for one in blocks),
        "method": method_of(facts),
        "origins": origins_of(visit, facts),
    }
    return arrived(visit) or render(request, "trade/quality.html", context)


def _blocks(facts: PotentialFacts, exporter: str) -> list[Block]:
    assert facts.quality is not None  # noqa: S101 (the view has looked)
    one = next(each for each in facts.quality.directions if each.exporter == exporter)
    own = quality_blocks(one, quality_title(one))
    return [*own, *together_blocks(facts.quality, say("Both directions together"))]


def _grouped(parts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Charts that follow one another stand beside one another."""
    found: list[dict[str, Any]] = []
    for part in parts:
        if "chart" not in part:
            found.append(part)
        elif found and "charts" in found[-1]:
            found[-1]["charts"].append(part)
        else:
            found.append({"charts": [part]})
    return found


def _part(visit: Visit, facts: PotentialFacts, asked: Asked, one: Block) -> dict[str, Any]:
    """A sentence, a table or a chart, as the template takes it."""
    match one:
        case Paragraph():
            return {"says": one.text}
        case Table():
            return {"grid": grid(visit, one, paged=False)}
        case Chart():
            key = key_of("quality chart", one.subject, question(visit, asked), visit.words.lang)
            svg = drawn(key, visit, lambda: quality_chart(facts, one.subject, visit.words))
            return {"chart": svg, "title": one.title, "note": one.note}
    return {}
