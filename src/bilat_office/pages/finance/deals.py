"""Lists: the deals of all lines, and the payments that are still to come; each also as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.finance_deals import DealFact, DueFact
from bilat.brief.story.blocks import Number
from bilat.brief.story.facilities_deals import VERDICT, VERDICT_TONE
from bilat.language import Message, Words, say
from bilat.programme.names import DEAL_STAGE
from bilat_office.pages.exports import table_file
from bilat_office.pages.finance.reckoning import finance_today
from bilat_office.pages.lists import asked_of, columns_of, in_order, leaves, page_number, part_of
from bilat_office.pages.visit import page, visit_of

CRUMB = (say("Finance"), "/finance")
HEADINGS = (
    (say("Deal"), "title"),
    (say("Line"), "line"),
    (say("Stage"), "stage"),
    (say("Amount"), "amount"),
    (say("Balance"), "balance"),
    (say("Next due"), "next"),
    (say("Past due"), "late"),
    (say("Rules of the line"), "rules"),
)
DUE_HEADINGS = (
    (say("Day"), "day"),
    (say("Deal"), "deal"),
    (say("Line"), "line"),
    (say("Principal"), ""),
    (say("Interest"), ""),
    (say("Fees and taxes"), ""),
    (say("Together"), "total"),
)
GRAVITY = ("refused", "doubtful", "no_rules", "eligible")
PLAIN = {"sort", "order", "page"}
File = Literal["csv", "xlsx"]


@dataclass(frozen=True)
class Row:
    """A deal as a list shows it."""

    fact: DealFact

    @property
    def stage(self) -> Message:
        return DEAL_STAGE[self.fact.stage]

    @property
    def verdict(self) -> Message:
        return VERDICT[self.fact.eligibility]

    @property
    def tone(self) -> str:
        return VERDICT_TONE[self.fact.eligibility]

    @property
    def amount(self) -> Message:
        return _money(self.fact.amount.amount, self.fact)

    @property
    def balance(self) -> Message:
        return _money(self.fact.balance, self.fact)

    @property
    def arrears(self) -> Message:
        return _money(self.fact.arrears or Decimal(0), self.fact)

    @property
    def provision(self) -> Message | None:
        return None if self.fact.provision is None else _money(self.fact.provision, self.fact)

    @property
    def next(self) -> Message | None:
        coming = self.fact.next_due
        return _money(coming.total, self.fact) if coming else None


@dataclass(frozen=True)
class DueRow:
    """A payment that is still to be made. late: its day is past."""

    due: DueFact
    deal: DealFact
    late: bool

    @property
    def principal(self) -> Number:
        return Number(self.due.principal, 2)

    @property
    def interest(self) -> Number:
        return Number(self.due.interest, 2)

    @property
    def fees(self) -> Number:
        return Number(self.due.fees, 2)

    @property
    def total(self) -> Message:
        return _money(self.due.total, self.deal)


def _money(amount: Decimal, deal: DealFact) -> Message:
    """To the cent, in the currency of the deal."""
    shown = Number(amount, 2)
    return say("{amount} {currency}", amount=shown, currency=deal.amount.currency)


@require_safe
@page
def deals(request: HttpRequest) -> HttpResponse:
    """What is drawn, agreed or asked for, with what is due and what the rules of the line say."""
    visit = visit_of(request)
    query, words = request.GET, visit.words
    facts = finance_today(visit).finance
    found = [deal for deal in facts.deals if _fits(deal, query, words)]
    sort, descending = _sort(query, HEADINGS, "next"), query.get("order") == "desc"
    found = in_order(found, _deal_key(sort, words), descending=descending)
    if kind := file_asked(query):
        return table_file("deals", kind, _deal_heading(words), (_cells(d, words) for d in found))
    shown, number, pages = part_of(found, page_number(query))
    context = {
        "rows": [Row(deal) for deal in shown],
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": columns_of(HEADINGS, sort, descending=descending),
        "lines": [(line.id, line.title) for line in facts.lines],
        "stages": list(DEAL_STAGE.items()),
        "verdicts": list(VERDICT.items()),
        "is_empty": not facts.deals,
        "is_filtered": bool(set(query) - PLAIN),
        "breadcrumbs": [CRUMB],
    }
    return render(request, "finance/deals.html", context)


@require_safe
@page
def due(request: HttpRequest) -> HttpResponse:
    """Everything that is still to be paid, what is past due first."""
    visit = visit_of(request)
    query, words = request.GET, visit.words
    facts = finance_today(visit).finance
    until = day_asked(query)
    found = [
        row
        for row in due_rows(facts.deals, visit.today)
        if _of_line(row.deal, query)
        and (until is None or row.due.day <= until)
        and (query.get("late") != "1" or row.late)
    ]
    sort, descending = _sort(query, DUE_HEADINGS, "day"), query.get("order") == "desc"
    if sort != "day" or descending:
        found = in_order(found, _due_key(sort, words), descending=descending)
    if kind := file_asked(query):
        cells = (_due_cells(row, words) for row in found)
        return table_file("payments-due", kind, _due_heading(words), cells)
    shown, number, pages = part_of(found, page_number(query))
    context = {
        "rows": shown,
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": columns_of(DUE_HEADINGS, sort, descending=descending),
        "lines": [(line.id, line.title) for line in facts.lines],
        "is_filtered": bool(set(query) - PLAIN),
        "in_90_days": (visit.today + timedelta(days=90)).isoformat(),
        "breadcrumbs": [CRUMB],
    }
    return render(request, "finance/due.html", context)


def due_rows(deals: Iterable[DealFact], today: date) -> list[DueRow]:
    """By day, then by deal in the order of the programme."""
    found = [DueRow(due, deal, due.day < today) for deal in deals for due in deal.dues]
    return sorted(found, key=lambda row: row.due.day)


def file_asked(query: QueryDict) -> File | None:
    kind = query.get("format")
    return "csv" if kind == "csv" else "xlsx" if kind == "xlsx" else None


def day_asked(query: QueryDict) -> date | None:
    """Up to which day. Raises OfficeRefused for what is no day."""
    return asked_of(query).filters.due_to


def _sort(query: QueryDict, headings: Iterable[tuple[Message, str]], usual: str) -> str:
    sort = query.get("sort", "")
    return sort if sort and sort in {name for _label, name in headings} else usual


def _of_line(deal: DealFact, query: QueryDict) -> bool:
    line = query.get("line")
    return not line or deal.facility == line


def _fits(deal: DealFact, query: QueryDict, words: Words) -> bool:
    stage, rules = query.get("stage"), query.get("rules")
    asked = query.get("q", "").lower()[:300].split()
    text = f"{deal.id}\n{words.show(deal.title)}".lower() if asked else ""
    return (
        _of_line(deal, query)
        and (not stage or deal.stage == stage)
        and (not rules or deal.eligibility == rules)
        and (query.get("late") != "1" or bool(deal.arrears))
        and all(word in text for word in asked)
    )


def _deal_key(sort: str, words: Words) -> Callable[[DealFact], Any]:
    stages = list(DEAL_STAGE)
    keys: Mapping[str, Callable[[DealFact], Any]] = {
        "title": lambda deal: words.show(deal.title).lower(),
        "line": lambda deal: words.show(deal.facility_title).lower(),
        "stage": lambda deal: stages.index(deal.stage),
        "amount": lambda deal: (deal.amount.currency, deal.amount.amount),
        "balance": lambda deal: (deal.amount.currency, deal.balance),
        "next": lambda deal: deal.next_due.day if deal.next_due else None,
        "late": lambda deal: deal.days_past_due,
        "rules": lambda deal: GRAVITY.index(deal.eligibility),
    }
    return keys[sort]


def _due_key(sort: str, words: Words) -> Callable[[DueRow], Any]:
    keys: Mapping[str, Callable[[DueRow], Any]] = {
        "day": lambda row: row.due.day,
        "deal": lambda row: words.show(row.deal.title).lower(),
        "line": lambda row: words.show(row.deal.facility_title).lower(),
        "total": lambda row: (row.deal.amount.currency, row.due.total),
    }
    return keys[sort]


def _deal_heading(words: Words) -> list[str]:
    labels = (
        say("Id"), say("Deal"), say("Line"), say("Stage"), say("Currency"), say("Amount"),
        say("Balance"), say("Next due"), say("Due"), say("Past due"), say("Days past due"),
        say("Provision"), say("Rules of the line"), say("Reasons"),
    )  # fmt: skip
    return [words(label) for label in labels]


def _cells(deal: DealFact, words: Words) -> Sequence[str]:
    coming = deal.next_due
    return [
        deal.id,
        words.show(deal.title),
        words.show(deal.facility_title),
        words(DEAL_STAGE[deal.stage]),
        deal.amount.currency,
        _number(deal.amount.amount),
        _number(deal.balance),
        coming.day.isoformat() if coming else "",
        _number(coming.total) if coming else "",
        _number(deal.arrears),
        "" if deal.days_past_due is None else str(deal.days_past_due),
        _number(deal.provision),
        words(VERDICT[deal.eligibility]),
        "; ".join(words.show(reason.words) for reason in deal.reasons),
    ]


def _due_heading(words: Words) -> list[str]:
    labels = (
        say("Day"), say("Deal"), say("Line"), say("Currency"), say("Principal"),
        say("Interest"), say("Fees and taxes"), say("Together"), say("State"),
    )  # fmt: skip
    return [words(label) for label in labels]


def _due_cells(row: DueRow, words: Words) -> Sequence[str]:
    return [
        row.due.day.isoformat(),
        words.show(row.deal.title),
        words.show(row.deal.facility_title),
        row.deal.amount.currency,
        _number(row.due.principal),
        _number(row.due.interest),
        _number(row.due.fees),
        _number(row.due.total),
        words(say("past due")) if row.late else "",
    ]


def _number(amount: Decimal | None) -> str:
    """For a spreadsheet: no separators of thousands; empty where it is not known."""
    return "" if amount is None else f"{amount:.2f}"
