"""A programme put together again from the rows that someone may see."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from bilat.programme import KINDS, Party, Programme, Record
from bilat.register.chain import Register
from bilat.register.kinds import Heading
from bilat_office.records.models import Row
from bilat_office.records.rows import read_document


def programme_of(register: Register, rows: QuerySet[Row]) -> Programme:
    """Joint records in the order in which they were entered, then private ones.

    A private record with the name of a joint one is left out: the joint one stands. The headline
    target is left out when it is not among the rows; where the heading itself is not (nobody has
    published it), the programme is called by its id.
    """
    sections: dict[str, dict[str, Record]] = {section: {} for section in KINDS}
    in_order = rows.filter(section__in=KINDS).order_by(F("place").asc(nulls_last=True), "pk")
    for row in in_order.iterator():
        record = read_document(row.section, row.content)
        if isinstance(record, Record):
            sections[row.section].setdefault(record.id, record)
    heading = heading_of(register, seen=rows.filter(section="heading").exists())
    target = heading.headline_target
    fields: dict[str, Any] = {name: tuple(found.values()) for name, found in sections.items()}
    return Programme(
        id=register.founding.said.programme,
        title=heading.title,
        keys=register.rules.mode,
        parties=heading.parties,
    ).with_fields(**fields, headline_target=target if target in sections["targets"] else None)


def heading_of(register: Register, *, seen: bool = True) -> Heading:
    """What both sides call the programme; before they have, its id and the sides' codes."""
    content = register.state.content(("heading", "heading")) if seen else None
    if content is None:
        parties = tuple(Party(code=side) for side in register.sides)
        return Heading(title=register.founding.said.programme, parties=parties)
    heading = Heading.model_validate(content)
    if len(heading.parties) == len(register.sides):
        return heading
    parties = tuple(Party(code=side) for side in register.sides)
    return heading.model_copy(update={"parties": parties})
