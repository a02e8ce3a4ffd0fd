"""The table of payments: one row a day, columns only for what happens in this deal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bilat.brief.facts.schedule import PaymentFact, ScheduleFacts
from bilat.brief.story.blocks import Cell, Column, Number, Table, Tone
from bilat.language import Message, say


@dataclass(frozen=True)
class _Amounts:
    """A column of amounts, and where its sum stands among the totals."""

    title: Message
    read: Callable[[PaymentFact], Decimal]
    total: Callable[[dict[str, Decimal]], Decimal]


def places(facts: ScheduleFacts) -> int:
    """Decimal places of amounts; cents where they are not rounded."""
    rounding = facts.terms.rounding
    return 2 if rounding.rule == "none" else rounding.places


def payments_table(facts: ScheduleFacts) -> Table:
    """Every payment, with the sum of each column; what is past is grey."""
    columns, digits = tuple(_columns(facts)), places(facts)
    other = _in_other_currency(facts)
    return Table(
        "payments",
        say("Payments, {currency}", currency=facts.currency),
        (
            Column(say("No."), numeric=True),
            Column(say("Date"), whole=True),
            *(Column(column.title, numeric=True) for column in columns),
            Column(say("Balance"), numeric=True),
            *((Column(other, numeric=True),) if other else ()),
        ),
        tuple(_row(facts, payment, columns) for payment in facts.payments),
        notes=tuple(_notes(facts)),
        sheet=say("Payments"),
        essential=True,
        total=(
            Cell(""),
            Cell(say("Total")),
            *(Cell(Number(column.total(facts.totals), digits)) for column in columns),
            Cell(""),
            *((Cell(Number(_other_total(facts), 2)),) if other else ()),
        ),
    )


def _columns(facts: ScheduleFacts) -> Iterator[_Amounts]:
    """In the order in which a payment is built up; a column of zeros is left out."""
    for column in _possible(facts):
        if any(column.read(payment) for payment in facts.payments):
            yield column


def _possible(facts: ScheduleFacts) -> Iterator[_Amounts]:
    if sum(1 for payment in facts.payments if payment.drawn) > 1:
        yield _Amounts(say("Paid out"), lambda one: one.drawn, lambda sums: sums["drawn"])
    yield _Amounts(say("Advance"), lambda one: one.advance, lambda sums: sums["advance"])
    yield _Amounts(say("Principal"), lambda one: one.principal, lambda sums: sums["principal"])
    yield _Amounts(say("Interest"), lambda one: one.interest, lambda sums: sums["interest"])
    yield _Amounts(
        say("Paid by the budget"), lambda one: -one.subsidy, lambda sums: -sums["subsidy"]
    )
    yield _Amounts(
        say("Added to principal"), lambda one: one.capitalised, lambda sums: sums["capitalised"]
    )
    yield _Amounts(say("Residual value"), lambda one: one.residual, lambda sums: sums["residual"])
    yield _Amounts(say("Fees"), lambda one: one.fee, lambda sums: sums["fee"])
    yield _Amounts(say("Taxes"), lambda one: one.tax, lambda sums: sums["tax"])
    yield _Amounts(
        say("To pay"),
        lambda one: one.outlay,
        lambda sums: sums["outlay"],
    )


def _row(
    facts: ScheduleFacts, payment: PaymentFact, columns: tuple[_Amounts, ...]
) -> tuple[Cell, ...]:
    tone: Tone | None = "quiet" if payment.past else None
    digits = places(facts)
    cells = (
        payment.number or None,
        payment.day,
        *(_amount(column.read(payment), digits) for column in columns),
        Number(payment.balance, digits),
    )
    other = (Number(payment.in_payment_currency or 0, 2),) if _in_other_currency(facts) else ()
    return tuple(Cell(value, tone=tone) for value in (*cells, *other))


def _amount(amount: Decimal, digits: int) -> Number | None:
    """Nothing where nothing is paid: a reader looks for what is."""
    return Number(amount, digits) if amount else None


def _in_other_currency(facts: ScheduleFacts) -> Message | None:
    currency = facts.terms.payment_currency
    if currency is None or all(one.in_payment_currency is None for one in facts.payments):
        return None
    return say("In all, {currency}", currency=currency)


def _other_total(facts: ScheduleFacts) -> Decimal:
    return sum((one.in_payment_currency or Decimal(0) for one in facts.payments), Decimal(0))


def _notes(facts: ScheduleFacts) -> Iterator[Message]:
    if facts.standing:
        yield say("Grey: due up to {day}.", day=facts.standing.day)
    if facts.totals["subsidy"]:
        yield say("Interest is at the full rate; the part that the budget pays is taken off it.")
