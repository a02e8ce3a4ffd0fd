"""Joint production and supply."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.agreements import CommitmentRef, DocumentRef
from bilat.programme.effects import Effect, Percent
from bilat.programme.facilities import FacilityRef
from bilat.programme.numbers import Estimate, NotNegative
from bilat.programme.parties import Coordinates
from bilat.programme.record import BodyRef, LinkRef, Model, Record, Refers, Side, SourceRef
from bilat.vocabulary import HsCode, Money, Period

ProjectRef = Annotated[str, Refers("projects"), Field(description="Id of a project.")]

Stage = Literal["idea", "negotiated", "agreed", "preparing", "operating", "scaled_up", "stopped"]


class ProjectYear(Model):
    """What a project was to make in a year, and what it made, by the count of one side or of both.

    The sides may count differently: then each has a line of its own.
    """

    year: Annotated[int, Field(ge=1990, le=2100)]
    side: Side | None = None
    """By whose count; left out where both sides have the same."""
    planned_units: NotNegative | None = None
    units: NotNegative | None = None
    """What was made."""
    planned_value: Money | None = None
    value: Money | None = None
    """What that was worth."""
    sources: tuple[SourceRef, ...] = ()


class Project(Record):
    """A joint project, from idea to scaled up."""

    section: ClassVar[str] = "projects"

    title: Text
    sector: str | None = None
    products: tuple[HsCode, ...] = ()
    """HS codes: 2, 4 or 6 digits."""
    place: Text | None = None
    at: Coordinates | None = None
    """The place on the map."""
    partners: tuple[BodyRef, ...] = ()
    stage: Stage = "idea"
    since: Period | None = None
    units_per_year: Estimate | None = None
    years: tuple[ProjectYear, ...] = ()
    """What was planned and made, year by year."""
    effect: Effect | None = None
    local_content: Percent | None = None
    """Share of the value made in the country of assembly, in per cent."""
    jobs: Annotated[int, Field(ge=0)] | None = None
    chance: Estimate | None = None
    """Chance of success, in per cent."""
    facility: FacilityRef | None = None
    document: DocumentRef | None = None
    """The contract or agreement that it rests on."""
    link: LinkRef | None = None
    """The link that it came of."""
    commitments: tuple[CommitmentRef, ...] = ()
    """Commitments that this project carries out."""
    depends_on: tuple[ProjectRef, ...] = ()
    excludes: tuple[ProjectRef, ...] = ()
    """Projects that it takes the place of: one or the other, not both."""
    next_step: Text | None = None
