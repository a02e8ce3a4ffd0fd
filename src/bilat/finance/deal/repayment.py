"""How much principal each payment repays: level, in equal parts, or as listed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Literal, Protocol

from bilat.finance.actus.annuity import annuity_payment
from bilat.finance.actus.daycount import YearFraction
from bilat.finance.deal.dates import Due, moment
from bilat.finance.deal.faults import invalid
from bilat.language import say
from bilat.programme.deal_amounts import financed_of, rounded
from bilat.programme.deal_parts import Rounding
from bilat.programme.deal_terms import DealTerms

ZERO, ONE = Decimal(0), Decimal(1)
Effect = Literal["smaller", "shorter"]
Change = Literal["rate", "drawn"]


@dataclass(frozen=True)
class Owed:
    """What is owed at a moment, after rounding; accrued is not rounded."""

    now: datetime
    balance: Decimal
    target: Decimal
    """What the regular payments leave to the end."""
    accrued: Decimal
    rate: Decimal


class Repayment(Protocol):
    """Decides the principal of the due dates that repay some; counts them from 0."""

    def principal(self, number: int, owed: Owed) -> Decimal:
        """Of a date that is not the last. Raises TermInvalid where it would be negative."""

    def changed(self, what: Change) -> None:
        """What was computed ahead may no longer hold."""

    def prepaid(self, number: int, before: Owed, after: Owed, effect: Effect) -> None:
        """Principal was paid back early, ahead of date ``number``."""


@dataclass
class Level:
    """Payments of principal and interest, each a weight of one amount.

    stated: the weights are the payments themselves; then only a prepayment changes them.
    """

    dates: Sequence[datetime]
    weights: Sequence[Decimal]
    fraction: YearFraction
    rounding: Rounding
    stated: bool = False
    amount: Decimal | None = None
    end: int = field(init=False)

    def __post_init__(self) -> None:
        self.end = len(self.dates)
        if self.stated:
            self.amount = ONE

    def principal(self, number: int, owed: Owed) -> Decimal:
        if number >= self.end - 1 and self.end < len(self.dates):
            return owed.balance - owed.target  # the last of a term that a prepayment shortened
        if self.amount is None:
            self.amount = self._computed(number, owed)
        interest = rounded(owed.accrued, self.rounding)
        payment = rounded(self.amount * self.weights[number], self.rounding)
        if payment < interest:
            what = say(
                "the payment of {payment} due on {day} does not cover the interest of {interest}",
                payment=payment,
                day=self.dates[number].date(),
                interest=interest,
            )
            if not self.stated:
                remedy = say("Write a shorter term, a first payment nearer to the start, or "
                             "day_count: 30E/360, whose months are equal")  # fmt: skip
                raise invalid(what, remedy, "repayment")
            term = "payment" if len(set(self.weights)) == 1 else "repayment"
            raise invalid(what, say("Write a higher payment, or a grace on principal"), term)
        return min(payment - interest, owed.balance - owed.target)

    def changed(self, what: Change) -> None:
        if not self.stated:
            self.amount = None
        if what == "drawn":
            self.end = len(self.dates)

    def prepaid(self, number: int, before: Owed, after: Owed, effect: Effect) -> None:
        if effect == "smaller" and self.stated and before.balance > before.target:
            whole = before.balance - before.target
            self.amount = (self.amount or ONE) * (after.balance - after.target) / whole
        elif effect == "smaller":
            self.amount = None
        else:
            if self.amount is None:
                self.amount = self._computed(number, before)
            self.end = self._end(number, after)

    def _computed(self, number: int, owed: Owed) -> Decimal:
        """The amount that leaves the target after the last date; weight 1 is rounded."""
        dates, weights = self.dates[number : self.end], self.weights[number : self.end]
        amount = annuity_payment(
            owed.balance,
            owed.accrued,
            owed.rate,
            owed.now,
            dates,
            self.fraction,
            left=owed.target,
            weights=weights,
        )
        return rounded(amount, self.rounding)

    def _end(self, number: int, owed: Owed) -> int:
        """After how many dates the same payments have repaid it."""
        balance, now, accrued = owed.balance, owed.now, owed.accrued
        for index in range(number, self.end):
            accrued += balance * owed.rate * self.fraction(now, self.dates[index])
            balance += accrued - (self.amount or ZERO) * self.weights[index]
            now, accrued = self.dates[index], ZERO
            if balance <= owed.target:
                return index + 1
        return self.end


@dataclass
class Equal:
    """Equal parts of principal."""

    count: int
    rounding: Rounding
    share: Decimal | None = None
    end: int = field(init=False)
    """How many dates are left of them after a prepayment shortened the term."""

    def __post_init__(self) -> None:
        self.end = self.count

    def principal(self, number: int, owed: Owed) -> Decimal:
        left = owed.balance - owed.target
        if number >= self.end - 1:
            return left
        if self.share is None:
            self.share = rounded(left / (self.end - number), self.rounding)
        return min(self.share, left)

    def changed(self, what: Change) -> None:
        """Parts of principal do not depend on the rate."""
        if what == "drawn":
            self.share, self.end = None, self.count

    def prepaid(self, number: int, before: Owed, after: Owed, effect: Effect) -> None:
        share = self.share or (before.balance - before.target) / max(self.end - number, 1)
        if effect == "smaller" or not share:
            self.share = None
            return
        self.share = rounded(share, self.rounding)
        needed = math.ceil((after.balance - after.target) / share)
        self.end = min(self.end, number + max(needed, 1))


@dataclass
class Listed:
    """Amounts of an individual schedule; the last takes what rounding leaves."""

    amounts: list[Decimal]
    rounding: Rounding

    def principal(self, number: int, owed: Owed) -> Decimal:
        return min(self.amounts[number], owed.balance - owed.target)

    def changed(self, what: Change) -> None:
        """Neither rate nor drawdown changes what is listed."""

    def prepaid(self, number: int, before: Owed, after: Owed, effect: Effect) -> None:
        whole, left = before.balance - before.target, after.balance - after.target
        if effect == "shorter" or not whole:
            return  # `principal` stops when all is repaid: the last instalments fall away
        for index in range(number, len(self.amounts)):
            self.amounts[index] = rounded(self.amounts[index] * left / whole, self.rounding)


def repayment_of(terms: DealTerms, dues: Sequence[Due], fraction: YearFraction) -> Repayment:
    """The rule by which the due dates marked for principal repay it."""
    dates = [due.until for due in dues if due.principal]
    if terms.repayment == "individual":
        financed = financed_of(terms)
        amounts: dict[datetime, Decimal] = dict.fromkeys(
            (due.stated for due in dues if due.principal), ZERO
        )
        for one in terms.instalments:
            amounts[moment(one.day)] += rounded(one.of(financed), terms.rounding)
        return Listed(list(amounts.values()), terms.rounding)
    if terms.repayment in ("annuity", "step"):
        weights, stated = _weights(terms, len(dates))
        return Level(dates, weights, fraction, terms.rounding, stated)
    return Equal(len(dates), terms.rounding)


def _weights(terms: DealTerms, count: int) -> tuple[list[Decimal], bool]:
    if terms.payment:
        return [terms.payment] * count, True
    if not terms.steps:
        return [ONE] * count, False
    for place, step in enumerate(terms.steps):
        if step.number > count:
            what = say("there are only {n} payments of principal", n=count)
            remedy = say("Write a smaller number, or a longer term")
            raise invalid(what, remedy, "steps", place, "number")
    weights = [ONE] * count
    stops = [*(step.number for step in terms.steps), count + 1]
    for step, (first, until) in zip(terms.steps, pairwise(stops), strict=True):
        weight = step.amount if step.amount is not None else (step.percent or ZERO) / 100
        weights[first - 1 : until - 1] = [weight] * len(weights[first - 1 : until - 1])
    return weights, terms.steps[0].amount is not None
