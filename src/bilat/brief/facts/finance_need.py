"""What measures and projects need from the lines by year, and which of them find no room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.brief.facts.finance_amounts import cents, maybe_cents
from bilat.finance.lines import (
    Barred,
    Line,
    Need,
    Needs,
    Placed,
    Rates,
    YearOfNeed,
    needs_of,
    place,
    planned_needs,
)
from bilat.language import Message, say
from bilat.outlook.plan.results import Step
from bilat.programme import Deal, Facility, Programme


class NeedFact(Fact):
    """A measure that needs finance in the year of its start, beyond deals that it has already.

    granted: what finds room on its line; None where nobody can say. why: what stands in its way.
    """

    id: str
    title: Said
    facility: str | None
    facility_title: MaybeSaid
    year: int
    currency: str
    amount: Decimal
    chance: float
    expected: Decimal
    granted: Decimal | None
    missing: Decimal | None
    why: MaybeSaid
    assumption: bool
    sources: tuple[str, ...]


class NeedYearFact(Fact):
    """A line in a year: the need of all, that times their chances, the offer for new deals, and the
    gap. facility: None for measures that name no line."""

    facility: str | None
    facility_title: MaybeSaid
    year: int
    currency: str
    need: Decimal
    expected: Decimal
    offer: Decimal | None
    gap: Decimal | None


class LeftOutFact(Fact):
    """A measure whose need is not counted, and why."""

    id: str
    title: Said
    why: Said


class NeedsFact(Fact):
    """planned: the needs of a plan, else those of every measure."""

    planned: bool
    measures: tuple[NeedFact, ...]
    years: tuple[NeedYearFact, ...]
    left_out: tuple[LeftOutFact, ...]
    problems: tuple[Said, ...]


def needs_facts(
    programme: Programme,
    lines: Mapping[str, tuple[Facility, Line]],
    as_of: date,
    rates: Rates,
    steps: Sequence[Step] | None = None,
    barred: Sequence[Barred] = (),
) -> NeedsFact:
    """steps: of a plan; left out, every measure is carried out at its stated start."""
    wanted, left = needs_of(programme, as_of, rates)
    if steps is not None:
        wanted = planned_needs(wanted, steps)
    needs = place(wanted, lines, as_of, rates, left, barred)
    titles = {name: facility.title for name, (facility, _line) in lines.items()}
    return NeedsFact(
        planned=steps is not None,
        measures=tuple(_need(item, titles) for item in needs.placed),
        years=tuple(_year(item, titles) for item in needs.years),
        left_out=tuple(
            LeftOutFact(id=item.id, title=item.title, why=item.why) for item in needs.left_out
        ),
        problems=_problems(needs, lines),
    )


def _need(item: Placed, titles: Mapping[str, Said]) -> NeedFact:
    need = item.need
    return NeedFact(
        id=need.id,
        title=need.title,
        facility=need.facility,
        facility_title=titles.get(need.facility or ""),
        year=need.year,
        currency=item.currency,
        amount=cents(item.amount),
        chance=need.chance,
        expected=cents(item.expected),
        granted=maybe_cents(item.granted),
        missing=maybe_cents(item.missing),
        why=item.why,
        assumption=need.assumption,
        sources=need.sources,
    )


def _year(item: YearOfNeed, titles: Mapping[str, Said]) -> NeedYearFact:
    return NeedYearFact(
        facility=item.facility,
        facility_title=titles.get(item.facility or ""),
        year=item.year,
        currency=item.currency,
        need=cents(item.need),
        expected=cents(item.expected),
        offer=maybe_cents(item.offer),
        gap=maybe_cents(item.gap),
    )


def _problems(needs: Needs, lines: Mapping[str, tuple[Facility, Line]]) -> tuple[Message, ...]:
    every = [*(item.need for item in needs.placed), *needs.unrated]
    return (
        *(_unrated(need, lines[need.facility or ""][1].currency) for need in needs.unrated),
        *(_uncovered(need, deal) for need in every for deal in need.unrated),
    )


def _uncovered(need: Need, deal: Deal) -> Message:
    return say(
        "{deal} is in {own}, and it is not taken off what {measure} needs in {currency}: name a "
        "rate with --rate",
        deal=deal.title,
        own=deal.amount.currency,
        measure=need.title,
        currency=need.amount.currency,
    )


def _unrated(need: Need, currency: str) -> Message:
    return say(
        "{measure} needs {own}, its line is in {currency}, and it is not counted: name a rate with "
        "--rate",
        measure=need.title,
        own=need.amount.currency,
        currency=currency,
    )
