"""The register: the fold of countersigned changes in one hash chain."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from bilat.language import say
from bilat.register.canonical import Document, document
from bilat.register.change import Answer, Change, Entry
from bilat.register.genesis import Founding
from bilat.register.keyring import Keyring
from bilat.register.kinds import Key, Name, Rules
from bilat.register.messages import Message, Statement, open_envelope
from bilat.register.outcome import Refused
from bilat.register.state import State, Step


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry of the chain with the change and the countersignature that it holds."""

    entry: Message[Entry]
    change: Message[Change]
    answer: Message[Answer]

    @property
    def said(self) -> Entry:
        return self.entry.said

    @property
    def proposed(self) -> Change:
        return self.change.said

    @property
    def answered(self) -> Answer:
        return self.answer.said


def open_entry(entry: Message[Statement]) -> Entered:
    """The three messages of an entry. Raises Refused when one of them is not what it should be."""
    said = entry.said
    if not isinstance(said, Entry):
        raise Refused("unreadable", why=say("not an entry of a chain"))
    change, answer = open_envelope(said.change), open_envelope(said.answer)
    if not isinstance(change.said, Change) or not isinstance(answer.said, Answer):
        raise Refused("unreadable", why=say("an entry holds a change and its countersignature"))
    return Entered(
        cast("Message[Entry]", entry),
        cast("Message[Change]", change),
        cast("Message[Answer]", answer),
    )


class Register:
    """The joint record of two sides. It grows by `entering.append` alone, which checks first."""

    def __init__(self, founding: Founding) -> None:
        self.founding = founding
        self.entries: list[Entered] = []
        self.keyring = Keyring()
        self.state = State(founding.sides)
        self.places: dict[str, int] = {}
        """Change id → place, for the changes that are entered."""
        self._times: list[str] = []
        self._begin()

    def _begin(self) -> None:
        steps = []
        for key in self.founding.keys:
            self.keyring.put(key, 0)
            steps.append(Step(("keys", key.id), document(key), key, (("parties", key.side),)))
        rules = self.founding.rules
        named = (("parties", rules.depositary),)
        steps.append(Step(("rules", "rules"), document(rules), rules, named))
        self.state.apply(steps, self.founding.id, 0)
        self.rules = rules

    @property
    def id(self) -> str:
        return self.founding.id

    @property
    def sides(self) -> tuple[str, str]:
        return self.founding.sides

    @property
    def place(self) -> int:
        """Number of the last entry; 0 before the first."""
        return len(self.entries)

    @property
    def head(self) -> str:
        """Hash of the last entry: who knows it knows the whole chain."""
        return self.entries[-1].entry.id if self.entries else self.id

    @property
    def time(self) -> str:
        """When the last entry was made, in UTC."""
        return self._times[-1] if self._times else self.founding.said.time

    def head_at(self, place: int) -> str:
        return self.entries[place - 1].entry.id if place else self.id

    def other(self, side: str) -> str:
        first, second = self.sides
        return second if side == first else first

    def place_on(self, day: date) -> int:
        """The last entry made up to the end of ``day`` (UTC); 0 when there was none."""
        return bisect_right(self._times, (day + timedelta(days=1)).isoformat())

    def state_on(self, day: date) -> dict[Name, Document]:
        """Every record as it stood at the end of ``day`` (UTC)."""
        return dict(self.state.records(self.place_on(day)))

    def take(self, entered: Entered, steps: Sequence[Step]) -> None:
        """Fold an entry that `entering.check_entry` has accepted, with the steps it gave."""
        place = self.place + 1
        self.state.apply(steps, entered.change.id, place)
        for step in steps:
            if isinstance(step.record, Key):
                self.keyring.put(step.record, place)
            elif isinstance(step.record, Rules):
                self.rules = step.record
        self.entries.append(entered)
        self.places[entered.change.id] = place
        self._times.append(entered.said.time)
