"""The records of the register as they stand, with every version before them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bilat.language import say
from bilat.programme.record import Model
from bilat.register.canonical import Document
from bilat.register.change import Change
from bilat.register.kinds import Name, Published, name_of, named_by, read_content
from bilat.register.outcome import Refused


@dataclass(frozen=True, slots=True)
class Version:
    """What a record became with one entry; ``content`` is None when it was deleted."""

    place: int
    change: str
    content: Document | None


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a change, read and found to fit."""

    name: Name
    content: Document | None
    record: Model | None
    names: tuple[Name, ...]


@dataclass
class State:
    """Versions by record, and who names whom. Changed only through `apply`."""

    sides: tuple[str, str]
    _versions: dict[Name, list[Version]] = field(default_factory=dict)
    _names: dict[Name, tuple[Name, ...]] = field(default_factory=dict)
    _named: dict[Name, set[Name]] = field(default_factory=dict)

    def versions(self, name: Name) -> Sequence[Version]:
        return tuple(self._versions.get(name, ()))

    def base(self, name: Name) -> str | None:
        """What a change of this record must name as its base now."""
        versions = self._versions.get(name)
        return versions[-1].change if versions else None

    def content(self, name: Name, place: int | None = None) -> Document | None:
        """The record's document now, or as it was after the entry ``place``."""
        versions = self._versions.get(name, [])
        if place is not None:
            versions = versions[: bisect_right(versions, place, key=lambda item: item.place)]
        return versions[-1].content if versions else None

    def records(self, place: int | None = None) -> Iterator[tuple[Name, Document]]:
        """Every record that is not deleted, in order of section and id."""
        for name in sorted(self._versions):
            content = self.content(name, place)
            if content is not None:
                yield name, content

    def read(self, change: Change) -> list[Step]:
        """The change's items, if they can be folded now. Raises Refused; changes nothing."""
        steps = [self._step(change, index) for index in range(len(change.items))]
        contents = {step.name: step for step in steps}
        if len(contents) != len(steps):
            names = [step.name for step in steps]
            double = next(name for name in names if names.count(name) > 1)
            raise Refused("twice", record=name_of(*double))
        for step in steps:
            self._check_names(step, contents)
        return steps

    def _step(self, change: Change, index: int) -> Step:
        item = change.items[index]
        if item.base != self.base(item.name):
            raise Refused("stale", record=name_of(*item.name))
        if item.content is None:
            if self.content(item.name) is None:
                raise Refused("stale", record=name_of(*item.name))
            return Step(item.name, None, None, ())
        record = read_content(item.section, item.id, item.content)
        if isinstance(record, Published) and item.id != f"{record.of}.{record.record}":
            why = say("its id must be {id}", id=f"{record.of}.{record.record}")
            raise Refused("content", record=name_of(*item.name), why=why)
        return Step(item.name, item.content, record, tuple(named_by(record)))

    def _check_names(self, step: Step, contents: dict[Name, Step]) -> None:
        for target in step.names:
            if not self._stands(target, contents):
                raise Refused("dangling", record=name_of(*step.name), target=name_of(*target))
        if step.content is not None:
            return
        for by in self._named.get(step.name, ()):
            after = contents.get(by)
            if after is None or step.name in after.names:
                raise Refused("still_named", record=name_of(*step.name), by=name_of(*by))

    def _stands(self, target: Name, contents: dict[Name, Step]) -> bool:
        if target[0] == "parties":
            return target[1] in self.sides
        if target in contents:
            return contents[target].content is not None
        return self.content(target) is not None

    def apply(self, steps: Sequence[Step], change: str, place: int) -> None:
        """Fold what `read` gave. Cannot fail half way."""
        for step in steps:
            for target in self._names.get(step.name, ()):
                self._named[target].discard(step.name)
            for target in step.names:
                self._named.setdefault(target, set()).add(step.name)
            self._names[step.name] = step.names
            version = Version(place, change, step.content)
            self._versions.setdefault(step.name, []).append(version)
