"""The schedule of a deal that a programme records, and who signs its annex."""

from __future__ import annotations

from datetime import date

from bilat.brief.facts.contract import Contract, Signatory
from bilat.brief.facts.schedule import ScheduleFacts, schedule_facts
from bilat.errors import NoAnswer
from bilat.finance.deal import Schedule, schedule_of
from bilat.language import say
from bilat.programme import Body, Deal, Facility, Programme
from bilat.programme.deal_terms import DealTerms


def terms_of_deal(deal: Deal) -> DealTerms:
    """With the deal's title where the terms have none of their own.

    Raises NoAnswer for a deal of which no terms are recorded.
    """
    if deal.terms is None:
        raise NoAnswer(
            say(
                "The terms of {deal} are not recorded, and without them there is no schedule. "
                "Add “terms” to the deal",
                deal=deal.title,
            )
        )
    return deal.terms if deal.terms.title else deal.terms.model_copy(update={"title": deal.title})


def schedule_of_deal(deal: Deal) -> Schedule:
    """Raises NoAnswer for a deal without terms, TermInvalid where they allow no schedule."""
    return schedule_of(terms_of_deal(deal))


def deal_schedule_facts(deal: Deal, as_of: date | None = None) -> ScheduleFacts:
    """As its terms say: recorded draws and payments change nothing.

    Raises as `schedule_of_deal`.
    """
    return schedule_facts(schedule_of_deal(deal), name=deal.id, as_of=as_of)


def contract_of_deal(programme: Programme, deal: Deal) -> Contract:
    """The sides as far as they are recorded: the bank or lessor that it goes through, else the
    line's lender; and the lessee."""
    facility = programme.find(Facility, deal.facility)
    lender = deal.through or (facility.lender if facility else None)
    return Contract(lender=_side(programme, lender), borrower=_side(programme, deal.lessee))


def _side(programme: Programme, body_id: str | None) -> Signatory:
    body = programme.find(Body, body_id)
    return Signatory(name=body.name) if body else Signatory()
