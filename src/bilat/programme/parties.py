"""The two sides, the bodies that act for them, and the sources that are cited."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from bilat.language import Text
from bilat.programme.record import BodyRef, Model, Record, Side
from bilat.vocabulary import CountryCode, Period, TimeZone

BodyKind = Literal[
    "government",
    "ministry",
    "agency",
    "statistics",
    "customs",
    "bank",
    "lessor",
    "insurer",
    "commission",
    "company",
    "region",
    "city",
    "school",
    "organisation",
]
Email = Annotated[
    str,
    StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$"),
    Field(examples=["office@ministry.example"]),
]


class Party(Model):
    """A side of the programme. There are always two."""

    code: CountryCode
    """Country code of three letters (ISO 3166 alpha-3)."""
    name: Text | None = None
    """Left out, the usual name of the country is used."""
    time_zone: TimeZone | None = None
    """Its time zone for calendars, by its IANA name, such as Europe/Minsk."""


class Source(Record):
    """Something that can be cited: a page, a table, a speech."""

    section: ClassVar[str] = "sources"

    title: Text
    publisher: Text
    address: str | None = None
    """Web address, or where the paper is kept."""
    published: Period | None = None
    side: Side | None = None
    """Set when the source speaks for one of the sides."""
    licence: str | None = None


class Coordinates(Model):
    """A point on the map, in degrees (WGS 84)."""

    lat: Annotated[Decimal, Field(ge=-90, le=90)]
    """Latitude: north of the equator above zero."""
    lon: Annotated[Decimal, Field(ge=-180, le=180)]
    """Longitude: east of Greenwich above zero."""


class Body(Record):
    """A ministry, bank, company, region …: whoever owns a task or takes part."""

    section: ClassVar[str] = "bodies"

    name: Text
    party: Side | None = None
    """Left out for a joint or international body."""
    kind: BodyKind
    parent: BodyRef | None = None
    email: Email | None = None
    at: Coordinates | None = None
    """Where it is; of a region, where its seat is."""


class Person(Model):
    """Someone who took part or spoke, with the office held at the time."""

    name: Text
    office: Text | None = None
    body: BodyRef | None = None
    side: Side | None = None
