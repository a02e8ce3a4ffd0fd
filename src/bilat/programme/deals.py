"""What is drawn, or committed, on a facility for a project."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.deal_terms import DealTerms
from bilat.programme.effects import Percent
from bilat.programme.facilities import FacilityRef
from bilat.programme.projects import ProjectRef
from bilat.programme.record import BodyRef, LinkRef, Model, Record
from bilat.vocabulary import HsCode, Money, Period

PositiveAmount = Annotated[Decimal, Field(gt=0, max_digits=24, decimal_places=4)]


class Draw(Model):
    """A part of a deal that was, or is to be, drawn."""

    on: date
    amount: PositiveAmount
    """In the currency of the deal."""


class PaymentMade(Model):
    """What the borrower or lessee paid: principal, interest and fees together."""

    on: date
    amount: PositiveAmount
    """In the currency of the deal."""


class Deal(Record):
    """What is drawn, or committed, on a facility for a project."""

    section: ClassVar[str] = "deals"

    title: Text
    facility: FacilityRef
    project: ProjectRef | None = None
    link: LinkRef | None = None
    """The link that it came of."""
    lessee: BodyRef | None = None
    through: BodyRef | None = None
    """The bank or lessor that it goes through."""
    supplier: BodyRef | None = None
    products: tuple[HsCode, ...] = ()
    """HS codes of the goods; left out, those of the project."""
    origin_share: Percent | None = None
    """Share of the value that is made in the country of the lender, in per cent."""
    reexport: bool | None = None
    """Whether the goods are sold on to a third country; left out, it is not known."""
    amount: Money
    limit_rate: Annotated[Decimal, Field(gt=0)] | None = None
    """What one unit of its currency is worth in that of the facility's limit, where they differ."""
    signed: Period | None = None
    months: Annotated[int, Field(ge=1, le=480)] | None = None
    stage: Literal["asked", "agreed", "signed", "drawn", "repaid", "stopped"] = "asked"
    terms: DealTerms | None = None
    """The terms, from which its schedule is made."""
    draws: tuple[Draw, ...] = ()
    """What was drawn when; left out, all of it at once."""
    payments: tuple[PaymentMade, ...] | None = None
    """What was paid so far; an empty list where nothing was, left out where it is not known."""

    def is_open(self, as_of: date) -> bool:
        """Counts against the facility's limit on ``as_of``."""
        begun = self.signed is None or self.signed.start <= as_of
        return begun and self.stage in ("agreed", "signed", "drawn")
