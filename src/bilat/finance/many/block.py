"""Deals as columns: their terms in whole units of money and of rate, one day count a block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bilat.finance.actus.market import NOTHING_OBSERVED
from bilat.finance.actus.running import DIGITS
from bilat.finance.deal.dates import moment
from bilat.finance.deal.rates import points_at
from bilat.finance.many.days import Days, stepped
from bilat.finance.many.integers import LARGEST, Flags, Ints
from bilat.programme.deal_amounts import (
    balloon_of,
    financed_of,
    residual_of,
    rounded,
)
from bilat.programme.deal_parts import Fee, Tax
from bilat.programme.deal_terms import DealTerms

RATE = 10**8
"""A rate of one is so many units: percent with up to six decimals are whole."""
KINDS = {"annuity": 0, "equal_principal": 1, "bullet": 2}
STATED = 3
"""An annuity whose payment is stated."""


@dataclass(frozen=True)
class Earned:
    """One fee of each deal that is due with each payment; percent 0 and amount 0 for none.

    percent: in units of `RATE`, of ``base``, or of the balance where ``on_balance``.
    """

    kinds: list[str]
    percent: Ints
    base: Ints
    on_balance: Flags
    amount: Ints


@dataclass(frozen=True)
class Taxed:
    """One tax of each deal: percent in units of `RATE`, 0 for none, and on which columns."""

    percent: Ints
    on: dict[str, Flags]


@dataclass(frozen=True)
class Block:
    """Columns of (n,) in whole units of the smallest part of money (cents), months, days."""

    places: NDArray[np.intp]
    """Where the deals stand in what was asked."""
    terms: list[DealTerms]
    day_count: str
    start: Days
    end: Days
    anchor: Days
    """The first payment where it is stated, else the start; others are counted from it."""
    is_stated: Flags
    """Whether it is."""
    every: Ints
    end_of_month: Flags
    grace: Ints
    kind: Ints
    financed: Ints
    balloon: Ints
    residual: Ints
    payment: Ints
    rate: Ints
    points: Ints
    earned: list[Earned]
    taxes: list[Taxed]

    @property
    def target(self) -> Ints:
        """What the regular payments leave to the end."""
        return self.balloon + self.residual


def units(amount: Decimal, places: int) -> int:
    """Raises ValueError for an amount that is not whole in units, or too large for them."""
    scaled = amount.scaleb(places)
    if scaled != scaled.to_integral_value() or scaled > LARGEST:
        raise ValueError(amount)
    return int(scaled)


def row_of(terms: DealTerms) -> tuple[Any, ...]:
    """The scalars of one deal, in the order of `block_of`. ValueError as `units`."""
    places = terms.rounding.places
    with localcontext(Context(prec=DIGITS)):
        rate = (terms.rate.percent or Decimal(0)) / 100
        points = points_of(terms, rate)
        stated = terms.payment is not None and terms.repayment == "annuity"
        kind = STATED if stated else KINDS[terms.repayment]
        return (
            terms.start,
            terms.maturity or terms.start,
            terms.first_payment or terms.start,
            terms.first_payment is not None,
            0 if terms.maturity else terms.months or 0,
            terms.every or 1,
            terms.end_of_month,
            terms.grace.principal,
            kind,
            units(financed_of(terms), places),
            units(balloon_of(terms), places),
            units(residual_of(terms), places),
            units(stated_payment(terms), places),
            units(rate, 8),
            units(points, 8),
        )


def points_of(terms: DealTerms, rate: Decimal) -> Decimal:
    """What budgets pay of the rate, the same on every day."""
    if not terms.subsidies:
        return Decimal(0)
    return points_at(terms, NOTHING_OBSERVED, rate, moment(terms.start))


def stated_payment(terms: DealTerms) -> Decimal:
    """Rounded as it is paid; zero where none is stated."""
    return rounded(terms.payment, terms.rounding) if terms.payment else Decimal(0)


def block_of(
    places: Sequence[int], terms: list[DealTerms], rows: Sequence[tuple[Any, ...]]
) -> Block:
    """rows: of `row_of`, one a deal; all deals have the same day count."""
    columns = list(zip(*rows, strict=True))
    start, maturity, anchor = (_days(columns[place]) for place in range(3))
    stated, months, every, end_of_month, grace, *others = (np.array(one) for one in columns[3:])
    end = np.where(months > 0, stepped(start, months, end_of_month), maturity)
    kind, financed, balloon, residual, payment, rate, points = (
        one.astype(np.int64) for one in others
    )
    return Block(
        places=np.array(places),
        terms=terms,
        day_count=terms[0].day_count,
        start=start,
        end=end,
        anchor=anchor,
        is_stated=stated,
        every=every,
        end_of_month=end_of_month,
        grace=grace,
        kind=kind,
        financed=financed,
        balloon=balloon,
        residual=residual,
        payment=payment,
        rate=rate,
        points=points,
        earned=_earned(terms, financed),
        taxes=_taxes(terms),
    )


def _days(days: Sequence[date]) -> Days:
    return np.array(days, dtype="datetime64[D]")


def _earned(terms: Sequence[DealTerms], financed: Ints) -> list[Earned]:
    """As many as the deal with the most fees needs."""
    fees = [[fee for fee in one.fees if fee.due == "payment"] for one in terms]
    slots = max(map(len, fees))
    return [_fee_slot(terms, [one[slot] if slot < len(one) else None for one in fees], financed)
            for slot in range(slots)]  # fmt: skip


def _fee_slot(terms: Sequence[DealTerms], fees: list[Fee | None], financed: Ints) -> Earned:
    base = financed.copy()
    count = len(fees)
    percent, amount = np.zeros(count, np.int64), np.zeros(count, np.int64)
    on_balance = np.zeros(count, np.bool_)
    for place, (one, fee) in enumerate(zip(terms, fees, strict=True)):
        if fee is None:
            continue
        if fee.amount is not None:
            amount[place] = units(rounded(fee.amount, one.rounding), one.rounding.places)
            continue
        percent[place] = units((fee.percent or Decimal(0)) / 100, 8)
        on_balance[place] = fee.on == "balance"
        if fee.on == "undrawn":
            base[place] = 0
        elif fee.on == "price" and one.price:
            base[place] = units(one.price.amount, one.rounding.places)
    return Earned([fee.kind if fee else "" for fee in fees], percent, base, on_balance, amount)


def _taxes(terms: Sequence[DealTerms]) -> list[Taxed]:
    slots = max(len(one.taxes) for one in terms)
    return [
        _tax_slot([one.taxes[slot] if slot < len(one.taxes) else None for one in terms])
        for slot in range(slots)
    ]


def _tax_slot(taxes: list[Tax | None]) -> Taxed:
    percent = [units(tax.percent / 100, 8) if tax else 0 for tax in taxes]
    on = {
        column: np.array([bool(tax and column in tax.on) for tax in taxes])
        for column in ("interest", "principal", "residual", "fees")
    }
    return Taxed(np.array(percent, np.int64), on)
