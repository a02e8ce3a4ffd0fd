"""Credit and leasing lines, their deals, and the finance that is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from bilat.brief.facts.fact import Fact, Said
from bilat.brief.facts.finance_deals import DealFact, deal_facts
from bilat.brief.facts.finance_lines import LineFact, line_fact
from bilat.brief.facts.finance_need import NeedsFact, needs_facts
from bilat.finance.lines import Barred, DealFlows, Line, Rates, flows_of, line_of
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
    if asked is None:
        made = partial(_finance, programme, as_of, FinanceAsked())
        return programme.once("brief.finance", (as_of,), made)
    return _finance(programme, as_of, asked)


def _finance(programme: Programme, as_of: date, wish: FinanceAsked) -> FinanceFact:
    flows = _flows(programme, as_of)
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


def _flows(programme: Programme, as_of: date) -> dict[str, DealFlows]:
    """Deal → its flows, where its line is known."""
    held = [deal for deal in programme.deals if programme.find(Facility, deal.facility)]

    def of(deal: Deal) -> DealFlows:
        facility = programme.find(Facility, deal.facility)
        assert facility is not None  # noqa: S101 (only such deals are held)
        return flows_of(deal, facility, as_of)

    made = programme.memory.each("finance.flows", held, (as_of, programme.facilities), of)
    return {flows.deal.id: flows for flows in made}


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
