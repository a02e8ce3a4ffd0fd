"""Did a measure work? Its trade beside a control without it, on a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bilat.brief.charts.worked import control_chart
from bilat.brief.facts.worked import WayFact, WorkedFacts
from bilat.brief.story.blocks import Chart, Paragraph, Table
from bilat.brief.story.worked import TONES, way_blocks
from bilat.language import say
from bilat.potential.measures_in_force import Wished
from bilat_office.pages.reckoning import programme_of, standing
from bilat_office.pages.trade import studies
from bilat_office.pages.trade.asking import Asked, asked_of
from bilat_office.pages.trade.drawing import drawn
from bilat_office.pages.trade.grid import grid
from bilat_office.pages.trade.keeping import key_of
from bilat_office.pages.trade.statistics import Question, has_warehouse
from bilat_office.pages.trade.views.opportunities import method_of, origins_of
from bilat_office.pages.trade.views.years import direction_name
from bilat_office.pages.trade.waiting import arrived, may_wait, waiting
from bilat_office.pages.visit import Visit, page, visit_of

ROADMAP = say("Roadmap")
TITLE = say("Did it work?")


@require_safe
@page
def worked(request: HttpRequest, record_id: str) -> HttpResponse:
    """Of one measure: the verdict, its rank among placebos, and what it rests on."""
    visit = visit_of(request)
    measure = visit.door.get("commitments", record_id)
    title = measure.title(visit.words.lang)
    asked = asked_of(request.GET, visit.office.sides)
    wished = _wished(request, asked)
    crumbs = [(ROADMAP, reverse("roadmap")), (title, reverse("measure", args=[record_id]))]
    context: dict[str, Any] = {
        "title": say("Did it work? {measure}", measure=title),
        "record_id": record_id,
        "has_warehouse": has_warehouse(),
        "asked": asked,
        "all_goods": wished.products is not None,
        "directions": [(side, direction_name(visit, side)) for side in visit.office.sides],
        "breadcrumbs": crumbs,
    }
    if not has_warehouse():
        return arrived(visit) or render(request, "trade/worked.html", context)
    whole = Question(
        visit.office.sides, visit.today, dataset=asked.source,
        more=(f"commitments/{record_id}", standing(visit).key),
    )  # fmt: skip
    found = studies.worked(whole, programme_of(visit), wished, waits=may_wait(visit))
    if found is None:
        return waiting(visit, TITLE, crumbs)
    facts = found.value
    if facts is None:
        context |= {"why": found.why}
        return arrived(visit) or render(request, "trade/worked.html", context)
    context |= {
        "facts": facts,
        "ways": [_way(visit, facts, way, whole, wished) for way in facts.ways],
        "method": method_of(facts),
        "origins": origins_of(visit, facts, facts.data),
    }
    return arrived(visit) or render(request, "trade/worked.html", context)


def _wished(request: HttpRequest, asked: Asked) -> Wished:
    """year: since when it counts as working. goods=all: not only the measure's own products."""
    exporter = asked.exporter if len(asked.exporter) == 3 else None
    return Wished(exporter, () if request.GET.get("goods") == "all" else None, asked.year)


def _way(
    visit: Visit, facts: WorkedFacts, way: WayFact, asked: Question, wished: Wished
) -> dict[str, Any]:
    blocks = list(way_blocks(facts, way))
    first, *rest = [one for one in blocks if isinstance(one, Paragraph)]
    chart = next(one for one in blocks if isinstance(one, Chart))
    key = key_of("worked chart", way.exporter, asked, wished, visit.words.lang)
    return {
        "title": direction_name(visit, way.exporter),
        "verdict": first.text,
        "tone": TONES[way.verdict],
        "leads": [one.text for one in rest],
        "chart": drawn(key, visit, lambda: control_chart(facts, way.exporter, visit.words)),
        "chart_title": chart.title,
        "chart_note": chart.note,
        "tables": [grid(visit, one, paged=False) for one in blocks if isinstance(one, Table)],
    }
