"""The pieces of a deal's terms: parts, drawdowns, instalments, grace, fees, taxes, rounding."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bilat.language import Text, say
from bilat.programme.record import Model
from bilat.vocabulary.money import Amount
from bilat.vocabulary.text_type import Unreadable, refuse

Percent = Annotated[Decimal, Field(ge=0, le=100)]
"""From 0 to 100, written without the sign: 8.5 is 8.5 %."""
Whole = Annotated[
    int, BeforeValidator(lambda value: str(value).lower() if isinstance(value, bool) else value)
]
"""A whole number. Python counts with True and False; in a contract neither is a number."""
Number = Annotated[Whole, Field(ge=1, le=600)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]


class Part(Model):
    """A part of something, as percent or as amount: exactly one of the two."""

    percent: Percent | None = None
    """Percent of the whole."""
    amount: Amount | None = None
    """In the deal's currency."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.percent is None) == (self.amount is None):
            raise refuse(Unreadable(say("“percent” or “amount” is needed here, and not both")))
        return self

    def of(self, whole: Decimal) -> Decimal:
        """The amount, not rounded."""
        if self.amount is not None:
            return self.amount
        return whole * (self.percent or Decimal(0)) / 100


class Drawdown(Part):
    """A tranche that the lender pays out."""

    day: Day
    """When it is paid out."""


class Instalment(Part):
    """Principal of an individual schedule."""

    day: Day
    """When it is due."""


class Step(Part):
    """The payment from one instalment on: an amount, or percent of the first payment."""

    number: Number
    """The first instalment to which it applies, counted from 1 after the grace on principal."""
    percent: Annotated[Decimal, Field(gt=0, le=1000)] | None = None
    """Percent of the first payment: 110 is one tenth more."""


class Residual(Part):
    """What is left after the regular payments of a lease."""

    settled: Literal["bought", "returned"] = "bought"
    """Bought, the lessee pays it with the last payment; returned, the goods go back."""


class Grace(Model):
    """Months from the start without payment of principal, or of interest."""

    principal: Annotated[Whole, Field(ge=0, le=600)] = 0
    """Months without principal; the first of it is due one payment later."""
    interest: Annotated[Whole, Field(ge=0, le=600)] = 0
    """Months without payment of interest."""
    interest_then: Literal["paid", "capitalised"] = "paid"
    """Paid in full with the first payment after the grace, or capitalised when due."""


FeeKind = Literal["arrangement", "commitment", "management", "insurance", "guarantee", "other"]
FeeBase = Literal["amount", "price", "balance", "undrawn"]


class Fee(Part):
    """A fee: an amount, or percent of a base."""

    kind: FeeKind
    """Arrangement, commitment, management fees are the lender's; the others go to third parties."""
    title: Text | None = None
    """What the contract calls it."""
    on: FeeBase = "amount"
    """What the percentage is of."""
    due: Literal["start", "payment", "year"] = "start"
    """Once at the start; with each payment, a percentage being yearly and counted by the day; or
    each year, at the start and at each anniversary before the end, for the year ahead."""


class Prepayment(Model):
    """Principal that is paid back early."""

    day: Day
    """When it is paid."""
    amount: Annotated[Decimal, Field(gt=0, max_digits=24, decimal_places=4)]
    """In the deal's currency."""
    effect: Literal["smaller", "shorter"] = "smaller"
    """Smaller payments to the same end, or the same payments and a shorter term."""


TaxBase = Literal["advance", "interest", "principal", "residual", "fees"]


class Tax(Model):
    """A tax at a stated rate on stated columns, such as VAT on lease payments."""

    title: Text
    """Its name."""
    percent: Percent
    """Rate, in percent."""
    on: Annotated[tuple[TaxBase, ...], Field(min_length=1)]
    """The parts of the payments on which it is charged."""


class ExchangeRate(Model):
    """A rate that holds from a day on."""

    day: Day
    """From when."""
    rate: Annotated[Decimal, Field(gt=0)]
    """Units of the payment currency for one of the deal's currency."""


class Rounding(Model):
    """How amounts that fall due are rounded; the last payment absorbs the rest."""

    places: Annotated[Whole, Field(ge=0, le=6)] = 2
    """Decimal places."""
    rule: Literal["half_up", "half_even", "up", "down", "none"] = "half_up"
    """Up, down or to the nearest; not rounded, every digit is kept."""
