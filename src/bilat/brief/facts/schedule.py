"""The facts of one deal: payments, who pays whom, the terms and rules, the limits that it breaks.

Amounts are in the deal's currency unless said otherwise; rates are shares (0.085 a year).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from bilat import __version__
from bilat.brief.facts.fact import WORDS, Fact, MaybeSaid, Said
from bilat.brief.facts.source import SourceFact
from bilat.finance.deal import Payment, Schedule
from bilat.finance.deal.schedule import LENDERS_FEES
from bilat.finance.presets import Finding, Preset, PresetSource, findings
from bilat.finance.worth import internal_rate
from bilat.language import Words, say
from bilat.programme.deal_terms import DealTerms

CENT = Decimal("0.01")


class FeeFact(Fact):
    """A fee or premium of one day."""

    kind: str
    amount: Decimal


class PaymentFact(Fact):
    """One day of the schedule."""

    number: int
    """1, 2, … for instalments; 0 for drawdowns, prepayments and fees on other days."""
    due: date
    day: date
    """When money moves, after the rule for days that are no business days."""
    past: bool | None
    """Whether the day has come; None where no day was asked for."""
    drawn: Decimal
    advance: Decimal
    rate: Decimal
    interest: Decimal
    """At the full rate."""
    subsidy: Decimal
    """The part of the interest that the budget pays."""
    capitalised: Decimal
    principal: Decimal
    residual: Decimal
    fees: tuple[FeeFact, ...]
    fee: Decimal
    """All fees together."""
    tax: Decimal
    outlay: Decimal
    """All that the borrower pays on this day."""
    in_payment_currency: Decimal | None
    """The same, where payments are made in another currency."""
    balance: Decimal
    """Principal outstanding afterwards."""


Actor = Literal["borrower", "lender", "budget", "supplier", "third", "treasury"]
Purpose = Literal["advance", "drawn", "principal", "interest", "residual", "fees", "subsidy", "tax"]


class TransferFact(Fact):
    """What one of those who take part pays to another over the whole term."""

    payer: Actor
    receiver: Actor
    """``third``: insurers, guarantors and the like; ``treasury``: taxes."""
    purpose: Purpose
    amount: Decimal


class StandingFact(Fact):
    """Where the deal stands on a day, if everything was paid when it was due."""

    day: date
    paid: Decimal
    """What the borrower had to pay until then, the day included."""
    balance: Decimal
    next_day: date | None
    next_outlay: Decimal | None


class LimitFact(Fact):
    """A limit of the preset that the deal breaks, or that cannot be checked on it."""

    what: str
    says: Said
    state: Literal["broken", "unknown"]
    found: Any
    """What the deal has: a number (percent, months, an amount) or a code."""
    source: str


class PresetFact(Fact):
    """The offer that the terms started from."""

    id: str
    title: Said
    institution: Said
    conditions: tuple[Said, ...]
    limits: tuple[LimitFact, ...]


class ScheduleFacts(Fact):
    """Everything that the documents of a schedule say. The same terms give the same facts."""

    format: Literal["bilat-schedule/1"] = "bilat-schedule/1"
    version: str = __version__
    name: str
    """What its files are called."""
    title: Said
    as_of: date
    """The day asked for, else the start of the deal."""
    currency: str
    terms: DealTerms
    payments: tuple[PaymentFact, ...]
    totals: dict[str, Decimal]
    """Sum of each column of the payments."""
    transfers: tuple[TransferFact, ...]
    """Who pays whom, and for what; only what is not zero."""
    effective_rate: Decimal | None
    """Effective a year, of what the borrower pays and receives; None where there is none."""
    no_rate: MaybeSaid
    """Why there is none."""
    standing: StandingFact | None
    rules: tuple[Said, ...]
    """What was applied: days that moved, rates that were taken to stay."""
    preset: PresetFact | None
    sources: tuple[SourceFact, ...]

    def number_of(self, source: str) -> int | None:
        """The number of a source in the list."""
        return next((item.number for item in self.sources if item.id == source), None)

    def without_standing(self) -> ScheduleFacts:
        """The same as nobody's day sees it: nothing is past."""
        payments = tuple(one.model_copy(update={"past": None}) for one in self.payments)
        return self.model_copy(update={"payments": payments, "standing": None})

    def to_json(self, words: Words, *, indent: int | None = 2) -> str:
        """JSON text; sentences in the language of ``words``, amounts as text with all digits."""
        return self.model_dump_json(context={WORDS: words}, indent=indent) + "\n"


