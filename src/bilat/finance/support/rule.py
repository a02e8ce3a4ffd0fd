"""Rules of support as data: what an arrangement or a decree asks of a deal, since when, says who.

A rule file is YAML; those that come with Bilat lie in ``rules/``, and a user may bring others.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.deal_rates import ONE, Ratio
from bilat.programme.record import Model
from bilat.vocabulary import CurrencyCode

Asks = Literal[
    "down_payment",
    "repayment_term",
    "equal_principal",
    "principal_interval",
    "first_principal",
    "local_costs",
    "rate",
    "subsidy",
]
Category = Literal["I", "II"]
"""Of the buyer's country in the OECD Arrangement: I is high-income OECD, II every other."""


class RuleSource(Model):
    """Where the rule stands, and on which day somebody looked."""

    title: Text
    """The act."""
    article: Text | None = None
    """The place in it."""
    address: str | None = None
    """A web address."""
    seen: date
    """The day on which the source was read."""


class Rule(Model):
    """One thing that is asked of a deal."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
    """Small letters, digits and hyphens."""
    title: Text
    """What is asked, in a few words."""
    asks: Asks
    """The check."""
    at_least: Decimal | None = None
    """The least that is allowed: percent."""
    at_most: Decimal | None = None
    """The most that is allowed: percent, or months for terms and intervals."""
    index: str | None = None
    """For rate and subsidy: the index with which it is compared, such as CIRR."""
    share: Ratio = ONE
    """What is taken of the index."""
    compared: Literal["at_least", "at_most", "equal"] = "at_most"
    """How rate or subsidy stands to that share of the index."""
    category: Category | None = None
    """Only for buyers of this category."""
    kinds: tuple[Literal["loan", "lease"], ...] = ("loan", "lease")
    """Only for these kinds of deals."""
    currencies: tuple[CurrencyCode, ...] = ()
    """Only for deals in these currencies; left out, in all."""
    not_currencies: tuple[CurrencyCode, ...] = ()
    """Not for deals in these."""
    since: date
    """Deals that start on this day or later."""
    until: date | None = None
    """Deals that start before this day."""
    source: RuleSource
    """Where it stands."""
    note: Text | None = None
    """What else the act says, and a check cannot see."""

    def holds(self, kind: str, currency: str, day: date) -> bool:
        """Whether the rule is about such a deal that starts on the day."""
        return (
            kind in self.kinds
            and (not self.currencies or currency in self.currencies)
            and currency not in self.not_currencies
            and self.since <= day
            and (self.until is None or day < self.until)
        )


class RuleBook(Model):
    """One file of rules."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
    """How it is called on the command line."""
    title: Text
    """The arrangement, or the country's law."""
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    """In the order in which findings are told."""
