"""What measures and projects need from the lines, beyond the deals that they have already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bilat.finance.lines.rates import Rates
from bilat.finance.lines.steps import ZERO
from bilat.language import Text
from bilat.outlook import LeftOut, Measure, measures_of
from bilat.outlook.plan.results import Step
from bilat.programme import Commitment, Deal, Effect, Facility, Indicator, Programme, Project
from bilat.vocabulary import Money

COVERING = ("agreed", "signed", "drawn", "repaid")
"""Stages of a deal that has given a project what it needs."""


@dataclass(frozen=True)
class Need:
    """What a measure needs from ``facility`` in the year of its start. covered: by deals that there
    are already, in its currency; unrated: those in another currency without a rate. chance: that it
    comes about. smallest: share of it that can be carried out."""

    id: str
    title: Text
    year: int
    start: float
    amount: Money
    covered: Decimal = ZERO
    unrated: tuple[Deal, ...] = ()
    facility: str | None = None
    chance: float = 1.0
    smallest: float = 1.0
    products: tuple[str, ...] = ()
    assumption: bool = False
    sources: tuple[str, ...] = ()

    @property
    def open(self) -> Decimal:
        return max(self.amount.amount - self.covered, ZERO)


def needs_of(
    programme: Programme, as_of: date, rates: Rates
) -> tuple[tuple[Need, ...], tuple[LeftOut, ...]]:
    """Every effect that needs finance and does not work already, by its start; and those that
    cannot be counted."""
    financed = _financed(programme)
    names = dict.fromkeys(effect.indicator for effect in financed.values())
    found: dict[str, Need] = {}
    left: dict[str, LeftOut] = {}
    for name in names:
        indicator = programme.find(Indicator, name)
        measures, out = measures_of(programme, indicator, as_of) if indicator else ((), ())
        left |= {item.id: item for item in out if item.id in financed}
        for measure in measures:
            if measure.finance is not None and not measure.begun:
                need = _need(programme, measure, measure.finance, financed[measure.id])
                found[measure.id] = _after_deals(programme, need, rates)
    rest = tuple(item for name, item in left.items() if name not in found)
    return tuple(sorted(found.values(), key=lambda need: need.start)), rest


def planned_needs(needs: Iterable[Need], steps: Sequence[Step]) -> tuple[Need, ...]:
    """The needs of a plan: of what it takes, in its years and at its scale."""
    chosen = {step.id: step for step in steps if not step.begun}
    found = []
    for need in needs:
        step = chosen.get(need.id)
        if step is not None:
            amount = (need.amount.amount * Decimal(str(step.scale))).quantize(Decimal("0.01"))
            money = Money(amount=amount, currency=need.amount.currency)
            found.append(
                replace(need, year=step.year, start=step.start, amount=money, smallest=1.0)
            )
    return tuple(sorted(found, key=lambda need: need.start))


def _need(programme: Programme, measure: Measure, finance: Money, effect: Effect) -> Need:
    project = programme.find(Project, measure.id.partition("/")[2])
    own = project.products if project and measure.id == f"projects/{project.id}" else ()
    return Need(
        id=measure.id,
        title=measure.title,
        year=int(measure.start),
        start=measure.start,
        amount=finance,
        facility=measure.facility,
        chance=measure.chance,
        smallest=measure.smallest,
        products=effect.products or own,
        assumption=effect.assumption,
        sources=measure.sources,
    )


def _after_deals(programme: Programme, need: Need, rates: Rates) -> Need:
    """Less what deals for that project have taken up already."""
    covered, unrated = ZERO, list[Deal]()
    for deal in programme.deals:
        if need.id != f"projects/{deal.project}" or deal.stage not in COVERING:
            continue
        factor = _worth(programme, deal, need.amount.currency, rates)
        if factor is None:
            unrated.append(deal)
        else:
            covered += deal.amount.amount * factor
    return replace(need, covered=min(covered, need.amount.amount), unrated=tuple(unrated))


def _worth(programme: Programme, deal: Deal, currency: str, rates: Rates) -> Decimal | None:
    """Of one unit of the deal's currency: at its own rate where that leads to ``currency``."""
    line = programme.find(Facility, deal.facility)
    if line and line.limit and line.limit.currency == currency != deal.amount.currency:
        return deal.limit_rate or rates.factor(deal.amount.currency, currency)
    return rates.factor(deal.amount.currency, currency)


def _financed(programme: Programme) -> dict[str, Effect]:
    """Effects that need finance, by the id of their measure."""
    sources: list[Commitment | Project] = [*programme.commitments, *programme.projects]
    return {
        f"{record.section}/{record.id}": record.effect
        for record in sources
        if record.effect is not None and record.effect.finance is not None
    }
