"""One credit or leasing line: what is used and free over time, its deals, its rules, its need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bilat.brief.facts.finance_lines import LineFact
from bilat.brief.story.blocks import Block, Chart, Paragraph
from bilat.brief.story.facilities_lines import (
    breach_said,
    fees_table,
    line_charts,
    lines_table,
    missing_said,
    months_table,
    sub_limits_table,
    years_table,
)
from bilat.brief.story.facilities_need import need_table
from bilat.register.kinds import Name
from bilat_office.pages.exports import table_file
from bilat_office.pages.finance.deals import CRUMB, Row, due_rows, file_asked
from bilat_office.pages.finance.overview import drawn
from bilat_office.pages.finance.reckoning import Today, finance_unshown, saw_finance
from bilat_office.pages.reckoning import programme_unshown, saw_private
from bilat_office.pages.showing import ShownField, names_in, shown_fields
from bilat_office.pages.story.telling import Teller, cells_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.listing import Listed
from bilat_office.records.refusals import NotSeen
from bilat_office.records.viewer import JOINT

DEALS, DUES = 50, 12
APART = ("title", "limit", "sub_limits", "next_step", "sources")
"""Fields that the page shows in a part of their own, or on the plain page alone."""


@require_safe
@page
def facility(request: HttpRequest, record_id: str) -> HttpResponse:
    """The page, or its use by year as a file."""
    visit = visit_of(request)
    found = visit.door.get("facilities", record_id)
    today = finance_unshown(visit)
    line = today.line(record_id)
    if line is None:
        raise NotSeen("facilities", record_id)
    if kind := file_asked(request.GET):
        heading, rows = cells_of(years_table([line]), visit.words)
        return table_file(f"use-{record_id}"[:60], kind, heading, rows)
    return render(request, "finance/facility.html", _context(visit, found, line, today))


def _context(visit: Visit, found: Listed, line: LineFact, today: Today) -> dict[str, Any]:
    deals = [deal for deal in today.finance.deals if deal.facility == line.id]
    shown = deals[:DEALS]
    dues = due_rows(deals, visit.today)[:DUES]
    fields = _fields(visit, found)
    saw_finance(visit, [line], [*shown, *(row.deal for row in dues)])
    tell = Teller(visit.words, lambda chart: drawn(visit, today, chart))
    first = tell.table(lines_table([line]))
    return {
        **standing_of(visit, found),
        "line": line,
        "figures": _figures(first),
        "warnings": list(tell.blocks(_said(line, today))),
        "blocks": list(tell.blocks(_blocks(line))),
        "deals": [Row(deal) for deal in shown],
        "deal_count": len(deals),
        "dues": dues,
        "need": _need(visit, line, today),
        "fields": fields,
        "breadcrumbs": [CRUMB],
    }


def standing_of(visit: Visit, found: Listed) -> dict[str, Any]:
    """Whose the record is, and what the reader may do with it."""
    is_joint = found.visibility == JOINT
    return {
        "record": found,
        "title": found.title(visit.words.lang),
        "is_joint": is_joint,
        "may_write": visit.may("draft" if is_joint else "write_private"),
        "plain": reverse("record", args=[found.section, found.id]),
    }


def _fields(visit: Visit, found: Listed) -> list[ShownField]:
    """Its rules and terms, as the record states them."""
    programme = programme_unshown(visit)
    every = shown_fields(found.record, "facilities", programme, visit.words.lang)
    fields = [field for field in every if field.name not in APART]
    saw_private(visit, names_in(fields))
    return fields


def _figures(table: Any) -> list[tuple[str, Any]]:
    """Currency, limit, balance, committed, free, used: with what each means."""
    cells = zip(table.columns, table.rows[0], strict=True)
    return [(head.text, cell) for head, cell in cells][2:8]


def _said(line: LineFact, today: Today) -> Iterator[Block]:
    yield from breach_said(line, today.as_of)
    if line.missing:
        yield Paragraph(missing_said(line), tone="quiet")


def _blocks(line: LineFact) -> Iterator[Block | Chart]:
    if line.levels:
        yield from line_charts([line])
    if line.years:
        yield years_table([line])
    if line.sub_limits:
        yield sub_limits_table([line])
    if line.months:
        yield months_table([line])
    if any(span.fee for span in line.years):
        yield fees_table([line])


def _need(visit: Visit, line: LineFact, today: Today) -> Any:
    """Measures that would be financed from it."""
    needs = today.finance.needs
    mine = tuple(item for item in needs.measures if item.facility == line.id)
    if not mine:
        return None
    names: list[Name] = [_name(item.id) for item in mine]
    saw_private(visit, names)
    return Teller(visit.words).block(need_table(needs.model_copy(update={"measures": mine})))


def _name(reference: str) -> Name:
    section, slash, record_id = reference.partition("/")
    return (section, record_id) if slash else ("commitments", reference)
