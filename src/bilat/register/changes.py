"""The changes that are under way: which are open, what was answered, what they would touch.

A status follows from the *set* of messages and from the chain, never from the order in which the
messages came: two nodes that hold the same messages say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bilat.register.chain import Register
from bilat.register.change import Answer, Change
from bilat.register.messages import Message, Statement
from bilat.register.outcome import Refused

Status = Literal[
    "entered", "lapsed", "withdrawn", "rejected", "countered", "stale", "ahead", "countersigned",
    "open",
]  # fmt: skip
"""``lapsed``: its key was revoked. ``ahead``: its base has not arrived here yet."""


class Changes:
    """Changes that are not entered, with their answers. Signatures are checked before."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._changes: dict[str, Message[Change]] = {}
        self._answers: dict[str, dict[str, Message[Answer]]] = {}
        self._counters: dict[str, dict[str, Message[Change]]] = {}
        self._alike: dict[tuple[object, ...], set[str]] = {}

    def __contains__(self, change_id: str) -> bool:
        return change_id in self._changes

    def add(self, message: Message[Change]) -> None:
        self._changes[message.id] = message
        self._alike.setdefault(_targets(message.said), set()).add(message.id)
        if message.said.answers is not None:
            self._counters.setdefault(message.said.answers, {})[message.id] = message

    def add_answer(self, message: Message[Answer]) -> None:
        self._answers.setdefault(message.said.change, {})[message.id] = message

    def settle(self, message: Message[Change]) -> None:
        """An entered change is the register's; what is under way stays small."""
        self._changes.pop(message.id, None)
        self._answers.pop(message.id, None)
        self._counters.pop(message.id, None)
        self._alike.get(_targets(message.said), set()).discard(message.id)

    def message(self, change_id: str) -> Message[Change]:
        """The change, entered or not. Raises Refused when it is not here."""
        place = self._register.places.get(change_id)
        if place is not None:
            return self._register.entries[place - 1].change
        if change_id not in self._changes:
            raise Refused("not_known", change=change_id[:12])
        return self._changes[change_id]

    def get(self, change_id: str) -> Change:
        """What the change says. Raises Refused when it is not here."""
        return self.message(change_id).said

    def answers(self, change_id: str) -> tuple[Message[Answer], ...]:
        """Answers whose keys are still in force."""
        return tuple(filter(self._in_force, self._answers.get(change_id, {}).values()))

    def status(self, change_id: str) -> Status:
        """How far a change has come. Raises Refused when it is not here."""
        if change_id in self._register.places:
            return "entered"
        message = self.message(change_id)
        if not self._in_force(message):
            return "lapsed"
        verdicts = {answer.said.verdict for answer in self.answers(change_id)}
        if "withdraw" in verdicts:
            return "withdrawn"
        if "reject" in verdicts:
            return "rejected"
        if self._countered(message):
            return "countered"
        waiting: Status = "countersigned" if "countersign" in verdicts else "open"
        return self._by_base(message.said) or waiting

    def _countered(self, message: Message[Change]) -> bool:
        return any(
            other.said.side != message.said.side and self._in_force(other)
            for other in self._counters.get(message.id, {}).values()
        )

    def _by_base(self, change: Change) -> Status | None:
        state = self._register.state
        for item in change.items:
            if item.base == state.base(item.name):
                continue
            known = [version.change for version in state.versions(item.name)]
            return "stale" if item.base is None or item.base in known else "ahead"
        return None

    def open(self) -> tuple[str, ...]:
        """Changes that wait for an answer or for their entry, in order of time."""
        waiting = [id_ for id_ in self._changes if self.status(id_) in ("open", "countersigned")]
        return tuple(sorted(waiting, key=lambda id_: (self._changes[id_].said.time, id_)))

    def twin(self, change: Change) -> str | None:
        """An open change of the other side that proposes exactly the same."""
        for id_ in self._alike.get(_targets(change), ()):
            other = self._changes[id_].said
            same = other.side != change.side and other.items == change.items
            if same and self.status(id_) in ("open", "countersigned"):
                return id_
        return None

    def messages(self) -> Iterator[Message[Statement]]:
        """Every message about these changes; nothing by revoked keys."""
        for id_, change in self._changes.items():
            if self._in_force(change):
                yield change
                yield from self.answers(id_)

    def _in_force(self, message: Message[Statement]) -> bool:
        held = self._register.keyring.get(message.key)
        return held is not None and held.signs(self._register.place + 1)


def _targets(change: Change) -> tuple[object, ...]:
    """What a change would touch, and on which versions."""
    return tuple((item.section, item.id, item.base) for item in change.items)
