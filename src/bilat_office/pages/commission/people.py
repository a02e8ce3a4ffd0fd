"""Who took part in a session, as it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bilat_office.pages.commission.typed import Box, Typed, boxes_of, one_line, text_typed


@dataclass(frozen=True)
class PersonRow:
    """One person of a form; ``name`` is that of its inputs."""

    name: str
    side: str
    boxes: list[Box]
    offices: list[Box]


def person_rows(
    people: Sequence[Mapping[str, Any]], count: int, typed: Typed | None
) -> list[PersonRow]:
    """Filled from the record, or as it was typed."""
    found = []
    for number in range(count):
        person = people[number] if number < len(people) else {}
        name = f"person-{number}"
        side = str(person.get("side", "")) if typed is None else one_line(typed, f"{name}-side")
        found.append(
            PersonRow(
                name,
                side,
                boxes_of(f"{name}-name", person.get("name"), typed),
                boxes_of(f"{name}-office", person.get("office"), typed),
            )
        )
    return found


def people_typed(
    people: Sequence[Mapping[str, Any]], count: int, typed: Typed
) -> list[dict[str, Any]]:
    """Those whose name is left, in their order; what no box asks for stays as it is."""
    found = []
    for number in range(count):
        before = dict(people[number]) if number < len(people) else {}
        name = text_typed(typed, f"person-{number}-name", before.get("name"))
        if name is None:
            continue
        office = text_typed(typed, f"person-{number}-office", before.get("office"))
        side = one_line(typed, f"person-{number}-side") or None
        found.append({**before, "name": name, "office": office, "side": side})
    return found
