"""The terms of a loan or lease: what a ``deal.yaml`` holds, and ``terms`` of a deal.

Percentages are written without the sign: 8.5 is 8.5 %. Amounts are in the deal's currency.
"""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.deal_parts import (
    Day,
    Drawdown,
    ExchangeRate,
    Fee,
    Grace,
    Instalment,
    Number,
    Part,
    Percent,
    Prepayment,
    Residual,
    Rounding,
    Step,
    Tax,
    Whole,
)
from bilat.programme.deal_rates import DealRate, Subsidy
from bilat.programme.record import Model
from bilat.vocabulary import CurrencyCode, Money

MOST_PAYMENTS = 600
"""Fifty years of months."""

Repayment = Literal["annuity", "equal_principal", "bullet", "individual", "step", "seasonal"]
DayCountName = Literal["A/A", "A/360", "A/365", "30E/360", "30E/360 ISDA", "30/360", "B/252"]
Moved = Literal["no", "following", "modified_following", "preceding", "modified_preceding"]


class DealTerms(Model):
    """One loan or lease; `bilat.finance.deal.schedule_of` makes its schedule."""

    kind: Literal["loan", "lease"] = "loan"
    """What it is."""
    title: Text | None = None
    """What people call it."""
    price: Money | None = None
    """The price of what is bought."""
    advance: Part | None = None
    """The buyer's own part, paid to the supplier at the start; percent of the price."""
    amount: Money | None = None
    """The amount financed; left out, the price less the advance."""
    start: Day
    """The day of the first drawdown, from which months are counted."""
    drawdowns: Annotated[tuple[Drawdown, ...], Field(max_length=MOST_PAYMENTS)] = ()
    """Tranches, in percent of the amount financed or as amounts; left out, all at the start."""
    months: Number | None = None
    """The term, in months from the start."""
    maturity: Day | None = None
    """The last day; instead of a number of months."""
    every: Annotated[Whole, Field(ge=1, le=120)] | None = None
    """Months between payments; 1 by default. An individual schedule without it pays interest with
    its instalments."""
    principal_every: Annotated[Whole, Field(ge=1, le=120)] | None = None
    """Months between payments of principal, a multiple of those between payments; left out, the
    same."""
    first_payment: Day | None = None
    """The first due date, from which the others are counted; left out, one period after start."""
    in_advance: bool = False
    """Payments at the start of each period, as many leases have them."""
    end_of_month: bool = False
    """Whether due dates counted from the last day of a month are the last days of their months."""
    repayment: Repayment = "annuity"
    """How principal is repaid."""
    payment: Annotated[Decimal, Field(gt=0, max_digits=24, decimal_places=4)] | None = None
    """The stated regular payment of an annuity; left out, it is computed."""
    instalments: Annotated[tuple[Instalment, ...], Field(max_length=MOST_PAYMENTS)] = ()
    """Individual schedule: days and principal, in percent of the amount financed or as amounts."""
    steps: tuple[Step, ...] = ()
    """Stepped payments: from which instalment, how much."""
    season: tuple[Annotated[Whole, Field(ge=1, le=12)], ...] = ()
    """Seasonal schedule: the months of the year in which principal is paid, in equal parts."""
    grace: Grace = Grace()
    """Months without payments."""
    balloon: Part | None = None
    """Principal that falls due with the last payment on top; percent of the amount financed."""
    residual: Residual | None = None
    """A lease's purchase option or residual value; percent of the price, else of the amount."""
    rate: DealRate
    """The interest rate."""
    subsidies: tuple[Subsidy, ...] = ()
    """What a budget pays of the interest."""
    day_count: DayCountName = "A/365"
    """How days become parts of a year."""
    moved: Moved = "no"
    """Where a due date goes that is no business day."""
    interest_to: Literal["due", "moved"] = "due"
    """Interest is counted to the due date, or to the day to which it was moved."""
    calendar: str = "none"
    """Which days are no business days: ``none``, ``weekends``, countries as ``BLR`` or ``BLR+KGZ``,
    or a calendar file."""
    fees: tuple[Fee, ...] = ()
    """Fees and premiums."""
    penalty_rate: Percent | None = None
    """On what is overdue, in percent a year."""
    misuse_rate: Percent | None = None
    """On what was not used as agreed, in percent a year."""
    prepayments: tuple[Prepayment, ...] = ()
    """Early repayments, made or planned."""
    taxes: tuple[Tax, ...] = ()
    """Taxes on payments."""
    payment_currency: CurrencyCode | None = None
    """The currency in which payments are made, if another."""
    exchange: tuple[ExchangeRate, ...] = ()
    """Rates from the deal's currency to that of payment."""
    rounding: Rounding = Rounding()
    """How amounts are rounded."""

    @property
    def currency(self) -> str:
        """The deal's currency; empty where neither price nor amount is stated."""
        money = self.amount or self.price
        return money.currency if money else ""

    @property
    def last_day(self) -> date | None:
        """The maturity; None where only instalments or a stated payment decide it."""
        if self.maturity or not self.months:
            return self.maturity
        year, month = divmod(self.start.year * 12 + self.start.month - 1 + self.months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        ends = self.start.day == calendar.monthrange(self.start.year, self.start.month)[1]
        day = last if self.end_of_month and ends else min(self.start.day, last)
        return date(year, month + 1, day)
