"""The account of a deal: its events one after another, and what each pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from bilat.finance.actus.daycount import YearFraction
from bilat.finance.actus.market import Market
from bilat.finance.deal.dates import Due, after
from bilat.finance.deal.faults import invalid
from bilat.finance.deal.ledger import Ledger
from bilat.finance.deal.rates import Rates, points_at
from bilat.finance.deal.repayment import Owed, Repayment
from bilat.language import say
from bilat.programme.deal_amounts import balloon_of, financed_of, residual_of, rounded
from bilat.programme.deal_parts import Fee
from bilat.programme.deal_terms import DealTerms

ZERO = Decimal(0)


@dataclass
class Account:
    """What is owed, and what has been earned on it since the last payment."""

    terms: DealTerms
    market: Market
    rates: Rates
    fraction: YearFraction
    repayment: Repayment
    ledger: Ledger
    since: datetime
    """Up to when interest is counted."""
    balance: Decimal = ZERO
    undrawn: Decimal = ZERO
    target: Decimal = ZERO
    """What the regular payments leave to the end."""
    rate: Decimal = ZERO
    points: Decimal = ZERO
    """The part of the rate that budgets pay."""
    accrued: Decimal = ZERO
    granted: Decimal = ZERO
    """The subsidy that belongs to what accrued."""
    deferred: Decimal = ZERO
    """Interest of a grace, to be paid after it."""
    deferred_grant: Decimal = ZERO
    earned: dict[int, Decimal] = field(default_factory=dict)
    """Fees that are counted by the day, by their place in the terms."""
    repaid: int = 0
    """How many dates of principal have passed."""

    def __post_init__(self) -> None:
        self.undrawn = financed_of(self.terms)
        self.target = balloon_of(self.terms) + residual_of(self.terms)
        self.graced_until = after(self.terms, self.terms.grace.interest)
        self.reset(self.since)

    @property
    def done(self) -> bool:
        """Nothing is owed and nothing will be drawn."""
        return not (self.balance or self.undrawn or self.accrued or self.deferred)

    def reset(self, now: datetime) -> None:
        """Rate and subsidy of the period that begins."""
        self.settle(now)
        self.rate = self.rates.at(now)
        if now in self.rates.changes:
            self.repayment.changed("rate")
        if self.terms.subsidies:
            self.points = points_at(self.terms, self.market, self.rate, now)

    def settle(self, now: datetime) -> None:
        """Counts interest, subsidy and daily fees up to the moment."""
        if now <= self.since:
            return
        share = self.fraction(self.since, now)
        self.accrued += self.balance * self.rate * share
        self.granted += self.balance * self.points * share
        for place, fee in enumerate(self.terms.fees):
            if fee.due == "payment" and fee.percent is not None:
                earned = self._base(fee) * fee.percent / 100 * share
                self.earned[place] = self.earned.get(place, ZERO) + earned
        self.since = now

    def draw(self, now: datetime, amount: Decimal) -> None:
        self.settle(now)
        self.balance += amount
        self.undrawn -= amount
        self.repayment.changed("drawn")
        self.ledger.add(now, now, self.balance, drawn=amount)

    def pay(self, due: Due, *, last: bool) -> None:
        """A due date: interest, principal, fees."""
        self.settle(due.until)
        owed = self._owed(due.until)
        interest, subsidy, capitalised = self._interest(due.stated, last=last)
        principal = self._principal(due, owed, last=last)
        self.balance += capitalised - principal
        self.ledger.add(
            due.stated,
            due.paid,
            self.balance,
            number=1,
            rate=self.rate,
            interest=interest,
            subsidy=subsidy,
            capitalised=capitalised,
            principal=principal,
            fees=self._fees(),
        )

    def close(self, due: Due, *, apart: bool) -> None:
        """The end of the term: balloon and residual value fall due.

        apart: no regular payment falls on this day, so its interest and fees are still to pay.
        """
        if apart:
            self.pay(replace(due, principal=False), last=False)
        bought = self._residual_paid()
        balloon = min(balloon_of(self.terms), self.balance)
        self.balance -= balloon + bought
        self.ledger.add(
            due.stated, due.paid, self.balance, number=1, principal=balloon, residual=bought
        )

    def prepay(self, place: int, now: datetime, amount: Decimal) -> None:
        """Principal paid back early; interest up to the day is paid with it."""
        self.settle(now)
        left = self.balance - self.target
        if amount > left:
            what = say("{amount} is more than the {left} owed on {day}", amount=amount,
                       left=max(left, ZERO), day=now.date())  # fmt: skip
            raise invalid(what, say("Write a smaller amount"), "prepayments", place, "amount")
        graced = now <= self.graced_until and self.terms.grace.interest
        before = self._owed(now)  # with what accrued: the payment that stays was to cover it
        interest, subsidy = (ZERO, ZERO) if graced else self._interest(now)[:2]
        self.balance -= amount
        effect = self.terms.prepayments[place].effect
        self.repayment.prepaid(self.repaid, before, self._owed(now), effect)
        self.ledger.add(
            now, now, self.balance, rate=self.rate, interest=interest, subsidy=subsidy,
            principal=amount,
        )  # fmt: skip

    def charge(self, stated: datetime, paid: datetime, due: str) -> None:
        """Fees that are due once or each year, on what holds at the moment."""
        fees = tuple((fee.kind, self._charged(fee)) for fee in self.terms.fees if fee.due == due)
        self.ledger.add(stated, paid, self.balance, fees=tuple(fee for fee in fees if fee[1]))

    def _owed(self, now: datetime) -> Owed:
        return Owed(now, self.balance, self.target, self.accrued, self.rate)

    def _interest(
        self, stated: datetime, *, last: bool = False
    ) -> tuple[Decimal, Decimal, Decimal]:
        """Interest paid, the subsidy in it, and interest capitalised; at the last all is paid."""
        rounding, grace = self.terms.rounding, self.terms.grace
        accrued, granted = self.accrued, self.granted
        self.accrued = self.granted = ZERO
        if grace.interest and stated <= self.graced_until and not last:
            if grace.interest_then == "capitalised":
                return ZERO, ZERO, rounded(accrued, rounding)
            self.deferred += accrued
            self.deferred_grant += granted
            return ZERO, ZERO, ZERO
        interest = rounded(accrued, rounding) + rounded(self.deferred, rounding)
        subsidy = rounded(granted + self.deferred_grant, rounding)
        self.deferred = self.deferred_grant = ZERO
        return interest, min(subsidy, interest), ZERO

    def _principal(self, due: Due, owed: Owed, *, last: bool) -> Decimal:
        left = max(owed.balance - owed.target, ZERO)  # before all is drawn it may be below
        number, self.repaid = self.repaid, self.repaid + due.principal
        if last:
            return left
        if not due.principal or not left:
            return ZERO
        return self.repayment.principal(number, owed)

    def _residual_paid(self) -> Decimal:
        residual = self.terms.residual
        if residual is None or residual.settled == "returned":
            return ZERO
        return residual_of(self.terms)

    def _fees(self) -> tuple[tuple[str, Decimal], ...]:
        """Those due with each payment."""
        fees = []
        for place, fee in enumerate(self.terms.fees):
            if fee.due == "payment":
                amount = fee.amount if fee.amount is not None else self.earned.pop(place, ZERO)
                fees.append((str(fee.kind), rounded(amount, self.terms.rounding)))
        return tuple(fee for fee in fees if fee[1])

    def _charged(self, fee: Fee) -> Decimal:
        return rounded(fee.of(self._base(fee)), self.terms.rounding)

    def _base(self, fee: Fee) -> Decimal:
        if fee.on == "price" and self.terms.price:
            return self.terms.price.amount
        bases = {"balance": self.balance, "undrawn": self.undrawn}
        return bases.get(fee.on, financed_of(self.terms))


def tranches(terms: DealTerms) -> Sequence[tuple[date, Decimal]]:
    """What is drawn when, rounded; the last takes what rounding leaves."""
    financed = financed_of(terms)
    if not terms.drawdowns:
        return [(terms.start, financed)]
    ordered = sorted(terms.drawdowns, key=lambda one: one.day)
    drawn = [(one.day, rounded(one.of(financed), terms.rounding)) for one in ordered]
    rest = financed - sum((amount for _day, amount in drawn[:-1]), ZERO)
    return [*drawn[:-1], (drawn[-1][0], rest)]
