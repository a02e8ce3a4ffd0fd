"""Where trade can grow: opportunities, why one is one, and a draft measure made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from bilat.brief.charts.potential import potential_chart
from bilat.brief.facts.potential import PotentialFacts, WayFact
from bilat.brief.story.beside_gravity import agreement, beside_gravity, verdict
from bilat.brief.story.blocks import Cell, Column, Paragraph, Table
from bilat.brief.story.potential import method_section, opportunities_lead, opportunities_table
from bilat.brief.story.potential_why import why_sections
from bilat.language import Message, say
from bilat.potential.draft import indicator_of
from bilat.potential.sectors import sectors
from bilat.programme import Commitment
from bilat_office.pages.reckoning import programme_of
from bilat_office.pages.trade import studies
from bilat_office.pages.trade.asking import LEVELS, Asked, asked_of, not_there
from bilat_office.pages.trade.days import question
from bilat_office.pages.trade.drawing import drawn
from bilat_office.pages.trade.grid import Row, grid, grid_file
from bilat_office.pages.trade.keeping import Kept, key_of
from bilat_office.pages.trade.origins import Origin, origins
from bilat_office.pages.trade.statistics import Question, has_warehouse
from bilat_office.pages.trade.views.years import CRUMB, direction_name
from bilat_office.pages.trade.waiting import arrived, may_wait, waiting
from bilat_office.pages.views.editing import Subject, demand_writing, record_form
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.viewer import JOINT

TITLE = say("Opportunities")
LEVEL = 6


@require_safe
@page
def opportunities(request: HttpRequest) -> HttpResponse:
    """Products of one direction by what is unrealised of their potential."""
    visit = visit_of(request)
    asked = asked_of(request.GET, visit.office.sides, level=LEVEL)
    context = direction_filters(visit, asked, TITLE)
    context["sectors"] = [(one.id, one.title) for one in sectors()]
    if not has_warehouse():
        return arrived(visit) or render(request, "trade/opportunities.html", context)
    found = _opportunities(visit, asked)
    if found is None:
        return waiting(visit, TITLE, [CRUMB])
    facts = found.value
    if facts is None:
        context |= {"why": found.why}
        return arrived(visit) or render(request, "trade/opportunities.html", context)
    exporter = asked.exporter if asked.exporter in visit.office.sides else visit.office.sides[0]
    way = next(one for one in facts.ways if one.exporter == exporter)
    table = opportunities_table(facts, way)
    if "format" in request.GET:
        return grid_file(visit, table, "opportunities")
    has_chart = any(one.unrealised > 0 for one in way.products)
    context |= {
        "facts": facts,
        "asked_exporter": exporter,
        "leads": opportunities_lead(way),
        "gravity": gravity_shown(way),
        "grid": grid(visit, _with_drafts(visit, way, table), _addresses(visit, exporter)),
        "chart": _chart(visit, facts, exporter, asked) if has_chart else "",
        "chart_says": say(
            "Dark: trade now. Light: what is unrealised, thousand USD a year; lines: 80% interval."
        ),
        "method": method_of(facts),
        "origins": origins_of(visit, facts),
    }
    return arrived(visit) or render(request, "trade/opportunities.html", context)


@require_safe
@page
def opportunity(request: HttpRequest, exporter: str, product: str) -> HttpResponse:
    """Why one product is an opportunity, and the way to a measure."""
    visit = visit_of(request)
    asked = asked_of(request.GET, visit.office.sides, level=LEVEL)
    _check(visit, exporter, product)
    found = _why(visit, exporter, product, asked)
    if found is None:
        return waiting(visit, TITLE, [CRUMB, (TITLE, reverse("opportunities"))])
    context: dict[str, Any] = {
        "needs_world": True,
        "may_load": visit.may("load"),
        "title": say("{direction}: {product}", direction=direction_name(visit, exporter),
                     product=product),
        "why": found.why,
        "exporter": exporter,
        "product": product,
        "breadcrumbs": [CRUMB, (TITLE, reverse("opportunities"))],
    }  # fmt: skip
    if found.value is not None:
        facts, content = found.value
        context |= _explained(visit, facts, content)
    return arrived(visit) or render(request, "trade/opportunity.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def measure_draft(request: HttpRequest, exporter: str, product: str) -> HttpResponse:
    """A measure that uses what is unrealised, in the ordinary form of records."""
    visit = visit_of(request)
    demand_writing(visit)
    _check(visit, exporter, product)
    asked = asked_of(request.GET, visit.office.sides, level=LEVEL)
    found = _why(visit, exporter, product, asked)
    if found is None:
        return waiting(visit, TITLE, [CRUMB, (TITLE, reverse("opportunities"))])
    if found.value is None:
        raise not_there(found.why or _no_warehouse())
    content = _as_measure(visit, exporter, found.value[1])
    content |= {"id": request.POST.get("id", content["id"]).strip()}
    seen = visit.side if request.POST.get("visibility") == visit.side else JOINT
    subject = Subject(
        "commitments", content["id"], content, seen, None, is_new=True,
        reason=visit.words.show(content["reason"]),
        found_in=_way_back(exporter, product),
    )  # fmt: skip
    return arrived(visit) or record_form(visit, subject)


def _way_back(exporter: str, product: str) -> tuple[tuple[Any, str], ...]:
    why = (product, reverse("opportunity", args=[exporter, product]))
    return (CRUMB, (TITLE, reverse("opportunities")), why)


def _as_measure(visit: Visit, exporter: str, drafted: dict[str, Any]) -> dict[str, Any]:
    """With the programme's own indicator, and whoever drafts it as the one who assumes it."""
    indicator = indicator_of(programme_of(visit), exporter)
    author = visit.person.name
    effect = {**drafted["effect"], "indicator": indicator, "author": author}
    return {**drafted, "effect": effect, "author": author}


