"""The schedule of a deal: what it costs, every payment, who pays whom, the terms and the rules."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bilat.brief.facts.schedule import LimitFact, ScheduleFacts
from bilat.brief.story.blocks import (
    Block,
    Chart,
    Column,
    Item,
    KeyFigure,
    KeyFigures,
    Number,
    Numbered,
    Paragraph,
    Percent,
    Section,
    Story,
    Table,
    row,
)
from bilat.brief.story.deal_names import PURPOSE, actor, limit_found
from bilat.brief.story.deal_terms import terms_table
from bilat.brief.story.payments import payments_table, places
from bilat.language import Message, say


def tell_schedule(facts: ScheduleFacts) -> Story:
    """The answer first, then the payments and what they rest on."""
    sections = [
        Section("summary", say("In short"), tuple(_summary(facts))),
        Section("payments", say("Payments"), tuple(_payments(facts))),
        Section("parties", say("Who pays whom"), (_transfers(facts),)),
        Section("terms", say("Terms"), tuple(_terms(facts))),
    ]
    if facts.preset:
        sections.append(_sources(facts))
    return Story(title=facts.title, subtitle=_subtitle(facts), sections=tuple(sections))


def _subtitle(facts: ScheduleFacts) -> Message:
    first, last = facts.payments[0].day, facts.payments[-1].day
    if facts.standing:
        return say(
            "Payments from {first} to {last}, in {currency}, as of {day}",
            first=first,
            last=last,
            currency=facts.currency,
            day=facts.standing.day,
        )
    return say(
        "Payments from {first} to {last}, in {currency}",
        first=first,
        last=last,
        currency=facts.currency,
    )


def _summary(facts: ScheduleFacts) -> Iterator[Block]:
    yield KeyFigures(tuple(_key_figures(facts)))
    if facts.no_rate is not None:
        yield Paragraph(facts.no_rate, tone="quiet")
    for limit in facts.preset.limits if facts.preset else ():
        yield Paragraph(_warned(limit, facts), (limit.source,), tone="warn")


def _key_figures(facts: ScheduleFacts) -> Iterator[KeyFigure]:
    totals = facts.totals
    yield KeyFigure(_money(facts, totals["drawn"]), say("financed"))
    yield KeyFigure(
        _money(facts, totals["outlay"]),
        say("{borrower} pays in all", borrower=actor(facts, "borrower")),
    )
    yield KeyFigure(_money(facts, totals["interest"] - totals["subsidy"]), say("of which interest"))
    if totals["fee"] + totals["tax"]:
        yield KeyFigure(
            _money(facts, totals["fee"] + totals["tax"]), say("of which fees, premiums and taxes")
        )
    if totals["subsidy"]:
        yield KeyFigure(_money(facts, totals["subsidy"]), say("interest that the budget pays"))
    largest = max(
        (one for one in facts.payments if one.number), key=lambda one: one.outlay, default=None
    )
    if largest:
        yield KeyFigure(
            _money(facts, largest.outlay), say("the largest payment, on {day}", day=largest.day)
        )
    if facts.effective_rate is not None:
        yield KeyFigure(
            Percent(float(facts.effective_rate), 2),
            say("effective rate a year on the money received"),
        )
    yield from _standing(facts)


def _standing(facts: ScheduleFacts) -> Iterator[KeyFigure]:
    standing = facts.standing
    if standing is None:
        return
    yield KeyFigure(
        _money(facts, standing.balance), say("principal outstanding on {day}", day=standing.day)
    )
    yield KeyFigure(
        _money(facts, standing.paid),
        say("fell due up to {day}", day=standing.day),
    )
    if standing.next_day and standing.next_outlay is not None:
        coming = say("next payment, on {day}", day=standing.next_day)
        yield KeyFigure(_money(facts, standing.next_outlay), coming)


def _money(facts: ScheduleFacts, amount: Decimal) -> Message:
    return say("{amount} {currency}", amount=Number(amount, places(facts)), currency=facts.currency)


def _warned(limit: LimitFact, facts: ScheduleFacts) -> Message:
    source = next(one for one in facts.sources if one.id == limit.source)
    said = {"says": limit.says, "publisher": source.publisher, "title": source.title}
    if limit.state == "unknown":
        return say("Not checked: {says} ({publisher}, {title})", **said)
    if limit.found is None:
        return say("Not kept: {says} ({publisher}, {title})", **said)
    return say(
        "Not kept: {says}; here {found} ({publisher}, {title})", found=limit_found(limit), **said
    )


def _payments(facts: ScheduleFacts) -> Iterator[Block]:
    if any(one.principal or one.interest for one in facts.payments):
        yield Chart(
            "payments",
            say("Every payment by what it is for, and the balance after it"),
            note=say("Columns: left axis. Line: principal outstanding, right axis."),
        )
    yield payments_table(facts)


def _transfers(facts: ScheduleFacts) -> Table:
    return Table(
        "transfers",
        say("Who pays whom over the whole term"),
        (
            Column(say("Payer"), wide=True),
            Column(say("Receiver"), wide=True),
            Column(say("For")),
            Column(say("Amount, {currency}", currency=facts.currency), numeric=True),
        ),
        tuple(
            row(
                actor(facts, item.payer),
                actor(facts, item.receiver),
                PURPOSE[item.purpose],
                Number(item.amount, places(facts)),
            )
            for item in facts.transfers
        ),
        essential=True,
        sheet=say("Who pays whom"),
    )


def _terms(facts: ScheduleFacts) -> Iterator[Block]:
    yield terms_table(facts)
    if facts.rules:
        yield Paragraph(say("Rules that were applied"), lead=True)
        yield Numbered(tuple(Item(rule) for rule in facts.rules))
    if facts.preset and facts.preset.conditions:
        yield Paragraph(
            say("Further conditions of {institution}", institution=facts.preset.institution),
            lead=True,
        )
        yield Numbered(tuple(Item(condition) for condition in facts.preset.conditions))


def _sources(facts: ScheduleFacts) -> Section:
    table = Table(
        "sources",
        say("Numbers in brackets refer to this list"),
        (
            Column(say("No."), numeric=True),
            Column(say("Source"), wide=True),
            Column(say("Publisher")),
            Column(say("Published")),
            Column(say("Note")),
            Column(say("Address"), wide=True),
        ),
        tuple(
            row(item.number, item.title, item.publisher, item.published, item.note, item.address)
            for item in facts.sources
        ),
        sheet=say("Sources"),
    )
    return Section("sources", say("Sources"), (table,))
