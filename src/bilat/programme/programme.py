"""A programme: two parties, and everything they keep together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, cast

from pydantic import Field

from bilat.language import Text
from bilat.programme.agreements import Commitment, Document
from bilat.programme.contacts import Cadence, Contact
from bilat.programme.deals import Deal
from bilat.programme.exchanges import Exchange, Link
from bilat.programme.facilities import Facility
from bilat.programme.memory import Memory
from bilat.programme.numbers import Figure, Indicator, Observation, Target
from bilat.programme.outlooks import KeptOutlook
from bilat.programme.parties import Body, Party, Source
from bilat.programme.projects import Project
from bilat.programme.record import Model, Record, RecordId
from bilat.vocabulary import country_name

R = TypeVar("R", bound=Record)
T = TypeVar("T")

KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {
        kind.section: kind
        for kind in (
            Source,
            Body,
            Document,
            Indicator,
            Observation,
            Figure,
            Target,
            Commitment,
            Cadence,
            Contact,
            Project,
            Facility,
            Deal,
            Exchange,
            Link,
            KeptOutlook,
        )
    }
)
"""Every record kind by its section: the one place where a new kind is entered."""


class Programme(Model):
    """A cooperation programme of two countries, as its folder holds it."""

    id: RecordId
    title: Text
    keys: Literal["solo", "two"] = "solo"
    """``solo``: one office holds both keys; ``two``: each side signs with its own."""
    headline_target: str | None = None
    """Id of the target that the brief opens with; left out, the first one."""
    parties: Annotated[tuple[Party, ...], Field(min_length=2, max_length=2)]
    sources: tuple[Source, ...] = ()
    bodies: tuple[Body, ...] = ()
    documents: tuple[Document, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    observations: tuple[Observation, ...] = ()
    figures: tuple[Figure, ...] = ()
    targets: tuple[Target, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    contacts: tuple[Contact, ...] = ()
    projects: tuple[Project, ...] = ()
    facilities: tuple[Facility, ...] = ()
    deals: tuple[Deal, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    links: tuple[Link, ...] = ()
    outlooks: tuple[KeptOutlook, ...] = ()

    def section(self, name: str) -> tuple[Record, ...]:
        """All records of one kind, in the order of the folder."""
        return cast("tuple[Record, ...]", getattr(self, name))

    def records(self) -> Iterator[Record]:
        for name in KINDS:
            yield from self.section(name)

    @cached_property
    def _index(self) -> dict[tuple[str, str], Record]:
        return {(name, record.id): record for name in KINDS for record in self.section(name)}

    @cached_property
    def memory(self) -> Memory:
        """What was made of single records of it: see `Memory`. No part of what it says."""
        return Memory()

    def once(self, name: str, rest: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What ``make`` says of this programme, made once; ``rest``: what else it depends on.

        Known again as well to a programme with the very same records.
        """
        own = tuple(getattr(self, field) for field in type(self).model_fields)
        return self.memory.once(name, (rest, own), make)

    def find(self, kind: type[R], record_id: str | None) -> R | None:
        """The record of this kind and id, or None."""
        return cast("R | None", self._index.get((kind.section, record_id or "")))

    @property
    def sides(self) -> tuple[str, str]:
        """The codes of the two parties, in the folder's order."""
        first, second = self.parties
        return first.code, second.code

    def other(self, side: str) -> str:
        """The party opposite ``side``."""
        first, second = self.sides
        return second if side == first else first

    def side_name(self, side: str) -> Text:
        """What a party is called: its name here, else the usual name of the country."""
        party = next((party for party in self.parties if party.code == side), None)
        if party is None:
            return side
        return party.name or {
            "en": country_name(side, "en"),
            "ru": country_name(side, "ru"),
        }

    def with_fields(self, **changed: Any) -> Programme:
        """The same programme with some sections or head fields replaced (already validated).

        Records that stay are the same objects, and what was made of them stays known.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**{**fields, **changed}).remembering(self.memory.apart())

    def remembering(self, memory: Memory) -> Programme:
        """This programme with the memory of one that had some of its records."""
        self.__dict__["memory"] = memory
        return self
