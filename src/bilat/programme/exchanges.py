"""Ties between people and places: exchanges and links."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from bilat.language import Text
from bilat.programme.agreements import CommitmentRef, DocumentRef
from bilat.programme.numbers import IndicatorRef
from bilat.programme.record import BodyRef, LinkRef, Model, Record, Refers, Side, SourceRef
from bilat.vocabulary import HsCode, Period

Area = Literal["education", "culture", "sport", "tourism", "science", "health", "youth"]


class Exchange(Record):
    """Cooperation of people in one area, with its indicators and commitments."""

    section: ClassVar[str] = "exchanges"

    title: Text
    area: Area
    since: Period | None = None
    indicators: tuple[IndicatorRef, ...] = ()
    commitments: tuple[CommitmentRef, ...] = ()
    document: DocumentRef | None = None
    outcome: Text | None = None
    next_step: Text | None = None


class Interest(Model):
    """What one end of a link offers or asks for, so that it can be matched."""

    side: Side
    wants: Literal["offers", "requests"]
    text: Text
    products: tuple[HsCode, ...] = ()
    sector: str | None = None
    sources: tuple[SourceRef, ...] = ()


class Link(Record):
    """Region with region, city with city, company with company, or a demand without a name yet."""

    section: ClassVar[str] = "links"

    title: Text
    kind: Literal["regions", "cities", "companies", "schools", "demand"]
    bodies: tuple[BodyRef, ...] = ()
    since: Period | None = None
    document: DocumentRef | None = None
    contact: Annotated[str, Refers("contacts")] | None = None
    """The forum or visit where it was made."""
    interests: tuple[Interest, ...] = ()
    introduces: tuple[LinkRef, ...] = ()
    """The request and the offer that it has brought together."""
    next_step: Text | None = None