def schedule_facts(
    schedule: Schedule, *, name: str, as_of: date | None = None, preset: Preset | None = None
) -> ScheduleFacts:
    """The facts of a schedule; with ``as_of``, what is past on that day and what is owed."""
    terms = schedule.terms
    rate = internal_rate(schedule.worth_flows("borrower"))
    return ScheduleFacts(
        name=name,
        title=terms.title or _title(terms),
        as_of=as_of or terms.start,
        currency=schedule.currency,
        terms=terms,
        payments=tuple(_payment(schedule, payment, as_of) for payment in schedule.payments),
        totals=schedule.totals,
        transfers=_transfers(schedule),
        effective_rate=rate.rate,
        no_rate=rate.why,
        standing=_standing(schedule, as_of) if as_of else None,
        rules=schedule.notes,
        preset=_preset(preset, findings(preset, schedule)) if preset else None,
        sources=tuple(_sources(preset)),
    )


def _title(terms: DealTerms) -> Any:
    return say("Schedule of lease payments") if terms.kind == "lease" else say("Loan schedule")


def _payment(schedule: Schedule, payment: Payment, as_of: date | None) -> PaymentFact:
    return PaymentFact(
        number=payment.number,
        due=payment.due,
        day=payment.day,
        past=None if as_of is None else payment.day <= as_of,
        drawn=payment.drawn,
        advance=payment.advance,
        rate=payment.rate,
        interest=payment.interest,
        subsidy=payment.subsidy,
        capitalised=payment.capitalised,
        principal=payment.principal,
        residual=payment.residual,
        fees=tuple(FeeFact(kind=kind, amount=amount) for kind, amount in payment.fees),
        fee=payment.fee,
        tax=payment.tax,
        outlay=payment.outlay,
        in_payment_currency=_converted(payment),
        balance=payment.balance,
    )


def _converted(payment: Payment) -> Decimal | None:
    if payment.exchange is None:
        return None
    return (payment.outlay * payment.exchange).quantize(CENT, ROUND_HALF_UP)


def _transfers(schedule: Schedule) -> tuple[TransferFact, ...]:
    """The goods' price goes to the supplier; money that buys nothing named goes to the borrower."""
    totals, financed_to = schedule.totals, _drawn_by(schedule.terms)
    own = sum(
        (amount for one in schedule.payments for kind, amount in one.fees if kind in LENDERS_FEES),
        Decimal(0),
    )
    rows: tuple[tuple[Actor, Actor, Purpose, Decimal], ...] = (
        ("borrower", "supplier", "advance", totals["advance"]),
        ("lender", financed_to, "drawn", totals["drawn"]),
        ("borrower", "lender", "principal", totals["principal"]),
        ("borrower", "lender", "interest", totals["interest"] - totals["subsidy"]),
        ("budget", "lender", "subsidy", totals["subsidy"]),
        ("borrower", "lender", "residual", totals["residual"]),
        ("borrower", "lender", "fees", own),
        ("borrower", "third", "fees", totals["fee"] - own),
        ("borrower", "treasury", "tax", totals["tax"]),
    )
    return tuple(
        TransferFact(payer=payer, receiver=receiver, purpose=purpose, amount=amount)
        for payer, receiver, purpose, amount in rows
        if amount
    )


def _drawn_by(terms: DealTerms) -> Actor:
    return "supplier" if terms.price or terms.kind == "lease" else "borrower"


def _standing(schedule: Schedule, day: date) -> StandingFact:
    coming = next((one for one in schedule.payments if one.day > day and one.outlay), None)
    return StandingFact(
        day=day,
        paid=schedule.paid_by(day)["outlay"],
        balance=schedule.balance_on(day),
        next_day=coming.day if coming else None,
        next_outlay=coming.outlay if coming else None,
    )


def _preset(preset: Preset, found: tuple[Finding, ...]) -> PresetFact:
    return PresetFact(
        id=preset.id,
        title=preset.title,
        institution=preset.institution,
        conditions=preset.conditions,
        limits=tuple(
            LimitFact(
                what=one.limit.what,
                says=one.limit.says,
                state=one.state,
                found=one.found,
                source=one.source.id,
            )
            for one in found
        ),
    )


def _sources(preset: Preset | None) -> list[SourceFact]:
    sources = preset.sources if preset else ()
    return [_source(number, item) for number, item in enumerate(sources, start=1)]


def _source(number: int, item: PresetSource) -> SourceFact:
    return SourceFact(
        number=number,
        id=item.id,
        title=item.title,
        publisher=item.publisher,
        address=item.address,
        published=item.stated,
        side=None,
        note=say("read on {day}", day=item.consulted),
    )
