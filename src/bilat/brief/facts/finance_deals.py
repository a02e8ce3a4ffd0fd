"""How each deal stands: balance, dues, arrears, provision, and whether its line may carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.brief.facts.finance_amounts import cents, maybe_cents
from bilat.finance.lines import Barred, DealFlows, Due, eligibility_of, standing_of
from bilat.programme import Facility, Programme
from bilat.vocabulary import Money


class DueFact(Fact):
    """What is still to be paid on a day; past days are past due."""

    day: date
    fees: Decimal
    interest: Decimal
    principal: Decimal
    total: Decimal


class ReasonFact(Fact):
    """Why a line may not carry the deal, or what would have to be known to say so."""

    words: Said
    refuses: bool


class DealFact(Fact):
    """A deal on a line, in the currency of its amount.

    None: not known. paid: what is recorded as paid. arrears, days_past_due: only where payments are
    recorded. provision: by the rule of the line. eligibility: ``eligible``, ``doubtful``,
    ``refused``, or ``no_rules`` where the line states none.
    """

    id: str
    title: Said
    facility: str
    facility_title: MaybeSaid
    amount: Money
    stage: str
    months: int | None
    balance: Decimal
    undrawn: Decimal
    paid: Decimal | None
    dues: tuple[DueFact, ...]
    next_due: DueFact | None
    arrears: Decimal | None
    days_past_due: int | None
    provision: Decimal | None
    provision_share: Decimal | None
    surplus: Decimal
    eligibility: str
    reasons: tuple[ReasonFact, ...]
    assumption: bool
    sources: tuple[str, ...]


def deal_facts(
    programme: Programme,
    flows: Mapping[str, DealFlows],
    as_of: date,
    barred: Sequence[Barred] = (),
) -> tuple[DealFact, ...]:
    """Of the deals in ``flows``, each in its own currency, in the order of the folder."""
    return tuple(
        _deal(programme, flows[deal.id], facility, as_of, barred)
        for deal in programme.deals
        if deal.id in flows and (facility := programme.find(Facility, deal.facility)) is not None
    )


def _deal(
    programme: Programme,
    flows: DealFlows,
    facility: Facility,
    as_of: date,
    barred: Sequence[Barred],
) -> DealFact:
    deal = flows.deal
    standing = standing_of(flows, facility.provisions, as_of)
    eligibility = eligibility_of(programme, deal, facility, barred)
    return DealFact(
        id=deal.id,
        title=deal.title,
        facility=facility.id,
        facility_title=facility.title,
        amount=deal.amount,
        stage=deal.stage,
        months=deal.months,
        balance=cents(standing.balance),
        undrawn=cents(standing.undrawn),
        paid=maybe_cents(standing.paid),
        dues=tuple(map(_due, standing.dues)),
        next_due=_due(standing.next_due) if standing.next_due else None,
        arrears=maybe_cents(standing.arrears),
        days_past_due=standing.days_past_due,
        provision=maybe_cents(standing.provision),
        provision_share=standing.provision_share,
        surplus=cents(standing.surplus),
        eligibility=eligibility.verdict,
        reasons=tuple(
            ReasonFact(words=item.words, refuses=item.refuses) for item in eligibility.reasons
        ),
        assumption=deal.assumption,
        sources=deal.sources,
    )


def _due(due: Due) -> DueFact:
    return DueFact(
        day=due.day,
        fees=cents(due.fees),
        interest=cents(due.interest),
        principal=cents(due.principal),
        total=cents(due.amount),
    )
