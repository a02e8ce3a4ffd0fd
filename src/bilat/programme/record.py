"""What every record has: an id, who may see it, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from bilat.language import Text


@dataclass(frozen=True)
class Refers:
    """Marks a field that holds the id of a record of another section."""

    section: str


RecordId = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        max_length=80,
        description="Letters, digits, dots and hyphens; unique within its kind.",
        examples=["roadmap-2030"],
    ),
]
Side = Annotated[str, Refers("parties"), Field(description="Code of one of the two parties.")]
SourceRef = Annotated[str, Refers("sources"), Field(description="Id of a source.")]
BodyRef = Annotated[str, Refers("bodies"), Field(description="Id of a body.")]
LinkRef = Annotated[str, Refers("links"), Field(description="Id of a link.")]


class Model(BaseModel):
    """Frozen, and strict about its keys: a misspelt key is a problem, not a silent loss."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        coerce_numbers_to_str=True,
        use_attribute_docstrings=True,
    )


class Provenance(Model):
    """Where a statement comes from: sources, or a named person's assumption with its reason."""

    sources: tuple[SourceRef, ...] = ()
    """The sources that say so."""
    assumption: bool = False
    """Whether nobody has stated this; if so, author and reason are required."""
    author: str | None = None
    """Who assumes it."""
    reason: Text | None = None
    """Why it is assumed."""


class Record(Provenance):
    """One thing that the two sides keep."""

    id: RecordId
    visibility: str = "joint"
    """``joint``, or the code of the one side that may see this record."""
    note: Text | None = None
    """A remark in your own words."""

    section: ClassVar[str]
    """The key of this kind's list in ``programme.yaml``."""

    @property
    def label(self) -> Text:
        """What people call this record."""
        found: Text | None = getattr(self, "title", None) or getattr(self, "name", None)
        return found or self.id
