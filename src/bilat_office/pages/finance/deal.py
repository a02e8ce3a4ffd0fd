"""One deal: every payment, what it costs, whether its line may carry it; and its documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bilat.brief.facts.deal_schedule import contract_of_deal, schedule_of_deal
from bilat.brief.facts.finance_deals import DealFact
from bilat.brief.facts.finance_lines import LineFact
from bilat.brief.facts.schedule import ScheduleFacts, schedule_facts
from bilat.brief.formats.deal import DealOutput
from bilat.brief.story.blocks import Block, Paragraph
from bilat.brief.story.facilities_deals import payments_table as paid_table
from bilat.brief.story.facilities_lines import breach_said
from bilat.brief.story.schedule import tell_schedule
from bilat.errors import BilatError
from bilat.finance.deal import Schedule
from bilat.language import Message, Words
from bilat.programme import Deal
from bilat.register.kinds import Name
from bilat_office.pages.finance.cost import Cost, cost_of
from bilat_office.pages.finance.deals import CRUMB, DueRow, Row, due_rows
from bilat_office.pages.finance.facility import standing_of
from bilat_office.pages.finance.payments import PaymentsPage, payments_page
from bilat_office.pages.finance.reckoning import Today, finance_unshown, saw_finance
from bilat_office.pages.lists import page_number
from bilat_office.pages.reckoning import chart_of, programme_unshown, saw_private
from bilat_office.pages.story.documents import asked_kind, document, offered, words_asked
from bilat_office.pages.story.telling import ShownBlock, Teller
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import NotSeen

DOCUMENTS = ("xlsx", "docx", "pdf", "ics", "json")
DUES = 12


@dataclass(frozen=True)
class Scheduled:
    """What its terms give; or why they give nothing."""

    schedule: Schedule | None
    facts: ScheduleFacts | None
    cost: Cost | None
    fault: Message | None = None


@require_safe
@page
def deal(request: HttpRequest, record_id: str) -> HttpResponse:
    """The page, or one of its documents."""
    visit = visit_of(request)
    found = visit.door.get("deals", record_id)
    record = found.record
    if not isinstance(record, Deal):
        raise NotSeen("deals", record_id)
    if kind := asked_kind(request.GET, DOCUMENTS):
        return _document(visit, record, kind)
    today = finance_unshown(visit)
    fact = today.deal(record_id)
    scheduled = scheduled_of(visit, record)
    context = {
        **standing_of(visit, found),
        **_standing(visit, record, fact, today),
        **_schedule(visit, scheduled, record),
        "deal": record,
        "breadcrumbs": [CRUMB, *_line_crumb(today, record)],
    }
    return render(request, "finance/deal.html", context)


def scheduled_of(visit: Visit, record: Deal) -> Scheduled:
    """As of today, with what one month, one year and all of it cost."""
    try:
        schedule = schedule_of_deal(record)
        facts = schedule_facts(schedule, name=record.id, as_of=visit.today)
    except BilatError as error:
        return Scheduled(None, None, None, error.message)
    return Scheduled(schedule, facts, cost_of(schedule, record.title, visit.today, visit.words))


def _document(visit: Visit, record: Deal, kind: str) -> HttpResponse:
    programme = programme_unshown(visit)
    facts = schedule_facts(schedule_of_deal(record), name=record.id, as_of=visit.today)
    contract = contract_of_deal(programme, record)
    names: list[Name] = [("facilities", record.facility)]
    names += [("bodies", body) for body in (record.through, record.lessee) if body]
    saw_private(visit, names)

    def make(words: Words) -> DealOutput:
        return DealOutput(facts, words, contract, interactive=False)

    return document(make, words_asked(visit.request.GET, visit.words), kind)


def _line_crumb(today: Today, record: Deal) -> list[tuple[Any, str]]:
    line = today.line(record.facility)
    return [(line.title, reverse("facility", args=[line.id]))] if line else []


def _standing(visit: Visit, record: Deal, fact: DealFact | None, today: Today) -> dict[str, Any]:
    """How it stands, and whether its line may carry it; nothing of a line that is not seen."""
    if fact is None:
        return {"row": None, "line": None, "dues": [], "paid": None, "room": []}
    line = today.line(record.facility)
    saw_finance(visit, [line] if line else [], [fact])
    dues: list[DueRow] = due_rows([fact], visit.today)
    tell = Teller(visit.words)
    return {
        "row": Row(fact),
        "fact": fact,
        "line": line,
        "dues": dues[:DUES],
        "due_count": len(dues),
        "paid": tell.block(paid_table([fact])) if fact.paid is not None else None,
        "room": list(tell.blocks(_room(line, fact, today))) if line else [],
    }


def _room(line: LineFact, fact: DealFact, today: Today) -> Iterator[Block]:
    """Whether the limits hold: said of this deal where it is the one that exceeds them."""
    uses = [line.use, *(sub.use for sub in line.sub_limits)]
    if any(use.breach is not None and use.breach.deal == fact.id for use in uses):
        said: list[Paragraph] = list(breach_said(line, today.as_of))
        yield from said


def _schedule(visit: Visit, scheduled: Scheduled, record: Deal) -> dict[str, Any]:
    facts = scheduled.facts
    if facts is None:
        return {"fault": scheduled.fault, "summary": [], "payments": None, "cost": None}
    output = DealOutput(facts, visit.words, interactive=False)
    story = tell_schedule(facts)

    def draw(chart: Any) -> str:
        def drawing(words: Words) -> bytes:
            return DealOutput(facts, words).charts.svg(chart).encode()

        return chart_of(visit, f"deal-{record.id}", drawing, of=facts)

    tell = Teller(visit.words, draw, output.numbers)
    sections = {one.anchor: one.blocks for one in tell.sections(_but_payments(story))}
    shown: PaymentsPage = payments_page(facts, visit.words, page_number(visit.request.GET))
    blocks: dict[str, tuple[ShownBlock, ...]] = sections
    return {
        "fault": None,
        "summary": blocks["summary"],
        "chart": list(tell.blocks(story.charts())),
        "payments": shown,
        "parties": blocks["parties"],
        "terms": blocks["terms"],
        "cost": scheduled.cost,
        "documents": offered(DOCUMENTS, annex=True),
    }


def _but_payments(story: Any) -> list[Any]:
    """The sections that are short; the payments are shown a page at a time."""
    return [section for section in story.sections if section.anchor != "payments"]
