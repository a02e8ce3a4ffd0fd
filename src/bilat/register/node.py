"""One side's copy of the register: takes messages in any order, and says what each one did.

A node holds no key. What it holds follows from the *set* of messages that it has received, never
from their order: that is why two nodes agree.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from bilat.register.chain import Register, open_entry
from bilat.register.change import Answer, Change, Checkpoint, Entry
from bilat.register.changes import Changes
from bilat.register.entering import append
from bilat.register.genesis import Founding
from bilat.register.keys import signature_holds
from bilat.register.kinds import name_of, read_content
from bilat.register.messages import Message, Statement, read_line
from bilat.register.outcome import Code, Outcome, Refused, outcome

Awaited = tuple[str, str | int]
"""What a message waits for: a place of the chain, a change or a key."""

News = Callable[[Code, Message[Statement]], None]
"""Told of each message that a node has taken, keeps aside, or holds as proof of a fork."""

WAITING = 100_000
"""More waiting messages than this are refused, lest a flood fill the memory."""


@dataclass(frozen=True)
class Fork:
    """Two histories from ``place`` on: the hash that this node holds, and what ``side`` signed."""

    place: int
    side: str
    ours: str
    theirs: Message[Statement]


def shown(message: Message[Statement]) -> str:
    """The head of a chain that an entry or a checkpoint shows."""
    said = message.said
    return said.head if isinstance(said, Checkpoint) else message.id


class Node:
    """The register, the changes that are under way, and what both sides have said about them."""

    def __init__(self, founding: Founding, register: Register | None = None) -> None:
        self.register = register or Register(founding)
        self.changes = Changes(self.register)
        self.checkpoints: dict[str, Message[Checkpoint]] = {}
        self.forks: list[Fork] = []
        self.settled: set[str] = set()
        """Entries that both sides agreed do not stand: see `settling`."""
        self.news: News | None = None
        self._known: dict[str, tuple[str, str]] = {}
        self._waiting: dict[Awaited, dict[str, Message[Statement]]] = {}
        self._kept_count = 0
        self._due: deque[Message[Statement]] = deque()

    def receive(self, line: bytes) -> Outcome:
        """Take one line. Never raises for what a line may hold; a refused line changes nothing."""
        try:
            message = read_line(line)
        except Refused as refusal:
            return Outcome(refusal.code, refusal.message)
        return self.take(message)

    def take(self, message: Message[Statement]) -> Outcome:
        """Take one message, and then whatever had been waiting for it."""
        first = self._try(message)
        self._catch_up()
        return first

    def restore(self, message: Message[Statement]) -> None:
        """Put back what a node has accepted and its office has kept: verified then, not again."""
        said = message.said
        if isinstance(said, Entry):
            self._enter(message, signatures=False)
        elif isinstance(said, Change):
            self._hold_change(message)
        elif isinstance(said, Answer):
            self.changes.add_answer(cast("Message[Answer]", message))
        else:
            self._confirm(message, said)
        self._known[message.id] = (message.key, message.signature)
        self._catch_up()

    def _catch_up(self) -> None:
        while self._due:
            self._try(self._due.popleft())

    def _tell(self, code: Code, message: Message[Statement]) -> None:
        if self.news is not None:
            self.news(code, message)

    def _try(self, message: Message[Statement]) -> Outcome:
        if self._is_known(message):
            return outcome("known", message.id)
        try:
            done = self._take(message)
        except Refused as refusal:
            # It may be entered later.
            if refusal.code == "unknown_key" and self._wait(("key", message.key), message):
                self._tell(refusal.code, message)
            return Outcome(refusal.code, refusal.message, message.id)
        if done.accepted:
            self._known[message.id] = (message.key, message.signature)
        if done.code != "known":
            self._tell(done.code, message)
        return done

    def _is_known(self, message: Message[Statement]) -> bool:
        """True for the very same line; the same text under another signature is looked at."""
        seal = (message.key, message.signature)
        if self._known.get(message.id) == seal:
            return True
        said = message.said
        change = said.change if isinstance(said, Answer) else message.id
        place = self.register.places.get(change)
        if place is None:
            return False
        entered = self.register.entries[place - 1]
        return any(
            message.id == part.id and seal == (part.key, part.signature)
            for part in (entered.change, entered.answer)
        )

    def _take(self, message: Message[Statement]) -> Outcome:
        said = message.said
        if said.register_id != self.register.id:
            raise Refused("other_register", theirs=said.register_id[:12])
        if said.side not in self.register.sides:
            raise Refused("wrong_side", side=said.side)
        if isinstance(said, Change):
            return self._take_change(message, said)
        if isinstance(said, Answer):
            return self._take_answer(message, said)
        if isinstance(said, Entry):
            return self._take_entry(message, said)
        return self._take_checkpoint(message, said)

    def _take_change(self, message: Message[Statement], change: Change) -> Outcome:
        self.register.keyring.check(message, self.register.place + 1, change=change)
        if message.id in self.register.places:
            raise Refused("entered", place=self.register.places[message.id])
        for item in change.items:
            if item.content is not None:
                read_content(item.section, item.id, item.content)
        twin = self.changes.twin(change)
        self._hold_change(message)
        if twin is not None:
            return outcome("same_at_once", message.id, record=name_of(*change.items[0].name))
        return outcome("accepted", message.id)

    def _hold_change(self, message: Message[Statement]) -> None:
        self.changes.add(cast("Message[Change]", message))
        self._arrived(("change", message.id))

    def _take_answer(self, message: Message[Statement], answer: Answer) -> Outcome:
        if answer.change in self.register.places:
            raise Refused("entered", place=self.register.places[answer.change])
        if answer.change not in self.changes:
            self._check_if_possible(message)
            return self._kept(("change", answer.change), message)
        proposed = self.changes.get(answer.change)
        self.register.keyring.check(message, self.register.place + 1, change=proposed)
        if (answer.side == proposed.side) != (answer.verdict == "withdraw"):
            raise Refused("wrong_side", side=answer.side)
        # Whoever proposed with a clock that ran ahead can still take it back.
        if answer.verdict == "countersign" and answer.time < proposed.time:
            raise Refused("clock_back", time=answer.time, before=proposed.time)
        self.changes.add_answer(cast("Message[Answer]", message))
        return outcome("accepted", message.id)

    def _take_entry(self, message: Message[Statement], entry: Entry) -> Outcome:
        register = self.register
        if entry.place > register.place + 1:
            self._check_if_possible(message)
            return self._kept(("place", entry.place), message)
        if entry.place <= register.place or entry.prev != register.head:
            return self._compare(message, entry)
        if self.forks:
            raise Refused("fork", place=self.forks[0].place, side=self.forks[0].side)
        self._enter(message, signatures=True)
        return outcome("accepted", message.id)

    def _enter(self, message: Message[Statement], *, signatures: bool) -> None:
        register, entered = self.register, open_entry(message)
        append(register, entered, signatures=signatures)
        self.changes.settle(entered.change)
        self._arrived(("place", register.place + 1))
        self._arrived(("reached", register.place))
        for item in entered.proposed.items:
            self._arrived(("key", item.id))

    def _compare(self, message: Message[Statement], entry: Entry) -> Outcome:
        """An entry beside ours: the same one, a forgery, or a second history."""
        place = min(entry.place, self.register.place)
        if entry.place == place and self.register.head_at(place) == message.id:
            self.register.keyring.check(message, place, change=open_entry(message).proposed)
            return outcome("known", message.id)
        rules = self.register.state.content(("rules", "rules"), place - 1 if place else 0) or {}
        if entry.side != rules.get("depositary"):
            raise Refused("not_depositary", side=entry.side, depositary=rules.get("depositary"))
        now = self.register.place + 1
        # A key that is revoked by now proves nothing: its thief could write such an entry.
        self.register.keyring.check(message, now, change=None)
        return self._forked(place, message)

    def _take_checkpoint(self, message: Message[Statement], checkpoint: Checkpoint) -> Outcome:
        if checkpoint.place > self.register.place:
            self._check_if_possible(message)
            return self._kept(("reached", checkpoint.place), message)
        self.register.keyring.check(message, checkpoint.place + 1)
        if self.register.head_at(checkpoint.place) != checkpoint.head:
            self.register.keyring.check(message, self.register.place + 1)
            return self._forked(checkpoint.place, message)
        self._confirm(message, checkpoint)
        return outcome("accepted", message.id)

    def _confirm(self, message: Message[Statement], checkpoint: Checkpoint) -> None:
        before = self.checkpoints.get(checkpoint.side)
        if before is None or before.said.place < checkpoint.place:
            self.checkpoints[checkpoint.side] = cast("Message[Checkpoint]", message)

    def _forked(self, place: int, message: Message[Statement]) -> Outcome:
        if shown(message) in self.settled:
            raise Refused("settled", place=place)
        if message.id not in [fork.theirs.id for fork in self.forks]:
            ours = self.register.head_at(place)
            self.forks.append(Fork(place, message.said.side, ours, message))
        return outcome("fork", message.id, place=place, side=message.said.side)

    def _check_if_possible(self, message: Message[Statement]) -> None:
        """Do not keep for later what is forged already now."""
        held = self.register.keyring.get(message.key)
        if held is not None and not signature_holds(
            held.key.public, message.signature, message.text
        ):
            raise Refused("bad_signature")

    def _kept(self, awaited: Awaited, message: Message[Statement]) -> Outcome:
        if not self._wait(awaited, message):
            raise Refused("full")
        return outcome("waiting", message.id)

    def _wait(self, awaited: Awaited, message: Message[Statement]) -> bool:
        if self._kept_count >= WAITING:
            return False
        kept = self._waiting.setdefault(awaited, {})
        before = len(kept)
        kept[f"{message.id}{message.signature}"] = message
        self._kept_count += len(kept) - before
        return True

    def _arrived(self, awaited: Awaited) -> None:
        found = self._waiting.pop(awaited, {})
        self._kept_count -= len(found)
        self._due.extend(found.values())

    def confirmed(self, side: str) -> int:
        """The last entry that ``side`` has countersigned with a checkpoint."""
        message = self.checkpoints.get(side)
        return message.said.place if message else 0

    def outbox(self, side: str) -> Iterator[bytes]:
        """Every line that ``side`` may still lack, entries first. Twice does no harm."""
        for entered in self.register.entries[self.confirmed(side) :]:
            yield entered.entry.line
        yield from self.under_way()

    def under_way(self) -> Iterator[bytes]:
        """Changes that are not entered, answers to them, checkpoints; nothing by revoked keys."""
        yield from (message.line for message in self.changes.messages())
        yield from (message.line for message in self.checkpoints.values())
