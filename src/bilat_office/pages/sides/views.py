"""What the two sides state differently, side by side, and what only one of them has said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bilat.brief.facts.sayings import (
    OneSaying,
    OpenQuestion,
    SidesDiffer,
    SidesFacts,
    sides_facts,
)
from bilat.brief.story.sayings import BASES, KINDS
from bilat.brief.trade_day import TradeDay
from bilat.language import Message, Words, say, say_many
from bilat.trade import REASONS
from bilat.vocabulary import Quantity, Unit
from bilat_office.pages.addresses import address_of, address_of_reference
from bilat_office.pages.commission.facts import agenda_address
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import Format, in_order, leaves, page_number, part_of
from bilat_office.pages.reckoning import made_once, programme_of
from bilat_office.pages.sides.raising import may_be_raised
from bilat_office.pages.trade.asking import Asked as TradeAsked
from bilat_office.pages.trade.days import day_of, entered_sources, question, statistics
from bilat_office.pages.trade.keeping import key_of
from bilat_office.pages.trade.waiting import arrived, waiting
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import OfficeRefused

TITLE = say("What the sides state differently")
LEAST = (0, 5, 20, 50)
"""Per cent from which a difference of numbers can be asked for."""
USUAL = 5
"""Two rounded statements of one number may be nearer than that."""
ORDERS = {"period": say("newest first"), "gap": say("widest first")}
SHORT = 8
"""Periods of a question that are named; of more, the number is."""


@dataclass(frozen=True)
class Asked:
    """kind: of `KINDS`; side: whose saying; least: per cent; q: words of the subject."""

    kind: str
    side: str
    least: int
    sort: str
    q: str


@dataclass(frozen=True)
class ShownSaying:
    """One saying with its record and its sources."""

    saying: OneSaying
    basis: Message
    address: str
    sources: Sequence[tuple[Any, str]]


@dataclass(frozen=True)
class Shown:
    """One difference, and a column for each side."""

    item: SidesDiffer
    kind: Message
    address: str
    difference: Any
    reason: Message | None
    columns: Sequence[tuple[Any, Sequence[ShownSaying]]]
    can_be_raised: bool
    """False where it rests on records of the own side alone."""


@require_safe
@page
def sides(request: HttpRequest) -> HttpResponse:
    """The differences that the filters leave, or all of them as a file; then open questions."""
    visit = visit_of(request)
    asked = _asked(request.GET, visit.office.sides)
    whole = question(visit, TradeAsked())
    read = statistics(visit, whole)
    if read is None:
        return waiting(visit, TITLE)
    day = day_of(visit, read, whole)
    facts = _facts(visit, day)
    found = _chosen(facts.differences, asked, visit.words)
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(visit, found)
    part, number, pages = part_of(found, page_number(request.GET), 25)
    agenda = agenda_address(visit)
    can_raise = may_be_raised(visit) if agenda else frozenset()
    context = {
        "title": TITLE,
        "agenda": agenda,
        "may_plan": not agenda and visit.may("draft_any_body"),
        "asked": asked,
        "shown": [_shown(visit, day, item, can_raise) for item in part],
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "is_filtered": bool(set(request.GET) - {"sort", "page", "wait"}),
        "is_empty": not facts.differences,
        "kinds": list(KINDS.items()),
        "least": LEAST,
        "orders": list(ORDERS.items()),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "questions": [_question(visit, item) for item in _asked_questions(facts, asked)],
    }
    return arrived(visit) or render(request, "sides/sides.html", context)


def _facts(visit: Visit, day: TradeDay) -> SidesFacts:
    def made() -> SidesFacts:
        return sides_facts(programme_of(visit), day.trade, visit.today)

    return made_once(visit, key_of("sides"), made)


def _asked(query: QueryDict, codes: Sequence[str]) -> Asked:
    return Asked(
        kind=_one_of(query, "kind", tuple(KINDS)),
        side=_one_of(query, "side", codes),
        least=int(_one_of(query, "least", tuple(map(str, LEAST))) or USUAL),
        sort=_one_of(query, "sort", tuple(ORDERS)) or "period",
        q=query.get("q", "").strip(),
    )


def _one_of(query: QueryDict, name: str, known: Sequence[str]) -> str:
    text = query.get(name, "").strip()
    if text and text not in known:
        raise OfficeRefused(
            "filter",
            say(
                "There is no “{text}” to choose here; there are: {known}.",
                text=text,
                known=", ".join(known),
            ),
        )
    return text


def _chosen(every: Iterable[SidesDiffer], asked: Asked, words: Words) -> Sequence[SidesDiffer]:
    """side: of which this side says something itself, and not only its statistics do so."""
    found = [
        item
        for item in every
        if asked.kind in ("", item.kind)
        and (item.gap is None or item.gap * 100 >= asked.least)
        and (not asked.side or _speaks(item, asked.side))
        and asked.q.lower() in words.show(item.subject).lower()
    ]
    if asked.sort == "gap":
        return in_order(found, lambda item: item.gap, descending=True)
    return found


def _speaks(item: SidesDiffer, side: str) -> bool:
    return any(one.side == side and one.basis != "statistics" for one in item.sayings)


def _asked_questions(facts: SidesFacts, asked: Asked) -> Sequence[OpenQuestion]:
    return [one for one in facts.questions if asked.side in ("", one.says)]


def _shown(visit: Visit, day: TradeDay, item: SidesDiffer, can_raise: frozenset[str]) -> Shown:
    titles = {source.id: source.title for source in day.sources}
    entered = entered_sources(programme_of(visit))
    sayings = [
        ShownSaying(
            one,
            BASES[one.basis],
            address_of_reference(one.ref) if one.ref else _figure_address(item, one),
            [
                (titles.get(source, source), address_of("sources", source))
                if source in entered
                else (titles.get(source, source), "")
                for source in one.sources
            ],
        )
        for one in item.sayings
    ]
    return Shown(
        item,
        KINDS[item.kind],
        address_of_reference(item.ref),
        difference_of(item),
        REASONS[item.reason] if item.reason else None,
        [
            (visit.office.side_name(side), [one for one in sayings if one.saying.side == side])
            for side in visit.office.sides
        ],
        item.id in can_raise,
    )


def _figure_address(item: SidesDiffer, one: OneSaying) -> str:
    """Of what statistics say: the page of the figure, where it is one of trade."""
    if item.period is None or one.basis != "statistics" or not _is_trade(item):
        return ""
    query = {
        "indicator": item.ref.partition("/")[2], "period": str(item.period), "side": one.side,
    }  # fmt: skip
    return f"{reverse('trade_figure')}?{urlencode(query)}"


def _is_trade(item: SidesDiffer) -> bool:
    unit = Unit.parse(item.display_unit) if item.display_unit else None
    return unit is not None and unit.is_money


def difference_of(item: SidesDiffer) -> Any:
    """Of dates in years, of numbers as an amount."""
    if item.display_unit is None:
        return say_many("{n} year", "{n} years", n=int(item.difference))
    return Quantity(item.difference, Unit.parse(item.display_unit))


def _question(visit: Visit, item: OpenQuestion) -> dict[str, Any]:
    named = [visit.words.show(period) for period in item.periods[:SHORT]]
    return {
        "subject": item.subject,
        "address": address_of_reference(item.ref),
        "says": visit.office.side_name(item.says),
        "silent": visit.office.side_name(item.silent),
        "periods": visit.words.join(named) if named else "",
        "more": max(0, len(item.periods) - SHORT),
    }


def _file(visit: Visit, found: Iterable[SidesDiffer]) -> HttpResponse:
    """A row a saying, so that nothing of it is put together."""
    words = visit.words
    labels = (
        say("Subject"), say("Kind"), say("Period"), say("Side"), say("Says"), say("As"),
        say("Speaker"), say("Said"), say("Difference"), say("In per cent"), say("Likely reason"),
        say("Sources"),
    )  # fmt: skip
    kind: Format = "xlsx" if visit.request.GET["format"] == "xlsx" else "csv"
    rows = (_cells(visit, item, one) for item in found for one in item.sayings)
    return table_file("sides", kind, [words(label) for label in labels], rows)


def _cells(visit: Visit, item: SidesDiffer, one: OneSaying) -> list[str]:
    words = visit.words
    return [
        words.show(item.subject), words(KINDS[item.kind]),
        words.show(item.period) if item.period else "",
        words.show(visit.office.side_name(one.side)), words.show(one.text),
        words(BASES[one.basis]), words.show(one.speaker) if one.speaker else "",
        words.show(one.said) if one.said else "", words.show(difference_of(item)),
        "" if item.gap is None else f"{item.gap * 100:.1f}%",
        words(REASONS[item.reason]) if item.reason else "", "; ".join(one.sources),
    ]  # fmt: skip
