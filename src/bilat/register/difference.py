"""Three versions side by side, field by field: the proposal's base, the current, the proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bilat.register.canonical import Document
from bilat.register.change import Change, Item
from bilat.register.kinds import Name
from bilat.register.state import State

Kind = Literal["same", "current", "proposed", "both", "conflict"]


@dataclass(frozen=True)
class FieldDifference:
    """One field. Values are those of the documents; None where the field is at its default.

    kind: ``current`` or ``proposed`` when only that version changed it, ``both`` when both changed
    it alike, ``conflict`` when they changed it differently.
    """

    field: str
    base: Any
    current: Any
    proposed: Any

    @property
    def kind(self) -> Kind:
        if self.current == self.proposed:
            return "same" if self.base == self.current else "both"
        if self.current == self.base:
            return "proposed"
        return "current" if self.proposed == self.base else "conflict"


@dataclass(frozen=True)
class Difference:
    """What became of one record between a proposal's base and now."""

    name: Name
    base: Document | None
    current: Document | None
    proposed: Document | None

    @property
    def fields(self) -> tuple[FieldDifference, ...]:
        """Every field that is not the same in all three, in the order of their names."""
        three = [version or {} for version in (self.base, self.current, self.proposed)]
        names = sorted(set().union(*three))
        found = [FieldDifference(name, *(each.get(name) for each in three)) for name in names]
        return tuple(item for item in found if item.kind != "same")

    @property
    def conflicts(self) -> tuple[str, ...]:
        return tuple(item.field for item in self.fields if item.kind == "conflict")

    @property
    def merged(self) -> Document | None:
        """The current version with what only the proposal changed, to be proposed afresh.

        None when a person has to choose: fields in conflict, or one of the versions is a deletion.
        """
        if self.current is None or self.proposed is None or self.conflicts:
            return None
        merged = dict(self.current)
        for item in self.fields:
            if item.kind == "proposed":
                merged[item.field] = item.proposed
        return {name: value for name, value in merged.items() if value is not None}


def difference(state: State, item: Item) -> Difference:
    """The three versions of the record that ``item`` would change."""
    versions = state.versions(item.name)
    base = next((version.content for version in versions if version.change == item.base), None)
    return Difference(item.name, base, state.content(item.name), item.content)


def differences(state: State, change: Change) -> Sequence[Difference]:
    """One difference for each item whose base is no longer current."""
    return tuple(
        difference(state, item) for item in change.items if item.base != state.base(item.name)
    )
