"""What finance puts on the agenda: limits that will be exceeded, arrears, needs without a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bilat.brief.facts.decision import DecisionFact
from bilat.brief.facts.finance import FinanceFact
from bilat.brief.facts.finance_lines import LineFact
from bilat.brief.facts.listing import titles_of
from bilat.language import say, say_many
from bilat.vocabulary import Money


def finance_decisions(finance: FinanceFact) -> Iterator[DecisionFact]:
    """Proposals that follow from the lines, their deals, and what measures need."""
    yield from _limits(finance.lines)
    yield from _breaches(finance.lines)
    yield from _arrears(finance)
    yield from _barred(finance)
    yield from _gap(finance)


def _limits(lines: Sequence[LineFact]) -> Iterator[DecisionFact]:
    bare = [line for line in lines if line.use.limit is None]
    if bare:
        yield _finance(
            say("Publish limits and terms of the credit and leasing lines"),
            say("No limit is known for: {titles}", titles=titles_of(bare)),
            [f"facilities/{line.id}" for line in bare],
        )


def _breaches(lines: Sequence[LineFact]) -> Iterator[DecisionFact]:
    """A limit that signed deals exceed; what is only asked for can still be refused."""
    for line in lines:
        breach = line.use.breach
        if breach is None or breach.if_granted:
            continue
        over = Money(amount=breach.over, currency=line.use.currency)
        yield _finance(
            say(
                "Raise the limit of “{line}”, or move the draw of “{deal}”",
                line=line.title,
                deal=breach.deal_title,
            ),
            say("On {day} the limit is exceeded by {over}", day=breach.day, over=over),
            [f"facilities/{line.id}", f"deals/{breach.deal}"],
        )


def _arrears(finance: FinanceFact) -> Iterator[DecisionFact]:
    late = [deal for deal in finance.deals if deal.arrears]
    if late:
        longest = max(deal.days_past_due or 0 for deal in late)
        yield _finance(
            say_many(
                "Settle the arrears of {n} deal", "Settle the arrears of {n} deals", n=len(late)
            ),
            say("Up to {days} days past due: {titles}", days=longest, titles=titles_of(late)),
            [f"deals/{deal.id}" for deal in late],
        )


def _barred(finance: FinanceFact) -> Iterator[DecisionFact]:
    refused = [deal for deal in finance.deals if any(one.refuses for one in deal.reasons)]
    if refused:
        yield _finance(
            say_many(
                "Change {n} deal that the rules of its line bar",
                "Change {n} deals that the rules of their lines bar",
                n=len(refused),
            ),
            say("It concerns: {titles}", titles=titles_of(refused)),
            [f"deals/{deal.id}" for deal in refused],
        )


def _gap(finance: FinanceFact) -> Iterator[DecisionFact]:
    """Measures that find no room although the limit of their line is known."""
    stopped = [need for need in finance.needs.measures if need.missing]
    if stopped:
        yield _finance(
            say_many(
                "Find finance for {n} measure that has no room on its line",
                "Find finance for {n} measures that have no room on their lines",
                n=len(stopped),
            ),
            say("It concerns: {titles}", titles=titles_of(stopped)),
            [],
        )


def _finance(title: Any, reason: Any, refs: Sequence[str]) -> DecisionFact:
    return DecisionFact(title=title, reason=reason, section="finance", refs=tuple(refs))
