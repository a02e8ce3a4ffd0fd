"""Joint production and supply."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.agreements import CommitmentRef
from bilat.programme.effects import Effect, Percent
from bilat.programme.facilities import FacilityRef
from bilat.programme.numbers import Estimate
from bilat.programme.record import BodyRef, Record, Refers
from bilat.vocabulary import HsCode, Period

ProjectRef = Annotated[str, Refers("projects"), Field(description="Id of a project.")]

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
