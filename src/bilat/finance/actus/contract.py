"""A contract with all that decides its flows: terms, observations, prepayments, rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import cached_property

from bilat.finance.actus.daycount import YearFraction, year_fraction
from bilat.finance.actus.market import NOTHING_OBSERVED, Market
from bilat.finance.actus.maturity import maturity
from bilat.finance.actus.schedule import Event, schedule
from bilat.finance.actus.terms import Terms
from bilat.language import say

NOISE = Decimal("1e-12")
"""Of the unit rounded to: what is nearer than this to a half is a half.

Year fractions such as 92/360 have no end, so that a tie would be missed by the 34th digit.
"""
WIDE = Context(prec=80)


@dataclass(frozen=True)
class Contract:
    """What `run` runs.

    prepaid: amounts paid back early, by moment; never negative, whoever owes.
    places: decimal places of payments, rounded half up; None keeps every digit, as the standard's
    reference results do.
    """

    terms: Terms
    market: Market = NOTHING_OBSERVED
    prepaid: Mapping[datetime, Decimal] = field(default_factory=dict)
    places: int | None = None

    def __post_init__(self) -> None:
        if self.prepaid and self.terms.prepayment_effect == "N":
            raise self.terms.invalid(
                "prepaymentEffect",
                say("N forbids prepayment, but one was observed. Write A or M, or leave it out"),
            )
        self._whole("notionalPrincipal", self.terms.notional_principal)
        for amount in self.prepaid.values():
            self._whole("eventsObserved", amount)

    @cached_property
    def end(self) -> datetime:
        return maturity(self.terms)

    @cached_property
    def events(self) -> list[Event]:
        return schedule(self.terms, self.end, self.prepaid)

    @cached_property
    def fraction(self) -> YearFraction:
        convention = self.terms.day_count_convention or "A365"
        return year_fraction(convention, self.terms.is_business_day, self.end)

    def due(self, amount: Decimal) -> Decimal:
        """An amount as it is paid: rounded half up, away from zero, to the agreed places."""
        if self.places is None:
            return amount
        unit = Decimal(1).scaleb(-self.places)
        return amount.quantize(unit * NOISE, ROUND_HALF_EVEN, WIDE).quantize(
            unit, ROUND_HALF_UP, WIDE
        )

    def _whole(self, term: str, amount: Decimal) -> None:
        """Rounded payments can only add up to an amount that is itself rounded."""
        if self.due(amount) != amount:
            what = say(
                "{amount} has more than {places} decimal places, to which payments are rounded",
                amount=amount,
                places=self.places,
            )
            raise self.terms.invalid(term, what)

    def observed(self, term: str, code: str, event: Event) -> Decimal:
        """An index at an event. Raises ContractInvalid where nothing is known so early."""
        value = self.market.at(code, event.scheduled, event.time)
        if value is None:
            what = say(
                "nothing was observed of “{code}” up to {day}. Add the observation",
                code=code,
                day=event.time.date(),
            )
            raise self.terms.invalid(term, what)
        return value
