"""The register as a process of the office keeps it: begun from the tables, not from the chain.

To fold a chain of 100,000 entries takes ten seconds and more. Each was checked and folded when it
was stored, so the tables say already what came of it: a process takes over ids, times and the
texts of versions, and opens an entry or a document only when it is asked for. `inspecting` folds
the chain itself and compares.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, SupportsIndex, overload

from bilat.register.canonical import Document, canonical_again, parse
from bilat.register.chain import Entered, Register, open_entry
from bilat.register.changes import Status
from bilat.register.genesis import Founding
from bilat.register.history import Edit, FieldEdit
from bilat.register.kinds import SECTIONS, Key, Name, Rules, named_by
from bilat.register.messages import read_line
from bilat.register.node import Node
from bilat.register.state import State, Step, Version
from bilat_office.records import models

KEPT_BYTES = 2 * 1024 * 1024
"""Lines of entries that a process keeps open; opened, each takes ten times its length."""
AT_ONCE = 200
"""Entries that are read together when one goes through the whole chain."""


class Entries(list[Entered]):
    """The entries of a chain, each opened when it is asked for.

    Those of a transaction that has not ended are in no table yet: they are held until `release`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self._fresh: dict[int, Entered] = {}
        self._opened: OrderedDict[int, Entered] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Entered]:
        return self._through(range(len(self.ids)))

    @overload
    def __getitem__(self, index: SupportsIndex) -> Entered: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entered]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Entered | list[Entered]:
        if isinstance(index, slice):
            return list(self._through(range(len(self.ids))[index]))
        return self._one(range(len(self.ids))[index])

    def append(self, entered: Entered) -> None:
        self._fresh[len(self.ids)] = entered
        self.ids.append(entered.entry.id)

    def release(self) -> None:
        """The transaction has ended: what it entered can be read again from the table."""
        for index, entered in self._fresh.items():
            self._keep(index, entered)
        self._fresh.clear()

    def line(self, place: int) -> bytes:
        """The line of one entry, unopened."""
        fresh = self._fresh.get(place - 1)
        if fresh is not None:
            return fresh.entry.line
        stored = models.Entry.objects.values_list("line", flat=True)
        return bytes(stored.get(entry=self.ids[place - 1]))

    def lines(self, places: Sequence[int]) -> dict[int, bytes]:
        """Place → line, unopened: one question for all."""
        ids = {self.ids[place - 1]: place for place in places}
        stored = models.Entry.objects.filter(entry__in=ids).values_list("entry", "line")
        found = {ids[entry]: bytes(line) for entry, line in stored}
        fresh = {index + 1: entered.entry.line for index, entered in self._fresh.items()}
        return {**found, **{place: fresh[place] for place in places if place in fresh}}

    def _one(self, index: int) -> Entered:
        found = self._fresh.get(index) or self._opened.get(index)
        if found is None:
            found = open_entry(read_line(self.line(index + 1)))
            self._keep(index, found)
        return found

    def _through(self, indexes: range) -> Iterator[Entered]:
        for first in range(0, len(indexes), AT_ONCE):
            part = indexes[first : first + AT_ONCE]
            stored = models.Entry.objects.filter(entry__in=[self.ids[index] for index in part])
            lines = dict(stored.values_list("entry", "line"))
            for index in part:
                line = lines.get(self.ids[index])
                yield self._one(index) if line is None else open_entry(read_line(bytes(line)))

    def _keep(self, index: int, entered: Entered) -> None:
        self._opened[index] = entered
        self._bytes += len(entered.entry.text)
        while self._bytes > KEPT_BYTES and len(self._opened) > 1:
            _index, oldest = self._opened.popitem(last=False)
            self._bytes -= len(oldest.entry.text)


class StoredState(State):
    """The state of a register whose documents are kept as the canonical text that they are."""

    def __init__(self, sides: tuple[str, str]) -> None:
        super().__init__(sides, _named=_Namers(self))
        self.texts: dict[Name, list[tuple[int, str, str | None]]] = {}
        """Place, change and text of each version of each record."""

    def versions(self, name: Name) -> Sequence[Version]:
        return tuple(
            Version(place, change, _document(text))
            for place, change, text in self.texts.get(name, ())
        )

    def base(self, name: Name) -> str | None:
        versions = self.texts.get(name)
        return versions[-1][1] if versions else None

    def content(self, name: Name, place: int | None = None) -> Document | None:
        versions = self.texts.get(name, ())
        standing = [item for item in versions if place is None or item[0] <= place]
        return _document(standing[-1][2]) if standing else None

    def records(self, place: int | None = None) -> Iterator[tuple[Name, Document]]:
        for name in sorted(self.texts):
            content = self.content(name, place)
            if content is not None:
                yield name, content

    def apply(self, steps: Sequence[Step], change: str, place: int) -> None:
        for step in steps:
            text = None if step.content is None else canonical_again(step.content).decode()
            self.texts.setdefault(step.name, []).append((place, change, text))

    def naming(self, name: Name) -> set[Name]:
        """The records that name this one: only a text that holds its id can do so."""
        found = set()
        for other, versions in self.texts.items():
            text = versions[-1][2]
            if text is not None and name[1] in text and name in _named(other[0], text):
                found.add(other)
        return found


