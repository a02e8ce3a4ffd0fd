"""Who changed a record, or one field of it, when, why, and by which change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bilat.register.canonical import Document
from bilat.register.chain import Register
from bilat.register.kinds import Name


@dataclass(frozen=True)
class Edit:
    """One entry that touched a record: proposed by one side, countersigned by the other.

    place 0 is the genesis: then only ``time`` and ``after`` say something.
    """

    place: int
    change: str
    time: str
    side: str
    person: str
    body: str | None
    reason: str
    countersigned_by: str
    before: Document | None
    after: Document | None


@dataclass(frozen=True)
class FieldEdit:
    """What one entry did to one field; None where the field was at its default."""

    edit: Edit
    before: Any
    after: Any


def history(register: Register, name: Name) -> tuple[Edit, ...]:
    """Every version of a record, from the first to the last; nothing when it never was there."""
    edits: list[Edit] = []
    before: Document | None = None
    for version in register.state.versions(name):
        edits.append(_edit(register, version.place, version.change, before, version.content))
        before = version.content
    return tuple(edits)


def field_history(register: Register, name: Name, field: str) -> tuple[FieldEdit, ...]:
    """The entries that changed ``field``, with its value before and after."""
    found = (
        FieldEdit(edit, (edit.before or {}).get(field), (edit.after or {}).get(field))
        for edit in history(register, name)
    )
    return tuple(item for item in found if item.before != item.after)


def _edit(
    register: Register, place: int, change: str, before: Document | None, after: Document | None
) -> Edit:
    if place == 0:
        said = register.founding.said
        return Edit(0, change, said.time, "", "", None, "", "", before, after)
    entered = register.entries[place - 1]
    proposed, answered = entered.proposed, entered.answered
    return Edit(
        place,
        change,
        entered.said.time,
        proposed.side,
        proposed.person,
        proposed.body,
        proposed.reason,
        answered.person,
        before,
        after,
    )
