"""Credit and leasing lines: what they offer, to whom, on which terms."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.record import BodyRef, Record, Refers
from bilat.vocabulary import CurrencyCode, Money, Period

FacilityRef = Annotated[str, Refers("facilities"), Field(description="Id of a facility.")]


class Facility(Record):
    """A credit or leasing line."""

    section: ClassVar[str] = "facilities"

    title: Text
    kind: Literal["credit", "leasing", "guarantee", "insurance", "grant"]
    lender: BodyRef | None = None
    partners: tuple[BodyRef, ...] = ()
    """Banks or lessors of the other side through which it works."""
    limit: Money | None = None
    currency: CurrencyCode | None = None
    rate_rule: Text | None = None
    subsidy: Text | None = None
    available: Period | None = None
    next_step: Text | None = None