def _explained(visit: Visit, facts: PotentialFacts, content: dict[str, Any]) -> dict[str, Any]:
    blocks = [block for section in why_sections(facts) for block in section.blocks]
    measure = programme_of(visit).find(Commitment, content["id"])
    return {
        "facts": facts,
        "leads": [block.text for block in blocks if isinstance(block, Paragraph)],
        "tables": [grid(visit, one, paged=False) for one in blocks if isinstance(one, Table)],
        "method": method_of(facts),
        "origins": origins_of(visit, facts),
        "measure": measure,
        "has_rates": all(one.one.rates for one in facts.why),
        "is_unrealised": any(one.one.unrealised > 0 for one in facts.why),
        "may_draft": may_draft(visit),
    }


def _check(visit: Visit, exporter: str, product: str) -> None:
    if exporter not in visit.office.sides:
        raise not_there(say("“{side}” is no side of this programme.", side=exporter))
    if not (product.isascii() and product.isdecimal() and len(product) in LEVELS):
        raise not_there(
            say("“{code}” is no product; write 2, 4 or 6 digits of the code", code=product)
        )


def _opportunities(visit: Visit, asked: Asked) -> Kept[PotentialFacts] | None:
    more = (asked.sector,) if asked.sector else ()
    whole: Question = question(visit, asked, more=more)
    return studies.opportunities(whole, waits=may_wait(visit))


def _why(visit: Visit, exporter: str, product: str, asked: Asked) -> Any:
    if not has_warehouse():
        return Kept(None, _no_warehouse())
    whole = Question(
        visit.office.sides, visit.today, len(product), asked.source, asked.year, (exporter, product)
    )
    return studies.why(whole, waits=may_wait(visit))


def _no_warehouse() -> Message:
    return say("No statistics have been loaded into this office yet.")


def direction_filters(visit: Visit, asked: Asked, title: Message) -> dict[str, Any]:
    """What a page of one direction of the pair in the world begins with."""
    return {
        "title": title,
        "asked": asked,
        "has_warehouse": has_warehouse(),
        "needs_world": True,
        "may_load": visit.may("load"),
        "breadcrumbs": [CRUMB],
        "directions": [(side, direction_name(visit, side)) for side in visit.office.sides],
        "levels": LEVELS,
        "is_filtered": bool(set(visit.request.GET) - {"sort", "order", "page", "wait"}),
    }


def gravity_shown(way: WayFact) -> dict[str, Any]:
    """The second opinion of a direction; without ``says`` where gravity has none."""
    if way.gravity is None:
        return {"word": say("has none"), "tone": "quiet"}
    word, tone = verdict(way.gravity, way.total)
    return {
        "word": word,
        "tone": tone or "plain",
        "says": beside_gravity(way.gravity),
        "agrees": agreement(way.gravity, way.total),
    }


def _with_drafts(visit: Visit, way: WayFact, table: Table) -> Table:
    """A last column from which a product becomes a measure, for whoever may write one."""
    if not may_draft(visit):
        return table
    unrealised = {one.product for one in way.products if one.unrealised > 0}
    rows = [
        (*line, Cell(_draft_of(line[0].value) if line[0].value in unrealised else None))
        for line in table.rows
    ]
    return replace(table, columns=(*table.columns, Column(say("Measure"))), rows=tuple(rows))


def _draft_of(product: str) -> Message:
    return say("Draft {product}", product=product)


def _addresses(visit: Visit, exporter: str) -> Any:
    """Of the product: why it is one; of the last column: the draft. Both of the same year."""
    query = {name: one for name in ("source", "year") if (one := visit.request.GET.get(name))}
    tail = f"?{urlencode(query)}" if query else ""

    def address(row: Row, place: int) -> str:
        named = [exporter, row[0].value]
        if place == 0:
            return reverse("opportunity", args=named) + tail
        is_draft = place == len(row) - 1 and isinstance(row[place].value, Message)
        return reverse("measure_draft", args=named) + tail if is_draft and may_draft(visit) else ""

    return address


def may_draft(visit: Visit) -> bool:
    return visit.may("draft") or visit.may("write_private")


def method_of(facts: Any) -> list[Any]:
    (table,) = (one for one in method_section(facts.method).blocks if isinstance(one, Table))
    return [row[0].value for row in table.rows]


def origins_of(visit: Visit, facts: Any, dataset: str = "") -> list[Origin]:
    """The one dataset; its loads are found under the id of its version."""
    from bilat.trade.observed import source_id

    (source,) = facts.sources
    day = source.published.start if source.published else facts.as_of
    known = source.model_copy(update={"id": source_id(dataset or facts.dataset, day)})
    return origins(visit, [known], ())


def _chart(visit: Visit, facts: PotentialFacts, exporter: str, asked: Asked) -> str:
    key = key_of("potential", exporter, question(visit, asked), asked.sector, visit.words.lang)
    return drawn(key, visit, lambda: potential_chart(facts, exporter, visit.words))