class _Namers(dict[Name, set[Name]]):
    """Who names whom, found out when it is asked: seldom, since only to delete a record asks."""

    def __init__(self, state: StoredState) -> None:
        super().__init__()
        self._state = state

    def get(self, name: Name, default: Any = None) -> Any:
        return self._state.naming(name)


def _document(text: str | None) -> Document | None:
    return None if text is None else parse(text.encode())


def _named(section: str, text: str) -> set[Name]:
    return set(named_by(SECTIONS[section].model_validate(parse(text.encode()))))


@dataclass(frozen=True)
class Signed:
    """Who made an entry, when and why, without the records that it brought."""

    time: str
    side: str
    person: str
    body: str | None
    reason: str
    countersigned_by: str


@dataclass(frozen=True)
class Answered:
    """A change that was answered, by whom it is and why, and when the last answer came."""

    change: str
    side: str
    person: str
    reason: str
    time: str
    status: Status = "entered"


def _answered(change: str, line: bytes) -> Answered:
    """Read as `_signed` reads."""
    entry = parse(line)["body"]
    said = entry["change"]["body"]
    time = entry["answer"]["body"]["time"]
    return Answered(change, said["side"], said["person"], said["reason"], time)


def _signed(line: bytes) -> Signed:
    """Read without opening the entry: one that brought thousands of records takes long to open."""
    entry = parse(line)["body"]
    change, answer = entry["change"]["body"], entry["answer"]["body"]
    by = (change["side"], change["person"], change.get("body"), change["reason"])
    return Signed(entry["time"], *by, answer["person"])


class StoredRegister(Register):
    """The register of this database, up to its last entry at the time of reading."""

    state: StoredState

    def __init__(self, founding: Founding) -> None:
        super().__init__(founding)
        self.state = StoredState(founding.sides)
        self.entries: Entries = Entries()
        self._signed: dict[int, Signed] = {}
        self._answered: dict[int, Answered] = {}
        self._read_chain()
        self._read_versions()

    @property
    def head(self) -> str:
        return self.head_at(self.place)

    def head_at(self, place: int) -> str:
        return self.entries.ids[place - 1] if place else self.id

    def edits(self, name: Name) -> tuple[Edit, ...]:
        """As `bilat.register.history.history`, without opening an entry twice."""
        edits: list[Edit] = []
        before = None
        for version in self.state.versions(name):
            signed = self._signed_at(version.place)
            after = version.content
            edits.append(Edit(version.place, version.change, **vars(signed), before=before,
                              after=after))  # fmt: skip
            before = after
        return tuple(edits)

    def field_edits(self, name: Name, field: str) -> tuple[FieldEdit, ...]:
        """As `bilat.register.history.field_history`."""
        found = (
            FieldEdit(edit, (edit.before or {}).get(field), (edit.after or {}).get(field))
            for edit in self.edits(name)
        )
        return tuple(item for item in found if item.before != item.after)

    def answered_last(self, most: int) -> tuple[Answered, ...]:
        """Of the last entries, the latest first; each is read once."""
        last = enumerate(islice(reversed(self.places), most))
        changes = {self.place - back: change for back, change in last}
        unread = [place for place in changes if place not in self._answered]
        for place, line in self.entries.lines(unread).items() if unread else ():
            self._answered[place] = _answered(changes[place], line)
        return tuple(self._answered[place] for place in changes)

    def _signed_at(self, place: int) -> Signed:
        if not place:
            return Signed(self.founding.said.time, "", "", None, "", "")
        if place not in self._signed:
            self._signed[place] = _signed(self.entries.line(place))
        return self._signed[place]

    def _read_chain(self) -> None:
        stored = models.Entry.objects.order_by("place").values_list("entry", "change", "time")
        for entry, change, time in stored.iterator(chunk_size=5000):
            self.entries.ids.append(entry)
            self.places[change] = len(self.entries.ids)
            self._times.append(time)

    def _read_versions(self) -> None:
        """Of the entries that were read: what another process enters meanwhile comes with them."""
        stored = models.Version.objects.exclude(entry_id__gt=self.place).order_by("pk")
        found = stored.values_list("section", "record", "entry_id", "change", "content")
        texts = self.state.texts
        for section, record, entry, change, text in found.iterator(chunk_size=5000):
            texts.setdefault((section, record), []).append((entry or 0, change, text))
            if text is not None and section in ("keys", "rules"):
                self._take_over(SECTIONS[section].model_validate(parse(text.encode())), entry or 0)

    def _take_over(self, record: object, place: int) -> None:
        if isinstance(record, Key):
            self.keyring.put(record, place)
        elif isinstance(record, Rules):
            self.rules = record


class StoredNode(Node):
    """The node of this database; what is under way comes from its messages."""

    register: StoredRegister

    def __init__(self, founding: Founding) -> None:
        super().__init__(founding, StoredRegister(founding))
