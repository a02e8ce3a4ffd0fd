"""A programme put together again from the rows that someone may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet

from bilat.programme import KINDS, Party, Programme, Record
from bilat.register.chain import Register
from bilat.register.kinds import Heading, Name
from bilat_office.records.models import Row
from bilat_office.records.rows import read_document
from bilat_office.records.viewer import JOINT

IN_ORDER = (F("place").asc(nulls_last=True), "pk")
LISTED = ("section", "record", "place")
RowListed = tuple[str, str, int | None]
FEW = 500
"""Records that are asked for by their ids; of more, all are read."""


class Held:
    """Records that a process has read, each with the version that it is of.

    A version that was read is not read and checked again: after a change of one record that one
    is, and all others are the objects that they were. Joint records are held once for every side;
    those of a side alone by themselves.
    """

    def __init__(self) -> None:
        self.register, self.place, self.head = "", 0, ""
        self.records: Mapping[Name, tuple[Any, Record]] = {}

    def at(self, register: Register) -> Mapping[Name, tuple[Any, Record]]:
        """What may still stand in ``register``: nothing where its chain is not the one read."""
        is_same = self.register == register.id and self.place <= register.place
        return self.records if is_same and self.head == register.head_at(self.place) else {}


def programme_of(
    register: Register, rows: QuerySet[Row], held: Mapping[str, Held] | None = None
) -> Programme:
    """Joint records in the order in which they were entered, then private ones.

    A private record with the name of a joint one is left out: the joint one stands. The headline
    target is left out when it is not among the rows; where the heading itself is not (nobody has
    published it), the programme is called by its id.

    held: by visibility, what was read before; afterwards what stands. With that of the joint
    records alone, ``rows`` are of nobody's own.
    """
    known = held or {}
    listed = list(rows.filter(visibility=JOINT).order_by(*IN_ORDER).values_list(*LISTED))
    joint = _joint(register, rows.filter(visibility=JOINT), listed, known.get(JOINT, Held()))
    sections: dict[str, dict[str, Record]] = {section: {} for section in KINDS}
    for name, (_place, record) in joint.items():
        sections[name[0]][name[1]] = record
    own = _own(rows.exclude(visibility=JOINT), known) if set(known) != {JOINT} else ()
    for record in own:
        sections[record.section].setdefault(record.id, record)
    heading = heading_of(register, seen=any(row[0] == "heading" for row in listed))
    target = heading.headline_target
    fields: dict[str, Any] = {name: tuple(each.values()) for name, each in sections.items()}
    return Programme(
        id=register.founding.said.programme,
        title=heading.title,
        keys=register.rules.mode,
        parties=heading.parties,
    ).with_fields(**fields, headline_target=target if target in sections["targets"] else None)


def _joint(
    register: Register, rows: QuerySet[Row], every: Sequence[RowListed], held: Held
) -> Mapping[Name, tuple[Any, Record]]:
    """The entry of its last change says which version of a record stands.

    What another process enters between two questions is in the programme, and is not held: the
    chain that was read ends before it.
    """
    place, head, before = register.place, register.head, held.at(register)
    listed = [row for row in every if row[0] in KINDS]
    fresh = {row[:2] for row in listed if before.get(row[:2], (None,))[0] != row[2]}
    read = _read(rows, [record_id for _section, record_id in fresh])
    found: dict[Name, tuple[Any, Record]] = {}
    for section, record_id, _place in listed:
        name = (section, record_id)
        standing = read.get(name) if name in fresh else before[name]
        if standing is not None:  # else it was deleted between the two questions
            found[name] = standing
    held.register, held.place, held.head = register.id, place, head
    is_newer = any(version > place for version, _record in found.values())
    held.records = {k: v for k, v in found.items() if v[0] <= place} if is_newer else found
    return found


def _read(rows: QuerySet[Row], ids: Sequence[str]) -> Mapping[Name, tuple[Any, Record]]:
    """Those of these ids, of whatever section; all of them where most are asked for."""
    if not ids:
        return {}
    asked = rows.filter(section__in=KINDS)
    if len(ids) <= FEW:
        asked = asked.filter(record__in=ids)
    found = asked.values_list("section", "record", "place", "content")
    return {
        (section, record_id): (place, _record(section, content))
        for section, record_id, place, content in found.iterator(chunk_size=5000)
    }


def _own(rows: QuerySet[Row], held: Mapping[str, Held]) -> Iterator[Record]:
    """Private records are in no chain: the text itself says which version stands."""
    found: dict[str, dict[Name, tuple[Any, Record]]] = {each: {} for each in held if each != JOINT}
    asked = rows.filter(section__in=KINDS).order_by("pk")
    rows_of_sides = asked.values_list("visibility", "section", "record", "content")
    for side, section, record_id, text in rows_of_sides:
        before = held[side].records.get((section, record_id)) if side in held else None
        standing = before if before and before[0] == text else (text, _record(section, text))
        found.setdefault(side, {})[section, record_id] = standing
        yield standing[1]
    for side in held:
        if side != JOINT:
            held[side].records = found[side]


def _record(section: str, text: str) -> Record:
    record = read_document(section, text)
    assert isinstance(record, Record)  # noqa: S101 (a section of the programme holds no other)
    return record


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
