"""Credit and leasing lines: what they offer, to whom, on which terms."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.effects import Percent
from bilat.programme.record import BodyRef, Model, Provenance, Record, Refers
from bilat.vocabulary import CountryCode, CurrencyCode, HsCode, Money, Period

FacilityRef = Annotated[str, Refers("facilities"), Field(description="Id of a facility.")]


class SubLimit(Model):
    """A part of the limit that some of the deals share."""

    title: Text | None = None
    body: BodyRef | None = None
    """Bank or lessor through which these deals go."""
    products: tuple[HsCode, ...] = ()
    """HS codes of the goods; a deal counts when one of its products falls under one of them."""
    limit: Money


class EligibilityRules(Provenance):
    """What a deal must be to be financed from the line."""

    origin_share: Percent | None = None
    """Smallest share of the value that is made in the country of the lender, in per cent."""
    no_reexport: bool = False
    """Whether goods that are sold on to a third country are barred."""
    products: tuple[HsCode, ...] = ()
    """HS codes that may be financed; left out, all that are not barred."""
    barred: tuple[HsCode, ...] = ()
    """HS codes that may not be financed."""
    countries: tuple[CountryCode, ...] = ()
    """Countries of the borrower or lessee; left out, any."""


class ProvisionBucket(Model):
    """A share that is set aside from so many days past due on."""

    days: Annotated[int, Field(ge=0)]
    """Days past due from which on it holds, until the next bucket."""
    share: Percent
    """Of the balance, in per cent."""


class ProvisionRule(Provenance):
    """What is set aside for deals that are past due."""

    buckets: Annotated[tuple[ProvisionBucket, ...], Field(min_length=1)]


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
    revolving: bool | None = None
    """Whether what is repaid can be drawn again; left out, it is taken not to."""
    sub_limits: tuple[SubLimit, ...] = ()
    rate_rule: Text | None = None
    subsidy: Text | None = None
    commitment_fee: Percent | None = None
    """Per cent a year of the part of the limit that is not drawn, while it is available."""
    available: Period | None = None
    """When it can be drawn."""
    tied: bool = False
    """Whether the money is paid straight to the supplier."""
    eligibility: EligibilityRules | None = None
    provisions: ProvisionRule | None = None
    next_step: Text | None = None
