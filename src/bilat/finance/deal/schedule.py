"""The result: every payment of a deal, and who pays whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from bilat.language import Message
from bilat.programme.deal_amounts import rounded
from bilat.programme.deal_terms import DealTerms

Party = Literal["borrower", "lender", "budget", "supplier"]
ZERO = Decimal(0)

LENDERS_FEES = frozenset({"arrangement", "commitment", "management"})
"""Fees that the lender earns; the others go to insurers, guarantors and the like."""


@dataclass(frozen=True)
class Payment:
    """One date. Amounts in the deal's currency, none negative; zero where nothing happens."""

    number: int
    """1, 2, … for instalments; 0 for drawdowns, prepayments and fees on other days."""
    due: date
    """As the contract says."""
    day: date
    """When money moves, after the business-day convention."""
    drawn: Decimal = ZERO
    """Paid out by the lender."""
    advance: Decimal = ZERO
    """The borrower's own part, paid to the supplier."""
    rate: Decimal = ZERO
    """Nominal rate of the period that ends, a fraction of one a year."""
    interest: Decimal = ZERO
    """Paid, at the full rate."""
    subsidy: Decimal = ZERO
    """The part of the interest that the budget pays; the borrower pays the rest."""
    capitalised: Decimal = ZERO
    """Interest added to the balance."""
    principal: Decimal = ZERO
    residual: Decimal = ZERO
    """The purchase option of a lease."""
    fees: tuple[tuple[str, Decimal], ...] = ()
    """Kind and amount."""
    tax: Decimal = ZERO
    balance: Decimal = ZERO
    """Principal outstanding afterwards."""
    exchange: Decimal | None = None
    """Units of the payment currency for one of the deal's; None without such a currency."""

    @property
    def fee(self) -> Decimal:
        """All fees together."""
        return sum((amount for _kind, amount in self.fees), ZERO)

    @property
    def instalment(self) -> Decimal:
        """What the borrower pays the lender of debt: principal, residual, interest less subsidy."""
        return self.principal + self.residual + self.interest - self.subsidy

    @property
    def outlay(self) -> Decimal:
        """All that the borrower pays on this day, the advance included."""
        return self.instalment + self.advance + self.fee + self.tax


COLUMNS = (
    "drawn", "advance", "interest", "subsidy", "capitalised", "principal", "residual", "fee",
    "tax", "instalment", "outlay",
)  # fmt: skip
"""Columns that can be added up."""


@dataclass(frozen=True)
class Schedule:
    """The payments of a deal in order of day; their sums were checked."""

    terms: DealTerms
    currency: str
    payments: tuple[Payment, ...]
    notes: tuple[Message, ...] = ()
    """Rules that were applied: dates that moved, rates that were assumed to stay."""

    def flows(self, party: Party) -> tuple[tuple[date, Decimal], ...]:
        """What the party receives (+) and pays (−), by day; days without a flow are left out.

        The borrower receives what is drawn, though it may be paid straight to the supplier; the
        advance is not among its flows, because it stands against goods of the same value. The
        supplier receives drawdowns and advance. Taxes and the fees of third parties are paid by
        the borrower and received by none of the four.
        """
        days: dict[date, Decimal] = defaultdict(Decimal)
        for payment in self.payments:
            days[payment.day] += FLOWS[party](payment)
        return tuple((day, amount) for day, amount in sorted(days.items()) if amount)

    @property
    def returned(self) -> Decimal:
        """The value of leased goods that go back at the end, which no payment covers; else zero."""
        return self.payments[-1].balance

    def worth_flows(self, party: Literal["borrower", "lender"]) -> tuple[tuple[date, Decimal], ...]:
        """As `flows`; goods that go back count as given and received, at the value agreed.

        Without them a lease would look the cheaper the more of the goods the lessor gets back.
        """
        back = self.returned if party == "lender" else -self.returned
        last = self.end
        days = dict(self.flows(party))
        days[last] = days.get(last, ZERO) + back
        return tuple((day, amount) for day, amount in sorted(days.items()) if amount)

    def total(self, column: str) -> Decimal:
        """The sum of one of `COLUMNS`. Raises KeyError for another name."""
        if column not in COLUMNS:
            raise KeyError(column)
        return sum((getattr(payment, column) for payment in self.payments), ZERO)

    @property
    def totals(self) -> dict[str, Decimal]:
        """The sum of each of `COLUMNS`."""
        return {column: self.total(column) for column in COLUMNS}

    @property
    def instalments(self) -> tuple[Payment, ...]:
        """The numbered payments."""
        return tuple(payment for payment in self.payments if payment.number)

    @property
    def end(self) -> date:
        """The day of the last payment."""
        return self.payments[-1].day

    def settled(self, payment: Payment) -> Decimal:
        """What the borrower pays on the day in the currency of payment, rounded."""
        if payment.exchange is None:
            return payment.outlay
        return rounded(payment.outlay * payment.exchange, self.terms.rounding)

    def until(self, day: date) -> Schedule:
        """The payments up to and including the day."""
        kept = tuple(payment for payment in self.payments if payment.day <= day)
        return replace(self, payments=kept)

    def paid_by(self, day: date) -> dict[str, Decimal]:
        """Totals by column of what was due up to and including the day."""
        return self.until(day).totals

    def balance_on(self, day: date) -> Decimal:
        """Principal outstanding at the end of the day."""
        past = self.until(day).payments
        return past[-1].balance if past else ZERO


def _borrower(payment: Payment) -> Decimal:
    return payment.drawn - payment.instalment - payment.fee - payment.tax


def _lender(payment: Payment) -> Decimal:
    fees = sum((amount for kind, amount in payment.fees if kind in LENDERS_FEES), ZERO)
    return payment.interest + payment.principal + payment.residual + fees - payment.drawn


FLOWS: dict[Party, Callable[[Payment], Decimal]] = {
    "borrower": _borrower,
    "lender": _lender,
    "budget": lambda payment: -payment.subsidy,
    "supplier": lambda payment: payment.drawn + payment.advance,
}
