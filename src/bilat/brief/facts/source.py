"""A source as documents cite it."""

from __future__ import annotations

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.vocabulary import Period


class SourceFact(Fact):
    """Something cited, with its number in this document."""

    number: int
    id: str
    title: Said
    publisher: Said
    address: str | None
    published: Period | None
    side: str | None
    note: MaybeSaid
