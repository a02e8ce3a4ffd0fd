"""What a bank, lessor or act offers: terms that a deal starts from, and limits that it must keep.

A preset states only what its source states. What no source states, such as the rate of a contract
that a lessor sets by itself, is left out, and whoever makes a schedule is asked for it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from bilat.language import Text, say
from bilat.programme.record import Model, RecordId
from bilat.vocabulary import CountryCode, CurrencyCode, Period
from bilat.vocabulary.text_type import Unreadable, refuse

Limited = Literal[
    "advance",
    "amount",
    "months",
    "rate",
    "every",
    "grace_interest",
    "grace_principal",
    "principal_gap",
    "subsidy_share",
    "currency",
    "repayment",
    "insurance",
]
"""What a limit is on.

``advance``: percent of the price. ``amount``: what is financed. ``months``: the term. ``rate``:
percent a year at the start. ``every``: months between payments. ``grace_…``: months.
``principal_gap``: months between two payments of principal after the grace. ``subsidy_share``:
percent of the index. ``insurance``: there must be a premium among the fees.
"""


class PresetSource(Model):
    """Where the terms stand."""

    id: RecordId
    title: Text
    publisher: Text
    address: str | None = None
    stated: Period | None = None
    """When it was published; left out where the source has no date."""
    consulted: date
    """When it was read."""


class Limit(Model):
    """A condition that a deal keeps or breaks."""

    what: Limited
    least: Decimal | None = None
    most: Decimal | None = None
    among: tuple[str, ...] = ()
    currency: CurrencyCode | None = None
    """Of a limit on an amount."""
    source: str | None = None
    """Id of the source; left out, the first."""
    says: Text
    """The condition in our words."""


class Preset(Model):
    """Terms with their institution, sources and dates."""

    id: RecordId
    title: Text
    institution: Text
    countries: tuple[CountryCode, ...] = ()
    terms: dict[str, Any] = Field(default_factory=dict)
    """Terms of a deal by the names in ``deal.yaml``."""
    rate_rule: Text | None = None
    """How the rate is found, where the source names none."""
    limits: tuple[Limit, ...] = ()
    conditions: tuple[Text, ...] = ()
    """What cannot be checked from the terms of a deal."""
    sources: Annotated[tuple[PresetSource, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _sources_known(self) -> Self:
        known = {source.id for source in self.sources}
        for limit in self.limits:
            if limit.source is not None and limit.source not in known:
                raise refuse(
                    Unreadable(
                        say(
                            "a limit names the source “{id}”, which is not among the "
                            "sources of the preset",
                            id=limit.source,
                        )
                    )
                )
        return self

    def source_of(self, limit: Limit) -> PresetSource:
        """The source that states the limit."""
        return next((one for one in self.sources if one.id == limit.source), self.sources[0])
