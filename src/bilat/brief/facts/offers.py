"""Offers side by side as facts: figures of each, findings of rules, and how they were counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from bilat import __version__
from bilat.brief.facts.fact import WORDS, Fact, MaybeSaid, Said
from bilat.brief.facts.source import SourceFact
from bilat.errors import NoAnswer
from bilat.finance.deal import Schedule
from bilat.finance.support import Case, Finding, RuleBook, by_year, check, interest_shares
from bilat.finance.worth import is_concessional
from bilat.finance.worth.offers import Side, accumulated, figures, paid_by_day
from bilat.language import Message, Words, pick, say

Party = Literal["lessee", "borrower", "lender", "lessor"]
SIDES: dict[Party, Side] = {
    "lessee": "borrower",
    "borrower": "borrower",
    "lender": "lender",
    "lessor": "lender",
}
CENT = Decimal("0.01")


class Paid(Fact):
    """All that was paid up to and including a day, in the currency of the comparison."""

    day: date
    amount: Decimal


class YearFact(Fact):
    """Interest of a calendar year, in the offer's own currency: received = borrower + budget."""

    year: int
    received: Decimal
    borrower: Decimal
    budget: Decimal


class FindingFact(Fact):
    """One rule, and how the offer stands to it."""

    book: str
    rule: str
    title: Said
    state: Literal["ok", "not", "unknown"]
    why: Said
    source: str
    """Id of the act in the list of sources."""
    article: MaybeSaid
    seen: date
    """The day on which somebody read the source."""
    note: MaybeSaid


class OfferFact(Fact):
    """One offer. Amounts to the cent, rates as fractions of one, grant element in per cent."""

    name: Said
    file: str
    currency: str
    exchange: Decimal
    kind: Literal["loan", "lease"]
    effective_rate: Decimal | None
    effective_rates: tuple[Decimal, ...]
    why_no_rate: MaybeSaid
    nominal_rate: Decimal
    financed: Decimal
    advance: Decimal
    first_payment: Decimal
    largest_payment: Decimal
    largest_month: date
    interest: Decimal
    fees: Decimal
    tax: Decimal
    subsidy: Decimal
    total: Decimal
    extra: Decimal
    present_value: Decimal
    grant_element: Decimal | None
    concessional: bool | None
    average_life: Decimal | None
    duration: Decimal | None
    start: date
    end: date
    payments: int
    paid: tuple[Paid, ...]
    years: tuple[YearFact, ...]
    findings: tuple[FindingFact, ...]
    notes: tuple[Said, ...]


class OffersFact(Fact):
    """Everything that a comparison says. The same input gives the same facts."""

    format: Literal["bilat-offers/1"] = "bilat-offers/1"
    version: str = __version__
    as_of: date
    party: Party
    currency: str
    discount: Decimal
    worth_on: date
    offers: tuple[OfferFact, ...]
    sources: tuple[SourceFact, ...] = ()

    @property
    def title(self) -> Message:
        return say("Offers compared")

    def number_of(self, source: str) -> int | None:
        return next((one.number for one in self.sources if one.id == source), None)

    def to_json(self, words: Words) -> str:
        return self.model_dump_json(context={WORDS: words}, indent=2) + "\n"


@dataclass(frozen=True)
class Offer:
    """A schedule with what it is called, and units of the comparison's currency for one of its."""

    name: object
    file: str
    schedule: Schedule
    exchange: Decimal = Decimal(1)


@dataclass(frozen=True)
class Asked:
    """How offers are compared. discount: effective a year."""

    as_of: date
    party: Party
    currency: str
    discount: Decimal


def offers_facts(
    offers: Sequence[Offer],
    asked: Asked,
    cases: Sequence[Case] = (),
    books: Sequence[RuleBook] = (),
) -> OffersFact:
    """cases: one an offer, in the same order, where rules are to be checked.

    Raises NoAnswer for an offer in which nothing is ever paid.
    """
    for offer in offers:
        if not offer.schedule.instalments:
            what = say("{file}: in this offer nothing is ever paid: correct its rate or residual",
                       file=offer.file)  # fmt: skip
            raise NoAnswer(what)
    day = min(offer.schedule.terms.start for offer in offers)
    checked = [[one for book in books for one in check(case, book)] for case in cases]
    return OffersFact(
        as_of=asked.as_of,
        party=asked.party,
        currency=asked.currency,
        discount=asked.discount,
        worth_on=day,
        offers=tuple(
            _offer(offer, asked, day, tuple(map(_finding, findings)))
            for offer, findings in zip(offers, checked or [[]] * len(offers), strict=True)
        ),
        sources=_sources(books, [one for findings in checked for one in findings]),
    )


def _offer(offer: Offer, asked: Asked, day: date, findings: tuple[FindingFact, ...]) -> OfferFact:
    side, schedule = SIDES[asked.party], offer.schedule
    found = figures(schedule, side, asked.discount, day, offer.exchange)
    paid = accumulated(paid_by_day(schedule, side))
    return OfferFact(
        name=offer.name,
        file=offer.file,
        currency=schedule.currency,
        exchange=offer.exchange,
        kind=schedule.terms.kind,
        effective_rate=found.effective.rate,
        effective_rates=found.effective.rates,
        why_no_rate=found.effective.why,
        nominal_rate=found.nominal,
        financed=_cents(found.financed),
        advance=_cents(found.advance),
        first_payment=_cents(found.first),
        largest_payment=_cents(found.largest),
        largest_month=found.largest_month,
        interest=_cents(found.interest),
        fees=_cents(found.fees),
        tax=_cents(found.tax),
        subsidy=_cents(found.subsidy),
        total=_cents(found.total),
        extra=_cents(found.extra),
        present_value=_cents(found.worth),
        grant_element=found.grant,
        concessional=None if found.grant is None else is_concessional(found.grant),
        average_life=found.average_life,
        duration=found.duration,
        start=found.start,
        end=found.end,
        payments=found.payments,
        paid=tuple(Paid(day=due, amount=_cents(sum_ * offer.exchange)) for due, sum_ in paid),
        years=_years(schedule),
        findings=findings,
        notes=schedule.notes,
    )


def _years(schedule: Schedule) -> tuple[YearFact, ...]:
    return tuple(
        YearFact(year=one.year, received=one.received, borrower=one.borrower, budget=one.budget)
        for one in by_year(interest_shares(schedule))
    )


def _sources(books: Sequence[RuleBook], findings: Sequence[Finding]) -> tuple[SourceFact, ...]:
    """The acts that the findings cite, each once, in the order in which they come."""
    publishers = {book.id: book.title for book in books}
    cited = {_source_id(one): one for one in findings}
    return tuple(
        SourceFact(
            number=number,
            id=name,
            title=one.rule.source.title,
            publisher=publishers[one.book],
            address=one.rule.source.address,
            published=None,
            side=None,
            note=say("seen on {day}", day=one.rule.source.seen),
        )
        for number, (name, one) in enumerate(cited.items(), start=1)
    )


def _source_id(found: Finding) -> str:
    """The act by book, title and address: rules of one place share it."""
    source = found.rule.source
    return f"{found.book}: {pick(source.title, 'en')}, {source.address or ''}"


def _finding(found: Finding) -> FindingFact:
    rule = found.rule
    return FindingFact(
        book=found.book,
        rule=rule.id,
        title=rule.title,
        state=found.state,
        why=found.why,
        source=_source_id(found),
        article=rule.source.article,
        seen=rule.source.seen,
        note=rule.note,
    )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
