"""A deal as rules look at it: its advance, its repayment, its rate, and what the user adds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from bilat.finance.deal import Payment, Schedule
from bilat.finance.support.indices import Indices, Quote
from bilat.finance.support.rule import Category
from bilat.finance.worth.flows import Flow, whole_months

TWELVE = 12
HAIR = Decimal("0.005")
"""Percentage points: rates are published with two decimals, and interest is paid in cents."""


@dataclass(frozen=True)
class Case:
    """local_costs: percent of the export contract value."""

    schedule: Schedule
    category: Category | None = None
    local_costs: Decimal | None = None
    indices: Indices = field(default_factory=Indices)

    @property
    def currency(self) -> str:
        return self.schedule.currency

    @cached_property
    def begins(self) -> date:
        """The starting point of credit: the day of the last drawdown."""
        drawn = [payment.day for payment in self.schedule.payments if payment.drawn]
        return max(drawn, default=self.schedule.terms.start)

    @cached_property
    def price(self) -> Decimal:
        """Of what is bought; where none is stated, what is drawn and the advance."""
        if self.schedule.terms.price:
            return self.schedule.terms.price.amount
        return self.schedule.total("drawn") + self.schedule.total("advance")

    @cached_property
    def down_payment(self) -> Decimal:
        """Percent of the price that is paid up to the starting point."""
        paid = sum(
            (one.advance for one in self.schedule.payments if one.day <= self.begins), Decimal(0)
        )
        return 100 * paid / self.price if self.price else Decimal(0)

    @property
    def unit_of_price(self) -> Decimal:
        """The smallest unit of money as percent of the price: what rounding may take."""
        return 100 * self._unit / self.price if self.price else Decimal(0)

    @cached_property
    def principal(self) -> list[Flow]:
        """What the contract repays, by due date, without early repayments."""
        return [
            (payment.due, payment.principal + payment.residual)
            for payment in self.schedule.instalments
            if payment.principal + payment.residual
        ]

    @cached_property
    def term(self) -> Decimal | None:
        """Months from the starting point to the last principal; None without principal."""
        return months(self.begins, self.principal[-1][0]) if self.principal else None

    @cached_property
    def longest_interval(self) -> Decimal | None:
        """Months between payments of principal; None with fewer than two."""
        days = [day for day, _amount in self.principal]
        return max((months(a, b) for a, b in pairwise(days)), default=None)

    @cached_property
    def has_equal_principal(self) -> bool:
        """Equal to the smallest unit, but for what rounding leaves to the last part."""
        return _are_equal([amount for _day, amount in self.principal], self._unit)

    @cached_property
    def has_equal_payments(self) -> bool:
        """Principal and interest together equal, wherever principal is paid."""
        paid = [
            payment.principal + payment.residual + payment.interest
            for payment in self.schedule.instalments
            if payment.principal + payment.residual
        ]
        return _are_equal(paid, self._unit)

    @property
    def _unit(self) -> Decimal:
        return Decimal(1).scaleb(-self.schedule.terms.rounding.places)

    @cached_property
    def rates(self) -> list[tuple[date, Decimal, Decimal]]:
        """(day, percent that the borrower bears, percent that the budget bears), by payment."""
        return [(one.day, 100 * one.rate - points(one), points(one)) for one in self._telling]

    @cached_property
    def hair(self) -> Decimal:
        """Percentage points that rounding may add to one of the ``rates`` or take from it."""
        return max([HAIR, *map(self._unsure, self._telling)])

    @cached_property
    def _telling(self) -> list[Payment]:
        """The payments whose cents tell the rate; the largest, where all are too small for it."""
        paid = [payment for payment in self.schedule.payments if payment.interest]
        largest = sorted(paid, key=lambda one: one.interest)[-1:]
        return [one for one in paid if self._unsure(one) <= HAIR] or largest

    def _unsure(self, payment: Payment) -> Decimal:
        """Points by which one unit of money moves the rate of the payment."""
        return 100 * payment.rate * self._unit / payment.interest

    @property
    def floats(self) -> bool:
        rate = self.schedule.terms.rate
        return rate.index is not None and bool(rate.reset_every or rate.first_reset)

    def index(self, name: str, day: date) -> Decimal | None:
        """What the user stated of an index, else what the deal itself says was observed of it."""
        stated = self.indices.on(name, self.currency, day)
        return stated if stated is not None else self._observed.on(name, self.currency, day)

    @cached_property
    def _observed(self) -> Indices:
        terms = self.schedule.terms
        sources = [(terms.rate.index, terms.rate.observed)]
        sources += [(one.index, one.observed) for one in terms.subsidies]
        return Indices(
            tuple(
                Quote(index, seen.day, seen.percent)
                for index, observed in sources
                if index
                for seen in observed
            )
        )


def points(payment: Payment) -> Decimal:
    """Percentage points of the rate that the budget pays, from the amounts themselves."""
    if not payment.interest:
        return Decimal(0)
    return 100 * payment.rate * payment.subsidy / payment.interest


def months(start: date, end: date) -> Decimal:
    return whole_months(start, end) * TWELVE


def _are_equal(amounts: list[Decimal], unit: Decimal) -> bool:
    """The last one may absorb a unit for each of the others."""
    if not amounts:
        return False
    *regular, last = amounts
    if not regular:
        return True
    even = max(regular) - min(regular) <= unit
    return even and abs(last - regular[-1]) <= unit * len(amounts)
