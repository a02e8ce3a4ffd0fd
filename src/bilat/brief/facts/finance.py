"""Credit and leasing lines, their deals, and the finance that is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bilat.brief.facts.fact import Fact, Said
from bilat.brief.facts.finance_deals import DealFact, deal_facts
from bilat.brief.facts.finance_lines import LineFact, line_fact
from bilat.brief.facts.finance_need import NeedsFact, needs_facts
from bilat.finance.lines import Barred, Line, Rates, flows_of, line_of
from bilat.language import Message, say
from bilat.outlook.plan.results import Step
from bilat.programme import Deal, Facility, Programme


@dataclass(frozen=True)
class FinanceAsked:
    """What a finance report is asked beyond the folder: rates, lists of barred goods, and the steps
    of a plan whose needs are to be met instead of those of every measure."""

    rates: Rates = field(default_factory=Rates)
    barred: tuple[Barred, ...] = ()
    steps: tuple[Step, ...] | None = None


class FinanceFact(Fact):
    """Lines, deals and needs on one day. problems: what could not be counted, and what to do."""

    lines: tuple[LineFact, ...]
    deals: tuple[DealFact, ...]
    needs: NeedsFact
    problems: tuple[Said, ...]


def finance_facts(
    programme: Programme, as_of: date, asked: FinanceAsked | None = None
) -> FinanceFact:
    """programme: already what the viewer may see."""
    wish = asked or FinanceAsked()
    flows = {
        deal.id: flows_of(deal, facility, as_of)
        for deal in programme.deals
        if (facility := programme.find(Facility, deal.facility)) is not None
    }
    lines = {
        facility.id: (facility, line_of(programme, facility, as_of, wish.rates, flows))
        for facility in programme.facilities
    }
    needs = needs_facts(programme, lines, as_of, wish.rates, wish.steps, wish.barred)
    unrated = [_unrated(deal, line.currency) for _, line in lines.values() for deal in line.unrated]
    return FinanceFact(
        lines=tuple(line_fact(programme, *pair, as_of) for pair in lines.values()),
        deals=deal_facts(programme, flows, as_of, wish.barred),
        needs=needs,
        problems=(*unrated, *_faults(lines), *needs.problems),
    )


def _unrated(deal: Deal, currency: str) -> Message:
    return say(
        "{deal} is in {own}, its line in {currency}, and it is not counted: add “limit_rate” to "
        "the deal, or name a rate with --rate",
        deal=deal.title,
        own=deal.amount.currency,
        currency=currency,
    )


def _faults(lines: Mapping[str, tuple[Facility, Line]]) -> list[Message]:
    return [
        say(
            "{deal}: its terms allow no schedule, and it is counted with its amount ({why})",
            deal=flows.deal.title,
            why=flows.fault,
        )
        for _, line in lines.values()
        for flows in (*line.deals, *line.asked)
        if flows.fault is not None
    ]
