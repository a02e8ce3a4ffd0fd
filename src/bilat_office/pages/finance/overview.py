"""Finance at a glance: what the lines have left, what is late, what the programme needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.charts import Charts
from bilat.brief.facts.finance import FinanceFact
from bilat.brief.facts.finance_lines import LineFact
from bilat.brief.facts.finance_need import NeedFact
from bilat.brief.formats import Output
from bilat.brief.story.blocks import Block, Chart, Paragraph
from bilat.brief.story.facilities import finance_warnings, tell_finance
from bilat.brief.story.facilities_deals import payments_table
from bilat.brief.story.facilities_lines import line_charts, lines_table, missing_said
from bilat.brief.story.facilities_need import (
    left_out_table,
    need_chart,
    need_table,
    need_years_table,
    unknown_said,
)
from bilat.language import Words, say
from bilat_office.pages.addresses import address_of, address_of_reference
from bilat_office.pages.exports import table_file
from bilat_office.pages.finance.deals import Row, due_rows, file_asked
from bilat_office.pages.finance.reckoning import Today, finance_today
from bilat_office.pages.reckoning import brief_of, chart_of, programme_of
from bilat_office.pages.story.documents import asked_kind, document, offered, words_asked
from bilat_office.pages.story.telling import ShownBlock, ShownCell, Teller, cells_of, part
from bilat_office.pages.visit import Visit, page, visit_of

REPORTS = ("xlsx", "docx", "pdf")
CHARTS, DUES, DEALS, NEEDS, LINES = 3, 10, 10, 40, 60
"""So many stand on the page; lists and files have all."""
FREE_YEARS = 5


@require_safe
@page
def finance(request: HttpRequest) -> HttpResponse:
    """The page, its table of lines as a file, or the whole report as a document."""
    visit = visit_of(request)
    if request.GET.get("report") and (kind := asked_kind(request.GET, REPORTS)):
        return _report(visit, kind)
    today = finance_today(visit)
    if kind := file_asked(request.GET):
        heading, rows = cells_of(lines_table(today.finance.lines), visit.words)
        return table_file("facilities", kind, heading, rows)
    found = today.finance
    context = {
        "warnings": list(_warnings(visit, today)),
        "lines": [_line(line, visit) for line in found.lines[:LINES]],
        "lines_left": max(0, len(found.lines) - LINES),
        "total": len(found.lines),
        "free": _free(found.lines[:LINES], visit),
        "charts": list(_charts(visit, today)),
        "deals": [Row(deal) for deal in found.deals[:DEALS]],
        "deal_count": len(found.deals),
        "dues": due_rows(found.deals, visit.today)[:DUES],
        "late": _late(found, visit),
        "need": _need(visit, today),
        "may_write": visit.may("draft") or visit.may("write_private"),
        "reports": offered(REPORTS),
    }
    return render(request, "finance/finance.html", context)


def drawn(visit: Visit, today: Today, chart: Chart) -> str:
    """A chart of lines, kept in each language as long as the day and the register last."""

    def draw(words: Words) -> bytes:
        return Charts(today, words).svg(chart).encode()

    of = today.line(chart.subject) or today.finance.needs.years
    return chart_of(visit, f"finance-{chart.name}-{chart.subject}", draw, of=of)


def _report(visit: Visit, kind: str) -> HttpResponse:
    """The core's report of finance, as ``bilat finance`` writes it."""
    brief, programme = brief_of(visit), programme_of(visit)

    def make(words: Words) -> Output:
        return Output(programme, brief, words, "finance", tell_finance(brief))

    return document(make, words_asked(visit.request.GET, visit.words), kind)


def _warnings(visit: Visit, today: Today) -> Iterator[ShownBlock]:
    """What needs somebody to act first, then what nobody has stated."""
    found = today.finance
    blocks: list[Block] = [*finance_warnings(found, today.as_of)]
    if found.lines and not blocks and all(line.use.limit for line in found.lines):
        text = say("No limit is exceeded or will be, and nothing is known to be past due.")
        blocks.append(Paragraph(text, tone="good"))
    blocks += unknown_said(found.needs)
    blocks += [Paragraph(missing_said(line), tone="quiet") for line in found.lines if line.missing]
    yield from Teller(visit.words).blocks(blocks)


def _line(line: LineFact, visit: Visit) -> dict[str, Any]:
    """The row of the core's table, with the address of its page."""
    cells = Teller(visit.words).table(lines_table([line])).rows[0]
    names = ("title", "kind", "currency", "limit", "balance", "committed", "free", "used", "next")
    return {**dict(zip(names, cells, strict=True)), "address": address_of("facilities", line.id)}


def _free(lines: Sequence[LineFact], visit: Visit) -> dict[str, Any] | None:
    """What is free at the end of each year; None where no line states its limit."""
    known = [line for line in lines if line.use.limit is not None and line.years]
    first = visit.today.year
    years = [
        year
        for year in range(first, first + FREE_YEARS)
        if any(span.first.year == year for line in known for span in line.years)
    ]
    if not years:
        return None
    rows = [
        {
            "title": line.title,
            "address": address_of("facilities", line.id),
            "currency": line.use.currency,
            "cells": [_free_in(line, year, visit.words) for year in years],
        }
        for line in known
    ]
    return {"years": years, "rows": rows}


def _free_in(line: LineFact, year: int, words: Words) -> ShownCell:
    span = next((span for span in line.years if span.first.year == year), None)
    if span is None or span.free is None:
        return ShownCell("–", numeric=True)
    return ShownCell(words.number(span.free, 0), "bad" if span.free < 0 else "", numeric=True)


def _charts(visit: Visit, today: Today) -> Iterator[ShownBlock]:
    """Of the lines of which most is used."""
    used = [line for line in today.finance.lines if line.levels]
    used.sort(key=lambda line: line.use.utilisation or 0, reverse=True)
    tell = Teller(visit.words, lambda chart: drawn(visit, today, chart))
    yield from tell.blocks(line_charts(used[:CHARTS]))


def _late(found: FinanceFact, visit: Visit) -> ShownBlock | None:
    """Arrears and provisions of the deals that are past due."""
    late = [deal for deal in found.deals if deal.arrears]
    late.sort(key=lambda deal: deal.days_past_due or 0, reverse=True)
    return Teller(visit.words).block(part(payments_table(late), 0, NEEDS)) if late else None


def _need(visit: Visit, today: Today) -> dict[str, Any]:
    needs = today.finance.needs
    tell = Teller(visit.words, lambda chart: drawn(visit, today, chart))
    rows = tell.table(part(need_table(needs), 0, NEEDS)).rows
    return {
        "years": tell.block(need_years_table(needs)) if needs.years else None,
        "charts": list(tell.blocks(list(need_chart(needs))[:2])),
        "measures": [
            {"cells": cells, "address": _address(item)}
            for item, cells in zip(needs.measures, rows, strict=False)
        ],
        "left": max(0, len(needs.measures) - NEEDS),
        "left_out": tell.block(left_out_table(needs)) if needs.left_out else None,
    }


def _address(item: NeedFact) -> str:
    reference = item.id if "/" in item.id else f"commitments/{item.id}"
    return address_of_reference(reference)
