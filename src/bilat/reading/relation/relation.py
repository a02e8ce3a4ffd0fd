"""The answer, the case it is given on, and how texts and places are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from bilat.language import Message, Text, pick
from bilat.programme import Programme, Record
from bilat.reading.proposal import Proposal
from bilat.reading.records.making import period_of
from bilat.vocabulary import Period

RelationKind = Literal["new", "repeats", "updates", "contradicts"]


@dataclass(frozen=True)
class Relation:
    """records: (section, id) of what it repeats, updates or contradicts, the nearest first.

    difference: what is not the same, in a sentence. takes: fields of the record to be that an
    update carries over to the first of ``records``.
    """

    kind: RelationKind
    records: tuple[tuple[str, str], ...] = ()
    difference: Message | None = None
    takes: tuple[str, ...] = ()


NEW = Relation("new")


@dataclass(frozen=True)
class Case:
    """A proposal, the programme that it is held against, and when and how it was said."""

    proposal: Proposal
    programme: Programme
    stated: Period | None
    language: str

    def get(self, name: str) -> Any:
        return self.proposal.fields.get(name)

    def period(self, name: str) -> Period | None:
        return period_of(self.get(name))


def repeats(*records: Record, difference: Message | None = None) -> Relation:
    return Relation("repeats", _named(records), difference)


def updates(record: Record, difference: Message, *takes: str) -> Relation:
    return Relation("updates", _named((record,)), difference, takes)


def contradicts(difference: Message, *records: Record) -> Relation:
    return Relation("contradicts", _named(records), difference)


def _named(records: tuple[Record, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((record.section, record.id) for record in records)


def overlap(first: Period, second: Period) -> bool:
    return first.start <= second.end and second.start <= first.end


_WORD = re.compile(r"[^\W\d_]{4,}|\d{4}")
_ENDING = 5
"""Letters of a word that are compared: its inflections differ after them, in both languages."""


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    """Kept: each proposal of a text is compared with the titles of every measure."""
    return frozenset(word.lower()[:_ENDING] for word in _WORD.findall(text))


def likeness(title: Text, text: str, language: str) -> float:
    """Share of the words of a record's title that stand in the text, endings apart."""
    words = _stems(pick(title, language))
    return len(words & _stems(text)) / len(words) if words else 0.0


def same_place(record: Text | None, place: object) -> bool | None:
    """None where it cannot be said: a place is missing, or written in another alphabet."""
    if not record or not place:
        return None
    names = [record] if isinstance(record, str) else list(record.values())
    wanted = str(place).lower()
    alike = [name.lower() for name in names if name.isascii() == wanted.isascii()]
    if not alike:
        return None
    return any(wanted in name or name in wanted for name in alike)
