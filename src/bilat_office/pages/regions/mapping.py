"""The map: regions of both sides, their links, and the projects; with tables behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.charts import picture
from bilat.brief.charts.map import Line, Spot, map_chart
from bilat.brief.facts.places import PlacesFact
from bilat.language import Words, say
from bilat_office.pages.exports import table_file
from bilat_office.pages.reckoning import chart_of, programme_of
from bilat_office.pages.regions.standing import places_unshown
from bilat_office.pages.regions.views import CRUMB
from bilat_office.pages.visit import Visit, page, visit_of

DRAWN = 40
"""So many projects are drawn: those that come first in the register; the list has all."""


@require_safe
@page
def region_map(request: HttpRequest) -> HttpResponse:
    """A point for each region that says where it is, and a line for each two that are linked."""
    visit = visit_of(request)
    programme_of(visit)
    facts = places_unshown(visit)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        return _file(visit, facts, "xlsx" if kind == "xlsx" else "csv")
    names = {place.id: place.name for place in facts.places}
    context = {
        "chart": _chart(visit, facts),
        "places": facts.places,
        "sites": facts.sites[:DRAWN],
        "left_out": max(0, len(facts.sites) - DRAWN),
        "pairs": [(names[pair.first], names[pair.second], pair) for pair in facts.pairs],
        "placed": sum(place.lat is not None for place in facts.places),
        "total": len(facts.places),
        "breadcrumbs": [CRUMB],
    }
    return render(request, "regions/map.html", context)


def _chart(visit: Visit, facts: PlacesFact) -> str:
    spots = _spots(visit, facts)
    if not spots:
        return ""
    sides = visit.office.sides
    lines = [Line(pair.first, pair.second) for pair in facts.pairs]

    def draw(words: Words) -> bytes:
        first, second = (words.show(visit.office.side_name(side)) for side in sides)
        return picture(map_chart(spots, lines, (first, second), words), "svg", words.lang)

    names = [visit.office.side_name(side) for side in sides]
    return chart_of(visit, "map", draw, of=(spots, lines, names))


def _spots(visit: Visit, facts: PlacesFact) -> list[Spot]:
    sides = list(visit.office.sides)
    found = [
        Spot(one.id, visit.words.show(one.name), sides.index(one.side), one.lat, one.lon)
        for one in facts.places
        if one.lat is not None and one.lon is not None and one.side in sides
    ]
    return found + [
        Spot(f"projects/{one.id}", visit.words.show(one.title), sides.index(one.side),
             one.lat, one.lon, "project")
        for one in facts.sites[:DRAWN]
    ]  # fmt: skip


def _file(visit: Visit, facts: PlacesFact, kind: Any) -> HttpResponse:
    labels = (
        say("Id"), say("Place"), say("Side"), say("Latitude"), say("Longitude"), say("Links"),
        say("Projects"),
    )  # fmt: skip
    rows = (
        [
            one.id, visit.words.show(one.name), one.side or "", _degrees(one.lat),
            _degrees(one.lon), str(one.links), str(one.projects),
        ]
        for one in facts.places
    )  # fmt: skip
    return table_file("regions", kind, [visit.words(label) for label in labels], rows)


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
