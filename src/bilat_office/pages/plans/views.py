"""The plan's page: a form, the answer, and the answer as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bilat.brief import Brief
from bilat.brief.facts.plan import PlanningFact, StepFact
from bilat.brief.formats import Output
from bilat.brief.story.blocks import Block, Number, Percent, Section, Table
from bilat.brief.story.plan import tell_plan
from bilat.errors import NoAnswer
from bilat.language import Message, Words, say
from bilat.register.canonical import digest
from bilat_office.pages.addresses import address_of_measure
from bilat_office.pages.commission.facts import agenda_address
from bilat_office.pages.plans.asked import Asked, asked_of, fields_of
from bilat_office.pages.plans.raising import joint_steps
from bilat_office.pages.plans.reckoning import plan_if_known, plan_of
from bilat_office.pages.reckoning import chart_of, programme_of
from bilat_office.pages.story.documents import asked_kind, document, offered, words_asked
from bilat_office.pages.story.fields import Field
from bilat_office.pages.story.telling import ShownBlock, Teller
from bilat_office.pages.trade.waiting import WAIT, arrived, may_wait
from bilat_office.pages.visit import Visit, page, visit_of

DOCUMENTS = ("docx", "pdf", "xlsx", "json")
CRUMB = (say("The outlook"), "outlook")
STEPS = "plan"
"""The section of the story that lists the plan's measures."""


@require_safe
@page
def plan(request: HttpRequest) -> HttpResponse:
    """The form; with a question in the address its answer, or the answer's document."""
    visit = visit_of(request)
    programme = programme_of(visit)
    fields = fields_of(programme, visit.office.side_names, visit.today)
    asked = asked_of(request.GET, programme, fields)
    if asked.demand is None:
        return _page(visit, fields, asked, None, None)
    known = plan_if_known(visit, asked.demand)
    if known is None and not may_wait(visit):
        return _page(visit, fields, asked, None, None, is_waiting=True)
    try:
        answer = known or plan_of(visit, asked.demand)
    except NoAnswer as none:
        return _page(visit, fields, asked, None, none.message)
    if kind := asked_kind(request.GET, DOCUMENTS):
        return document(lambda words: _output(visit, answer, words), _words(visit), kind)
    return arrived(visit) or _page(visit, fields, asked, answer, None)


@dataclass(frozen=True)
class Step:
    """A measure of the plan, as a row."""

    title: Any
    address: str
    start: Any
    scale: Percent
    cost: Number | None
    currency: str | None


@dataclass(frozen=True)
class ShownPart:
    """A section of the answer: what stands before the measures of the plan, and after them."""

    anchor: str
    title: str
    before: tuple[ShownBlock, ...]
    after: tuple[ShownBlock, ...]


def _output(visit: Visit, answer: Brief, words: Words) -> Output:
    return Output(programme_of(visit), answer, words, "plan", tell_plan(answer))


def _words(visit: Visit) -> Words:
    return words_asked(visit.request.GET, visit.words)


def _page(
    visit: Visit,
    fields: Sequence[Field],
    asked: Asked,
    answer: Brief | None,
    none: Message | None,
    *,
    is_waiting: bool = False,
) -> HttpResponse:
    context = {
        "inputs": [_input(visit, field, asked) for field in fields],
        "errors": [
            {"anchor": field.name, "label": field.label, "what": asked.errors[field.name]}
            for field in fields
            if field.name in asked.errors
        ],
        "is_waiting": is_waiting,
        "none": none,
        "answer": answer and _answer(visit, answer),
        "documents": offered(DOCUMENTS),
        "breadcrumbs": [(CRUMB[0], reverse(CRUMB[1]))],
    }
    return render(visit.request, "plans/plan.html", context, status=400 if asked.errors else 200)


def _input(visit: Visit, field: Field, asked: Asked) -> dict[str, Any]:
    error = asked.errors.get(field.name)
    return {
        "field": field,
        "id": field.name,
        "typed": asked.typed[field.name],
        "choices": field.choices.items(),
        "errors": [visit.words(error)] if error else [],
    }


def _answer(visit: Visit, answer: Brief) -> dict[str, Any]:
    planning = answer.planning
    assert planning is not None  # noqa: S101 (told of a plan only)
    sections = tell_plan(answer).sections

    def draw(chart: Any) -> str:
        name = f"frontier-{digest(repr(planning.frontier).encode())}"
        return chart_of(visit, name, lambda words: _drawn(visit, answer, chart, words))

    tell = Teller(visit.words, draw)
    return {
        "sections": list(_told(tell, sections)),
        "steps": [_step(step) for step in planning.plan.steps],
        "agenda": _agenda(visit, planning),
    }


def _agenda(visit: Visit, planning: PlanningFact) -> str:
    """Where its measures become a point of the next session; empty where they cannot."""
    address = agenda_address(visit)
    if not address or not joint_steps(visit, planning):
        return ""
    query = visit.request.GET.copy()
    query.pop(WAIT, None)
    return f"{address}?{urlencode({'plan': query.urlencode()})}"


def _drawn(visit: Visit, answer: Brief, chart: Any, words: Words) -> bytes:
    return _output(visit, answer, words).charts.svg(chart).encode()


def _told(tell: Teller, sections: Sequence[Section]) -> Iterator[ShownPart]:
    """What the documents say; the page lists the plan's measures itself, with links."""
    for section in sections:
        before: tuple[Block, ...] = section.blocks
        after: tuple[Block, ...] = ()
        if section.anchor == STEPS:
            place = [isinstance(block, Table) for block in section.blocks].index(True)
            before, after = section.blocks[:place], section.blocks[place + 1 :]
        if section.blocks:
            title = tell.words.show(section.title)
            yield ShownPart(
                section.anchor, title, tuple(tell.blocks(before)), tuple(tell.blocks(after))
            )


def _step(step: StepFact) -> Step:
    return Step(
        step.title,
        address_of_measure(step.id),
        say("works already") if step.begun else str(step.year),
        Percent(step.scale),
        Number(step.cost.amount) if step.cost else None,
        step.cost.currency if step.cost else None,
    )
