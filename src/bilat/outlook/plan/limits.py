"""What a plan may use: money, credit lines, starts a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import floor, log10
from typing import Literal

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.outlook.measures import Measure
from bilat.vocabulary import Money

Kind = Literal["budget", "budget_year", "facility", "facility_year", "starts"]


@dataclass(frozen=True)
class Limits:
    """Each may be left out, and then does not limit.

    budget: for the costs of all measures; by_year: for those that start in a year. facilities:
    what each line has room for (`bilat.finance.lines.rooms_of`); facilities_by_year: the same for
    (line, year). starts: measures that each owner may start in a year; starts_of: the same for
    single owners.
    currency: in which the plan reckons; left out, the only one there is. rates: what one unit of
    another currency is worth in it.
    """

    budget: Money | None = None
    by_year: Mapping[int, Money] = field(default_factory=dict)
    facilities: Mapping[str, Money] = field(default_factory=dict)
    facilities_by_year: Mapping[tuple[str, int], Money] = field(default_factory=dict)
    starts: int | None = None
    starts_of: Mapping[str, int] = field(default_factory=dict)
    currency: str | None = None
    rates: Mapping[str, Decimal] = field(default_factory=dict)

    def money(self) -> Iterable[Money]:
        if self.budget is not None:
            yield self.budget
        yield from self.by_year.values()
        yield from self.facilities.values()
        yield from self.facilities_by_year.values()

    def starts_for(self, owner: str) -> int | None:
        return self.starts_of.get(owner, self.starts)


@dataclass(frozen=True)
class Limit:
    """One of the limits: of money, in units of the plan's purse, or of starts. name: line or
    owner."""

    kind: Kind
    amount: float
    name: str = ""
    year: int = 0

    def in_words(self) -> Message:
        words: dict[Kind, Message] = {
            "budget": say("the budget"),
            "budget_year": say("the budget of {year}", year=str(self.year)),
            "facility": say("the line {name}", name=self.name),
            "facility_year": say("the line {name} in {year}", name=self.name, year=str(self.year)),
            "starts": say("the starts of {name} in {year}", name=self.name, year=str(self.year)),
        }
        return words[self.kind]


@dataclass(frozen=True)
class Purse:
    """Turns money into numbers: of one currency, in ``unit`` of it, so that a solver meets neither
    billions nor fractions of cents."""

    currency: str | None
    rates: Mapping[str, Decimal]
    unit: float = 1.0

    def value(self, money: Money | None, what: object) -> float:
        """Raises NoAnswer for another currency without a rate; ``what`` has that money."""
        if money is None:
            return 0.0
        if money.currency == self.currency:
            return float(money.amount) / self.unit
        if money.currency not in self.rates:
            raise NoAnswer(
                say(
                    "{what} is in {currency}, the plan in {plan}: "
                    "say what one {currency} is worth in {plan}",
                    what=what,
                    currency=money.currency,
                    plan=self.currency or "–",
                )
            )
        return float(money.amount * self.rates[money.currency]) / self.unit

    def money(self, value: float) -> Money | None:
        """The way back, to the cent."""
        if self.currency is None:
            return None
        return Money(amount=Decimal(str(round(value * self.unit, 2))), currency=self.currency)


def purse_of(measures: Sequence[Measure], limits: Limits) -> Purse:
    """Raises NoAnswer where several currencies are in use and none is named, or one has no rate."""
    purse = Purse(_currency(measures, limits), limits.rates)
    values = [purse.value(money, m.title) for m in measures for money in (m.cost, m.finance)]
    return replace(purse, unit=10.0 ** floor(log10(max([1.0, *values]))))


def _currency(measures: Sequence[Measure], limits: Limits) -> str | None:
    if limits.currency is not None:
        return limits.currency
    found = {money.currency for money in limits.money()}
    if not found:
        found = {money.currency for m in measures for money in (m.cost, m.finance) if money}
    if len(found) > 1:
        raise NoAnswer(
            say(
                "the plan has money in {currencies}: say in which of them it reckons, "
                "and what the others are worth in it",
                currencies=sorted(found),
            )
        )
    return next(iter(found), None)
