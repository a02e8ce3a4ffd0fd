"""Deals in tables and sentences: how they stand, what falls due, and the rules of their line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bilat.brief.facts.finance_deals import DealFact, DueFact
from bilat.brief.story.blocks import Cell, Column, Number, Paragraph, Percent, Table, Tone, row
from bilat.brief.story.names import titled
from bilat.language import Message, say, say_many
from bilat.programme.names import DEAL_STAGE
from bilat.vocabulary import Money

PRINTED = 40
SAID = 8
"""Deals that are told one by one; the tables have all."""
VERDICT: Mapping[str, Message] = {
    "eligible": say("eligible"),
    "doubtful": say("in doubt"),
    "refused": say("not eligible"),
    "no_rules": say("no rules stated"),
}
VERDICT_TONE: Mapping[str, Tone] = {
    "eligible": "good",
    "doubtful": "warn",
    "refused": "bad",
    "no_rules": "quiet",
}
UNKNOWN = say("not known")


def deals_table(deals: Sequence[DealFact], *, essential: bool = False) -> Table:
    return Table(
        "deals",
        say("Deals"),
        (
            Column(say("Deal"), wide=True),
            Column(say("Line")),
            Column(say("Stage")),
            Column(say("Currency")),
            Column(say("Amount"), numeric=True),
            Column(say("Balance"), numeric=True),
            Column(say("Next due"), whole=True),
            Column(say("Due"), numeric=True),
            Column(say("Past due"), numeric=True),
            Column(say("Rules")),
        ),
        tuple(_deal(deal) for deal in deals),
        notes=(say("What is past due is known only where payments are recorded."),),
        shown=PRINTED,
        essential=essential,
    )


def _deal(deal: DealFact) -> tuple[Cell, ...]:
    return row(
        Cell(titled(deal.title, assumption=deal.assumption), deal.sources),
        deal.facility_title,
        DEAL_STAGE[deal.stage],
        deal.amount.currency,
        Number(deal.amount.amount, 2),
        Number(deal.balance, 2),
        deal.next_due.day if deal.next_due else None,
        Number(deal.next_due.total, 2) if deal.next_due else None,
        _past_due(deal),
        Cell(VERDICT[deal.eligibility], tone=VERDICT_TONE[deal.eligibility]),
    )


def _past_due(deal: DealFact) -> Any:
    if deal.arrears is None:
        return UNKNOWN
    return Cell(Number(deal.arrears, 2), tone="bad" if deal.arrears else None)


def _provision(deal: DealFact) -> tuple[Any, Any]:
    """The amount, and its share of the balance."""
    if deal.provision is None or deal.provision_share is None:
        return say("no rule stated"), None
    return Number(deal.provision, 2), Percent(float(deal.provision_share) / 100)


def payments_table(deals: Sequence[DealFact]) -> Table:
    """Deals of which payments are recorded."""
    return Table(
        "payments",
        say("Paid and past due"),
        (
            Column(say("Deal"), wide=True),
            Column(say("Currency")),
            Column(say("Paid"), numeric=True),
            Column(say("Past due"), numeric=True),
            Column(say("Days past due"), numeric=True),
            Column(say("Balance"), numeric=True),
            Column(say("Provision"), numeric=True),
            Column(say("Of the balance"), numeric=True),
            Column(say("Paid too much"), numeric=True),
        ),
        tuple(
            row(
                Cell(deal.title, deal.sources),
                deal.amount.currency,
                Number(deal.paid, 2),
                _past_due(deal),
                None if deal.days_past_due is None else Number(deal.days_past_due),
                Number(deal.balance, 2),
                say("no rule stated") if deal.provision is None else Number(deal.provision, 2),
                None
                if deal.provision_share is None
                else Percent(float(deal.provision_share) / 100),
                Number(deal.surplus, 2) if deal.surplus else None,
            )
            for deal in deals
            if deal.paid is not None
        ),
        sheet=say("Paid"),
        shown=PRINTED,
        essential=True,
    )


def reasons_table(deals: Sequence[DealFact]) -> Table:
    return Table(
        "eligibility",
        say("Why a line may not carry a deal"),
        (
            Column(say("Deal"), wide=True),
            Column(say("Line"), wide=True),
            Column(say("Verdict")),
            Column(say("Reason"), wide=True),
        ),
        tuple(
            row(
                Cell(deal.title, deal.sources),
                deal.facility_title,
                Cell(
                    VERDICT["refused" if reason.refuses else "doubtful"],
                    tone=VERDICT_TONE["refused" if reason.refuses else "doubtful"],
                ),
                reason.words,
            )
            for deal in deals
            for reason in deal.reasons
        ),
        sheet=say("Eligibility"),
        shown=PRINTED,
        essential=True,
    )


def dues_table(deals: Sequence[DealFact], as_of: date) -> Table:
    """Everything that is still to be paid, by day."""
    dues = sorted(
        ((due, deal) for deal in deals for due in deal.dues), key=lambda pair: pair[0].day
    )
    return Table(
        "dues",
        say("What is still to be paid"),
        (
            Column(say("Day"), whole=True),
            Column(say("Deal"), wide=True),
            Column(say("Principal"), numeric=True),
            Column(say("Interest"), numeric=True),
            Column(say("Fees and taxes"), numeric=True),
            Column(say("Together"), numeric=True),
            Column(say("Currency")),
        ),
        tuple(_due(due, deal, as_of) for due, deal in dues),
        sheet=say("Payments due"),
        shown=PRINTED,
        essential=True,
    )


def _due(due: DueFact, deal: DealFact, as_of: date) -> tuple[Cell, ...]:
    return row(
        Cell(due.day, tone="bad" if due.day < as_of else None),
        deal.title,
        Number(due.principal, 2),
        Number(due.interest, 2),
        Number(due.fees, 2),
        Number(due.total, 2),
        deal.amount.currency,
    )


def arrears_said(deals: Sequence[DealFact]) -> Iterator[Paragraph]:
    """The longest past due first."""
    late = sorted((deal for deal in deals if deal.arrears), key=_days, reverse=True)
    for deal in late[:SAID]:
        yield Paragraph(_late(deal), deal.sources, tone="bad")
    if len(late) > SAID:
        rest = say_many(
            "{n} more deal is past due.", "{n} more deals are past due.", n=len(late) - SAID
        )
        yield Paragraph(rest, tone="bad")


def _days(deal: DealFact) -> int:
    return deal.days_past_due or 0


def _late(deal: DealFact) -> Message:
    text = say_many(
        "{deal}: {amount} past due for {n} day.",
        "{deal}: {amount} past due for {n} days.",
        n=_days(deal),
        deal=deal.title,
        amount=Money(amount=deal.arrears, currency=deal.amount.currency),
    )
    if not deal.provision or deal.provision_share is None:
        return text
    return say(
        "{text} To set aside: {provision} ({share} of the balance).",
        text=text,
        provision=Money(amount=deal.provision, currency=deal.amount.currency),
        share=Percent(float(deal.provision_share) / 100),
    )


def refusals_said(deals: Sequence[DealFact]) -> Iterator[Paragraph]:
    refused = [
        deal
        for deal in deals
        if deal.eligibility == "refused" and deal.stage not in ("repaid", "stopped")
    ]
    for deal in refused[:SAID]:
        words = next(reason.words for reason in deal.reasons if reason.refuses)
        text = say("{deal} breaks a rule of its line: {reason}.", deal=deal.title, reason=words)
        yield Paragraph(text, deal.sources, tone="bad")
    if len(refused) > SAID:
        rest = say_many(
            "{n} more deal breaks a rule of its line.",
            "{n} more deals break a rule of their line.",
            n=len(refused) - SAID,
        )
        yield Paragraph(rest, tone="bad")
