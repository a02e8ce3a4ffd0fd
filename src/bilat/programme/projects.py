"""Joint production and supply, and the money behind it: projects, facilities, deals."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.agreements import CommitmentRef
from bilat.programme.effects import Effect, Percent
from bilat.programme.numbers import Estimate
from bilat.programme.record import BodyRef, Record, Refers
from bilat.vocabulary import CurrencyCode, HsCode, Money, Period

ProjectRef = Annotated[str, Refers("projects"), Field(description="Id of a project.")]
FacilityRef = Annotated[str, Refers("facilities"), Field(description="Id of a facility.")]

Stage = Literal["idea", "negotiated", "agreed", "preparing", "operating", "scaled_up", "stopped"]


class Project(Record):
    """A joint project, from idea to scaled up."""

    section: ClassVar[str] = "projects"

    title: Text
    sector: str | None = None
    products: tuple[HsCode, ...] = ()
    """HS codes: 2, 4 or 6 digits."""
    place: Text | None = None
    partners: tuple[BodyRef, ...] = ()
    stage: Stage = "idea"
    since: Period | None = None
    units_per_year: Estimate | None = None
    effect: Effect | None = None
    local_content: Percent | None = None
    """Share of the value made in the country of assembly, in per cent."""
    jobs: Annotated[int, Field(ge=0)] | None = None
    chance: Estimate | None = None
    """Chance of success, in per cent."""
    facility: FacilityRef | None = None
    commitments: tuple[CommitmentRef, ...] = ()
    """Commitments that this project carries out."""
    depends_on: tuple[ProjectRef, ...] = ()
    excludes: tuple[ProjectRef, ...] = ()
    """Ids of projects that it takes the place of: one or the other, not both."""
    next_step: Text | None = None


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


class Deal(Record):
    """What is drawn, or committed, on a facility for a project."""

    section: ClassVar[str] = "deals"

    title: Text
    facility: FacilityRef
    project: ProjectRef | None = None
    lessee: BodyRef | None = None
    amount: Money
    signed: Period | None = None
    months: Annotated[int, Field(ge=1, le=480)] | None = None
    stage: Literal["asked", "agreed", "signed", "drawn", "repaid", "stopped"] = "asked"

    def is_open(self, as_of: date) -> bool:
        """Counts against the facility's limit on ``as_of``."""
        begun = self.signed is None or self.signed.start <= as_of
        return begun and self.stage in ("agreed", "signed", "drawn")
